// The engines by name. Any other Boost.Random engine is one more line: its name, and the bits
// of its words.
#include <array>
#include <boost/random.hpp>
#include <string>

#include <seedproof/rng/bits/boost_engine.h>

#define SEEDPROOF_BOOST_ENGINES(ENGINE) \
  ENGINE(mt19937, 32)                   \
  ENGINE(mt19937_64, 64)                \
  ENGINE(ranlux48, 48)                  \
  ENGINE(taus88, 32)

namespace seedproof {

namespace {

template <class Boost, int Bits>
std::unique_ptr<Engine> make(std::string_view name) {
  return std::make_unique<BoostEngine<Boost, Bits>>(name);
}

#define SEEDPROOF_NAME(engine, bits) std::string_view(#engine),
#define SEEDPROOF_MAKER(engine, bits) &make<boost::random::engine, bits>,
constexpr std::array kNames{SEEDPROOF_BOOST_ENGINES(SEEDPROOF_NAME)};
constexpr std::array kMakers{SEEDPROOF_BOOST_ENGINES(SEEDPROOF_MAKER)};
#undef SEEDPROOF_NAME
#undef SEEDPROOF_MAKER

}  // namespace

std::span<const std::string_view> engine_names() { return kNames; }

std::unique_ptr<Engine> make_engine(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return kMakers[i](kNames[i]);
  }
  throw ValueError("unknown engine '" + std::string(name) + "'");
}

}  // namespace seedproof
