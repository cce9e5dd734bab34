// Which words the `native` rules read, and what an element depends on.
#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <tests/rng/distributions/allocation_count.h>

#include <seedproof/rng/bits/engine.h>
#include <seedproof/rng/distributions/native.h>
#include <seedproof/rng/values/error.h>

namespace seedproof::native {
namespace {

constexpr Key<std::uint32_t, 2> kKey{{0x1234, 0x9876}};

struct Case {
  std::string name;
  Distribution distribution;
  std::vector<DType> dtypes;
};

std::vector<Case> cases() {
  const std::vector<DType> floats{DType::f16, DType::bf16, DType::f32, DType::f64};
  const std::vector<DType> integers{DType::i8, DType::i16, DType::i32, DType::i64,
                                    DType::u8, DType::u16, DType::u32, DType::u64};
  std::vector<DType> all{DType::boolean};
  all.insert(all.end(), integers.begin(), integers.end());
  all.insert(all.end(), floats.begin(), floats.end());
  return {
      {"words", Words{}, {DType::u32, DType::u64}},
      {"uniform", Uniform{-2.0, 3.0}, floats},
      {"normal", Normal{1.0, 0.3}, floats},
      {"truncated_normal", TruncatedNormal{-1.0, 2.0}, floats},
      {"keep_mask", KeepMask{0.3}, all},
      {"integers", Integers{-3, 100}, {DType::i8, DType::i16, DType::i32, DType::i64}},
      {"integers_full", Integers{}, integers},
      {"integers_rejecting", Integers{-4611686018427387905, 4611686018427387904}, {DType::i64}}};
}

Tensor draw(WordSource& source, const Distribution& distribution, DType dtype, std::uint64_t first,
            std::int64_t count) {
  Tensor out(dtype, {count});
  fill(source, distribution, first, out.view());
  return out;
}

Tensor draw(const Distribution& distribution, DType dtype, std::uint64_t first,
            std::int64_t count) {
  PhiloxWords source(kKey);
  return draw(source, distribution, dtype, first, count);
}

// Bytes of elements [first, first + count).
std::string bytes_of(const Tensor& tensor, std::size_t first, std::size_t count) {
  const std::size_t size = size_of(tensor.dtype());
  return {reinterpret_cast<const char*>(tensor.data()) + first * size, count * size};
}

template <class Visit>
void for_each_case(Visit visit) {
  for (const Case& c : cases()) {
    for (const DType dtype : c.dtypes) {
      SCOPED_TRACE(c.name + " " + std::string(short_name(dtype)));
      visit(c.distribution, dtype);
    }
  }
}

// Philox words with some changed, and a record of what was asked for.
class WatchedWords final : public WordSource {
 public:
  void words(std::uint64_t first, std::span<std::uint32_t> out) override {
    inner_.words(first, out);
    for (std::uint64_t i = 0; i < out.size(); ++i) {
      if (first + i >= changed_begin && first + i < changed_end) out[i] = ~out[i];
    }
    if (calls == 0) begin = first;
    if (calls != 0 && first != end) ++gaps;
    end = first + out.size();
    largest = std::max(largest, out.size());
    ++calls;
  }
  std::uint64_t changed_begin = 0;
  std::uint64_t changed_end = 0;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::size_t largest = 0;
  int calls = 0;
  int gaps = 0;

 private:
  PhiloxWords inner_{kKey};
};

TEST(Native, APartDrawnAloneEqualsThatPartOfTheWhole) {
  for_each_case([](const Distribution& distribution, DType dtype) {
    const Tensor whole = draw(distribution, dtype, 0, 1501);
    for (const std::size_t first : {0, 1, 2, 3, 255, 256, 511, 1023, 1500}) {
      for (const std::size_t count : {1, 2, 3, 258, 1025}) {
        if (first + count > whole.count()) continue;
        const Tensor part = draw(distribution, dtype, first, static_cast<std::int64_t>(count));
        ASSERT_EQ(bytes_of(part, 0, count), bytes_of(whole, first, count)) << first << " " << count;
      }
    }
  });
}

TEST(Native, ReadsExactlyTheWordsItSaysInOrderAndInChunks) {
  for_each_case([](const Distribution& distribution, DType dtype) {
    for (const std::uint64_t first : {0, 1, 6, 7}) {
      for (const std::int64_t count : {0, 1, 2, 3, 700, 1025}) {
        WatchedWords source;
        draw(source, distribution, dtype, first, count);
        const WordRange range =
            words_read(distribution, dtype, first, static_cast<std::uint64_t>(count));
        EXPECT_EQ(source.end - source.begin, range.count);
        EXPECT_EQ(source.calls, (range.count + 1023) / 1024);
        if (count == 0) continue;
        EXPECT_EQ(source.begin, range.first);
        EXPECT_EQ(source.gaps, 0);
        EXPECT_LE(source.largest, 1024U);
        EXPECT_GE(range.count, static_cast<std::uint64_t>(count));
      }
    }
  });
}

TEST(Native, ChangedWordsChangeTheirOwnElementAndNoOther) {
  for_each_case([](const Distribution& distribution, DType dtype) {
    const bool normal = std::holds_alternative<Normal>(distribution);
    const std::uint64_t group = normal ? 2 : 1;
    const auto per = static_cast<std::uint64_t>(words_per_element(distribution, dtype)) * group;
    const Tensor plain = draw(distribution, dtype, 0, 601);
    int changed = 0;
    for (const std::size_t at : {0, 2, 254, 256, 600}) {
      WatchedWords source;
      source.changed_begin = at / group * per;
      source.changed_end = source.changed_begin + per;
      const Tensor other = draw(source, distribution, dtype, 0, 601);
      for (std::size_t i = 0; i < plain.count(); ++i) {
        const bool equal = bytes_of(plain, i, 1) == bytes_of(other, i, 1);
        if (i / group != at / group) {
          ASSERT_TRUE(equal) << "element " << i << " by the words of " << at;
        } else if (!equal) {
          ++changed;
        }
      }
    }
    EXPECT_GT(changed, 0);
  });
}

TEST(Native, NarrowDtypesAreTheWideOnesRoundedOnce) {
  for (const Distribution& distribution :
       std::vector<Distribution>{Normal{0.1, 0.7}, TruncatedNormal{0.1, 0.7}}) {
    const Tensor wide = draw(distribution, DType::f64, 3, 999);
    const Tensor single = draw(distribution, DType::f32, 3, 999);
    EXPECT_TRUE(bit_equal(single, wide.cast(DType::f32)));
    EXPECT_TRUE(bit_equal(draw(distribution, DType::f16, 3, 999), single.cast(DType::f16)));
    EXPECT_TRUE(bit_equal(draw(distribution, DType::bf16, 3, 999), single.cast(DType::bf16)));
  }
  const Tensor single = draw(Uniform{-2.0, 3.0}, DType::f32, 3, 999);
  EXPECT_TRUE(bit_equal(draw(Uniform{-2.0, 3.0}, DType::f16, 3, 999), single.cast(DType::f16)));
  EXPECT_TRUE(bit_equal(draw(Uniform{-2.0, 3.0}, DType::bf16, 3, 999), single.cast(DType::bf16)));
}

TEST(Native, MasksOfEveryDtypeAreOneMask) {
  const Tensor plain = draw(KeepMask{0.3}, DType::boolean, 1, 777);
  for (int i = 0; i < kDTypeCount; ++i) {
    const auto dtype = static_cast<DType>(i);
    EXPECT_TRUE(bit_equal(draw(KeepMask{0.3}, dtype, 1, 777), plain.cast(dtype)));
  }
}

TEST(Native, ASequentialEngineMovesByTheWordsRead) {
  for_each_case([](const Distribution& distribution, DType dtype) {
    const auto engine = make_engine("mt19937");
    const auto twin = make_engine("mt19937");
    for (const std::int64_t count : {1, 3, 401}) {
      EngineWords source(*engine);
      draw(source, distribution, dtype, 0, count);
      const WordRange range = words_read(distribution, dtype, 0, static_cast<std::uint64_t>(count));
      EXPECT_EQ(source.taken(), range.count);
      twin->discard(range.count);
    }
    EXPECT_EQ(engine->save(), twin->save());
  });
}

TEST(Native, ADrawAllocatesNothing) {
  std::vector<double> buffer(5000);
  for_each_case([&](const Distribution& distribution, DType dtype) {
    PhiloxWords source(kKey);
    const std::size_t before = test::allocation_count();
    fill(source, distribution, 0, {buffer.data(), dtype, 4999});
    EXPECT_EQ(test::allocation_count(), before);
  });
  const std::size_t before = test::allocation_count();
  buffer.assign(6000, 0.0);
  EXPECT_GT(test::allocation_count(), before);  // the counter counts
}

// Every refusal comes before the first write.
void expect_refused(const Distribution& distribution, DType dtype, std::uint64_t first,
                    std::size_t count, const std::string& part) {
  std::vector<std::uint64_t> buffer(64, 0x5a5a5a5a5a5a5a5aULL);
  const auto before = buffer;
  PhiloxWords source(kKey);
  try {
    fill(source, distribution, first, {buffer.data(), dtype, count});
    ADD_FAILURE() << "not refused: " << part;
  } catch (const ValueError& error) {
    EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
  }
  EXPECT_EQ(buffer, before);
}

TEST(Native, RefusesBadParametersAndNamesThem) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  expect_refused(Uniform{1.0, 0.5}, DType::f32, 0, 3, "high is 0.5");
  expect_refused(Uniform{nan, 1.0}, DType::f32, 0, 3, "low is nan");
  expect_refused(Uniform{0.0, infinity}, DType::f64, 0, 3, "high is inf");
  expect_refused(Uniform{-1e308, 1e308}, DType::f64, 0, 3, "high - low is inf");
  expect_refused(Uniform{-3e38, 3e38}, DType::f32, 0, 3, "high - low is inf");
  expect_refused(Normal{0.0, -1.0}, DType::f32, 0, 3, "stddev is -1");
  expect_refused(Normal{infinity, 1.0}, DType::f32, 0, 3, "mean is inf");
  expect_refused(TruncatedNormal{0.0, nan}, DType::f32, 0, 3, "stddev is nan");
  expect_refused(KeepMask{-0.1}, DType::f32, 0, 3, "rate is -0.1");
  expect_refused(KeepMask{1.5}, DType::f32, 0, 3, "rate is 1.5");
  expect_refused(KeepMask{nan}, DType::f32, 0, 3, "rate is nan");
  expect_refused(Integers{5, 4}, DType::i32, 0, 3, "high is 4");
  expect_refused(Integers{0, 129}, DType::i8, 0, 3, "high is 129");
  expect_refused(Integers{-129, 0}, DType::i8, 0, 3, "low is -129");
  expect_refused(Integers{-1, 5}, DType::u64, 0, 3, "low is -1");
  expect_refused(Permutation{}, DType::i32, 1, 3, "first element is 1");
}

TEST(Native, RefusesDtypesItDoesNotHaveAndPositionsOutOfReach) {
  expect_refused(Words{}, DType::f32, 0, 3, "words has no dtype f32");
  expect_refused(Uniform{}, DType::i32, 0, 3, "uniform has no dtype i32");
  expect_refused(Normal{}, DType::boolean, 0, 3, "normal has no dtype bool");
  expect_refused(TruncatedNormal{}, DType::u8, 0, 3, "truncated_normal has no dtype u8");
  expect_refused(Integers{0, 2}, DType::f64, 0, 3, "integers has no dtype f64");
  expect_refused(Permutation{}, DType::f16, 0, 3, "permutation has no dtype f16");
  expect_refused(Uniform{}, DType::f32, ~std::uint64_t{0}, 3, "18446744073709551615");
  std::vector<std::int8_t> bytes(129, 7);
  PhiloxWords source(kKey);
  EXPECT_NO_THROW(fill(source, Permutation{}, 0, {bytes.data(), DType::i8, 128}));
  EXPECT_THROW(fill(source, Permutation{}, 0, {bytes.data(), DType::i8, 129}), ValueError);
  EXPECT_NO_THROW(fill(source, Integers{0, 128}, 0, {bytes.data(), DType::i8, 3}));
}

}  // namespace
}  // namespace seedproof::native
