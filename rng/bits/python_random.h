// CPython's random.Random (Modules/_randommodule.c, Lib/random.py): TensorFlow derives op seeds
// with it, and Keras default seeds. MT19937 stands here in full because the state is kept as
// CPython's getstate() shows it, which no library engine can be asked for.
#pragma once

#include <array>
#include <cstdint>

#include <seedproof/rng/values/integer.h>

namespace seedproof {

class PythonRandom {
 public:
  /// getstate()[1]: 624 words, then the index of the next one, 624 when all are used up.
  struct State {
    std::array<std::uint32_t, 624> words{};
    std::uint32_t index = 0;
    friend bool operator==(const State&, const State&) = default;
  };

  /// random.Random(seed) of an int of any size: init_by_array over the 32-bit words of |seed|, low
  /// first (one zero word for 0), so that seed and -seed are one stream.
  explicit PythonRandom(const Integer& seed);
  /// Throws ValueError on an index above 624 or words that are all zero.
  explicit PythonRandom(const State& state);

  const State& state() const { return state_; }

  /// The next tempered word of MT19937.
  std::uint32_t next_word();
  /// getrandbits(count), 0 <= count <= 64; one word for up to 32 bits, else two, low word first.
  /// Throws ValueError on another count.
  std::uint64_t getrandbits(int count);
  /// _randbelow(n): in [0, n), by redrawing. Throws ValueError on n = 0.
  std::uint64_t randbelow(std::uint64_t n);
  /// randint(low, high): in [low, high], both included. Throws ValueError when high < low, or when
  /// [low, high] is all of int64.
  std::int64_t randint(std::int64_t low, std::int64_t high);
  /// random(): a multiple of 2^-53 in [0, 1), from two words.
  double random();

 private:
  void refill();
  State state_;
};

}  // namespace seedproof
