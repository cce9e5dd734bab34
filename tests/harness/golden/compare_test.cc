#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/harness/golden/compare.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {
namespace {

using ::testing::HasSubstr;
using Kind = GoldenTolerance::Kind;

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInf = std::numeric_limits<float>::infinity();

GoldenRow row_of(GoldenTier tier, Kind kind = Kind::bit, double value = 0) {
  GoldenRow row;
  row.tier = tier;
  row.tolerance = {kind, value, "because"};
  return row;
}

Evaluation found_of(std::initializer_list<float> values) {
  Evaluation out;
  out.value = Tensor::from<float>({static_cast<std::int64_t>(values.size())}, values);
  return out;
}

Tensor golden_of(std::initializer_list<float> values) { return found_of(values).value; }

float up(float value, int steps) {
  for (int i = 0; i < steps; ++i) value = std::nextafter(value, kInf);
  return value;
}

TEST(UlpDistance, CountsRepresentableNumbers) {
  const auto f32 = [](float a, float b) {
    return ulp_distance(DType::f32, std::bit_cast<std::uint32_t>(a),
                        std::bit_cast<std::uint32_t>(b));
  };
  EXPECT_EQ(f32(1.0F, up(1.0F, 3)), 3u);
  EXPECT_EQ(f32(up(1.0F, 3), 1.0F), 3u);
  EXPECT_EQ(f32(0.0F, -0.0F), 0u);
  const float tiny = std::numeric_limits<float>::denorm_min();
  EXPECT_EQ(f32(-tiny, tiny), 2u);
  EXPECT_EQ(f32(-1.0F, 1.0F), 2u * 0x3f800000u);
  EXPECT_EQ(ulp_distance(DType::f16, 0x3c00, 0x3c02), 2u);
  EXPECT_EQ(ulp_distance(DType::bf16, 0xbf80, 0xbf7f), 1u);
  EXPECT_EQ(ulp_distance(DType::f64, 0x7fefffffffffffff, 0xffefffffffffffff), 0xffdffffffffffffe);
}

TEST(CompareBits, TellsTypeAndShape) {
  const Tensor a(DType::f32, {2, 3});
  EXPECT_EQ(compare_bits(a, a).agreement, Agreement::equal);
  const Comparison dtype = compare_bits(a, Tensor(DType::f64, {2, 3}));
  EXPECT_EQ(dtype.agreement, Agreement::unequal);
  EXPECT_EQ(dtype.reason, "dtype float64, expected float32");
  const Comparison shape = compare_bits(a, a.reshaped({3, 2}));
  EXPECT_EQ(shape.reason, "shape (3, 2), expected (2, 3)");
  EXPECT_FALSE(shape.first);
}

TEST(CompareBits, CountsClassesAndDistances) {
  const Tensor a = golden_of({1, 2, kNan, kInf, 0.0F, kNan, 5, 1});
  Tensor b = golden_of({1, up(2, 1), 3, -kInf, -0.0F, kNan, up(5, 6), kNan});
  const std::uint32_t other_nan = 0x7fc00001;
  std::memcpy(b.data() + 5 * 4, &other_nan, 4);
  const Comparison c = compare_bits(a, b);
  EXPECT_EQ(c.agreement, Agreement::unequal);
  EXPECT_EQ(c.elements, 8u);
  EXPECT_EQ(c.differing, 7u);
  EXPECT_EQ(c.beyond, 7u);
  EXPECT_EQ(c.nan_mismatch, 2u);
  EXPECT_EQ(c.nan_payload, 1u);
  EXPECT_EQ(c.inf_mismatch, 1u);
  EXPECT_EQ(c.zero_sign, 1u);
  EXPECT_EQ(c.histogram[0], 1u);  // 1 ULP
  EXPECT_EQ(c.histogram[3], 1u);  // 5 to 8
  EXPECT_EQ(c.max_ulp, 6u);
  ASSERT_TRUE(c.first);
  EXPECT_EQ(c.first->index, "[1]");
  EXPECT_EQ(c.first->expected, "2 (0x1p+1, bits 0x40000000)");
  EXPECT_EQ(c.first->found, "2.0000002 (0x1.000002p+1, bits 0x40000001)");
  const std::string text = describe(c);
  EXPECT_THAT(text, HasSubstr("unequal: 7 of 8 elements differ"));
  EXPECT_THAT(text, HasSubstr("distance in ULP  1: 1, 5-8: 1"));
  EXPECT_THAT(text, HasSubstr("+0 against -0: 1"));
}

TEST(CompareBits, IntegersAndBools) {
  const Tensor a = Tensor::from<std::int8_t>({3}, {-128, 0, 5});
  const Tensor b = Tensor::from<std::int8_t>({3}, {127, 0, 4});
  const Comparison c = compare_bits(a, b);
  EXPECT_EQ(c.differing, 2u);
  EXPECT_EQ(c.worst->index, "[0]");
  EXPECT_EQ(c.worst->expected, "-128 (bits 0x80)");
  EXPECT_EQ(c.histogram[8], 1u);  // 255 apart: 129 to 256
  const Tensor t = Tensor::from<bool>({1}, {true});
  EXPECT_EQ(compare_bits(t, Tensor(DType::boolean, {1})).first->expected, "true");
  const std::uint64_t big = ~std::uint64_t{0};
  EXPECT_EQ(element_text(Tensor::from<std::uint64_t>({}, {big}), 0),
            "18446744073709551615 (bits 0xffffffffffffffff)");
}

TEST(ElementText, HalvesAndSpecials) {
  EXPECT_EQ(element_text(Tensor::from<float>({1}, {-0.5F}).cast(DType::f16), 0),
            "-0.5 (-0x1p-1, bits 0xb800)");
  EXPECT_EQ(element_text(golden_of({-0.0F}), 0), "-0 (-0x0p+0, bits 0x80000000)");
  EXPECT_EQ(element_text(golden_of({-kInf}), 0), "-inf (bits 0xff800000)");
  EXPECT_EQ(element_text(Tensor::from<double>({1}, {0.1}), 0),
            "0.1 (0x1.999999999999ap-4, bits 0x3fb999999999999a)");
}

TEST(CompareGolden, WithoutToleranceEveryBitCounts) {
  Evaluation found = found_of({up(1, 1)});
  found.ulp = 4;
  found.bound = Tensor::full(DType::f64, {1}, 1.0);
  EXPECT_EQ(compare_golden(row_of(GoldenTier::layers), golden_of({1}), found).agreement,
            Agreement::unequal);
}

TEST(CompareGolden, UlpIsTheLeastOfRowEvaluatorAndCap) {
  const auto agree = [](double asked, int allowed, int distance) {
    Evaluation found = found_of({up(1, distance)});
    found.ulp = allowed;
    return compare_golden(row_of(GoldenTier::layers, Kind::ulp, asked), golden_of({1}), found)
        .agreement;
  };
  EXPECT_EQ(agree(4, 4, 4), Agreement::within_bound);
  EXPECT_EQ(agree(4, 4, 5), Agreement::unequal);
  EXPECT_EQ(agree(2, 4, 3), Agreement::unequal);  // the manifest tightens
  EXPECT_EQ(agree(4, 1, 2), Agreement::unequal);  // and never widens
  EXPECT_EQ(agree(4, 0, 1), Agreement::unequal);
  EXPECT_EQ(agree(1e9, 1 << 20, 5), Agreement::unequal);  // the cap holds whoever asks
}

TEST(CompareGolden, GammaUsesTheEvaluatorsBound) {
  const auto agree = [](double factor, double bound, float value) {
    Evaluation found = found_of({1, value});
    found.bound = Tensor::from<double>({2}, {0.0, bound});
    return compare_golden(row_of(GoldenTier::gradients, Kind::gamma, factor), golden_of({1, 2}),
                          found);
  };
  EXPECT_EQ(agree(1, 0.25, 2.25F).agreement, Agreement::within_bound);
  EXPECT_EQ(agree(1, 0.25, 2.25F).max_ratio, 1.0);
  EXPECT_EQ(agree(1, 0.25, 2.2500002F).agreement, Agreement::unequal);
  EXPECT_EQ(agree(0.5, 0.25, 2.25F).agreement, Agreement::unequal);
  EXPECT_EQ(agree(7, 0.25, 2.5F).agreement, Agreement::unequal);
  EXPECT_EQ(agree(1, kNan, 2.25F).agreement, Agreement::unequal);
  EXPECT_EQ(agree(1, kInf, 1e30F).agreement, Agreement::unequal);
  EXPECT_EQ(agree(1, -1, 2.25F).agreement, Agreement::unequal);
}

TEST(CompareGolden, GammaWithoutBoundIsBitForBit) {
  const Comparison c = compare_golden(row_of(GoldenTier::layers, Kind::gamma, 1), golden_of({1}),
                                      found_of({up(1, 1)}));
  EXPECT_EQ(c.agreement, Agreement::unequal);
  EXPECT_EQ(c.used, Kind::bit);
}

TEST(CompareGolden, LowTiersAreBitForBitWhateverTheyAsk) {
  for (const GoldenTier tier : {GoldenTier::inputs, GoldenTier::words, GoldenTier::uniforms}) {
    Evaluation found = found_of({up(1, 1)});
    found.ulp = 4;
    EXPECT_EQ(compare_golden(row_of(tier, Kind::ulp, 4), golden_of({1}), found).agreement,
              Agreement::unequal);
  }
}

TEST(CompareGolden, ClassesMatchWithinEveryTolerance) {
  const auto agree = [](float a, float b) {
    Evaluation found = found_of({b});
    found.bound = Tensor::full(DType::f64, {1}, 1e300);
    found.ulp = 4;
    return compare_golden(row_of(GoldenTier::layers, Kind::gamma, 1), golden_of({a}), found)
        .agreement;
  };
  EXPECT_EQ(agree(kNan, 1), Agreement::unequal);
  EXPECT_EQ(agree(1, kNan), Agreement::unequal);
  EXPECT_EQ(agree(kInf, std::numeric_limits<float>::max()), Agreement::unequal);
  EXPECT_EQ(agree(kInf, -kInf), Agreement::unequal);
  EXPECT_EQ(agree(kInf, kInf), Agreement::equal);
  EXPECT_EQ(agree(0.0F, -0.0F), Agreement::within_bound);
}

TEST(CompareGolden, FirstNamesTheFirstBeyond) {
  Evaluation found = found_of({up(1, 1), 1, up(1, 9), up(1, 99)});
  found.ulp = 4;
  const Comparison c =
      compare_golden(row_of(GoldenTier::layers, Kind::ulp, 4), golden_of({1, 1, 1, 1}), found);
  EXPECT_EQ(c.differing, 3u);
  EXPECT_EQ(c.beyond, 2u);
  EXPECT_EQ(c.first->flat, 2u);
  EXPECT_EQ(c.worst->flat, 3u);
  EXPECT_EQ(c.reason, "2 of 4 elements differ beyond bound");
}

TEST(CompareGolden, RefusesABoundOfAnotherShape) {
  Evaluation found = found_of({1, 2});
  found.bound = Tensor(DType::f64, {3});
  EXPECT_THROW(compare_golden(row_of(GoldenTier::layers), golden_of({1, 2}), found), ValueError);
}

}  // namespace
}  // namespace seedproof
