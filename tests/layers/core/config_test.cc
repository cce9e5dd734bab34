#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/layers/config.h>

#include "tests/layers/core/sample_layers.h"

namespace seedproof::testing {
namespace {

using ::testing::HasSubstr;

TEST(ConfigTest, RoundTripKeepsOrderTypesAndValues) {
  const Config config{{"none", ConfigValue()},
                      {"yes", true},
                      {"whole", 3},
                      {"great", Integer::parse("-340282366920938463463374607431768211457")},
                      {"tenth", 0.1},
                      {"one", 1.0},
                      {"tiny", 5e-324},
                      {"huge", std::numeric_limits<double>::max()},
                      {"text", "quote \" slash \\ line \n bell \x07 umlaut \xc3\xa4"},
                      {"list", ConfigValue::List{1, 2.5, "x", ConfigValue::List{}}},
                      {"nested", Config{{"class_name", "L2"}, {"config", Config{}}}},
                      {"seed", Seed(11)},
                      {"shape", ConfigValue::from_shape({2, 3})}};
  const std::string json = config.to_json();
  EXPECT_EQ(Config::from_json(json), config) << json;
  EXPECT_THAT(json, HasSubstr(R"("one": 1.0,)"));
  EXPECT_THAT(json, HasSubstr(R"("whole": 3,)"));
  EXPECT_THAT(json, HasSubstr(R"("tenth": 0.1,)"));
  EXPECT_THAT(json, HasSubstr(R"(bell \u0007)"));
}

TEST(ConfigTest, EscapesAreRead) {
  EXPECT_EQ(ConfigValue::from_json(R"("\u00e4\ud83d\ude00\/\b")"),
            ConfigValue("\xc3\xa4\xf0\x9f\x98\x80/\b"));
  EXPECT_EQ(ConfigValue::from_json(" [ 1 , -0.5e1 ] "), ConfigValue(ConfigValue::List{1, -5.0}));
}

TEST(ConfigTest, WhatIsNotJsonIsRefusedWithItsOffset) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "offset 0"},
      {"{", "offset 1"},
      {"[1,]", "offset 3"},
      {"{\"a\": 1, \"a\": 2}", "the name 'a' stands twice"},
      {"{a: 1}", "expected a name in quotes"},
      {"01", "a number starts with 0"},
      {"-", "expected a digit"},
      {"1.", "expected a digit"},
      {"1e", "expected a digit"},
      {"1e999", "does not fit a double"},
      {"NaN", "no value starts here"},
      {"nul", "no value starts here"},
      {"\"\t\"", "a control character"},
      {"\"abc", "text without an end"},
      {"\"\\x\"", "unknown escape"},
      {"\"\\u12g4\"", "four hexadecimal digits"},
      {"\"\\ud800\"", "a lone high surrogate"},
      {"\"\\udc00\"", "a lone low surrogate"},
      {"\"\\ud800\\u0041\"", "without its low one"},
      {"\"\xc0\x80\"", "not UTF-8"},
      {"\"\xed\xa0\x80\"", "not UTF-8"},
      {"\"\xe2\x82\"", "not UTF-8"},
      {"\"\xff\"", "not UTF-8"},
      {"1 2", "something follows the value"}};
  for (const auto& known : cases) {
    EXPECT_THAT(message_of<FormatError>([&] { ConfigValue::from_json(known.first); }),
                HasSubstr(known.second))
        << known.first;
  }
}

TEST(ConfigTest, DepthAndSizesAreCapped) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_NO_THROW(ConfigValue::from_json(nested(65)));
  EXPECT_THAT(message_of<FormatError>([&] { ConfigValue::from_json(nested(66)); }),
              HasSubstr("nested deeper than 64"));
  EXPECT_NO_THROW(ConfigValue::from_json(std::string(1000, '7')));
  EXPECT_THAT(message_of<FormatError>([&] { ConfigValue::from_json(std::string(1001, '7')); }),
              HasSubstr("more than 1000"));
  const std::string large((std::size_t{16} << 20) + 1, ' ');
  EXPECT_THAT(message_of<FormatError>([&] { ConfigValue::from_json(large); }),
              HasSubstr("16777217 bytes"));
}

TEST(ConfigTest, NumbersThatJsonCannotHoldAreRefused) {
  EXPECT_THAT(message_of<ValueError>(
                  [] { (void)ConfigValue(std::numeric_limits<double>::quiet_NaN()).to_json(); }),
              HasSubstr("NaN"));
  EXPECT_THAT(message_of<ValueError>(
                  [] { (void)ConfigValue(-std::numeric_limits<double>::infinity()).to_json(); }),
              HasSubstr("-inf"));
}

TEST(ConfigTest, ReadingChecksTypes) {
  const ConfigValue whole(7);
  EXPECT_EQ(whole.as_double("rate"), 7.0);
  EXPECT_EQ(message_of<TypeError>([&] { (void)whole.as_bool("use_bias"); }),
            "use_bias should be a bool, got an integer: 7");
  EXPECT_EQ(message_of<TypeError>([] { (void)ConfigValue(true).as_int("units"); }),
            "units should be an integer, got a bool: true");
  EXPECT_EQ(message_of<TypeError>([] { (void)ConfigValue(1.5).as_int("units"); }),
            "units should be an integer, got a float");
  EXPECT_THAT(message_of<OverflowError>(
                  [] { (void)ConfigValue(Integer::parse("9223372036854775808")).as_int("units"); }),
              HasSubstr("units: 9223372036854775808"));
  EXPECT_THAT(message_of<TypeError>([] { (void)ConfigValue().as_text("name"); }),
              HasSubstr("name should be text, got None"));
  EXPECT_THAT(message_of<TypeError>([] { (void)ConfigValue("x").as_list("axes"); }),
              HasSubstr("axes should be a list"));
}

TEST(ConfigTest, SeedsAndShapes) {
  for (const Seed& seed :
       {Seed::none(), Seed(3), Seed::integer(Integer::parse("-99999999999999999999")),
        Seed::list({1, 2, 3}), Seed(KeySeed{{1, 2, 3, 4}}), Seed::ambient()}) {
    EXPECT_EQ(ConfigValue::from_json(ConfigValue(seed).to_json()).as_seed("seed"), seed)
        << seed.to_string();
  }
  EXPECT_EQ(ConfigValue::from_json("[null, 3]").as_shape("input_shape"), (Shape{-1, 3}));
  EXPECT_THAT(message_of<TypeError>([] { (void)ConfigValue(0.5).as_seed("seed"); }),
              HasSubstr("seed should be a seed"));
}

TEST(ConfigTest, EntriesAreSetFoundAndErased) {
  Config config{{"a", 1}, {"b", 2}};
  config.set("a", 3);
  EXPECT_EQ(config.entries().size(), 2U);
  EXPECT_EQ(config.at("a").as_int("a"), 3);
  EXPECT_THAT(message_of<ValueError>([&] { (void)config.at("c"); }),
              HasSubstr("'c'; it has: a, b"));
  EXPECT_TRUE(config.erase("a"));
  EXPECT_FALSE(config.erase("a"));
  EXPECT_EQ(config.find("a"), nullptr);
}

}  // namespace
}  // namespace seedproof::testing
