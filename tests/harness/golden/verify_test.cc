#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/harness/golden/verify.h>

#include "golden_sample.h"

namespace seedproof {
namespace {

namespace fs = std::filesystem;
using test::get_file;
using test::put_file;
using test::SampleFolder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Kind = GoldenFinding::Kind;

TEST(GoldenVerify, WholeFolderHolds) {
  SampleFolder sample;
  const GoldenReport report = sample.verify();
  for (const GoldenFinding& finding : report.findings) ADD_FAILURE() << finding.message;
  EXPECT_EQ(report.total.arrays, 5u);
  EXPECT_EQ(report.total.equal, 4u);
  EXPECT_EQ(report.total.within_bound, 1u);
  EXPECT_EQ(report.makers.at("tensorflow").arrays, 5u);
  EXPECT_EQ(report.max_ulp, 1u);
  EXPECT_NEAR(report.max_ratio, 0.238, 0.001);
  EXPECT_FALSE(report.lowest_tier);
  EXPECT_EQ(report.exit_code(), 0);
}

TEST(GoldenVerify, EveryFlippedBitOfEveryFileIsFound) {
  SampleFolder sample;
  std::size_t flips = 0;
  for (const char* file : SampleFolder::kFiles) {
    const fs::path path = sample.root() / file;
    const std::string original = get_file(path);
    GoldenVerifyOptions only;
    only.select = [&](const GoldenManifest&, const GoldenRow& row) { return row.file == file; };
    for (std::size_t bit = 0; bit < 8 * original.size(); ++bit) {
      std::string mutant = original;
      mutant[bit / 8] = static_cast<char>(mutant[bit / 8] ^ (1 << (bit % 8)));
      put_file(path, mutant);
      const GoldenReport report = verify_golden(sample.path(), sample.evaluator, only);
      ++flips;
      ASSERT_EQ(report.exit_code(), 1) << file << ", bit " << bit;
      ASSERT_FALSE(report.findings.empty());
      const GoldenFinding& finding = report.findings.front();
      ASSERT_EQ(finding.file, std::string("tf/") + file);
      ASSERT_TRUE(finding.tier);
      ASSERT_FALSE(finding.subject.empty());
      const bool data = bit / 8 >= 128;
      if (!data) continue;
      const std::size_t element = (bit / 8 - 128) / (std::string(file) == "uniform.npy" ? 2 : 4);
      const Shape shape = finding.file == "tf/in/x.npy" || finding.file == "tf/layers/drop.npy"
                              ? Shape{2, 3}
                              : Shape{static_cast<std::int64_t>(element) + 1};
      ASSERT_EQ(finding.element, index_text(shape, element)) << file << ", bit " << bit;
    }
    put_file(path, original);
  }
  EXPECT_GT(flips, 5'000u);
  EXPECT_EQ(sample.verify().exit_code(), 0);
}

TEST(GoldenVerify, OtherHeaderBytesAreFound) {
  SampleFolder sample;
  const fs::path path = sample.root() / "layers/drop.npy";
  const std::string original = get_file(path);
  for (std::size_t at = 0; at < 128; ++at) {
    for (const int value : {0, 9, 10, 32, 48, 57, 65, 255}) {
      std::string mutant = original;
      if (static_cast<unsigned char>(mutant[at]) == value) continue;
      mutant[at] = static_cast<char>(value);
      put_file(path, mutant);
      ASSERT_EQ(sample.verify().exit_code(), 1) << at << " = " << value;
    }
  }
}

TEST(GoldenVerify, EqualArraysInAnotherFormAreFound) {
  SampleFolder sample;
  const Tensor zeros(DType::f32, {2, 2});
  const std::string row =
      test::row("z.npy", zeros, R"("tier": "words", "generator": "g", "draw": {"kind": "words"})");
  put_file(sample.path() / "other" / "m.jsonl", test::header(1) + row);
  sample.evaluator.known["z.npy"] = test::evaluation(zeros);
  for (const NpyForm form :
       {NpyForm{2, ByteOrder::little, false}, NpyForm{1, ByteOrder::big, false},
        NpyForm{1, ByteOrder::little, true}}) {
    write_npy(sample.path() / "other" / "z.npy", zeros, form);
    const GoldenReport report = sample.verify();
    EXPECT_EQ(report.exit_code(), 1);
    EXPECT_EQ(report.total.unequal, 1u);
  }
  write_npy(sample.path() / "other" / "z.npy", zeros);
  EXPECT_EQ(sample.verify().exit_code(), 0);
}

TEST(GoldenVerify, OtherDtypeAndShapeAreFound) {
  SampleFolder sample;
  const fs::path path = sample.root() / "layers/drop.npy";
  write_npy(path, Tensor(DType::i32, {2, 3}));
  GoldenReport report = sample.verify();
  EXPECT_EQ(report.exit_code(), 1);
  EXPECT_THAT(report.findings.at(0).message, HasSubstr("holds int32, the manifest says float32"));
  EXPECT_EQ(report.findings.at(0).layer, "drop");
  write_npy(path, Tensor(DType::f32, {3, 2}));
  report = sample.verify();
  EXPECT_EQ(report.exit_code(), 1);
  EXPECT_THAT(report.findings.at(0).message, HasSubstr("shape (3, 2), the manifest says (2, 3)"));
}

TEST(GoldenVerify, DeletingAnyFileIsMissingAndNothingElse) {
  for (const char* file : SampleFolder::kFiles) {
    SampleFolder sample;
    fs::remove(sample.root() / file);
    const GoldenReport report = sample.verify();
    EXPECT_EQ(report.exit_code(), 4) << file;
    EXPECT_EQ(report.total.unequal, 0u) << file;
    // What needs a missing input cannot be compared: it is missing too.
    EXPECT_EQ(report.total.missing, std::string(file) == "in/x.npy" ? 3u : 1u) << file;
  }
}

TEST(GoldenVerify, DeletedManifestIsMissing) {
  SampleFolder sample;
  fs::remove(sample.root() / "manifest.jsonl");
  const GoldenReport report = sample.verify();
  EXPECT_EQ(report.exit_code(), 4);
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings[0].kind, Kind::missing_manifest);
  EXPECT_THAT(report.findings[0].message, HasSubstr("tf: 5 NPY files"));
}

TEST(GoldenVerify, EmptyFolderIsMissing) {
  const test::TempFolder folder;
  test::KnownEvaluator nobody;
  EXPECT_EQ(verify_golden(folder.path(), nobody).exit_code(), 4);
  EXPECT_THROW(verify_golden(folder.path() / "none", nobody), IoError);
}

TEST(GoldenVerify, NothingSelectedIsNoPass) {
  SampleFolder sample;
  GoldenVerifyOptions options;
  options.makers = {"nobody"};
  EXPECT_EQ(verify_golden(sample.path(), sample.evaluator, options).exit_code(), 3);
}

TEST(GoldenVerify, SelectionAndProgress) {
  SampleFolder sample;
  GoldenVerifyOptions options;
  options.select = [](const GoldenManifest&, const GoldenRow& row) {
    return row.tier <= GoldenTier::words;
  };
  std::vector<std::pair<std::size_t, std::size_t>> seen;
  options.progress = [&](std::size_t done, std::size_t of) { seen.emplace_back(done, of); };
  EXPECT_EQ(verify_golden(sample.path(), sample.evaluator, options).total.arrays, 2u);
  EXPECT_THAT(seen, ElementsAre(std::pair(1u, 2u), std::pair(2u, 2u)));
}

TEST(GoldenVerify, OrphansFail) {
  SampleFolder sample;
  write_npy(sample.root() / "layers/extra.npy", Tensor(DType::f32, {1}));
  const GoldenReport report = sample.verify();
  EXPECT_EQ(report.exit_code(), 1);
  EXPECT_EQ(report.orphans, 1u);
  EXPECT_THAT(golden_orphans(sample.path()), ElementsAre("tf/layers/extra.npy"));
}

TEST(GoldenVerify, BrokenManifestIsOneFinding) {
  SampleFolder sample;
  std::string text = sample.manifest();
  text.resize(text.size() - 2);
  put_file(sample.root() / "manifest.jsonl", text);
  const GoldenReport report = sample.verify();
  EXPECT_EQ(report.exit_code(), 1);
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings[0].kind, Kind::refused);
}

TEST(GoldenVerify, LostRowIsNoticed) {
  SampleFolder sample;
  std::string text = sample.manifest();
  text.erase(text.rfind("{\"file\""));
  put_file(sample.root() / "manifest.jsonl", text);
  fs::remove(sample.root() / "gradient.npy");
  EXPECT_EQ(sample.verify().exit_code(), 1);
}

TEST(GoldenVerify, PendingProposalsEnd4) {
  SampleFolder sample;
  fs::create_directories(sample.root() / "pending");
  write_npy(sample.root() / "pending" / "new.npy", Tensor(DType::f32, {1}));
  const GoldenReport report = sample.verify();
  EXPECT_EQ(report.exit_code(), 4);
  EXPECT_EQ(report.pending, 1u);
  EXPECT_EQ(report.orphans, 0u);
  EXPECT_EQ(report.total.equal + report.total.within_bound, 5u);
}

TEST(GoldenVerify, LowestTierIsNamed) {
  SampleFolder sample;
  sample.evaluator.known["uniform.npy"].value.data()[1] ^= std::byte{1};
  sample.evaluator.known["layers/drop.npy"].value.as<float>()[4] = 9;
  const GoldenReport report = sample.verify();
  EXPECT_EQ(report.exit_code(), 1);
  EXPECT_EQ(report.lowest_tier, GoldenTier::uniforms);
  EXPECT_EQ(report.lowest_tier_of.at("tensorflow"), GoldenTier::uniforms);
  ASSERT_EQ(report.findings.size(), 2u);
  const GoldenFinding& finding = report.findings[1];
  EXPECT_EQ(finding.subject, "CustomDropout 'drop' of tf-generator");
  EXPECT_EQ(finding.element, "[1, 1]");
  EXPECT_EQ(finding.expected, "3.25 (0x1.ap+1, bits 0x40500000)");
  EXPECT_EQ(finding.found, "9 (0x1.2p+3, bits 0x41100000)");
  EXPECT_EQ(finding.manifest, "tf/manifest.jsonl");
  EXPECT_EQ(finding.line, 5);
}

TEST(GoldenVerify, WordsAndStateAreExact) {
  SampleFolder sample;
  sample.evaluator.known["words.npy"].words_drawn = 8;
  GoldenReport report = sample.verify();
  EXPECT_EQ(report.exit_code(), 1);
  EXPECT_THAT(report.findings.at(0).message, HasSubstr("words drawn: expected 5, found 8"));
  sample.evaluator.known["words.npy"].words_drawn = 5;
  sample.evaluator.known["words.npy"].state_after[""].words[0] = 0x508;
  report = sample.verify();
  EXPECT_THAT(report.findings.at(0).message,
              HasSubstr("expected [0x507, 0x0, 0x0], found [0x508, 0x0, 0x0]"));
  sample.evaluator.known["words.npy"].state_after.clear();
  EXPECT_EQ(sample.verify().exit_code(), 1);
}

TEST(GoldenVerify, RefusalOfTheEvaluatorIsNoPass) {
  SampleFolder sample;
  sample.evaluator.known.erase("words.npy");
  const GoldenReport report = sample.verify();
  EXPECT_EQ(report.exit_code(), 1);
  EXPECT_EQ(report.findings.at(0).kind, Kind::not_recomputed);
  EXPECT_THAT(report.findings.at(0).message, HasSubstr("unknown generator 'tf-generator'"));
}

TEST(GoldenVerify, WrongLatticeIsFound) {
  SampleFolder sample;
  std::string text = sample.manifest();
  const std::string from = "\"shift\": 15";
  text.replace(text.find(from), from.size(), "\"shift\": 14");
  put_file(sample.root() / "manifest.jsonl", text);
  const GoldenReport report = sample.verify();
  EXPECT_EQ(report.lowest_tier, GoldenTier::inputs);
  EXPECT_EQ(report.findings.at(0).element, "[0, 0]");
}

TEST(GoldenFilesTest, LoadsWhatRowsMean) {
  SampleFolder sample;
  const GoldenManifest manifest = read_golden_manifest(sample.root() / "manifest.jsonl");
  GoldenFiles files(manifest, 8);  // room for one small array only
  EXPECT_EQ(files.load("uniform.npy").dtype(), DType::bf16);
  EXPECT_EQ(files.load("uniform.npy").at(1), 0.25);
  EXPECT_EQ(files.load("in/x.npy").at(5), -1.375);
  EXPECT_EQ(files.load("in/x.npy").at(5), -1.375);
  EXPECT_THROW(files.load("../x.npy"), FormatError);
  fs::remove(sample.root() / "words.npy");
  EXPECT_THROW(files.load("words.npy"), IoError);
}

}  // namespace
}  // namespace seedproof
