// The program from outside: exit codes, and what it says.
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

struct Outcome {
  int code = -1;
  std::string output;  // stdout and stderr
};

Outcome run(const std::string& arguments) {
  const std::string command = "cd " SEEDPROOF_SOURCE_DIR " && env -u CI NO_COLOR=1 " +
                              std::string(SEEDPROOF_PROGRAM) + " " + arguments + " 2>&1";
  Outcome out;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return out;
  std::array<char, 4096> buffer{};
  while (const std::size_t count = fread(buffer.data(), 1, buffer.size(), pipe)) {
    out.output.append(buffer.data(), count);
  }
  const int status = pclose(pipe);
  out.code = WIFEXITED(status) ? WEXITSTATUS(status) : 255;
  return out;
}

/// A copy of one maker's goldens that a test may damage.
class GoldenCopy : public testing::Test {
 protected:
  void SetUp() override {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() /
              ("seedproof-cli-" + std::string(info->name()) + "-" + std::to_string(getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    fs::copy(fs::path(SEEDPROOF_SOURCE_DIR) / "golden/keras3", folder_ / "keras3",
             fs::copy_options::recursive);
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path victim() const { return folder_ / "keras3/CustomDropout/seed-3-7x5-call0.npy"; }
  Outcome verify() const { return run("golden verify --dir " + folder_.string()); }

  void flip(std::size_t offset, int bit) const {
    std::fstream file(victim(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(offset));
    const char byte = static_cast<char>(file.get() ^ (1 << bit));
    file.seekp(static_cast<std::streamoff>(offset));
    file.put(byte);
  }

  fs::path folder_;
};

TEST_F(GoldenCopy, Untouched) { EXPECT_EQ(verify().code, 0); }

TEST_F(GoldenCopy, OneBitNamesFileLayerTierAndElement) {
  flip(128 + 4 * 12, 3);
  const Outcome out = verify();
  EXPECT_EQ(out.code, 1);
  EXPECT_THAT(out.output, HasSubstr("CustomDropout/seed-3-7x5-call0.npy"));
  EXPECT_THAT(out.output, HasSubstr("layers, CustomDropout 'drop'"));
  EXPECT_THAT(out.output, HasSubstr("[2, 2]"));
}

TEST_F(GoldenCopy, OneBitOfTheHeader) {
  flip(60, 1);
  const Outcome out = verify();
  EXPECT_EQ(out.code, 1);
  EXPECT_THAT(out.output, HasSubstr("CustomDropout/seed-3-7x5-call0.npy"));
}

TEST_F(GoldenCopy, AMissingFileEndsFour) {
  fs::remove(victim());
  const Outcome out = verify();
  EXPECT_EQ(out.code, 4);
  EXPECT_THAT(out.output, HasSubstr("CustomDropout/seed-3-7x5-call0.npy"));
}

TEST_F(GoldenCopy, CheckSeesItToo) {
  flip(128 + 4 * 12, 3);
  const Outcome out =
      run("check CustomDropout -g tf-generator -c golden --golden " + folder_.string());
  EXPECT_EQ(out.code, 1);
  EXPECT_THAT(out.output, HasSubstr("golden/outputs"));
}

TEST(Cli, VersionAndHelpEndZero) {
  EXPECT_EQ(run("--version").code, 0);
  const Outcome help = run("--help");
  EXPECT_EQ(help.code, 0);
  EXPECT_THAT(help.output, HasSubstr("125 the tool itself failed"));
}

TEST(Cli, UsageEndsTwo) {
  EXPECT_EQ(run("").code, 2);
  EXPECT_EQ(run("no-such-command").code, 2);
  EXPECT_EQ(run("check --no-such-option").code, 2);
  EXPECT_EQ(run("check NoSuchSubject").code, 2);
  EXPECT_EQ(run("check -g no-such-generator").code, 2);
  EXPECT_EQ(run("check -c no-such-check").code, 2);
  EXPECT_EQ(run("check CustomDropout --seed 1.5").code, 2);
  EXPECT_EQ(run("study no-such-hypothesis").code, 2);
  EXPECT_EQ(run("selftest --stub no-such-relation").code, 2);
}

TEST(Cli, UnknownNamesAreNamed) {
  EXPECT_THAT(run("check NoSuchSubject").output, HasSubstr("NoSuchSubject"));
}

TEST(Cli, KeptPromisesEndZero) {
  const Outcome out = run("check CustomDropout -g philox -g counter");
  EXPECT_EQ(out.code, 0) << out.output;
  EXPECT_THAT(out.output, HasSubstr("every promise that was checked is kept"));
}

TEST(Cli, NothingToSeeEndsThree) {
  EXPECT_EQ(run("check ComputeSum -g philox -c seeding --no-matrix").code, 3);
}

TEST(Cli, TheMatrixIsSaidInWords) {
  const Outcome out =
      run("check all-drawing -g shared-global -g philox -g counter -c interference");
  EXPECT_EQ(out.code, 0) << out.output;
  EXPECT_THAT(out.output, HasSubstr("shared-global: at step 0 the matrix of 10 drawing layers is"));
  EXPECT_THAT(out.output, HasSubstr("lower triangular"));
  EXPECT_THAT(out.output, HasSubstr("diagonal"));
}

TEST(Cli, SelftestEndsOneWhenARelationIsStubbed) {
  EXPECT_EQ(run("selftest mask-frozen").code, 0);
  const Outcome stubbed = run("selftest mask-frozen --stub fresh");
  EXPECT_EQ(stubbed.code, 1);
  EXPECT_THAT(stubbed.output, HasSubstr("missed: mask-frozen"));
}

TEST(Cli, NpyReadsStrictly) {
  const Outcome good = run("npy golden/keras3/CustomDropout/seed-3-7x5-call0.npy");
  EXPECT_EQ(good.code, 0);
  EXPECT_THAT(good.output, HasSubstr("(7, 5)"));
  const Outcome bad = run("npy README.md");
  EXPECT_EQ(bad.code, 1);
  EXPECT_THAT(bad.output, HasSubstr("README.md"));
}

TEST(Cli, ListsHaveRows) {
  for (const char* kind : {"generators", "layers", "subjects", "checks", "variations", "relations",
                           "faults", "hypotheses", "goldens"}) {
    const Outcome out = run(std::string("list ") + kind);
    EXPECT_EQ(out.code, 0) << kind;
    EXPECT_THAT(out.output, testing::Not(HasSubstr("\n0 rows"))) << kind;
  }
}

TEST(Cli, AcceptIsRefusedUnderCi) {
  const Outcome out = run("golden accept --reason x; true");
  EXPECT_EQ(out.code, 0);
  const std::string command = "cd " SEEDPROOF_SOURCE_DIR " && CI=true " SEEDPROOF_PROGRAM
                              " golden accept --reason x >/dev/null 2>&1";
  EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 2);
}

TEST(Cli, AReportThatCannotBeWrittenIsAnError) {
  const Outcome out = run("list generators --json /nonexistent/report.json");
  EXPECT_EQ(out.code, 2);
  EXPECT_THAT(out.output, HasSubstr("/nonexistent/report.json"));
}

TEST(Cli, BenchRunsAndRefusesABadFilter) {
  const Outcome out = run("bench --filter 'draw/philox/uniform/f32/16$' --min-time 0.001");
  EXPECT_EQ(out.code, 0) << out.output;
  EXPECT_THAT(out.output, HasSubstr("draw/philox/uniform/f32/16"));
  EXPECT_EQ(run("bench --filter '('").code, 2);
  EXPECT_EQ(run("bench --filter no-such-benchmark").code, 3);
}

}  // namespace
