#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/harness/relations/explain.h>

#include "tests/harness/relations/traces.h"

namespace seedproof {
namespace {

using testing::HasSubstr;
using namespace traces;

/// The varied run of healthy() with layer b's draw of step 1 replaced.
struct Changed {
  Trace plain = healthy();
  Trace varied = healthy();
  std::string with(DrawEvent draw) {
    varied.draws[3] = std::move(draw);
    return explain(plain.draws[3], varied.draws[3], plain, varied);
  }
  std::string with_numbers(Tensor numbers) {
    return with(draw_of("b", 1, 2, 15, std::move(numbers)));
  }
};

Tensor transformed(const Tensor& tensor, float (*f)(float)) {
  Tensor out = tensor;
  for (float& value : out.as<float>()) value = f(value);
  return out;
}

TEST(ExplainTest, OtherAmounts) {
  EXPECT_EQ(Changed().with(draw_of("b", 1, 2, 15, 14)), "drew 14 numbers in place of 15");
}

TEST(ExplainTest, OtherDistribution) {
  DrawEvent draw = draw_of("b", 1, 2, 15);
  draw.record.distribution = Distribution::normal();
  draw.digest += 1;
  EXPECT_THAT(Changed().with(draw), HasSubstr("in place of uniform"));
}

TEST(ExplainTest, FrozenAndGoneBack) {
  Changed frozen;
  frozen.varied.draws[5] = draw_of("b", 2, 2, 0);
  EXPECT_EQ(frozen.with(draw_of("b", 1, 2, 0)),
            "the numbers drawn at step 0 again: frozen since then");
  EXPECT_EQ(Changed().with(draw_of("b", 1, 2, 0)),
            "the numbers drawn at step 0 again: the stream went back");
}

TEST(ExplainTest, ShiftedInTheStreamByAnotherLayersDraws) {
  Changed changed;
  changed.varied.draws.insert(changed.varied.draws.begin(), draw_of("x", 0, 2, 0, 4));
  changed.varied.draws[2] = draw_of("b", 0, 2, 4);
  const std::string cause =
      explain(changed.plain.draws[1], changed.varied.draws[2], changed.plain, changed.varied);
  EXPECT_EQ(cause,
            "shifted by 4 words ahead in the same stream, test[0000000000000002]: 'x' drew 4 words "
            "of it before this draw in place of 0");
}

TEST(ExplainTest, ARecordThatTheNumbersContradictIsNotBelieved) {
  // It claims the words of step 2, but has other numbers than the plain run made of these.
  const std::string cause = Changed().with(draw_of("b", 1, 2, 30, numbers_of(9, 0, 15)));
  EXPECT_EQ(cause, "unknown cause");
}

TEST(ExplainTest, AnotherLayersNumbers) {
  EXPECT_EQ(Changed().with(draw_of("b", 1, 1, 15)),
            "the numbers of 'a' at step 1: another layer's stream");
}

TEST(ExplainTest, AheadByADraw) {
  DrawEvent draw = draw_of("b", 1, 77, 0, numbers_of(2, 30, 15));
  EXPECT_EQ(Changed().with(draw), "the numbers drawn at step 2 of the plain run: ahead by 1 draw");
}

TEST(ExplainTest, ShiftedByNumbers) {
  DrawEvent draw = draw_of("b", 1, 77, 0, numbers_of(2, 19, 15));
  EXPECT_EQ(Changed().with(draw), "shifted by 4 numbers ahead");
  draw = draw_of("b", 1, 77, 0, numbers_of(2, 12, 15));
  EXPECT_EQ(Changed().with(draw), "shifted by 3 numbers back");
}

TEST(ExplainTest, Arithmetic) {
  const Tensor plain = numbers_of(2, 15, 15);
  EXPECT_EQ(Changed().with_numbers(transformed(plain, [](float x) { return x * 0.7f; })),
            "scaled by 0.7");
  EXPECT_EQ(Changed().with_numbers(transformed(plain, [](float x) { return x + 2.5f; })),
            "moved by 2.5");
  EXPECT_EQ(Changed().with_numbers(transformed(plain, [](float x) { return 1.0f - x; })),
            "mirrored: 1 - x in place of x");
  EXPECT_THAT(
      Changed().with_numbers(transformed(plain, [](float x) { return std::nextafterf(x, 2.0f); })),
      HasSubstr("last bits only"));
  Tensor turned = plain;
  std::reverse(turned.as<float>().begin(), turned.as<float>().end());
  EXPECT_EQ(Changed().with_numbers(turned), "the same numbers in another order");
}

TEST(ExplainTest, SameWordsConvertedOtherwise) {
  const Tensor squared = transformed(numbers_of(2, 15, 15), [](float x) { return x * x; });
  EXPECT_EQ(Changed().with_numbers(squared),
            "by the record the same words of the stream, converted to numbers otherwise");
}

TEST(ExplainTest, AnotherStream) {
  EXPECT_EQ(Changed().with(draw_of("b", 1, 99, 0)),
            "another stream: test[0000000000000063] in place of test[0000000000000002]");
}

TEST(ExplainTest, FewBitsProveNothing) {
  // Two numbers: a repetition could be chance, so only the record speaks.
  Trace plain;
  plain.draws = {draw_of("a", 0, 1, 0, 2), draw_of("a", 1, 1, 2, 2)};
  Trace varied = plain;
  varied.draws[1] = draw_of("a", 1, 9, 2, numbers_of(1, 0, 2));
  EXPECT_THAT(explain(plain.draws[1], varied.draws[1], plain, varied), HasSubstr("another stream"));
}

}  // namespace
}  // namespace seedproof
