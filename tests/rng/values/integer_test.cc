#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <seedproof/rng/values/error.h>
#include <seedproof/rng/values/integer.h>

namespace seedproof {
namespace {

constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();

TEST(Integer, TakesEveryIntegerTypeWhole) {
  EXPECT_EQ(Integer(kMin).to_string(), "-9223372036854775808");
  EXPECT_EQ(Integer(kMax).to_string(), "9223372036854775807");
  EXPECT_EQ(Integer(kMost).to_string(), "18446744073709551615");
  EXPECT_EQ(Integer(static_cast<std::int8_t>(-128)).to_string(), "-128");
  EXPECT_EQ(Integer(4294967295U).to_string(), "4294967295");
  EXPECT_EQ(Integer(-1LL).to_string(), "-1");
  EXPECT_EQ(Integer(0).to_string(), "0");
  EXPECT_EQ(Integer(), Integer(0));
}

TEST(Integer, TextGoesBothWays) {
  for (const char* text :
       {"0", "1", "-1", "9", "10", "999999999", "1000000000", "1000000001", "4294967295",
        "4294967296", "-18446744073709551616", "340282366920938463463374607431768211455",
        "340282366920938463463374607431768211456", "100000000000000000000000000000000000000000",
        "-99999999999999999999999999999999999999999999999999999999999999999999999999"}) {
    EXPECT_EQ(Integer::parse(text).to_string(), text);
  }
  EXPECT_EQ(Integer::parse("0x10").to_string(), "16");
  EXPECT_EQ(Integer::parse("-0XfF").to_string(), "-255");
  EXPECT_EQ(Integer::parse("+0xDEADBEEF").to_string(), "3735928559");
  EXPECT_EQ(Integer::parse("0x100000000000000000000000000000000").to_string(),
            "340282366920938463463374607431768211456");
}

TEST(Integer, ZeroHasOneForm) {
  for (const char* text : {"0", "-0", "+0", "000", "-0x0"}) {
    EXPECT_EQ(Integer::parse(text), Integer(0)) << text;
    EXPECT_FALSE(Integer::parse(text).negative());
    EXPECT_TRUE(Integer::parse(text).magnitude().empty());
  }
  EXPECT_EQ(Integer::parse("0007"), Integer(7));
}

TEST(Integer, RefusesWhatIsNoInteger) {
  for (const std::string text : {"", "-", "+", "0x", "-0x", "--1", "1 ", " 1", "1.0", "1e3", "0xg",
                                 "a", "１", "1_000", "0x-1", "nan"}) {
    EXPECT_THROW(Integer::parse(text), ValueError) << "'" << text << "'";
  }
  EXPECT_NO_THROW(Integer::parse(std::string(1000, '9')));
  EXPECT_THROW(Integer::parse(std::string(1001, '9')), ValueError);
  try {
    Integer::parse("12x");
    FAIL();
  } catch (const ValueError& error) {
    EXPECT_STREQ(error.what(), "integer '12x': not a digit of its base");
  }
}

// Values as Python prints them: (n >> 64 * i) & (2**64 - 1).
TEST(Integer, WordsAreTwosComplementWithoutEnd) {
  EXPECT_EQ(Integer(-1).word(0), kMost);
  EXPECT_EQ(Integer(-1).word(1), kMost);
  EXPECT_EQ(Integer(-1).word(999), kMost);
  EXPECT_EQ(Integer(-1).word(std::numeric_limits<std::size_t>::max()), kMost);
  EXPECT_EQ(Integer(5).word(0), 5U);
  EXPECT_EQ(Integer(5).word(std::numeric_limits<std::size_t>::max()), 0U);
  const Integer big = Integer::parse("0x123456789abcdef0fedcba98765432100");
  EXPECT_EQ(big.word(0), 0xedcba98765432100U);
  EXPECT_EQ(big.word(1), 0x23456789abcdef0fU);
  EXPECT_EQ(big.word(2), 1U);
  EXPECT_EQ(big.word(3), 0U);
  const Integer minus = Integer::parse("-0x123456789abcdef0fedcba98765432100");
  EXPECT_EQ(minus.word(0), 0x123456789abcdf00U);
  EXPECT_EQ(minus.word(1), 0xdcba9876543210f0U);
  EXPECT_EQ(minus.word(2), 0xfffffffffffffffeU);
  EXPECT_EQ(minus.word(3), kMost);
  const Integer power = Integer::parse("-0x10000000000000000");  // -2^64: the carry passes a word
  EXPECT_EQ(power.word(0), 0U);
  EXPECT_EQ(power.word(1), kMost);
}

TEST(Integer, FloorModIsPythons) {
  EXPECT_EQ(Integer(7).floor_mod(3), 1U);
  EXPECT_EQ(Integer(-7).floor_mod(3), 2U);
  EXPECT_EQ(Integer(-6).floor_mod(3), 0U);
  EXPECT_EQ(Integer(0).floor_mod(1), 0U);
  EXPECT_EQ(Integer(-5).floor_mod(1), 0U);
  EXPECT_EQ(Integer(-1).floor_mod(kMost), kMost - 1);
  EXPECT_EQ(Integer(kMost).floor_mod(kMost), 0U);
  const Integer big = Integer::parse("123456789012345678901234567890123456789");
  EXPECT_EQ(big.floor_mod(1000000007), 741412909U);
  EXPECT_EQ(big.floor_mod(18446744073709551557U), 1348120302806842766U);
  const Integer minus = Integer::parse("-123456789012345678901234567890123456789");
  EXPECT_EQ(minus.floor_mod(1000000007), 258587098U);
  EXPECT_EQ(minus.floor_mod(18446744073709551557U), 17098623770902708791U);
  EXPECT_THROW(Integer(1).floor_mod(0), ValueError);
}

TEST(Integer, FitsExactlyWhatFits) {
  struct Case {
    const char* text;
    bool i64, u64, u32;
  };
  for (const Case& c : std::vector<Case>{{"0", true, true, true},
                                         {"-1", true, false, false},
                                         {"4294967295", true, true, true},
                                         {"4294967296", true, true, false},
                                         {"9223372036854775807", true, true, false},
                                         {"9223372036854775808", false, true, false},
                                         {"-9223372036854775808", true, false, false},
                                         {"-9223372036854775809", false, false, false},
                                         {"18446744073709551615", false, true, false},
                                         {"18446744073709551616", false, false, false},
                                         {"-18446744073709551616", false, false, false}}) {
    const Integer value = Integer::parse(c.text);
    EXPECT_EQ(value.fits_i64(), c.i64) << c.text;
    EXPECT_EQ(value.fits_u64(), c.u64) << c.text;
    EXPECT_EQ(value.fits_u32(), c.u32) << c.text;
    if (c.i64) {
      EXPECT_EQ(std::to_string(value.to_i64()), c.text);
    } else {
      EXPECT_THROW(value.to_i64(), OverflowError) << c.text;
    }
    if (c.u64) {
      EXPECT_EQ(std::to_string(value.to_u64()), c.text);
    } else {
      EXPECT_THROW(value.to_u64(), OverflowError) << c.text;
    }
  }
}

}  // namespace
}  // namespace seedproof
