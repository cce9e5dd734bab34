// Where a Philox4x32-10 stream stands: its key and a 128-bit counter of blocks of four words.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <seedproof/rng/generators/ledger.h>
#include <seedproof/rng/generators/state_image.h>
#include <seedproof/rng/generators/stream.h>
#include <seedproof/rng/values/words.h>

namespace seedproof {

struct PhiloxState {
  std::uint64_t low = 0;   // counter
  std::uint64_t high = 0;  // counter
  std::uint64_t key = 0;

  /// Modulo 2^128.
  void add(std::uint64_t blocks) {
    low += blocks;
    if (low < blocks) ++high;
  }

  /// The counter in words, modulo 2^128: the two highest bits of a counter are lost.
  Position position() const { return {low << 2, (high << 2) | (low >> 62)}; }

  Key<std::uint32_t, 2> key_words() const {
    return {{static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)}};
  }
  Counter<std::uint32_t, 4> counter_words() const {
    return {{static_cast<std::uint32_t>(low), static_cast<std::uint32_t>(low >> 32),
             static_cast<std::uint32_t>(high), static_cast<std::uint32_t>(high >> 32)}};
  }

  void write(StateWriter& writer) const;
  static PhiloxState read(StateReader& reader);
  friend bool operator==(const PhiloxState&, const PhiloxState&) = default;
};

StreamName philox_name(std::uint64_t key);

/// Fills a receipt: the stream of `state`, `words` words from its counter on, and the state itself
/// for a replay. Allocates nothing once the receipt has grown.
void write_receipt(Receipt& receipt, const PhiloxState& state, std::uint64_t words);

/// The state that write_receipt kept. Throws ValueError when the receipt is another generator's.
PhiloxState state_of(const Receipt& receipt);

}  // namespace seedproof
