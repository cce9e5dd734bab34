// Files that must be refused, each with a word of the reason and the offset that must be named.
#include <cstdint>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/harness/golden/npy_read.h>
#include <seedproof/rng/values/error.h>

#include "npy_bytes.h"

namespace seedproof {
namespace {

using test::bytes_of;
using test::little;
using test::npy_dict;
using test::npy_file;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string kFour(16, '\1');  // data of four f4

struct Bad {
  const char* what;
  std::string file;
  int offset;  // -1: not checked
  const char* reason;
};

std::vector<Bad> bad_files() {
  const std::string good = npy_dict("<f4", "(4,)");
  const auto with = [](std::string_view descr, std::string_view shape = "(4,)") {
    return npy_file(npy_dict(descr, shape), kFour);
  };
  const auto header = [](const std::string& text) { return npy_file(text, kFour); };
  std::vector<Bad> out{
      {"nothing", "", 0, "ends within the magic"},
      {"half a magic", "\x93NUM", 4, "ends within the magic"},
      {"wrong magic", std::string("\x93NUMPX") + npy_file(good, kFour).substr(6), 5, "magic"},
      {"text file", "hello, world, this is no array\n", 0, "magic"},
      {"no version", "\x93NUMPY", 6, "version"},
      {"version 0.0", npy_file(good, kFour, 0), 6, "version 0.0"},
      {"version 4.0", npy_file(good, kFour, 4), 6, "version 4.0"},
      {"version 1.1", npy_file(good, kFour, 1, 1), 7, "version 1.1"},
      {"no length", npy_file(good, kFour).substr(0, 9), 9, "header length"},
      {"no length of version 2", npy_file(good, kFour, 2).substr(0, 11), 11, "header length"},
      {"header_len of 4 GiB",
       std::string("\x93NUMPY\x02") + std::string(1, '\0') + little(0xffffffff, 4) + good, 8,
       "at most 10000"},
      {"header_len of 64 KiB",
       std::string("\x93NUMPY\x01") + std::string(1, '\0') + little(65535, 2) + good, 8,
       "at most 10000"},
      {"header_len beyond the file",
       std::string("\x93NUMPY\x01") + std::string(1, '\0') + little(200, 2) + good,
       static_cast<int>(10 + good.size()), "ends within the header"},
      {"empty header", npy_file("", kFour), 10, "line feed"},
      {"no line feed", header(good.substr(0, good.size() - 1)), -1, "line feed"},
      {"blank first", header(std::string(1, ' ') + good), 10, "begin with '{'"},
      {"a list", header("[1, 2]\n"), 10, "begin with '{'"},
      {"unclosed dict", header("{'descr': '<f4', 'fortran_order': False, 'shape': (4,)\n"), -1,
       "',' or '}' expected"},
      {"unclosed tuple", header("{'descr': '<f4', 'fortran_order': False, 'shape': (4,\n"), -1,
       "an extent expected"},
      {"unclosed string", header("{'descr': '<f4, }\n"), -1, "without its end"},
      {"mixed quotes", header("{\"descr': '<f4', 'fortran_order': False, 'shape': (4,), }\n"), -1,
       "without its end"},
      {"text after the dict", header(good.substr(0, good.size() - 1) + "x\n"), -1,
       "text after the dict: 'x'"},
      {"second dict", header("{'descr': '<f4', 'fortran_order': False, 'shape': (4,)}{}\n"), -1,
       "text after"},
      {"line feed inside", header("{'descr': '<f4', 'fortran_order': False,\n 'shape': (4,)}\n"),
       -1, "found '\\x0a'"},
      {"tab", header("{'descr':\t'<f4', 'fortran_order': False, 'shape': (4,)}\n"), -1, "'\\x09'"},
      {"two commas", header("{'descr': '<f4',, 'fortran_order': False, 'shape': (4,)}\n"), -1,
       "a key"},
      {"no comma", header("{'descr': '<f4' 'fortran_order': False, 'shape': (4,)}\n"), -1, "','"},
      {"no colon", header("{'descr' '<f4', 'fortran_order': False, 'shape': (4,)}\n"), -1, "':'"},
      {"missing descr", header("{'fortran_order': False, 'shape': (4,)}\n"), -1,
       "'descr' is missing"},
      {"missing fortran_order", header("{'descr': '<f4', 'shape': (4,)}\n"), -1,
       "'fortran_order' is missing"},
      {"missing shape", header("{'descr': '<f4', 'fortran_order': False}\n"), -1,
       "'shape' is missing"},
      {"empty dict", header("{}\n"), -1, "is missing"},
      {"unknown key", header("{'descr': '<f4', 'fortran_order': False, 'shape': (4,), 'x': 1}\n"),
       66, "unknown key 'x'"},
      {"doubled key",
       header("{'descr': '<f4', 'fortran_order': False, 'shape': (4,), 'shape': (4,)}\n"), 66,
       "'shape' is there twice"},
      {"bytes key", header("{b'descr': '<f4', 'fortran_order': False, 'shape': (4,)}\n"), -1,
       "key"},
      {"integer key", header("{1: '<f4', 'fortran_order': False, 'shape': (4,)}\n"), -1, "key"},
      {"escape in a key", header("{'desc\\x72': '<f4', 'fortran_order': False, 'shape': (4,)}\n"),
       -1, "escape"},
      {"fortran_order 0", header("{'descr': '<f4', 'fortran_order': 0, 'shape': (4,)}\n"), -1,
       "True or False"},
      {"fortran_order None", header("{'descr': '<f4', 'fortran_order': None, 'shape': (4,)}\n"), -1,
       "True or False"},
      {"fortran_order text", header("{'descr': '<f4', 'fortran_order': 'False', 'shape': (4,)}\n"),
       -1, "True or False"},
      {"fortran_order Falsey", header("{'descr': '<f4', 'fortran_order': Falsey, 'shape': (4,)}\n"),
       -1, "',' or '}'"},
      {"shape a list", with("<f4", "[4]"), -1, "a tuple"},
      {"shape an integer", with("<f4", "4"), -1, "a tuple"},
      {"shape in brackets", with("<f4", "(4)"), -1, "',' is missing"},
      {"shape of a comma", with("<f4", "(,)"), -1, "an extent"},
      {"two commas in shape", with("<f4", "(4,,)"), -1, "an extent"},
      {"negative", with("<f4", "(-4,)"), -1, "negative extent"},
      {"two negatives", with("<f4", "(-2, -2)"), -1, "negative extent"},
      {"plus", with("<f4", "(+4,)"), -1, "an extent"},
      {"leading zero", with("<f4", "(04,)"), -1, "leading zero"},
      {"long", with("<f4", "(4L,)"), -1, "Python 2"},
      {"underscore", with("<f4", "(1_0,)"), -1, "',' or ')'"},
      {"float extent", with("<f4", "(4.0,)"), -1, "',' or ')'"},
      {"hexadecimal extent", with("<f4", "(0x4,)"), -1, "',' or ')'"},
      {"expression", with("<f4", "(2*2,)"), -1, "',' or ')'"},
      {"None extent", with("<f4", "(None,)"), -1, "an extent"},
      {"nested shape", with("<f4", "((4,),)"), -1, "an extent"},
      {"locale's thousands", with("<f4", "(2,621, 401)"), -1, "the data ends"},
      {"product wraps to 0", with("<f4", "(4294967296, 4294967296)"), -1, "63 bits"},
      {"product wraps to 4", with("<f4", "(4611686018427387905, 4)"), -1, "63 bits"},
      {"bytes wrap", with("<f8", "(2305843009213693954,)"), -1, "the data ends"},
      {"zero hides overflow", with("<f4", "(0, 4611686018427387904, 4611686018427387904)"), -1,
       "63 bits"},
      {"extent of 2^63", with("<f4", "(9223372036854775808,)"), -1, "beyond 2^63"},
      {"extent of 2^64", with("<f4", "(18446744073709551616,)"), -1, "beyond 2^63"},
      {"extent of 30 digits", with("<f4", "(111111111111111111111111111111,)"), -1, "beyond 2^63"},
      {"1 GiB from nothing", with("<f4", "(268435456,)"), -1, "the data ends after 16 bytes"},
      {"65 axes",
       with(
           "<f4", std::string("(") +
                      [] {
                        std::string ones;
                        for (int i = 0; i < 65; ++i) ones += "1,";
                        return ones;
                      }() +
                      ")"),
       -1, "64 axes"},
      {"object", with("|O"), 20, "object dtype '|O'"},
      {"object of 8", with("|O8"), 20, "object dtype"},
      {"structured",
       header("{'descr': [('a', '<f4'), ('b', '<i4')], 'fortran_order': False, "
              "'shape': (2,)}\n"),
       20, "structured dtype '[('a'"},
      {"sub-array", header("{'descr': ('<f4', (2,)), 'fortran_order': False, 'shape': (2,)}\n"), 20,
       "sub-array"},
      {"bfloat16 of ml_dtypes", with("<V2", "(8,)"), 20, "bfloat16"},
      {"void", with("|V4"), 20, "void"},
      {"bytes", with("|S4"), 20, "string dtype '|S4'"},
      {"unicode", with("<U1"), 20, "string"},
      {"datetime", with("<M8[ns]", "(2,)"), 20, "time"},
      {"timedelta", with("<m8[ns]", "(2,)"), 20, "time"},
      {"complex", with("<c8", "(2,)"), 20, "complex"},
      {"long double", with("<f16", "(1,)"), 20, "unknown dtype '<f16'"},
      {"f3", with("<f3"), 20, "unknown dtype"},
      {"i16", with("<i16", "(1,)"), 20, "unknown dtype"},
      {"empty descr", with(""), 20, "unknown dtype"},
      {"'='", with("=f4"), 20, "'<' or '>'"},
      {"'|' on several bytes", with("|f4"), 20, "'<' or '>'"},
      {"'<' on one byte", with("<u1", "(16,)"), 20, "'|'"},
      {"'>' on bool", with(">b1", "(16,)"), 20, "'|'"},
      {"'=' on one byte", with("=i1", "(16,)"), 20, "'|'"},
      {"no order", with("f4"), 20, "without its byte order"},
      {"name", with("float32"), 20, "unknown dtype"},
      {"descr an integer", header("{'descr': 4, 'fortran_order': False, 'shape': (4,)}\n"), -1,
       "a string expected as descr"},
      {"prefix u", header("{'descr': u'<f4', 'fortran_order': False, 'shape': (4,)}\n"), -1,
       "a string expected"},
      {"short by one", npy_file(good, kFour.substr(1)), static_cast<int>(10 + good.size() + 15),
       "the data ends after 15 bytes"},
      {"no data", npy_file(good, ""), static_cast<int>(10 + good.size()), "after 0 bytes"},
      {"one left over", npy_file(good, kFour + "x"), static_cast<int>(10 + good.size() + 16),
       "1 bytes are left over"},
      {"data of an empty array", npy_file(npy_dict("<f4", "(0,)"), "abcd"), -1, "4 bytes are left"},
      {"bool of 2", npy_file(npy_dict("|b1", "(3,)"), std::string("\1\0\2", 3)), -1,
       "a bool of value 2"},
      {"two arrays", npy_file(good, kFour) + npy_file(good, kFour), -1, "left over"},
      {"non-ASCII of version 3", npy_file("{'d\xc3\xa9scr': '<f4'}\n", kFour, 3), -1,
       "unknown key 'd\\xc3\\xa9scr'"},
      {"NUL in the padding", header(good.substr(0, good.size() - 2) + std::string("\0\n", 2)), -1,
       "text after"},
  };
  // Deep nesting must not recurse.
  out.push_back(
      {"nested tuples", header("{'shape': " + std::string(9000, '(') + "\n"), -1, "an extent"});
  out.push_back({"nested dicts", header(std::string(9000, '{') + "\n"), -1, "a key"});
  return out;
}

TEST(NpyRefusal, NamesFileOffsetAndReason) {
  const std::vector<Bad> files = bad_files();
  ASSERT_GE(files.size(), 90u);
  for (const Bad& bad : files) {
    try {
      const NpyArray array = parse_npy(bytes_of(bad.file), "bad.npy");
      ADD_FAILURE() << bad.what << " was accepted as " << to_string(array.value.shape());
    } catch (const FormatError& error) {
      const std::string text = error.what();
      EXPECT_THAT(text, HasSubstr(bad.reason)) << bad.what;
      const std::string place = "bad.npy: byte ";
      EXPECT_THAT(text,
                  StartsWith(bad.offset < 0 ? place : place + std::to_string(bad.offset) + ": "))
          << bad.what;
    }
  }
}

TEST(NpyRefusal, MessagesStayShortAndPrintable) {
  std::string header = "{'";
  for (int i = 0; i < 9000; ++i) header += static_cast<char>(i % 26 == 0 ? 0xff : 0x01);
  header += "': 1}\n";
  try {
    parse_npy(bytes_of(npy_file(header, "")), "x");
    FAIL();
  } catch (const FormatError& error) {
    const std::string text = error.what();
    EXPECT_LT(text.size(), 400u);
    for (const char c : text) EXPECT_TRUE(c >= 0x20 && c < 0x7f);
  }
}

}  // namespace
}  // namespace seedproof
