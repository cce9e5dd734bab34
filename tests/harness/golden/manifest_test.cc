#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/harness/golden/lattice.h>
#include <seedproof/harness/golden/manifest_read.h>
#include <seedproof/harness/golden/manifest_write.h>
#include <seedproof/rng/values/error.h>

#include "golden_sample.h"

namespace seedproof {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string kDigest = "sha256:" + std::string(64, '0');

/// Every example row of docs/golden-format.md, in order, with a real digest.
std::vector<std::string> documented_rows() {
  std::vector<std::string> out;
  std::istringstream doc(
      test::get_file(std::string(SEEDPROOF_SOURCE_DIR) + "/docs/golden-format.md"));
  for (std::string line; std::getline(doc, line);) {
    if (!line.starts_with("{\"file\"")) continue;
    out.push_back(std::regex_replace(line, std::regex("sha256:\\.\\.\\."), kDigest) + "\n");
  }
  return out;
}

GoldenRow read_row(const std::string& line) {
  const std::string text = test::header(1) + line;
  return parse_golden_manifest(text, "m.jsonl", GoldenReferences::open).rows.at(0);
}

TEST(GoldenManifest, ReadsEveryDocumentedRow) {
  const std::vector<std::string> rows = documented_rows();
  ASSERT_EQ(rows.size(), 8u);
  for (const std::string& line : rows) {
    const GoldenRow row = read_row(line);
    const std::string again = golden_row_line(row) + "\n";
    EXPECT_EQ(golden_row_line(read_row(again)) + "\n", again);
  }

  const GoldenRow uniform = read_row(rows[1]);
  const auto& draw = std::get<GoldenDrawSubject>(uniform.subject).draw;
  EXPECT_EQ(draw.kind, "uniform");
  EXPECT_EQ(draw.real("high"), 1.0);
  EXPECT_THROW(draw.real("mean"), ValueError);
  EXPECT_THROW(draw.integer("low"), ValueError);
  EXPECT_EQ(uniform.seed, Seed(7));
  EXPECT_EQ(uniform.call, 1);
  EXPECT_EQ(uniform.words_drawn, 15u);
  EXPECT_THAT(uniform.state_after.at("").words, ElementsAre(0x1e07u, 0u, 0u));

  const GoldenRow later = read_row(rows[2]);
  const auto& mixed = std::get<GoldenDrawSubject>(later.subject);
  ASSERT_EQ(mixed.before.size(), 1u);
  EXPECT_EQ(mixed.before[0].shape, (Shape{7}));

  const GoldenRow dropout = read_row(rows[5]);
  EXPECT_EQ(dropout.subject_name(), "CustomDropout 'drop' of tf-generator");
  EXPECT_EQ(dropout.layer_name(), "drop");
  EXPECT_TRUE(dropout.seed.is_ambient());
  const auto& stack = std::get<GoldenLayersSubject>(dropout.subject);
  EXPECT_EQ(stack.layers[0].config, R"({"rate":0.3,"seed":7})");
  EXPECT_EQ(stack.call.training, true);

  const GoldenRow step = read_row(rows[7]);
  const auto& train = std::get<GoldenLayersSubject>(step.subject).train;
  ASSERT_TRUE(train);
  EXPECT_EQ(train->steps, 5);
  EXPECT_EQ(train->optimizer.class_name, "SGD");
}

TEST(GoldenManifest, ReadsTheDocumentedHeader) {
  std::istringstream doc(
      test::get_file(std::string(SEEDPROOF_SOURCE_DIR) + "/docs/golden-format.md"));
  for (std::string line; std::getline(doc, line);) {
    if (!line.starts_with("{\"schema\"")) continue;
    const std::vector<std::string> rows = documented_rows();
    const GoldenManifest manifest =
        parse_golden_manifest(line + "\n" + rows[0] + rows[1], "m.jsonl");
    EXPECT_EQ(manifest.maker, "tensorflow");
    EXPECT_EQ(manifest.made_with.at("keras"), "3.15.1");
    EXPECT_EQ(manifest.platform.at("libc"), "glibc 2.36");
    EXPECT_EQ(manifest.rows.at(1).line, 3);
    return;
  }
  FAIL() << "no header in the document";
}

struct BadRow {
  const char* from;  // first occurrence in the base row, replaced
  const char* to;
  const char* reason;
};

// Each changes one thing of a good row.
TEST(GoldenManifest, RefusesBadRows) {
  const std::string base =
      R"({"file": "a/b.npy", "dtype": "float32", "shape": [3, 5], "digest": ")" + kDigest +
      R"(", "tier": "layers", "generator": "g", "seed": "7", )"
      R"("layers": [{"class": "D", "name": "d", "config": {"rate": 0.5}}], "inputs": ["x.npy"], )"
      R"("training": true, "call": 1, "weights": {"d/k": "w.npy"}, "output": "output", )"
      R"("state_after": {"d": ["0x1"]}, "tolerance": {"kind": "ulp", "value": 4, "reason": "sin"}})"
      "\n";
  ASSERT_NO_THROW(read_row(base));
  const BadRow bad[] = {
      {"a/b.npy", "../b.npy", "starts with '.'"},
      {"a/b.npy", "/b.npy", "empty part"},
      {"a/b.npy", "a//b.npy", "empty part"},
      {"a/b.npy", "a\\\\b.npy", "letters, digits"},
      {"a/b.npy", "a/b.txt", "end in '.npy'"},
      {"a/b.npy", "a b.npy", "letters, digits"},
      {"float32", "float31", "key 'dtype': unknown dtype 'float31'"},
      {"float32", "f32", "unknown dtype"},
      {"[3, 5]", "[3, -5]", "key 'shape'"},
      {"[3, 5]", "[3.0, 5]", "key 'shape'"},
      {"[3, 5]", "3", "a list expected"},
      {"[3, 5]", "[4294967296, 4294967296]", "63 bits"},
      {"sha256:0", "sha256:g", "key 'digest'"},
      {"sha256:0", "md5:0", "key 'digest'"},
      {"\"layers\", \"gen", "\"layer\", \"gen", "unknown tier 'layer'"},
      {"\"layers\", \"gen", "\"inputs\", \"gen", "'inputs' is for inputs only"},
      {"\"seed\": \"7\"", "\"seed\": 7", "a text expected, found 7"},
      {"\"seed\": \"7\"", "\"seed\": \"seven\"", "key 'seed'"},
      {"\"generator\": \"g\", ", "", "without a generator"},
      {"\"training\": true", "\"training\": 1", "true, false or null"},
      {"\"call\": 1", "\"call\": -1", "an integer in [0, 1000000]"},
      {"\"call\": 1", "\"call\": 1.0", "an integer in"},
      {"\"call\": 1", "\"call\": 1, \"before\": []", "which 'call' does not say"},
      {"\"call\": 1", "\"call\": 1, \"cal\": 1", "unknown key \"cal\" with 1"},
      {"\"call\": 1", "\"call\": 1, \"call\": 1", "is there twice"},
      {"\"call\": 1", "\"call\": 1, \"draw\": {\"kind\": \"words\"}", "stands beside"},
      {"\"rate\": 0.5", "\"rate\": 0.5, \"rate\": 0.5", "is there twice"},
      {"\"rate\": 0.5", "\"seed\": 1180591620717411303424", "beyond 64 bits"},
      {"\"rate\": 0.5", "\"rate\": NaN", "not JSON"},
      {"\"config\": {\"rate\": 0.5}", "\"config\": []", "an object expected"},
      {"\"class\": \"D\", ", "", "key 'class' is missing"},
      {"\"name\": \"d\", ", "", "key 'name' is missing"},
      {"\"name\": \"d\"", "\"name\": \"d/e\"", "without '/'"},
      {"[\"x.npy\"]", "[]", "at least one file"},
      {"[\"x.npy\"]", "[7]", "a file expected"},
      {"d/k", "e/k", "no '<layer>/<weight>'"},
      {"\"output\": \"output\"", "\"output\": \"weights/d/k\"", "is no array of these layers"},
      {"\"output\": \"output\"", "\"output\": \"weight/e/k\"", "is no array of these layers"},
      {"\"output\": \"output\"", "\"output\": \"gradient/input\"", "'upstream': is missing"},
      {"{\"d\": [\"0x1\"]}", "{\"e\": [\"0x1\"]}", "no layer has the name 'e'"},
      {"0x1", "1", "key 'state_after'"},
      {"0x1", "0x10000000000000000", "key 'state_after'"},
      {"\"value\": 4", "\"value\": 5", "1, 2, 3 or 4"},
      {"\"value\": 4", "\"value\": 0", "1, 2, 3 or 4"},
      {"\"kind\": \"ulp\"", "\"kind\": \"gamma\"", "a factor in (0, 1]"},
      {"\"kind\": \"ulp\"", "\"kind\": \"any\"", "'ulp' or 'gamma'"},
      {"\"reason\": \"sin\"", "\"reason\": \"\"", "is empty"},
      {"}\n", "} x\n", "not JSON"},
      {"\n", "", "no line feed"},
  };
  for (const BadRow& change : bad) {
    std::string line = base;
    const std::string from = change.from;
    const std::size_t at = from == "}\n" ? line.rfind(from) : line.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    line.replace(at, from.size(), change.to);
    try {
      read_row(line);
      ADD_FAILURE() << from << " -> " << change.to << " was accepted";
    } catch (const FormatError& error) {
      EXPECT_THAT(error.what(), HasSubstr(change.reason)) << from << " -> " << change.to;
      EXPECT_THAT(error.what(), StartsWith("m.jsonl:2"));
    }
  }
}

TEST(GoldenManifest, RefusesBadDrawsAndInputs) {
  const std::string head = R"({"file": "a.npy", "dtype": "float32", "shape": [3], "digest": ")" +
                           kDigest + R"(", "tier": )";
  const std::pair<const char*, const char*> bad[] = {
      {R"("words", "generator": "g", "draw": {"kind": "word"})", "unknown draw 'word'"},
      {R"("words", "draw": {"kind": "words"})", "key 'generator': is missing"},
      {R"("uniforms", "generator": "g", "draw": {"kind": "uniform", "low": 0})",
       "'high' is missing"},
      {R"("uniforms", "generator": "g", "draw": {"kind": "words", "low": 0})", "unknown key"},
      {R"("uniforms", "generator": "g", "draw": {"kind": "uniform", "low": "0", "high": 1})",
       "a number expected"},
      {R"("words", "generator": "g")", "key 'draw': is missing"},
      {R"("inputs", "input": {"multiplier": 1, "offset": 0, "modulus": 0, "shift": 0, "divisor": 1})",
       "key 'modulus'"},
      {R"("inputs", "input": {"multiplier": 1, "offset": 0, "modulus": 7, "shift": 0, "divisor": 3})",
       "no power of two"},
      {R"("inputs", "input": {"rule": ""})", "is empty"},
      {R"("words", "input": {"rule": "ones"})", "is of tier 'inputs'"},
  };
  for (const auto& [rest, reason] : bad) {
    try {
      read_row(head + rest + "}\n");
      ADD_FAILURE() << rest << " was accepted";
    } catch (const FormatError& error) {
      EXPECT_THAT(error.what(), HasSubstr(reason)) << rest;
    }
  }
}

TEST(GoldenManifest, RefusesBadHeadersAndCounts) {
  const std::string row = documented_rows()[0];
  const std::pair<std::string, const char*> bad[] = {
      {"", "empty"},
      {test::header(0).substr(0, 20), "no line feed"},
      {"{}\n", "'schema' is missing"},
      {"[]\n", "an object expected"},
      {test::header(2) + row, "1 rows, the header tells 2"},
      {test::header(0) + row, "more rows than the 0"},
      {test::header(2) + row + row, "has a row already"},
      {test::header(1) + "\n", "not JSON"},
      {std::regex_replace(test::header(1), std::regex("-golden"), ""),
       "'seedproof-golden' expected"},
      {std::regex_replace(test::header(1), std::regex("\"version\": 1"), "\"version\": 2"),
       "key 'version'"},
      {std::regex_replace(test::header(1), std::regex("\"machine\": \"x86_64\""), "\"cpu\": \"x\""),
       "'machine' is missing"},
      {std::regex_replace(test::header(1), std::regex("\"tensorflow\""), "\"../tf\""),
       "no maker's name"},
  };
  for (const auto& [text, reason] : bad) {
    try {
      parse_golden_manifest(text, "m.jsonl");
      ADD_FAILURE() << text << " was accepted";
    } catch (const FormatError& error) {
      EXPECT_THAT(error.what(), HasSubstr(reason)) << text;
    }
  }
}

TEST(GoldenManifest, UsedFilesNeedRows) {
  const std::string text = test::header(1) + documented_rows()[5];
  try {
    parse_golden_manifest(text, "m.jsonl");
    FAIL();
  } catch (const FormatError& error) {
    EXPECT_THAT(error.what(), HasSubstr("uses 'inputs/x-3x5.npy', which has no row"));
  }
}

TEST(GoldenManifest, DeepNestingIsRefusedNotRecursed) {
  for (const char* open : {"[", "{\"a\":"}) {
    std::string line;
    for (int i = 0; i < 100'000; ++i) line += open;
    EXPECT_THROW(parse_golden_manifest(line + "\n", "m.jsonl"), FormatError);
  }
}

TEST(GoldenManifest, LongLinesAreRefused) {
  const std::string text = test::header(1) + std::string(kMaxManifestLine + 1, ' ') + "\n";
  EXPECT_THROW(parse_golden_manifest(text, "m.jsonl"), FormatError);
}

// From NumPy: ((np.arange(8) * -5 + 3) % 11 - 4) / 4.
TEST(Lattice, MatchesNumpy) {
  const Tensor made = make_lattice({-5, 3, 11, 4, 4}, DType::f32, {2, 4});
  const float expected[] = {-0.25F, 1.25F, 0.0F, 1.5F, 0.25F, -1.0F, 0.5F, -0.75F};
  for (std::size_t i = 0; i < 8; ++i) EXPECT_EQ(made.as<float>()[i], expected[i]) << i;
  EXPECT_EQ(make_lattice({0, 1, 2, 0, 1}, DType::i32, {3}).as<std::int32_t>()[2], 1);
  EXPECT_THROW(make_lattice({1, 0, 7, 0, 2}, DType::i32, {3}), ValueError);
  EXPECT_THROW(make_lattice({1, 0, 9999, 0, 1}, DType::f16, {4000}), ValueError);
  const std::int64_t top = (std::int64_t{1} << 31) - 1;
  EXPECT_EQ(make_lattice({top - 1, top - 1, top, 0, 1}, DType::f64, {3}).at(2), double(top - 3));
}

}  // namespace
}  // namespace seedproof
