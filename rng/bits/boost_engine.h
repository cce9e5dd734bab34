// Any Boost.Random engine as an Engine.
#pragma once

#include <limits>
#include <locale>
#include <sstream>
#include <string>

#include <seedproof/rng/bits/engine.h>
#include <seedproof/rng/bits/engine_image.h>
#include <seedproof/rng/bits/engine_state.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

/// Boost's min() and max() are no constants, so the width is told, and checked when one is made: an
/// engine whose words are not all of [0, 2^Bits) wants
/// boost::random::independent_bits_engine<Engine, 32, std::uint32_t> around it.
template <class Boost, int Bits>
class BoostEngine final : public Engine {
 public:
  /// Throws ValueError when the engine has other words than those of `Bits` bits.
  explicit BoostEngine(std::string_view name) : name_(name) {
    constexpr std::uint64_t kMost = ~std::uint64_t{0} >> (64 - Bits);
    if (Boost::min() != 0 || Boost::max() != kMost) {
      throw ValueError("engine " + std::string(name) + " has words in [" +
                       std::to_string(Boost::min()) + ", " + std::to_string(Boost::max()) +
                       "], not words of " + std::to_string(Bits) + " bits");
    }
  }

  std::string_view name() const override { return name_; }
  int word_bits() const override { return Bits; }
  std::uint64_t max_seed() const override {
    return Bits == 64 ? std::numeric_limits<std::uint64_t>::max()
                      : std::numeric_limits<std::uint32_t>::max();
  }

  void seed(std::uint64_t value) override {
    if (value > max_seed()) {
      throw OverflowError("seed " + std::to_string(value) + " of engine " + std::string(name_) +
                          " is above " + std::to_string(max_seed()));
    }
    engine_.seed(static_cast<typename Boost::result_type>(value));
  }

  void fill(std::span<std::uint32_t> out) override {
    for (std::uint32_t& word : out) word = static_cast<std::uint32_t>(engine_() >> (Bits - 32));
  }
  void fill(std::span<std::uint64_t> out) override {
    for (std::uint64_t& word : out) word = engine_();
  }
  void discard(std::uint64_t words) override { engine_.discard(words); }

  std::vector<std::byte> save() const override {
    return detail::write_engine_image(name_, state_words(engine_));
  }

  void load(std::span<const std::byte> image) override {
    const auto words = detail::read_engine_image(name_, state_words(engine_).size(), image);
    const std::string reason = EngineState<Boost>::fault(words);
    if (!reason.empty()) throw FormatError("state of engine " + std::string(name_) + ": " + reason);
    engine_ = from_words(words);
  }

  std::unique_ptr<Engine> clone() const override { return std::make_unique<BoostEngine>(*this); }

 private:
  static_assert(Bits >= 32 && Bits <= 64);

  // Boost offers the state as text alone: integers between blanks.
  static std::vector<std::uint64_t> state_words(const Boost& engine) {
    std::stringstream text;
    text.imbue(std::locale::classic());
    text << engine;
    std::vector<std::uint64_t> out;
    for (std::uint64_t word = 0; text >> word;) out.push_back(word);
    return out;
  }
  static Boost from_words(std::span<const std::uint64_t> words) {
    std::stringstream text;
    text.imbue(std::locale::classic());
    for (const std::uint64_t word : words) text << word << ' ';
    Boost out;
    text >> out;
    return out;
  }

  std::string_view name_;  // one of engine_names(), or a literal of the caller's
  Boost engine_;
};

}  // namespace seedproof
