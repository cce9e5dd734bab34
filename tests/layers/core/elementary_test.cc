// Known values: computed with 60 digits by Python's decimal module (series for sin, cos and erf;
// the arguments are the doubles that stand here), rounded once to double.
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include <seedproof/layers/ops/elementary.h>
#include <seedproof/layers/ops/exact.h>

namespace seedproof::ops {
namespace {

struct Known {
  const char* name;
  double (*function)(double);
  double argument;
  double value;
};

const Known kKnown[] = {
    {"sin", elementary::sin, 0x1.999999999999ap-4, 0x1.98eaecb8bcb2cp-4},
    {"sin", elementary::sin, -0x1.8000000000000p-1, -0x1.5cffc16bf8f0dp-1},
    {"sin", elementary::sin, 0x1.4000000000000p+1, 0x1.326af0dcfcab1p-1},
    {"sin", elementary::sin, -0x1.f666666666666p+4, 0x1.04ede8c1cb30cp-6},
    {"sin", elementary::sin, 0x1.f420000000000p+9, 0x1.e1702343c0531p-1},
    {"sin", elementary::sin, 0x1.921fb00000000p+19, -0x1.4f8bacd318ed0p-3},
    {"sin", elementary::sin, 0x1.e848000000000p+19, -0x1.6664b2568d867p-2},
    {"sin", elementary::sin, 0x1.550f7dca70000p+51, 0x1.77f46d55870efp-5},
    {"sin", elementary::sin, -0x1.b6e83b85f253bp+332, 0x1.718990bee0b17p-1},
    {"sin", elementary::sin, 0x1.fffffffffffffp+1023, 0x1.452fc98b34e97p-8},
    {"sin", elementary::sin, 0x1.6ac5b262ca1ffp+849, 0x1.0000000000000p+0},
    {"cos", elementary::cos, 0x1.999999999999ap-4, 0x1.fd712f9a817c1p-1},
    {"cos", elementary::cos, 0x1.999999999999ap-1, 0x1.64b6bde719865p-1},
    {"cos", elementary::cos, -0x1.4000000000000p+1, -0x1.9a2f7ef858b7dp-1},
    {"cos", elementary::cos, 0x1.f666666666666p+4, 0x1.ffef60790cc74p-1},
    {"cos", elementary::cos, 0x1.f420000000000p+9, 0x1.5c7d948a31cf2p-2},
    {"cos", elementary::cos, 0x1.e848000000000p+19, 0x1.df9df9906d32cp-1},
    {"cos", elementary::cos, 0x1.550f7dca70000p+51, 0x1.ff75e5df884a4p-1},
    {"cos", elementary::cos, -0x1.b6e83b85f253bp+332, -0x1.62619faa58062p-1},
    {"cos", elementary::cos, 0x1.fffffffffffffp+1023, -0x1.fffe62ecfab75p-1},
    {"exp", elementary::exp, 0x1.12e0be826d695p-30, 0x1.000000044b830p+0},
    {"exp", elementary::exp, 0x1.0000000000000p-1, 0x1.a61298e1e069cp+0},
    {"exp", elementary::exp, -0x1.3333333333333p-2, 0x1.7b4c869c37c05p-1},
    {"exp", elementary::exp, 0x1.0000000000000p+0, 0x1.5bf0a8b145769p+1},
    {"exp", elementary::exp, -0x1.4c00000000000p+4, 0x1.0ba06b3d9c887p-30},
    {"exp", elementary::exp, 0x1.6200000000000p+6, 0x1.99b987155fe28p+127},
    {"exp", elementary::exp, -0x1.5e40000000000p+9, 0x1.4ff475c68ca02p-1011},
    {"exp", elementary::exp, 0x1.62e0000000000p+9, 0x1.ef85a11e73f2dp+1023},
    {"expm1", elementary::expm1, 0x1.12e0be826d695p-30, 0x1.12e0be84bbb51p-30},
    {"expm1", elementary::expm1, 0x1.999999999999ap-3, 0x1.c56ecf2c56468p-3},
    {"expm1", elementary::expm1, -0x1.3333333333333p-2, -0x1.0966f2c7907f6p-2},
    {"expm1", elementary::expm1, 0x1.6666666666666p-1, 0x1.03854c24d130dp+0},
    {"expm1", elementary::expm1, -0x1.a000000000000p+1, -0x1.ec25c97ade6fdp-1},
    {"expm1", elementary::expm1, 0x1.9000000000000p+3, 0x1.060c12565ba66p+18},
    {"expm1", elementary::expm1, -0x1.3800000000000p+5, -0x1.0000000000000p+0},
    {"log", elementary::log, 0x1.999999999999ap-4, -0x1.26bb1bbb55515p+1},
    {"log", elementary::log, 0x1.8000000000000p-1, -0x1.269621134db92p-2},
    {"log", elementary::log, 0x1.ff7ced916872bp-1, -0x1.064670d979b73p-10},
    {"log", elementary::log, 0x1.004189374bc6ap+0, 0x1.060354f8c3cc4p-10},
    {"log", elementary::log, 0x1.0000000000000p+1, 0x1.62e42fefa39efp-1},
    {"log", elementary::log, 0x1.2a05f20000000p+33, 0x1.7069e2aa2aa5bp+4},
    {"log", elementary::log, 0x1.56e1fc2f8f359p-997, -0x1.5963447f87fb5p+9},
    {"log", elementary::log, 0x0.0000000000001p-1022, -0x1.74385446d71c3p+9},
    {"log1p", elementary::log1p, 0x1.19799812dea11p-40, 0x1.19799812de065p-40},
    {"log1p", elementary::log1p, -0x1.4f8b588e368f1p-17, -0x1.4f8bc681e6006p-17},
    {"log1p", elementary::log1p, 0x1.3333333333333p-2, 0x1.0ca937be1b9dcp-2},
    {"log1p", elementary::log1p, -0x1.999999999999ap-2, -0x1.058aefa811452p-1},
    {"log1p", elementary::log1p, -0x1.ff7ced916872bp-1, -0x1.ba18a998fff9fp+2},
    {"log1p", elementary::log1p, 0x1.9000000000000p+6, 0x1.275e2271bba31p+2},
    {"log1p", elementary::log1p, 0x1.6345785d8a000p+56, 0x1.3926cd770aa67p+5},
    {"tanh", elementary::tanh, 0x1.12e0be826d695p-30, 0x1.12e0be826d695p-30},
    {"tanh", elementary::tanh, 0x1.999999999999ap-4, 0x1.983d7795f413ap-4},
    {"tanh", elementary::tanh, -0x1.0000000000000p-1, -0x1.d9353d7568af3p-2},
    {"tanh", elementary::tanh, 0x1.fae147ae147aep-1, 0x1.83c4fe9b770e1p-1},
    {"tanh", elementary::tanh, 0x1.8000000000000p+0, 0x1.cf6f9786df577p-1},
    {"tanh", elementary::tanh, -0x1.0000000000000p+3, -0x1.fffff872a91f8p-1},
    {"tanh", elementary::tanh, 0x1.5000000000000p+4, 0x1.0000000000000p+0},
    {"sigmoid", elementary::sigmoid, 0x1.999999999999ap-4, 0x1.0cca12729afb8p-1},
    {"sigmoid", elementary::sigmoid, -0x1.0000000000000p-1, 0x1.829a0565978dfp-2},
    {"sigmoid", elementary::sigmoid, 0x1.0000000000000p+2, 0x1.f6ca82f0de1eap-1},
    {"sigmoid", elementary::sigmoid, -0x1.e000000000000p+4, 0x1.a56e0c2ac7cbfp-44},
    {"sigmoid", elementary::sigmoid, 0x1.2000000000000p+5, 0x1.ffffffffffffep-1},
    {"sigmoid", elementary::sigmoid, -0x1.5e00000000000p+9, 0x1.14f2b0fb9307fp-1010},
    {"erf", elementary::erf, 0x1.12e0be826d695p-30, 0x1.362a9ffc610ddp-30},
    {"erf", elementary::erf, 0x1.999999999999ap-4, 0x1.cca5ea24fb334p-4},
    {"erf", elementary::erf, -0x1.6666666666666p-1, -0x1.5b08c21171646p-1},
    {"erf", elementary::erf, 0x1.3333333333333p+0, 0x1.d214ac7b2d067p-1},
    {"erf", elementary::erf, 0x1.999999999999ap+0, 0x1.f3e3ef6fef78ap-1},
    {"erf", elementary::erf, -0x1.4000000000000p+1, -0x1.ffcaa8f4c9beap-1},
    {"erf", elementary::erf, 0x1.0000000000000p+2, 0x1.ffffff7b91176p-1},
    {"erf", elementary::erf, 0x1.799999999999ap+2, 0x1.fffffffffffffp-1},
};

double ulps(double found, double wanted) {
  const double size = std::fabs(wanted);
  const double ulp = std::nextafter(size, std::numeric_limits<double>::infinity()) - size;
  return std::fabs(found - wanted) / ulp;
}

TEST(ElementaryTest, KnownValues) {
  for (const Known& known : kKnown) {
    const std::string name = known.name;
    const double bound = name == "erf" ? 4.0 : 2.5;
    EXPECT_LE(ulps(known.function(known.argument), known.value), bound)
        << name << "(" << known.argument << ") = " << known.function(known.argument);
  }
}

TEST(ElementaryTest, OddFunctionsAreOdd) {
  for (const double x : {0.3, 1.7, 4.2, 3e7, 1e200}) {
    EXPECT_EQ(elementary::sin(-x), -elementary::sin(x));
    EXPECT_EQ(elementary::cos(-x), elementary::cos(x));
    EXPECT_EQ(elementary::tanh(-x), -elementary::tanh(x));
    EXPECT_EQ(elementary::erf(-x), -elementary::erf(x));
  }
  EXPECT_TRUE(std::signbit(elementary::sin(-0.0)));
  EXPECT_TRUE(std::signbit(elementary::expm1(-0.0)));
  EXPECT_TRUE(std::signbit(elementary::log1p(-0.0)));
}

TEST(ElementaryTest, EdgesOfTheDomains) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(elementary::exp(710.0), kInfinity);
  EXPECT_EQ(elementary::exp(-746.0), 0.0);
  EXPECT_EQ(elementary::exp(-745.0), 5e-324);
  EXPECT_EQ(elementary::exp(-kInfinity), 0.0);
  EXPECT_EQ(elementary::expm1(-kInfinity), -1.0);
  EXPECT_EQ(elementary::expm1(kInfinity), kInfinity);
  EXPECT_EQ(elementary::log(0.0), -kInfinity);
  EXPECT_EQ(elementary::log(kInfinity), kInfinity);
  EXPECT_EQ(elementary::log1p(-1.0), -kInfinity);
  EXPECT_EQ(elementary::tanh(kInfinity), 1.0);
  EXPECT_EQ(elementary::sigmoid(-kInfinity), 0.0);
  EXPECT_EQ(elementary::erf(-kInfinity), -1.0);
  for (const double value :
       {elementary::log(-1.0), elementary::log1p(-1.5), elementary::sin(kInfinity),
        elementary::cos(-kInfinity), elementary::exp(std::nan("")), elementary::erf(std::nan("")),
        elementary::tanh(std::nan(""))}) {
    EXPECT_TRUE(std::isnan(value));
  }
}

TEST(ElementaryTest, PowersAreCorrectlyRounded) {
  // Python: float(Fraction(0.999)**300), float(Fraction(float32(0.9))**77),
  // float(Fraction(0.9)**1000).
  EXPECT_EQ(power(0.999, 300).high, 0x1.7b3df3be0e2a5p-1);
  EXPECT_EQ(power(0.9F, 77).high, 0x1.3a3f7036c8db7p-12);
  EXPECT_EQ(power(0.9, 1000).high, 0x1.fee7413dac341p-153);
  EXPECT_EQ(power(0.5, 0).high, 1.0);
  EXPECT_EQ(power(0.0, 3).high, 0.0);
  EXPECT_EQ(power(1.0, std::numeric_limits<std::uint64_t>::max()).high, 1.0);
}

}  // namespace
}  // namespace seedproof::ops
