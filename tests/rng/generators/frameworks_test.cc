// tf-generator, tf-global and base-random-layer against numbers of the real frameworks, recorded
// with tensorflow-cpu 2.21.0, keras 3.15.1 and tf-keras 2.21.0 (Python 3.11, x86-64 with FMA) by
// the Python written beside them, bits shown by .numpy().view("uint32").
#include <gtest/gtest.h>

#include <seedproof/rng/generators/generator.h>
#include <seedproof/rng/values/error.h>

#include "support.h"

namespace seedproof::test {
namespace {

using U32 = std::vector<std::uint32_t>;
using U64 = std::vector<std::uint64_t>;
using Floats = std::vector<float>;
using D = Distribution;

U32 bits(Stream& stream, const D& distribution, const Shape& shape, const Moment& at = {}) {
  return values<std::uint32_t>(draw(stream, distribution, DType::f32, shape, at));
}

std::string mask(Stream& stream, double rate, const Shape& shape, const Moment& at = {}) {
  std::string out;
  for (const float kept : drawn<float>(stream, D::keep_mask(rate), shape, at)) {
    out += kept != 0.0F ? '1' : '0';
  }
  return out;
}

// From TensorFlow's own documents: tf.random.Generator and tf.random.set_seed.
TEST(TfGenerator, PublishedNumbers) {
  const auto generator = make_generator("tf-generator", 0);
  const auto a = generator->open(site("a"), 1234);
  const auto b = generator->open(site("b"), 123);
  const Floats first = drawn<float>(*a, D::normal(), {2, 3});
  const Floats second = drawn<float>(*b, D::normal(), {2, 3});
  const Floats expected_first = {0.9356609F,  1.0854305F, -0.93788373F,
                                 -0.5061547F, 1.3169702F, 0.7137579F};
  const Floats expected_second = {0.8673864F,  -0.29899067F, -0.9310337F,
                                  -1.5828488F, 1.2481191F,   -0.6770643F};
  EXPECT_EQ(first, expected_first);
  EXPECT_EQ(second, expected_second);
}

TEST(TfGlobal, PublishedNumbers) {
  const auto generator = make_generator("tf-global", 5);
  const auto stream = generator->open(site("a"), 1);
  const Floats found = drawn<float>(*stream, D::normal(), {4});
  const Floats expected = {-1.3768897F, -0.01258316F, -0.169515F, 1.0824056F};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(found[i], expected[i], 0.5e-8) << i;  // printed with eight decimals
  }
}

// g = tf.random.Generator.from_seed(7); g.normal([5], -1., .25); g.truncated_normal([3],
// dtype="float64"); g.uniform([3], -1., 1., dtype="float16"); g.uniform([3], -3, 11,
// dtype="int64"); g.uniform_full_int([3], dtype="uint32"); g.state
TEST(TfGenerator, MixedDrawsOfOneGenerator) {
  const auto generator = make_generator("tf-generator", 0);
  const auto stream = generator->open(site("x"), 7);
  EXPECT_EQ(bits(*stream, D::normal(-1.0, 0.25), {5}),
            (U32{0xbfaa5e88, 0xbf6d93c2, 0xbf9c0679, 0xbf82d591, 0xbf53b45d}));
  EXPECT_EQ(values<std::uint64_t>(draw(*stream, D::truncated_normal(), DType::f64, {3})),
            (U64{0xbfef788d6397ef51, 0xbfcd7e300d14f29b, 0x3fc39491ea99cdf7}));
  EXPECT_EQ(values<std::uint16_t>(draw(*stream, D::uniform(-1.0, 1.0), DType::f16, {3})),
            (std::vector<std::uint16_t>{0x3680, 0xb9d0, 0x3b38}));
  EXPECT_EQ(drawn<std::int64_t>(*stream, D::integers(-3, 11), {3}),
            (std::vector<std::int64_t>{-2, 7, -3}));
  EXPECT_EQ(drawn<std::uint32_t>(*stream, D::words(), {3}),
            (U32{0xef769025, 0x609243cc, 0x52e937df}));
  Receipt receipt;
  drawn<float>(*stream, D::uniform(), {1}, {}, &receipt);
  EXPECT_EQ(receipt.first, (Position{4359 * 4, 0}));  // the state: [4359, 0, 0]
  EXPECT_EQ(receipt.stream, (StreamName{"philox4x32-10", {0}}));
}

// tf.random.Generator.from_seed(s).uniform([n]) for s = 2**64 + 3, [5, 6] and -1
TEST(TfGenerator, SeedsOfAllKinds) {
  const auto generator = make_generator("tf-generator", 0);
  const Seed big(Integer::parse("18446744073709551619"));
  EXPECT_EQ(bits(*generator->open(site("a"), big), D::uniform(), {2}),
            (U32{0x3f50dd1e, 0x3ce87680}));
  EXPECT_EQ(bits(*generator->open(site("b"), Seed::list({5, 6})), D::uniform(), {2}),
            (U32{0x3f1e7dd0, 0x3d4577c0}));
  EXPECT_EQ(bits(*generator->open(site("c"), -1), D::uniform(), {6}),
            (U32{0x3df276d0, 0x3f10761c, 0x3dbc7c60, 0x3f28a3fa, 0x3e91dc24, 0x3f0e8e72}));
}

TEST(TfGenerator, NoneIsRefusedInTensorFlowsWords) {
  const auto generator = make_generator("tf-generator", 0);
  try {
    generator->open(site("x"), Seed::none());
    FAIL();
  } catch (const ValueError& error) {
    EXPECT_STREQ(error.what(),
                 "Attempt to convert a value (None) with an unsupported type (<class 'NoneType'>) "
                 "to a Tensor.");
  }
}

// from_seed(s + 1) is from_seed(s) four words on, and after n numbers from_seed(s) is from_seed(s +
// 256 n).
TEST(TfGenerator, NearSeedsAreOneStream) {
  const auto generator = make_generator("tf-generator", 0);
  VectorLedger ledger;
  generator->set_ledger(&ledger);
  const Floats third = drawn<float>(*generator->open(site("a"), 3), D::uniform(), {64});
  const Floats fourth = drawn<float>(*generator->open(site("b"), 4), D::uniform(), {64});
  EXPECT_TRUE(std::equal(fourth.begin(), fourth.end() - 4, third.begin() + 4));
  const DrawRecord& a = ledger.records()[0];
  const DrawRecord& b = ledger.records()[1];
  EXPECT_EQ(a.stream, b.stream);
  EXPECT_EQ(a.first.plus(4), b.first);
  EXPECT_LT(b.first, a.last);

  const auto again = generator->open(site("c"), 3);
  drawn<float>(*again, D::normal(), {9});
  EXPECT_EQ(drawn<float>(*again, D::normal(), {9}),
            drawn<float>(*generator->open(site("d"), 3 + 256 * 9), D::normal(), {9}));
}

TEST(TfGenerator, SitesWithoutASeedShareTheGlobalGenerator) {
  const auto generator = make_generator("tf-generator", 7);
  const auto a = generator->open(site("a"), Seed::ambient());
  const auto b = generator->open(site("b", Role::stock), Seed::none());
  EXPECT_EQ(bits(*a, D::normal(-1.0, 0.25), {5}),  // as MixedDrawsOfOneGenerator
            (U32{0xbfaa5e88, 0xbf6d93c2, 0xbf9c0679, 0xbf82d591, 0xbf53b45d}));
  EXPECT_EQ(values<std::uint64_t>(draw(*b, D::truncated_normal(), DType::f64, {3})),
            (U64{0xbfef788d6397ef51, 0xbfcd7e300d14f29b, 0x3fc39491ea99cdf7}));
}

TEST(TfGenerator, TheCounterCarriesThroughItsWords) {
  const auto generator = make_generator("tf-generator", 0);
  const auto stream = generator->open(site("x"), -1);  // [2^64 - 1, 2^64 - 1, key 2^64 - 1]
  Receipt receipt;
  drawn<float>(*stream, D::uniform(), {1}, {}, &receipt);
  drawn<float>(*stream, D::uniform(), {1}, {}, &receipt);
  EXPECT_EQ(receipt.first, (Position{255 * 4, 0}));
}

// tf.random.set_seed(42), then in this order: normal([3]); uniform([3], seed=5); uniform([2],
// seed=5); nn.dropout(ones([7]), .3, seed=5) != 0; normal([2], seed=5); shuffle(range(9), seed=5);
// normal([3]); shuffle(range(4), seed=5); uniform([2], seed=2**63); uniform([2], seed=-1)
TEST(TfGlobal, EqualOpSeedsShareOneKernel) {
  const auto generator = make_generator("tf-global", 42);
  const auto bare = generator->open(site("bare", Role::global), Seed::ambient());
  const auto a = generator->open(site("a"), 5);
  const auto b = generator->open(site("b", Role::stock), 5);
  const auto huge = generator->open(site("h"), Seed(std::uint64_t{1} << 63));
  EXPECT_EQ(bits(*bare, D::normal(), {3}), (U32{0x3ea7a9f4, 0xbf57b653, 0x3ea38cd0}));
  EXPECT_EQ(bits(*a, D::uniform(), {3}), (U32{0x3cd6b7c0, 0x3ede72d0, 0x3e88a294}));
  EXPECT_EQ(bits(*b, D::uniform(), {2}), (U32{0x3e616160, 0x3f2b8150}));
  EXPECT_EQ(mask(*a, 0.3, {7}), "1111110");
  EXPECT_EQ(bits(*b, D::normal(), {2}), (U32{0x3f8a3ee2, 0xc01e48cb}));
  EXPECT_EQ(drawn<std::int64_t>(*a, D::permutation(), {9}),
            (std::vector<std::int64_t>{3, 5, 7, 2, 0, 4, 1, 8, 6}));
  EXPECT_EQ(bits(*bare, D::normal(), {3}), (U32{0x3dac7df0, 0xbf5c6430, 0x3ec19958}));
  EXPECT_EQ(drawn<std::int64_t>(*b, D::permutation(), {4}),
            (std::vector<std::int64_t>{2, 3, 1, 0}));
  EXPECT_EQ(bits(*huge, D::uniform(), {2}), (U32{0x3f7ce14c, 0x3eb96198}));
  EXPECT_EQ(bits(*generator->open(site("n"), -1), D::uniform(), {2}),
            (U32{0x3f41ca60, 0x3ef3c860}));
}

// tf.random.set_seed(0); uniform([2], seed=0); uniform([3], -5, 1000, dtype="int32", seed=1)
TEST(TfGlobal, TwoZeroSeedsArePutAside) {
  const auto generator = make_generator("tf-global", 0);
  EXPECT_EQ(bits(*generator->open(site("z"), 0), D::uniform(), {2}), (U32{0x3ca1d980, 0x3be6c200}));
  EXPECT_EQ(drawn<std::int32_t>(*generator->open(site("i"), 1), D::integers(-5, 1000), {3}),
            (std::vector<std::int32_t>{0x2b9, 0x83, 0x1bd}));
}

// At rate 0 tf.nn.dropout returns its input: an unseeded op takes its seed, a kernel does not run.
TEST(TfGlobal, AMaskOfRateZeroRunsNoKernel) {
  const auto with = make_generator("tf-global", 42);
  const auto without = make_generator("tf-global", 42);
  const auto a = with->open(site("x"), 5);
  const auto b = without->open(site("x"), 5);
  EXPECT_EQ(mask(*a, 0.0, {5}), "11111");
  EXPECT_EQ(bits(*a, D::uniform(), {3}), bits(*b, D::uniform(), {3}));
  const auto unseeded = with->open(site("y"), {});
  const auto other = without->open(site("y"), {});
  mask(*unseeded, 0.0, {5});
  EXPECT_NE(bits(*unseeded, D::uniform(), {3}), bits(*other, D::uniform(), {3}));
}

TEST(TfGlobal, SeedsAndMomentsItRefuses) {
  EXPECT_THROW(make_generator("tf-global", Seed::list({1})), TypeError);
  const auto generator = make_generator("tf-global", 1);
  EXPECT_THROW(generator->open(site("x"), Seed::list({1})), TypeError);
  const auto stream = generator->open(site("x"), 1);
  Moment traced;
  traced.trace = 1;
  float out = 0;
  EXPECT_THROW(stream->draw({D::uniform(), DType::f32, {}}, traced, &out), ValueError);
}

// keras.utils.set_random_seed(99); i = RandomNormal(0., 1.); j = RandomUniform(0., 1.); k =
// TruncatedNormal(0., 1., seed=3) of keras.initializers; i((3,)); j((3,)); k((3,)); i((3,))
TEST(Keras3Initializers, UnseededOnesAreSeededInTheOrderOfConstruction) {
  for (const char* name : {"tf-generator", "tf-global"}) {
    const auto generator = make_generator(name, 99);
    const auto i = generator->open(site("i", Role::initializer), Seed::none());
    const auto j = generator->open(site("j", Role::initializer), Seed::ambient());
    const auto k = generator->open(site("k", Role::initializer), 3);
    const U32 first = {0x3f8acb72, 0x3f1adadd, 0xbec0d9d3};
    EXPECT_EQ(bits(*i, D::normal(), {3}), first) << name;
    EXPECT_EQ(bits(*j, D::uniform(), {3}), (U32{0x3d9dc120, 0x3f5b4598, 0x3f3eb0a4})) << name;
    EXPECT_EQ(bits(*k, D::truncated_normal(), {3}), (U32{0xbf2becfb, 0x3fd688d2, 0xbf71ba12}));
    EXPECT_EQ(bits(*i, D::normal(), {3}), first) << name;
  }
}

// For each mode: tf_keras.utils.set_random_seed(1); a = Dropout(.3, seed=3, rng_type=mode), b the
// same with seed 4, c = GaussianNoise(1., rng_type=mode), built in this order; x = ones((2, 5)); a,
// b, a, b called on x with training=True; c twice on zeros((3,)); then RandomNormal(0., 1.)((3,))
// and RandomUniform(0., 1., seed=3)((3,)).
struct Keras2Case {
  const char* name;
  std::vector<std::string> masks;
  U32 noise_first, noise_second, normal;
};

TEST(Keras2, LayersAndInitializersOfEachMode) {
  const Keras2Case cases[] = {{"base-random-layer",
                               {"1110101111", "1110110111", "1110001010", "0010110111"},
                               {0xbf8cf4c9, 0x3fc5db31, 0x3ec46cfd},
                               {0x3ece6189, 0xbf8b4444, 0xbd813823},
                               {0xbfa00883, 0x3f8896cb, 0x3e982155}},
                              {"base-random-layer:stateless",
                               {"0111000011", "1101111011", "0111000011", "1101111011"},
                               {0xbfa00883, 0x3f8896cb, 0x3e982155},
                               {0xbfa00883, 0x3f8896cb, 0x3e982155},
                               {0x3f172445, 0xbf568e51, 0xbe80994e}},
                              {"base-random-layer:stateful",
                               {"0111101110", "1011100111", "1011110011", "1100111111"},
                               {0xbd8addc6, 0x3f69c5aa, 0x3e08cbf0},
                               {0x3fe18d8b, 0xbedea113, 0x3f0ff34d},
                               {0x3f172445, 0xbf568e51, 0xbe80994e}}};
  for (const Keras2Case& c : cases) {
    const auto generator = make_generator(c.name, 1);
    const auto a = generator->open(site("a", Role::stock), 3);
    const auto b = generator->open(site("b", Role::stock), 4);
    const auto noise = generator->open(site("c", Role::stock), Seed::none());
    const auto normal = generator->open(site("d", Role::initializer), Seed::none());
    const auto seeded = generator->open(site("e", Role::initializer), 3);
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_EQ(mask(i % 2 == 0 ? *a : *b, 0.3, {2, 5}), c.masks[i]) << c.name << " " << i;
    }
    EXPECT_EQ(bits(*noise, D::normal(), {3}), c.noise_first) << c.name;
    EXPECT_EQ(bits(*noise, D::normal(), {3}), c.noise_second) << c.name;
    EXPECT_EQ(bits(*normal, D::normal(), {3}), c.normal) << c.name;
    EXPECT_EQ(bits(*seeded, D::uniform(), {3}), (U32{0x3e489d60, 0x3f7078ee, 0x3f084330}));
  }
}

// tf_keras.utils.set_random_seed(1); a model of Dropout(.3, seed=3) over ones((6, 10)), fit with
// batches of 2, the masks read inside it: traced once before its first step, then once more.
TEST(Keras2, FitCountsTracesNotSteps) {
  const auto generator = make_generator("base-random-layer", 1);
  const auto stream = generator->open(site("model/dropout", Role::stock), 3);
  generator->on({Event::Kind::trace, {"model"}, 1});
  Moment step;
  step.trace = 2;
  for (const char* expected :
       {"11101101111111110111", "01011011111111101100", "01111111011101000111"}) {
    EXPECT_EQ(mask(*stream, 0.3, {2, 10}, step), expected);
  }
  // The next Python call, eager, has op seed 3 + 2: that of a layer with seed 5.
  const auto fifth = make_generator("base-random-layer", 1);
  EXPECT_EQ(mask(*stream, 0.3, {2, 10}),
            mask(*fifth->open(site("x", Role::stock), 5), 0.3, {2, 10}));
}

TEST(Keras2, TracesOfOtherScopesAndKindsAreNotHeard) {
  const auto generator = make_generator("base-random-layer", 1);
  const auto twin = make_generator("base-random-layer", 1);
  const auto stream = generator->open(site("model/dropout", Role::stock), 3);
  const auto other = twin->open(site("model/dropout", Role::stock), 3);
  generator->on({Event::Kind::trace, {"model/drop"}, 1});
  generator->on({Event::Kind::step, {"model"}, 1});
  EXPECT_EQ(mask(*stream, 0.3, {64}), mask(*other, 0.3, {64}));
}

TEST(Keras2, SeedsItRefuses) {
  EXPECT_THROW(make_generator("base-random-layer", -1), ValueError);
  EXPECT_THROW(make_generator("base-random-layer", Seed(std::uint64_t{1} << 32)), ValueError);
  EXPECT_THROW(make_generator("base-random-layer", Seed::list({1})), ValueError);
  const auto stateless = make_generator("base-random-layer:stateless", 1);
  EXPECT_THROW(stateless->open(site("x"), Seed(std::uint64_t{1} << 63)), OverflowError);
  EXPECT_THROW(stateless->open(site("x"), Seed::list({1})), ValueError);
  const auto legacy = make_generator("base-random-layer", 1);
  EXPECT_THROW(legacy->open(site("x"), Seed::list({1})), TypeError);
  EXPECT_THROW(legacy->open(site("x", Role::initializer), Seed::list({1})), ValueError);
}

}  // namespace
}  // namespace seedproof::test
