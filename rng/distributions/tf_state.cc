#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include <seedproof/rng/distributions/tf_state.h>
#include <seedproof/rng/values/error.h>

namespace seedproof::tf {
namespace {

// TensorFlow takes 2^64 once from what is above int64, then wants an int64.
bool listable(const Integer& seed) {
  if (seed.negative()) {
    return seed.fits_i64();
  }
  return seed.magnitude().size() <= 3 &&
         (seed.word(1) == 0 || (seed.word(1) == 1 && seed.word(0) >> 63 == 0));
}

}  // namespace

State from_seed(const Integer& seed) { return {seed.word(0), seed.word(1), seed.word(2)}; }

State from_seed(std::span<const Integer> seeds) {
  std::array<std::uint64_t, 3> words{};
  const std::size_t count = std::min<std::size_t>(seeds.size(), 3);
  for (std::size_t i = 0; i < seeds.size(); ++i) {
    if (!listable(seeds[i])) {
      throw ValueError("tf seed: element " + std::to_string(i) + ", " + seeds[i].to_string() +
                       ", is out of range");
    }
    if (i < count) {
      words[3 - count + i] = seeds[i].word(0);
    }
  }
  return {words[0], words[1], words[2]};
}

State from_seed(const Seed& seed) {
  if (const Integer* integer = seed.as_integer()) {
    return from_seed(*integer);
  }
  if (const std::vector<Integer>* list = seed.as_list()) {
    return from_seed(std::span<const Integer>(*list));
  }
  if (const KeySeed* key = std::get_if<KeySeed>(&seed.value())) {
    if (key->words[1] == 0 && key->words[2] == 0 && key->words[3] == 0) {
      return {0, 0, key->words[0]};
    }
  }
  throw ValueError("tf seed: from_seed(" + seed.to_string() + "), which has no integer value");
}

// PhiloxRandom::Skip adds in 32-bit words, and its carry out of word 0 is lost together with the
// one out of word 1 when the high half of `blocks` is all ones; the sum itself is right.
void advance_blocks(State& state, std::uint64_t blocks) {
  const std::uint64_t before = state.c0;
  state.c0 += blocks;
  const bool low_carry = static_cast<std::uint32_t>(state.c0) < static_cast<std::uint32_t>(before);
  const bool lost = low_carry && (blocks >> 32) == 0xffffffffu;
  state.c1 += state.c0 < before && !lost ? 1u : 0u;
}

void advance(State& state, std::uint64_t elements) { advance_blocks(state, elements * 256u); }

}  // namespace seedproof::tf
