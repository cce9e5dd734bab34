// What holds of every fill whatever its numbers are: any run of elements can be had alone, sizes do
// not matter, draws follow one another as the state says, carries included.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <seedproof/rng/distributions/tf_fill.h>
#include <seedproof/rng/values/tensor.h>

namespace seedproof {
namespace {

using glibc::Variant;
using tf::State;

struct Fill {
  std::string name;
  DType dtype;
  std::function<void(const State&, std::uint64_t, MutableView)> run;
};

std::vector<Fill> fills() {
  std::vector<Fill> all;
  for (const DType dtype : {DType::f16, DType::bf16, DType::f32, DType::f64}) {
    const auto add = [&](const char* name, auto run) {
      all.push_back({name + std::string("_") + std::string(short_name(dtype)), dtype, run});
    };
    add("uniform", [](const State& s, std::uint64_t first, MutableView out) {
      tf::fill_uniform(s, first, out, -0.3, 1.7);
    });
    add("below", [](const State& s, std::uint64_t first, MutableView out) {
      tf::fill_uniform_below(s, first, out, 1.7);
    });
    add("mask", [](const State& s, std::uint64_t first, MutableView out) {
      tf::fill_keep_mask(s, first, out, 0.3);
    });
    add("normal", [](const State& s, std::uint64_t first, MutableView out) {
      tf::fill_normal(s, first, out, 0.5, 2.0);
    });
    add("truncated", [](const State& s, std::uint64_t first, MutableView out) {
      tf::fill_truncated_normal(s, first, out, 0.5, 2.0);
    });
  }
  for (const DType dtype : {DType::i32, DType::u32, DType::i64, DType::u64}) {
    all.push_back({"full_" + std::string(short_name(dtype)), dtype,
                   [](const State& s, std::uint64_t first, MutableView out) {
                     tf::fill_full_integers(s, first, out);
                   }});
  }
  for (const DType dtype : {DType::i32, DType::i64}) {
    all.push_back({"bounded_" + std::string(short_name(dtype)), dtype,
                   [](const State& s, std::uint64_t first, MutableView out) {
                     tf::fill_integers(s, first, out, -1000, 2000);
                   }});
  }
  return all;
}

class TfFills : public testing::TestWithParam<Fill> {
 protected:
  static constexpr State kState{0xfffffffffffffff0u, 0xffffffffu, 0x123456789abcdef0u};

  Tensor run(const State& state, std::uint64_t first, std::int64_t count) const {
    Tensor out(GetParam().dtype, {count});
    GetParam().run(state, first, out.view());
    return out;
  }

  /// Elements [begin, begin + count) of `all`.
  static Tensor part(const Tensor& all, std::int64_t begin, std::int64_t count) {
    Tensor out(all.dtype(), {count});
    const std::size_t size = size_of(all.dtype());
    std::copy_n(all.data() + static_cast<std::size_t>(begin) * size, out.bytes(), out.data());
    return out;
  }

  std::int64_t group() const { return size_of(GetParam().dtype) == 8 ? 2 : 4; }
};

TEST_P(TfFills, GiveAnyRunOfElementsAlone) {
  const Tensor all = run(kState, 0, 103);
  for (std::int64_t first = 0; first < 12; ++first) {
    for (const std::int64_t count : {0, 1, 2, 3, 4, 5, 7, 8, 91}) {
      EXPECT_TRUE(
          bit_equal(run(kState, static_cast<std::uint64_t>(first), count), part(all, first, count)))
          << first << "+" << count;
    }
  }
}

TEST_P(TfFills, WriteNothingOutsideTheRun) {
  const Tensor untouched = run({9, 9, 9}, 0, 40);
  for (std::int64_t first = 0; first < 5; ++first) {
    Tensor out = untouched;
    const std::size_t size = size_of(out.dtype());
    GetParam().run(kState, static_cast<std::uint64_t>(first),
                   {out.data() + 3 * size, out.dtype(), 31});
    EXPECT_TRUE(bit_equal(part(out, 0, 3), part(untouched, 0, 3)));
    EXPECT_TRUE(bit_equal(part(out, 34, 6), part(untouched, 34, 6)));
  }
}

// The second draw of n is the first one of the state that the first draw left behind, and, groups
// being one block (256 / group elements of a truncated one), it lies 256 n groups further on.
TEST_P(TfFills, ContinueWhereTheStateSays) {
  const bool redraws = GetParam().name.starts_with("truncated");
  for (const std::uint64_t n : {1, 7, 64}) {
    State moved = kState;
    tf::advance(moved, n);
    const std::uint64_t groups =
        redraws ? 256 * n / (64 * static_cast<std::uint64_t>(group())) : 256 * n;
    if (redraws && 256 * n % (64 * static_cast<std::uint64_t>(group())) != 0) {
      continue;
    }
    EXPECT_TRUE(
        bit_equal(run(moved, 0, 21), run(kState, groups * static_cast<std::uint64_t>(group()), 21)))
        << n;
  }
}

TEST_P(TfFills, DependOnEveryWordOfTheState) {
  const Tensor here = run(kState, 0, 64);
  for (int bit = 0; bit < 64; bit += 9) {
    const std::uint64_t flip = 1ull << bit;
    EXPECT_FALSE(bit_equal(here, run({kState.c0 ^ flip, kState.c1, kState.key}, 0, 64)));
    EXPECT_FALSE(bit_equal(here, run({kState.c0, kState.c1 ^ flip, kState.key}, 0, 64)));
    EXPECT_FALSE(bit_equal(here, run({kState.c0, kState.c1, kState.key ^ flip}, 0, 64)));
  }
}

INSTANTIATE_TEST_SUITE_P(All, TfFills, testing::ValuesIn(fills()),
                         [](const auto& fill) { return fill.param.name; });

TEST(TfRange, TruncatedNormalsLieWithinTwo) {
  for (const DType dtype : {DType::f16, DType::bf16, DType::f32, DType::f64}) {
    Tensor out(dtype, {100003});
    tf::fill_truncated_normal({3, 0, 0}, 0, out.view(), 0.0, 1.0);
    double largest = 0.0;
    for (std::size_t i = 0; i < out.count(); ++i) {
      largest = std::fmax(largest, std::fabs(out.at(i)));
    }
    EXPECT_GT(largest, 1.99);
    EXPECT_TRUE(size_of(dtype) == 2 ? largest <= 2.0 : largest < 2.0) << short_name(dtype);
  }
}

// Only f64 goes through functions of which glibc has two variants.
TEST(TfVariant, MattersForDoublesOnly) {
  for (const DType dtype : {DType::f16, DType::bf16, DType::f32, DType::f64}) {
    Tensor fused(dtype, {100003});
    Tensor plain(dtype, {100003});
    tf::fill_normal({3, 0, 0}, 0, fused.view(), 0.0, 1.0, Variant::fma);
    tf::fill_normal({3, 0, 0}, 0, plain.view(), 0.0, 1.0, Variant::plain);
    EXPECT_EQ(bit_equal(fused, plain), dtype != DType::f64) << short_name(dtype);
  }
}

}  // namespace
}  // namespace seedproof
