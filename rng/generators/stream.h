// A stream: one draw site's way to numbers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include <seedproof/rng/generators/draw.h>
#include <seedproof/rng/generators/ledger.h>
#include <seedproof/rng/generators/site.h>

namespace seedproof {

/// What a draw leaves behind, enough to make the same numbers again. The caller keeps and reuses
/// it, so that a draw allocates nothing once the receipt has grown.
struct Receipt {
  StreamName stream;
  Position first;
  Position last;
  Moment moment;
  std::vector<std::byte> state_before;  // what the generator needs to replay; opaque
  std::uint64_t fingerprint = 0;        // of site, distribution, region and dtype; set by draw()

  std::uint64_t words() const { return last.low - first.low; }
};

/// Counts that do not depend on a clock. Kept by every stream.
struct StreamCounts {
  std::uint64_t draws = 0;        // draw() and replay() calls: one indirect call a tensor
  std::uint64_t words = 0;        // words of the bit generator consumed by draw()
  std::uint64_t inner_calls = 0;  // virtual calls made inside the draws (chunks)
};

class Stream {
 public:
  virtual ~Stream() = default;
  Stream() = default;
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  /// Fills `out` (draw.region.count() elements of draw.dtype, row-major) and moves the state on.
  /// Throws ValueError for a distribution, dtype or region that the generator does not have, naming
  /// it, before anything is written. `receipt` may be null.
  void draw(const Draw& draw, const Moment& moment, void* out, Receipt* receipt = nullptr);

  /// The numbers of an earlier draw again, without moving the state. `draw` may differ from the
  /// first in its epilogue only. Throws ValueError when the receipt is not of this stream.
  void replay(const Receipt& receipt, const Draw& draw, void* out);

  /// Moves the state as `draw` would, without making numbers.
  void skip(const Draw& draw, const Moment& moment);

  virtual const Site& site() const = 0;
  /// The name of the stream at its present state, for ledgers.
  virtual StreamName name() const = 0;
  const StreamCounts& counts() const { return counts_; }
  /// The state as its framework shows it: counter low, counter high and key of a TensorFlow
  /// generator. Empty where the framework shows none.
  virtual std::vector<std::uint64_t> shown_state() const { return {}; }

 protected:
  /// What a family writes: fill `out` with plain numbers (no epilogue) for an already validated
  /// draw, move the state when `advance`, and complete `receipt` (never null).
  virtual void fill(const Draw& draw, const Moment& moment, void* out, Receipt& receipt) = 0;
  virtual void refill(const Receipt& receipt, const Draw& draw, void* out) = 0;
  virtual void advance(const Draw& draw, const Moment& moment, Receipt& receipt) = 0;
  /// Throws ValueError for what the generator cannot draw.
  virtual void validate(const Draw& draw, const Moment& moment) const = 0;
  virtual Ledger* ledger() const = 0;

  StreamCounts counts_;

 private:
  Receipt scratch_;
};

/// A stream as a std::uniform_random_bit_generator of 32-bit words, drawn in blocks.
class StreamWords {
 public:
  using result_type = std::uint32_t;
  explicit StreamWords(Stream& stream, Moment moment = {}) : stream_(&stream), moment_(moment) {}
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }
  result_type operator()();

 private:
  static constexpr std::size_t kBlock = 256;
  Stream* stream_;
  Moment moment_;
  std::array<result_type, kBlock> words_{};
  std::size_t next_ = kBlock;
};

}  // namespace seedproof
