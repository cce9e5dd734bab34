// Costs that do not depend on a clock: allocations and indirect calls a draw.

#include <gtest/gtest.h>

#include <seedproof/rng/generators/generator.h>

#include "counted_new.h"
#include "support.h"

namespace seedproof::test {
namespace {

class Costs : public testing::TestWithParam<std::string> {};

std::string index_name(const testing::TestParamInfo<std::string>& tested) {
  return "generator" + std::to_string(tested.index);
}

INSTANTIATE_TEST_SUITE_P(All, Costs, testing::ValuesIn(generator_names()), index_name);

TEST_P(Costs, ASteadyDrawAllocatesNothing) {
  const auto generator = make_generator(GetParam(), 3);
  for (const Seed& seed : {Seed(7), Seed::ambient()}) {
    const auto stream = generator->open(site("x", Role::stock), seed);
    const Shape shape = {3, 1000};
    std::vector<double> out(3000);
    Receipt receipt;
    const std::vector<Step> steps = mixed_steps();
    std::uint64_t call = 0;
    const auto draw_all = [&] {
      for (const Step& step : steps) {
        const Draw what{step.distribution, step.dtype, {shape}};
        stream->draw(what, moment(call++), out.data());
        stream->draw(what, moment(call++), out.data(), &receipt);
        stream->replay(receipt, what, out.data());
        stream->skip(what, moment(call++));
      }
    };
    draw_all();
    const std::uint64_t before = allocations();
    for (int i = 0; i < 5; ++i) draw_all();
    EXPECT_EQ(allocations() - before, 0U) << seed.to_string();
  }
}

TEST_P(Costs, CallsAreATensorEachAndChunksWithin) {
  const auto generator = make_generator(GetParam(), 3);
  const auto stream = generator->open(site("x", Role::stock), 7);
  std::vector<float> out(100000);
  const Shape shape = {100000};
  constexpr std::uint64_t kDraws = 3;
  for (std::uint64_t i = 0; i < kDraws; ++i) {
    stream->draw({Distribution::uniform(), DType::f32, {shape}}, moment(i), out.data());
  }
  EXPECT_EQ(stream->counts().draws, kDraws);
  EXPECT_EQ(stream->counts().words, kDraws * 100000);
  EXPECT_LE(stream->counts().inner_calls, kDraws * (100000 / 1024 + 1));
}

}  // namespace
}  // namespace seedproof::test
