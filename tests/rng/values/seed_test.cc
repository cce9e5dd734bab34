#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <seedproof/rng/values/error.h>
#include <seedproof/rng/values/seed.h>

namespace seedproof {
namespace {

TEST(Seed, TextGoesBothWays) {
  const std::vector<std::pair<Seed, std::string>> cases{
      {Seed(), "ambient"},
      {Seed::none(), "None"},
      {Seed(0), "0"},
      {Seed(-7), "-7"},
      {Seed::integer(Integer::parse("18446744073709551616")), "18446744073709551616"},
      {Seed::list({}), "[]"},
      {Seed::list({Integer(7)}), "[7]"},
      {Seed::list({Integer(7), Integer(-8)}), "[7, -8]"},
      {Seed(Seed::Value(KeySeed{{1, 0, ~std::uint64_t{0}, 0xab}})),
       "key:0x0000000000000001,0x0000000000000000,0xffffffffffffffff,0x00000000000000ab"}};
  for (const auto& [seed, text] : cases) {
    EXPECT_EQ(seed.to_string(), text);
    EXPECT_EQ(Seed::parse(text), seed) << text;
  }
}

TEST(Seed, KindsDiffer) {
  EXPECT_NE(Seed(7), Seed::list({Integer(7)}));
  EXPECT_NE(Seed::ambient(), Seed::none());
  EXPECT_NE(Seed(0), Seed::none());
}

TEST(Seed, KeepsIntegersOfEveryTypeWhole) {
  EXPECT_EQ(Seed(std::int64_t{5000000000}).to_string(), "5000000000");
  EXPECT_EQ(Seed(4294967295U).to_string(), "4294967295");
  EXPECT_EQ(Seed(~std::uint64_t{0}).to_string(), "18446744073709551615");
}

TEST(Seed, ReadsLooselySpacedLists) {
  EXPECT_EQ(Seed::parse("[7,8]"), Seed::list({Integer(7), Integer(8)}));
  EXPECT_EQ(Seed::parse("[ 7 , 0x8 ]"), Seed::list({Integer(7), Integer(8)}));
  EXPECT_EQ(Seed::parse("[ ]"), Seed::list({}));
}

TEST(Seed, RefusesWhatIsNoSeedAndNamesIt) {
  for (const std::string text :
       {"", "none", "Ambient", "1.5", "[1", "1]", "[", "[1,]", "[,1]", "[1,,2]", "[[1]]", "[1 2]",
        "key:", "key:1,2,3", "key:1,2,3,4,5", "key:-1,0,0,0", "key:0,0,0,18446744073709551616",
        "key:1,2,3,x", "7 8"}) {
    try {
      Seed::parse(text);
      ADD_FAILURE() << "'" << text << "' was read";
    } catch (const ValueError& error) {
      EXPECT_NE(std::string(error.what()).find("'" + text + "'"), std::string::npos)
          << error.what();
    }
  }
}

TEST(Seed, RefusesVeryLongTextWithoutQuotingItAll) {
  try {
    Seed::parse("[" + std::string(2000000, '1') + "]");
    FAIL();
  } catch (const ValueError& error) {
    EXPECT_LT(std::string(error.what()).size(), 200U);
  }
}

}  // namespace
}  // namespace seedproof
