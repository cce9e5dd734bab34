#include <gtest/gtest.h>

#include <seedproof/harness/report/text.h>

namespace seedproof {
namespace {

TEST(Wrapped, BreaksAtBlanksAndCountsTheFirstColumn) {
  EXPECT_EQ(wrapped("one two three", 7, 2), "one two\n  three");
  EXPECT_EQ(wrapped("one two three", 9, 2, 4), "one\n  two\n  three");
  EXPECT_EQ(wrapped("", 10, 2), "");
  EXPECT_EQ(wrapped("unbreakable", 4, 2), "unbreakable");
}

TEST(Listed, PutsAndBeforeTheLast) {
  EXPECT_EQ(listed({}), "");
  EXPECT_EQ(listed({"a"}), "a");
  EXPECT_EQ(listed({"a", "b"}), "a and b");
  EXPECT_EQ(listed({"a", "b", "c"}), "a, b and c");
}

TEST(Counted, ChoosesThePlural) {
  EXPECT_EQ(counted(0, "layer"), "0 layers");
  EXPECT_EQ(counted(1, "layer"), "1 layer");
  EXPECT_EQ(counted(12, "layer"), "12 layers");
}

TEST(Colored, IsPlainWhenOff) {
  EXPECT_EQ(colored("x", Color::red, false), "x");
  EXPECT_EQ(colored("x", Color::red, true), "\x1b[31mx\x1b[0m");
  EXPECT_EQ(colored("x", Color::none, true), "x");
}

TEST(Padded, NeverCuts) {
  EXPECT_EQ(padded("ab", 4), "ab  ");
  EXPECT_EQ(padded("abcde", 4), "abcde");
}

}  // namespace
}  // namespace seedproof
