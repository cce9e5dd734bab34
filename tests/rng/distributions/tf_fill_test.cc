// The numbers of TensorFlow's fills. Expected values were printed by tensorflow 2.21.0 on x86-64
// with FMA (`float.hex`) from tf.random.Generator.from_seed(S), or are published where a test says
// so.
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/rng/distributions/tf_element.h>
#include <seedproof/rng/distributions/tf_fill.h>
#include <seedproof/rng/distributions/tf_integers.h>
#include <seedproof/rng/distributions/tf_normal.h>
#include <seedproof/rng/distributions/tf_uniform.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {
namespace {

using glibc::Variant;
using testing::ElementsAre;
using tf::State;

constexpr State kFive{5, 0, 0};
constexpr State kListSeven{0, 0, 7};

template <class T>
std::vector<double> as_doubles(const std::vector<T>& values) {
  std::vector<double> out;
  for (const T value : values) {
    out.push_back(static_cast<double>(value));
  }
  return out;
}

template <class T>
std::vector<T> normals(const State& state, std::size_t count, double mean = 0, double stddev = 1) {
  std::vector<T> out(count);
  tf::fill_normal(state, 0, std::span<T>(out), mean, stddev);
  return out;
}

template <class T>
std::vector<T> truncated(const State& state, std::size_t count) {
  std::vector<T> out(count);
  tf::fill_truncated_normal(state, 0, std::span<T>(out), 0.0, 1.0);
  return out;
}

template <class T>
std::vector<T> uniforms(const State& state, std::size_t count) {
  std::vector<T> out(count);
  tf::fill_uniform(state, 0, std::span<T>(out));
  return out;
}

// Published: the random numbers guide and the documentation of tf.random.Generator.
TEST(TfNormal, IsAsPublished) {
  EXPECT_THAT(normals<float>({1234, 0, 0}, 6), ElementsAre(0.9356609f, 1.0854305f, -0.93788373f,
                                                           -0.5061547f, 1.3169702f, 0.7137579f));
  EXPECT_THAT(normals<float>({123, 0, 0}, 6), ElementsAre(0.8673864f, -0.29899067f, -0.9310337f,
                                                          -1.5828488f, 1.2481191f, -0.6770643f));
}

TEST(TfNormal, IsTensorFlowsInTheOtherTypes) {
  EXPECT_THAT(normals<double>({1234, 0, 0}, 5),
              ElementsAre(-0x1.cee8fadc9d11cp-4, -0x1.0d6727113a0f4p-1, -0x1.fabd5e6b3ee38p-1,
                          0x1.42a0c7bedb6adp-3, 0x1.50a18c5a3c76fp-4));
  EXPECT_THAT(as_doubles(normals<f16>(kFive, 5, 0.5, 2.0)),
              ElementsAre(0x1.474p+1, 0x1.0f4p+0, 0x1.e48p-2, 0x1.0cp+2, 0x1.388p+1));
  EXPECT_THAT(as_doubles(normals<bf16>(kFive, 5, 0.5, 2.0)),
              ElementsAre(0x1.48p+1, 0x1.1p+0, 0x1.e4p-2, 0x1.0cp+2, 0x1.38p+1));
}

TEST(TfTruncatedNormal, IsTensorFlows) {
  EXPECT_THAT(
      truncated<float>(kListSeven, 9),
      ElementsAre(0x1.6a2ep-2f, 0x1.53c1c4p-1f, -0x1.f47accp-1f, 0x1.8d7f4p-1f, -0x1.2de3ecp-1f,
                  0x1.b1298p-1f, 0x1.7728cp-9f, -0x1.281ffep-1f, -0x1.3f415ap+0f));
  EXPECT_THAT(truncated<double>(kListSeven, 5),
              ElementsAre(-0x1.4519bc4b1b85dp+0, -0x1.9b29e2f7790b5p-2, 0x1.98a5e66b93dbep-1,
                          0x1.0b48f99856e96p+0, -0x1.ad05851541972p-1));
}

TEST(TfUniform, IsTensorFlows) {
  std::vector<double> wide(3);
  tf::fill_uniform(kFive, 0, std::span<double>(wide), -1.0, 3.0);
  EXPECT_THAT(wide, ElementsAre(0x1.24fec1c6a58c8p+0, 0x1.a9cd2d7fecf38p-1, 0x1.697f19d611866p+1));
  EXPECT_THAT(as_doubles(uniforms<f16>(kFive, 3)), ElementsAre(0x1.fd8p-1, 0x1.19p-1, 0x1.cdp-1));
  EXPECT_THAT(as_doubles(uniforms<bf16>(kFive, 3)), ElementsAre(0x1.ecp-1, 0x1.9p-2, 0x1.ap-3));
  EXPECT_THAT(
      uniforms<float>({~0ull, ~0ull, 3}, 5),
      ElementsAre(0x1.d262b8p-2f, 0x1.f4a994p-1f, 0x1.b2ff7p-2f, 0x1.d6ee6p-4f, 0x1.04d77p-3f));
}

TEST(TfUniform, BelowZeroKeepsTheSignOfZero) {
  std::vector<f16> scaled(4096);
  std::vector<f16> shifted(4096);
  tf::fill_uniform_below(kFive, 0, std::span<f16>(scaled), -2.0);
  tf::fill_uniform(kFive, 0, std::span<f16>(shifted), 0.0, -2.0);
  int zeros = 0;
  for (std::size_t i = 0; i < scaled.size(); ++i) {
    const bool zero = static_cast<float>(scaled[i]) == 0.0f;
    zeros += zero;
    ASSERT_EQ(scaled[i].bits, zero ? 0x8000 : shifted[i].bits);
    ASSERT_FALSE(zero && shifted[i].bits != 0);
  }
  EXPECT_GT(zeros, 0);
}

TEST(TfIntegers, AreTensorFlows) {
  std::array<std::int32_t, 5> narrow{};
  tf::fill_integers(kFive, 0, std::span<std::int32_t>(narrow), -5, 7);
  EXPECT_THAT(narrow, ElementsAre(-2, -3, 5, 2, 3));
  std::array<std::int64_t, 3> wide{};
  tf::fill_integers<std::int64_t>(kFive, 0, wide, -5, 1ll << 40);
  EXPECT_THAT(wide, ElementsAre(216680173320, 994986447960, 222040545591));
  tf::fill_full_integers(kFive, 0, std::span<std::int64_t>(wide));
  EXPECT_THAT(wide, ElementsAre(511886651086640123, 6557199171514225562, -3553185952259159048));
}

// tf.constant(1 + 2**-11 + 2**-40, tf.float16) is 1: Python floats reach halves through float.
TEST(TfParameter, ReachesHalvesThroughFloat) {
  const double just_above_half_a_place = 1.0 + 0x1p-11 + 0x1p-40;
  EXPECT_EQ(tf::parameter<f16>(just_above_half_a_place), f16(1.0f));
  EXPECT_NE(f16(just_above_half_a_place), f16(1.0f));
  EXPECT_THAT(as_doubles(normals<f16>({99, 0, 0}, 3, 0.0, just_above_half_a_place)),
              ElementsAre(-0x1.fccp-1, 0x1.6fcp+0, 0x1.2p+0));
  EXPECT_EQ(static_cast<double>(tf::dropout_scale<f16>(0.3)), 0x1.6dcp+0);
}

TEST(TfKeepMask, KeepsWhereTheUniformReachesTheRate) {
  constexpr std::size_t kCount = 4099;
  for (const double rate : {0.0, 0.1, 0.25, 0.9}) {
    std::vector<f16> mask(kCount);
    tf::fill_keep_mask(kFive, 0, std::span<f16>(mask), rate);
    const std::vector<f16> u = uniforms<f16>(kFive, kCount);
    bool at_rate = false;
    for (std::size_t i = 0; i < kCount; ++i) {
      const float number = static_cast<float>(u[i]);
      const float limit = static_cast<float>(f16(static_cast<float>(rate)));
      at_rate |= number == limit;
      ASSERT_EQ(static_cast<float>(mask[i]), number < limit ? 0.0f : 1.0f);
    }
    EXPECT_EQ(at_rate, rate == 0.0 || rate == 0.25) << rate;  // multiples of 2^-10
  }
}

// The sum of bits[i] * (2 i + 1) modulo 2^64, over the elements' bit patterns: of
// tf.random.Generator.from_seed(1234).<kind>([1000003], 0.25, 1.5, dtype), NumPy's uint64
// arithmetic.
template <class T>
std::uint64_t digest(const std::vector<T>& values) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::uint64_t bits = 0;
    if constexpr (sizeof(T) == 2) {
      bits = values[i].bits;
    } else if constexpr (sizeof(T) == 4) {
      bits = std::bit_cast<std::uint32_t>(values[i]);
    } else {
      bits = std::bit_cast<std::uint64_t>(values[i]);
    }
    sum += bits * (2 * i + 1);
  }
  return sum;
}

struct Digests {
  std::uint64_t uniform, normal, truncated;
};

template <class T>
void expect_digests(const Digests& want, Variant variant = Variant::fma) {
  constexpr State kState{1234, 0, 0};
  std::vector<T> values(1000003);
  tf::fill_uniform(kState, 0, std::span<T>(values), 0.25, 1.5);
  EXPECT_EQ(digest(values), want.uniform);
  tf::fill_normal(kState, 0, std::span<T>(values), 0.25, 1.5, variant);
  EXPECT_EQ(digest(values), want.normal);
  tf::fill_truncated_normal(kState, 0, std::span<T>(values), 0.25, 1.5, variant);
  EXPECT_EQ(digest(values), want.truncated);
}

TEST(TfMillion, IsTensorFlowsInF32) {
  expect_digests<float>({0x924b83a7f1a51ba7u, 0x0a552d19e831a468u, 0xb63a4aefe813c8b0u});
}

TEST(TfMillion, IsTensorFlowsInF16) {
  expect_digests<f16>({0x0035'1b8d'2b33'a421u, 0x0067'ad62'478c'6fcdu, 0x0067'073a'91a6'5cd2u});
}

TEST(TfMillion, IsTensorFlowsInBf16) {
  expect_digests<bf16>({0x0039'910f'9bae'5da8u, 0x006b'fc45'b211'f8efu, 0x006b'a6f7'3c81'f85cu});
}

TEST(TfMillion, IsTensorFlowsInF64WithFma) {
  expect_digests<double>({0x0855a0aaacc17e40u, 0xeeeeac7e37074887u, 0xfc8988d803fa09f0u});
}

// The same with GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-AVX2.
TEST(TfMillion, IsTensorFlowsInF64WithoutFma) {
  expect_digests<double>({0x0855a0aaacc17e40u, 0xeeeeac7e8293fe01u, 0xfc8988d80317a3fau},
                         Variant::plain);
}

TEST(TfFill, RefusesBadParameters) {
  std::array<float, 2> out{7.0f, 7.0f};
  const std::span<float> to(out);
  EXPECT_THROW(tf::fill_keep_mask(kFive, 0, to, 1.0), ValueError);
  EXPECT_THROW(tf::fill_keep_mask(kFive, 0, to, -0.1), ValueError);
  EXPECT_THROW(tf::fill_keep_mask(kFive, 0, to, std::nan("")), ValueError);
  EXPECT_THROW(tf::dropout_scale<float>(1.0), ValueError);
  std::array<std::int32_t, 2> words{7, 7};
  EXPECT_THROW(tf::fill_integers(kFive, 0, std::span<std::int32_t>(words), 5, 5), ValueError);
  EXPECT_THROW(tf::fill_integers(kFive, 0, std::span<std::int32_t>(words), 6, 5), ValueError);
  EXPECT_THAT(out, ElementsAre(7.0f, 7.0f));
  EXPECT_THAT(words, ElementsAre(7, 7));
}

TEST(TfFill, RefusesTypesWithoutTheOp) {
  Tensor bytes(DType::u8, {4});
  Tensor words(DType::u32, {4});
  Tensor floats(DType::f32, {4});
  EXPECT_THROW(tf::fill_uniform(kFive, 0, bytes.view(), 0, 1), TypeError);
  EXPECT_THROW(tf::fill_normal(kFive, 0, words.view(), 0, 1), TypeError);
  EXPECT_THROW(tf::fill_full_integers(kFive, 0, bytes.view()), TypeError);
  EXPECT_THROW(tf::fill_full_integers(kFive, 0, floats.view()), TypeError);
  EXPECT_THROW(tf::fill_integers(kFive, 0, words.view(), 0, 5), TypeError);
  Tensor narrow(DType::i32, {4});
  EXPECT_THROW(tf::fill_integers(kFive, 0, narrow.view(), 0, 1ll << 31), ValueError);
}

TEST(TfFill, DispatchesToTheElementType) {
  Tensor halves(DType::bf16, {3});
  tf::fill_uniform(kFive, 0, halves.view(), 0, 1);
  EXPECT_THAT(as_doubles(std::vector<bf16>(halves.as<bf16>().begin(), halves.as<bf16>().end())),
              ElementsAre(0x1.ecp-1, 0x1.9p-2, 0x1.ap-3));
  Tensor words(DType::i64, {3});
  tf::fill_integers(kFive, 0, words.view(), -5, 1ll << 40);
  EXPECT_THAT(words.as<std::int64_t>(), ElementsAre(216680173320, 994986447960, 222040545591));
}

}  // namespace
}  // namespace seedproof
