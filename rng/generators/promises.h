// What a generator or a subject vouches for. Checks verify promises; what was never promised is
// observed and told, not failed.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace seedproof {

enum class Promise : std::uint8_t {
  repeatable,        // same seed, same calls: same bits, also in a fresh process
  sensitive,         // another seed: other bits
  distinct,          // two streams declared different share no words
  isolated,          // no other site's draws change this site's
  order_free,        // the order in which sites draw does not matter
  fresh,             // consecutive draws of a site differ
  resumable,         // save, load elsewhere, go on: the uninterrupted run
  recomputable,      // a receipt replays its draw
  batch_invariant,   // a row's numbers depend on the row, not on the batch around it
  thread_invariant,  // the number of threads changes nothing
  shard_invariant,   // drawing a tensor in parts gives the whole
  portable           // the same bits on every platform
};

inline constexpr int kPromiseCount = 12;

std::string_view to_string(Promise promise);  // "repeatable", "order-free", ...
/// Throws ValueError naming `text`.
Promise parse_promise(std::string_view text);

class Promises {
 public:
  constexpr Promises() = default;
  constexpr Promises(std::initializer_list<Promise> list) {
    for (const Promise promise : list) add(promise);
  }
  constexpr void add(Promise promise) { bits_ |= bit(promise); }
  constexpr void remove(Promise promise) { bits_ &= ~bit(promise); }
  constexpr bool has(Promise promise) const { return (bits_ & bit(promise)) != 0; }
  std::vector<Promise> list() const;
  friend constexpr bool operator==(const Promises&, const Promises&) = default;

 private:
  static constexpr std::uint32_t bit(Promise promise) {
    return std::uint32_t{1} << static_cast<unsigned>(promise);
  }
  std::uint32_t bits_ = 0;
};

}  // namespace seedproof
