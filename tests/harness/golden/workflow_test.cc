#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/harness/golden/npy_read.h>
#include <seedproof/harness/golden/workflow.h>

#include "golden_sample.h"

namespace seedproof {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Change = PendingGolden::Change;

class Workspace : public ::testing::Test {
 protected:
  Workspace() {
    made_.maker = "seedproof";
    made_.made_with = {{"seedproof", "0.1.0"}};
    made_.command = "seedproof golden";
    made_.platform = {{"libc", "any"}, {"machine", "any"}};
    fs::create_directories(root());
  }

  fs::path root() const { return folder_.path() / "golden" / "seedproof"; }
  GoldenWorkspace open(bool ci = false) const { return {root(), ci}; }

  static GoldenProposal proposal(const std::string& file, std::initializer_list<float> values) {
    GoldenProposal out;
    out.row.file = file;
    out.row.tier = GoldenTier::uniforms;
    out.row.generator = "counter";
    out.row.seed = Seed(7);
    out.row.subject = GoldenDrawSubject{{"uniform", {{"low", 0.0}, {"high", 1.0}}}, {}};
    out.value = Tensor::from<float>({static_cast<std::int64_t>(values.size())}, values);
    return out;
  }

  std::string tree() const {
    std::string out;
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(root())) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
      out += file.lexically_relative(root()).string() + "\n" + test::get_file(file) + "\n";
    }
    return out;
  }

  GoldenManifest made_;
  test::TempFolder folder_;
};

TEST_F(Workspace, ProposeAcceptAndProposeAgain) {
  GoldenWorkspace space = open();
  EXPECT_EQ(space.propose(made_, {proposal("a.npy", {1, 2}), proposal("d/b.npy", {3})}), 2u);
  std::vector<PendingGolden> pending = space.pending();
  ASSERT_EQ(pending.size(), 2u);
  EXPECT_EQ(pending[0].change, Change::added);
  EXPECT_FALSE(fs::exists(root() / "a.npy"));

  space.accept({"a.npy"}, "first draws");
  EXPECT_EQ(read_npy(root() / "a.npy").value.at(1), 2.0);
  EXPECT_FALSE(fs::exists(root() / "d/b.npy"));  // only what was selected
  EXPECT_FALSE(fs::exists(root() / "pending/a.npy"));
  ASSERT_EQ(space.pending().size(), 1u);
  GoldenManifest accepted = read_golden_manifest(root() / "manifest.jsonl");
  ASSERT_EQ(accepted.rows.size(), 1u);
  EXPECT_EQ(accepted.rows[0].reason, "first draws");

  space.accept({"d/b.npy"}, "second");
  EXPECT_TRUE(space.pending().empty());
  EXPECT_FALSE(fs::exists(root() / "pending/manifest.jsonl"));
  EXPECT_TRUE(space.orphans().empty());

  // The same again waits for nobody and writes nothing.
  const std::string before = tree();
  EXPECT_EQ(space.propose(made_, {proposal("a.npy", {1, 2}), proposal("d/b.npy", {3})}), 0u);
  EXPECT_EQ(tree(), before);

  test::KnownEvaluator evaluator;
  evaluator.known["a.npy"] = test::evaluation(proposal("", {1, 2}).value);
  evaluator.known["d/b.npy"] = test::evaluation(proposal("", {3}).value);
  EXPECT_EQ(verify_golden(root(), evaluator).exit_code(), 0);
}

TEST_F(Workspace, ReviewShowsWhatChanged) {
  GoldenWorkspace space = open();
  space.propose(made_, {proposal("a.npy", {1, 2, 3}), proposal("b.npy", {4})});
  space.accept({"a.npy", "b.npy"}, "start");
  GoldenProposal reworded = proposal("b.npy", {4});
  reworded.row.words_drawn = 1;
  space.propose(made_, {proposal("a.npy", {1, 2.5F, 3}), reworded});
  const std::vector<PendingGolden> pending = space.pending();
  ASSERT_EQ(pending.size(), 2u);
  EXPECT_EQ(pending[0].change, Change::array);
  EXPECT_EQ(pending[0].accepted_reason, "start");
  ASSERT_TRUE(pending[0].comparison);
  EXPECT_EQ(pending[0].comparison->first->index, "[1]");
  EXPECT_EQ(pending[0].comparison->differing, 1u);
  EXPECT_EQ(pending[1].change, Change::row);
  EXPECT_EQ(pending[1].comparison->agreement, Agreement::equal);
}

TEST_F(Workspace, RejectDropsOnlyTheProposal) {
  GoldenWorkspace space = open();
  space.propose(made_, {proposal("a.npy", {1})});
  space.accept({"a.npy"}, "start");
  const std::string before = tree();
  space.propose(made_, {proposal("a.npy", {2})});
  space.reject({"a.npy"});
  EXPECT_EQ(tree(), before);
  EXPECT_THROW(space.reject({"a.npy"}), ValueError);
}

TEST_F(Workspace, RefusesUnderCi) {
  GoldenWorkspace person = open();
  person.propose(made_, {proposal("a.npy", {1})});
  const std::string before = tree();
  GoldenWorkspace machine = open(true);
  EXPECT_THROW(machine.propose(made_, {proposal("b.npy", {1})}), ConfigError);
  EXPECT_THROW(machine.accept({"a.npy"}, "because"), ConfigError);
  EXPECT_THROW(machine.reject({"a.npy"}), ConfigError);
  EXPECT_EQ(machine.pending().size(), 1u);  // looking is allowed
  EXPECT_EQ(tree(), before);
}

TEST_F(Workspace, AcceptNeedsReasonSelectionAndAProposal) {
  GoldenWorkspace space = open();
  space.propose(made_, {proposal("a.npy", {1})});
  const std::string before = tree();
  EXPECT_THROW(space.accept({"a.npy"}, ""), ValueError);
  EXPECT_THROW(space.accept({"a.npy"}, " \n\t"), ValueError);
  EXPECT_THROW(space.accept({}, "because"), ValueError);
  EXPECT_THROW(space.accept({"b.npy"}, "because"), ValueError);
  EXPECT_THROW(space.accept({"a.npy", "b.npy"}, "because"), ValueError);
  EXPECT_EQ(tree(), before);
}

TEST_F(Workspace, AcceptRefusesAnAlteredProposalAndChangesNothing) {
  GoldenWorkspace space = open();
  space.propose(made_, {proposal("a.npy", {1}), proposal("b.npy", {2})});
  write_npy(root() / "pending" / "b.npy", Tensor::from<float>({1}, {9}));
  const std::string before = tree();
  EXPECT_THROW(space.accept({"a.npy", "b.npy"}, "because"), FormatError);
  EXPECT_EQ(tree(), before);
}

TEST_F(Workspace, AcceptRefusesRowsWhoseInputsAreNotAccepted) {
  GoldenWorkspace space = open();
  GoldenProposal layer = proposal("y.npy", {1});
  layer.row.tier = GoldenTier::layers;
  GoldenLayersSubject stack;
  stack.layers = {{"Dropout", "d", "{}"}};
  stack.call.inputs = {"x.npy"};
  layer.row.subject = stack;
  GoldenProposal input = proposal("x.npy", {1});
  input.row.tier = GoldenTier::inputs;
  input.row.generator.clear();
  input.row.subject = GoldenInputSubject{GoldenLattice{0, 1, 2, 0, 1}};
  space.propose(made_, {layer, input});
  const std::string before = tree();
  EXPECT_THROW(space.accept({"y.npy"}, "because"), FormatError);
  EXPECT_EQ(tree(), before);
  space.accept({"y.npy", "x.npy"}, "because");
  EXPECT_TRUE(space.pending().empty());
}

TEST_F(Workspace, ProposalsCannotLeaveTheFolder) {
  GoldenWorkspace space = open();
  for (const char* file : {"../a.npy", "/tmp/a.npy", "a.txt", ".a.npy", "a\n.npy", "\xff.npy"}) {
    EXPECT_THROW(space.propose(made_, {proposal(file, {1})}), Error) << file;
  }
  EXPECT_EQ(tree(), "");
}

TEST_F(Workspace, Bfloat16IsStoredAsBits) {
  GoldenWorkspace space = open();
  GoldenProposal half = proposal("h.npy", {0.5F, 0.25F});
  half.value = half.value.cast(DType::bf16);
  space.propose(made_, {half});
  space.accept({"h.npy"}, "halves");
  EXPECT_EQ(read_npy(root() / "h.npy").value.dtype(), DType::u16);
  test::KnownEvaluator evaluator;
  evaluator.known["h.npy"] = test::evaluation(half.value);
  EXPECT_EQ(verify_golden(root(), evaluator).exit_code(), 0);
  half.value = proposal("", {0.5F, 0.125F}).value.cast(DType::bf16);
  space.propose(made_, {half});
  EXPECT_EQ(space.pending().at(0).comparison->first->expected, "0.25 (0x1p-2, bits 0x3e80)");
}

TEST(GoldenWorkspaceTest, OnlyOurOwnFolder) {
  for (const char* path : {"golden/tensorflow", "golden", "other/seedproof",
                           "golden/seedproof/pending", "golden/seedproof/../keras3"}) {
    EXPECT_THROW(GoldenWorkspace(path, false), ConfigError) << path;
  }
  EXPECT_NO_THROW(GoldenWorkspace("golden/seedproof", false));
  EXPECT_NO_THROW(GoldenWorkspace("golden/seedproof/", false));
}

TEST(CiEnvironment, IsSeen) {
  const char* names[] = {
      "CI",          "CONTINUOUS_INTEGRATION", "GITHUB_ACTIONS", "GITLAB_CI", "BUILDKITE",
      "JENKINS_URL", "TEAMCITY_VERSION",       "TF_BUILD"};
  for (const char* name : names) ::unsetenv(name);
  EXPECT_FALSE(is_ci_environment());
  for (const char* name : names) {
    ::setenv(name, "true", 1);
    EXPECT_TRUE(is_ci_environment()) << name;
    for (const char* no : {"", "0", "false"}) {
      ::setenv(name, no, 1);
      EXPECT_FALSE(is_ci_environment()) << name << "=" << no;
    }
    ::unsetenv(name);
  }
}

}  // namespace
}  // namespace seedproof
