// Draws by the native rules: what the families philox, counter and shared-global have in common.
#pragma once

#include <cstdint>
#include <string_view>

#include <seedproof/rng/bits/word_source.h>
#include <seedproof/rng/distributions/native.h>
#include <seedproof/rng/generators/abilities.h>
#include <seedproof/rng/generators/draw.h>
#include <seedproof/rng/values/seed.h>

namespace seedproof {

native::Distribution native_distribution(const Distribution& distribution);

/// Every distribution and dtype of the native rules.
Abilities native_abilities(bool parts);

/// Abilities::check, and the parameters.
void check_native(const Abilities& abilities, std::string_view generator, const Draw& draw);

/// The root seed of a native family. Throws ValueError for ambient or None: nothing here draws a
/// seed from the clock.
void require_root(std::string_view generator, const Seed& root);

/// Philox words that count how often they are asked for.
class CountedPhilox final : public WordSource {
 public:
  CountedPhilox(const Key<std::uint32_t, 2>& key, const Counter<std::uint32_t, 4>& base,
                std::uint64_t& calls)
      : words_(key, base), calls_(&calls) {}
  void words(std::uint64_t first, std::span<std::uint32_t> out) override {
    ++*calls_;
    words_.words(first, out);
  }

 private:
  PhiloxWords words_;
  std::uint64_t* calls_;
};

}  // namespace seedproof
