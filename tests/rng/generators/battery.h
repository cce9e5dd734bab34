// The fixture of the tests that every generator of the list must pass.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <seedproof/rng/generators/generator.h>

#include "support.h"

namespace seedproof::test {

class Battery : public testing::TestWithParam<std::string> {
 protected:
  std::unique_ptr<Generator> make(const Seed& root = 20) const {
    return make_generator(GetParam(), root);
  }
  bool has(DistributionKind kind, DType dtype) const {
    const GeneratorEntry entry = entry_of(GetParam());
    const auto in = [](const std::vector<std::string>& list, std::string_view name) {
      return std::find(list.begin(), list.end(), name) != list.end();
    };
    return suits(kind, dtype) && in(entry.distributions, to_string(kind)) &&
           in(entry.dtypes, short_name(dtype));
  }
};

inline std::string test_name(const testing::TestParamInfo<std::string>& tested) {
  std::string out = tested.param;
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c == '-' || c == ':'; }, '_');
  return out;
}

// A model of six sites, seeded in all ways that a layer has.
struct Model {
  std::vector<std::unique_ptr<Stream>> streams;
  std::uint64_t calls = 0;

  explicit Model(Generator& generator) {
    streams.push_back(generator.open(site("a"), 7));
    streams.push_back(generator.open(site("b"), Seed::ambient()));
    streams.push_back(generator.open(site("c", Role::stock), Seed::none()));
    streams.push_back(generator.open(site("d", Role::initializer), Seed::none()));
    streams.push_back(generator.open(site("e", Role::global), Seed::ambient()));
    streams.push_back(generator.open(site("f", Role::stock), 7));
  }
  Bytes run(const Step& step) {
    Bytes out;
    for (const auto& stream : streams) {
      const Bytes more = draw(*stream, step.distribution, step.dtype, step.shape, moment(calls));
      out.insert(out.end(), more.begin(), more.end());
    }
    ++calls;
    return out;
  }
};

}  // namespace seedproof::test
