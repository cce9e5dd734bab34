// Our own goldens, golden/seedproof/: proposed, looked at, then accepted or rejected by a person.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <seedproof/harness/golden/compare.h>
#include <seedproof/harness/golden/manifest.h>

namespace seedproof {

/// Whether the environment is a continuous integration's: CI, CONTINUOUS_INTEGRATION,
/// GITHUB_ACTIONS, GITLAB_CI, BUILDKITE, JENKINS_URL, TEAMCITY_VERSION or TF_BUILD is set to
/// anything but "", "0" or "false".
bool is_ci_environment();

/// An array to propose. digest, dtype and shape of the row are filled in from `value`.
struct GoldenProposal {
  GoldenRow row;
  Tensor value;
};

/// A proposal beside what is accepted now.
struct PendingGolden {
  enum class Change : std::uint8_t { added, array, row };
  GoldenRow row;
  Change change = Change::added;         // nothing accepted yet; another array; only the row's text
  std::optional<Comparison> comparison;  // of the accepted array with the proposed one
  std::string accepted_reason;           // why the present one was accepted
  std::string accepted_line;             // the present row; empty if added
};
std::string_view to_string(PendingGolden::Change change);  // "added", "array changed", ...

class GoldenWorkspace {
 public:
  /// `root` must be a folder golden/seedproof; anything else is refused with ConfigError, for other
  /// folders belong to their makers. `ci` is what is_ci_environment() says.
  GoldenWorkspace(std::filesystem::path root, bool ci);

  /// Writes proposals to pending/. Those equal to what is accepted are left out, and a pending
  /// proposal for the same file is replaced. `made` gives the header. Returns how many now wait.
  /// Throws ConfigError under CI, FormatError where a row breaks the format.
  std::size_t propose(const GoldenManifest& made, const std::vector<GoldenProposal>& proposals);

  /// All proposals, in the order of their manifest. Throws FormatError where pending/ is broken.
  std::vector<PendingGolden> pending() const;

  /// Takes the selected proposals into the folder; nothing else is touched. Every file is written
  /// beside its place first and then renamed, the manifest last. Throws ConfigError under CI,
  /// ValueError where the reason is blank, nothing is selected or a file is not pending, and
  /// FormatError where a proposal is not what its row says; nothing has changed then.
  void accept(const std::vector<std::string>& files, std::string_view reason);

  /// Drops the selected proposals. Throws as accept does.
  void reject(const std::vector<std::string>& files);

  /// NPY files here that no manifest names.
  std::vector<std::string> orphans() const;

 private:
  std::filesystem::path manifest_path() const { return root_ / "manifest.jsonl"; }
  std::filesystem::path pending_path() const { return root_ / "pending" / "manifest.jsonl"; }
  void require_writable(const std::vector<std::string>& files, std::string_view what) const;
  std::optional<GoldenManifest> accepted() const;
  std::optional<GoldenManifest> proposed() const;
  PendingGolden beside(const GoldenRow& row, const std::optional<GoldenManifest>& accepted) const;
  bool is_accepted(const GoldenRow& row, const std::optional<GoldenManifest>& accepted) const;
  void drop(const std::vector<std::string>& files);

  std::filesystem::path root_;
  bool ci_;
};

}  // namespace seedproof
