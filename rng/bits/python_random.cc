#include <algorithm>
#include <bit>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include <seedproof/rng/bits/python_random.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {
namespace {

constexpr std::size_t kWords = 624;
constexpr std::size_t kLag = 397;

using Words = std::array<std::uint32_t, kWords>;

// init_genrand of Matsumoto and Nishimura, mt19937ar.c (2002).
void seed_by_word(Words& mt, std::uint32_t seed) {
  mt[0] = seed;
  for (std::uint32_t i = 1; i < kWords; ++i) {
    mt[i] = 1812433253u * (mt[i - 1] ^ (mt[i - 1] >> 30)) + i;
  }
}

// init_by_array of the same.
void seed_by_array(Words& mt, const std::vector<std::uint32_t>& key) {
  seed_by_word(mt, 19650218u);
  std::size_t i = 1;
  const auto step = [&mt, &i] {
    if (++i == kWords) {
      mt[0] = mt[kWords - 1];
      i = 1;
    }
  };
  std::size_t j = 0;
  for (std::size_t left = std::max(kWords, key.size()); left != 0; --left) {
    mt[i] = (mt[i] ^ ((mt[i - 1] ^ (mt[i - 1] >> 30)) * 1664525u)) + key[j] +
            static_cast<std::uint32_t>(j);
    step();
    j = j + 1 == key.size() ? 0 : j + 1;
  }
  for (std::size_t left = kWords - 1; left != 0; --left) {
    mt[i] =
        (mt[i] ^ ((mt[i - 1] ^ (mt[i - 1] >> 30)) * 1566083941u)) - static_cast<std::uint32_t>(i);
    step();
  }
  mt[0] = 0x80000000u;
}

}  // namespace

PythonRandom::PythonRandom(const Integer& seed) {
  const std::vector<std::uint32_t>& magnitude = seed.magnitude();
  seed_by_array(state_.words, magnitude.empty() ? std::vector<std::uint32_t>{0} : magnitude);
  state_.index = kWords;
}

PythonRandom::PythonRandom(const State& state) : state_(state) {
  if (state.index > kWords) {
    throw ValueError("python random: index " + std::to_string(state.index) + " is above 624");
  }
  if (std::ranges::all_of(state.words, [](std::uint32_t word) { return word == 0; })) {
    throw ValueError("python random: a state of 624 zero words");
  }
}

void PythonRandom::refill() {
  Words& mt = state_.words;
  for (std::size_t i = 0; i < kWords; ++i) {
    const std::uint32_t y = (mt[i] & 0x80000000u) | (mt[i + 1 == kWords ? 0 : i + 1] & 0x7fffffffu);
    const std::size_t far = i + kLag < kWords ? i + kLag : i + kLag - kWords;
    mt[i] = mt[far] ^ (y >> 1) ^ ((y & 1u) != 0 ? 0x9908b0dfu : 0u);
  }
  state_.index = 0;
}

std::uint32_t PythonRandom::next_word() {
  if (state_.index == kWords) {
    refill();
  }
  std::uint32_t y = state_.words[state_.index++];
  y ^= y >> 11;
  y ^= (y << 7) & 0x9d2c5680u;
  y ^= (y << 15) & 0xefc60000u;
  return y ^ (y >> 18);
}

std::uint64_t PythonRandom::getrandbits(int count) {
  if (count < 0 || count > 64) {
    throw ValueError("python random: getrandbits(" + std::to_string(count) + "), not in [0, 64]");
  }
  if (count == 0) {
    return 0;
  }
  if (count <= 32) {
    return next_word() >> (32 - count);
  }
  const std::uint64_t low = next_word();
  return low | std::uint64_t{next_word() >> (64 - count)} << 32;
}

std::uint64_t PythonRandom::randbelow(std::uint64_t n) {
  if (n == 0) {
    throw ValueError("python random: randbelow(0)");
  }
  const int count = static_cast<int>(std::bit_width(n));
  std::uint64_t drawn = getrandbits(count);
  while (drawn >= n) {
    drawn = getrandbits(count);
  }
  return drawn;
}

std::int64_t PythonRandom::randint(std::int64_t low, std::int64_t high) {
  const std::uint64_t width =
      static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low) + 1u;
  if (high < low || width == 0) {
    throw ValueError("python random: randint(" + std::to_string(low) + ", " + std::to_string(high) +
                     ")");
  }
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + randbelow(width));
}

double PythonRandom::random() {
  const double high = next_word() >> 5;
  const double low = next_word() >> 6;
  return (high * 67108864.0 + low) * (1.0 / 9007199254740992.0);
}

}  // namespace seedproof
