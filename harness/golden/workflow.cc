#include <algorithm>
#include <array>
#include <cstdlib>
#include <span>
#include <system_error>

#include <seedproof/harness/golden/digest.h>
#include <seedproof/harness/golden/file_io.h>
#include <seedproof/harness/golden/manifest_read.h>
#include <seedproof/harness/golden/manifest_write.h>
#include <seedproof/harness/golden/npy_read.h>
#include <seedproof/harness/golden/npy_write.h>
#include <seedproof/harness/golden/verify.h>
#include <seedproof/harness/golden/workflow.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

namespace fs = std::filesystem;

void make_folder(const fs::path& folder) {
  std::error_code code;
  fs::create_directories(folder, code);
  if (code) throw IoError("cannot make folder '" + folder.string() + "': " + code.message());
}

void remove_file(const fs::path& path) {
  std::error_code code;
  fs::remove(path, code);
  if (code) throw IoError("cannot remove '" + path.string() + "': " + code.message());
}

bool is_there(const fs::path& path) {
  std::error_code code;
  return fs::exists(path, code);
}

/// The row's line without what acceptance adds, to see whether anything else changed.
std::string line_without_reason(GoldenRow row) {
  row.reason.clear();
  return golden_row_line(row);
}

void put_row(std::vector<GoldenRow>& rows, const GoldenRow& row) {
  const auto same = std::find_if(rows.begin(), rows.end(),
                                 [&](const GoldenRow& old) { return old.file == row.file; });
  if (same == rows.end()) {
    rows.push_back(row);
  } else {
    *same = row;
  }
}

/// Fails where what is about to be written could not be read back.
std::string checked_text(const GoldenManifest& manifest, const fs::path& path,
                         GoldenReferences references) {
  std::string text = golden_manifest_text(manifest);
  parse_golden_manifest(text, path, references);
  return text;
}

std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span<const char>(text.data(), text.size()));
}

/// A proposal's array, which must be what its row says.
Tensor read_proposal(const fs::path& path, const GoldenRow& row) {
  Tensor value = read_npy(path).value;
  if (array_digest(value) != row.digest) {
    throw FormatError(path.string() + ": its digest is " + array_digest(value) +
                      ", the proposal says " + row.digest);
  }
  return value;
}

void require_pending(const std::vector<std::string>& files,
                     const std::optional<GoldenManifest>& proposed) {
  for (const std::string& file : files) {
    if (!proposed || proposed->find(file) == nullptr) {
      throw ValueError("'" + file + "' is not pending");
    }
  }
}

}  // namespace

bool is_ci_environment() {
  constexpr std::array<const char*, 8> kVariables{
      "CI",          "CONTINUOUS_INTEGRATION", "GITHUB_ACTIONS", "GITLAB_CI", "BUILDKITE",
      "JENKINS_URL", "TEAMCITY_VERSION",       "TF_BUILD"};
  return std::any_of(kVariables.begin(), kVariables.end(), [](const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr) return false;
    const std::string_view text = value;
    return !text.empty() && text != "0" && text != "false";
  });
}

std::string_view to_string(PendingGolden::Change change) {
  switch (change) {
    case PendingGolden::Change::added:
      return "added";
    case PendingGolden::Change::array:
      return "array changed";
    case PendingGolden::Change::row:
      break;
  }
  return "row changed";
}

GoldenWorkspace::GoldenWorkspace(fs::path root, bool ci)
    : root_(fs::absolute(root).lexically_normal()), ci_(ci) {
  if (!root_.has_filename()) root_ = root_.parent_path();
  if (root_.filename() != "seedproof" || root_.parent_path().filename() != "golden") {
    throw ConfigError("'" + root_.string() +
                      "' is not golden/seedproof: only our own goldens are "
                      "written by this tool");
  }
}

std::size_t GoldenWorkspace::propose(const GoldenManifest& made,
                                     const std::vector<GoldenProposal>& proposals) {
  if (ci_) throw ConfigError("goldens are not proposed under CI");
  const std::optional<GoldenManifest> present = accepted();
  GoldenManifest waiting = made;
  waiting.path = pending_path();
  waiting.rows.clear();
  if (std::optional<GoldenManifest> before = proposed()) waiting.rows = std::move(before->rows);

  std::vector<std::pair<std::string, Tensor>> arrays;
  for (const GoldenProposal& proposal : proposals) {
    GoldenRow row = proposal.row;
    Tensor stored = stored_form(proposal.value);
    row.dtype = proposal.value.dtype();
    row.shape = proposal.value.shape();
    row.digest = array_digest(stored);
    if (is_accepted(row, present)) continue;
    put_row(waiting.rows, row);
    arrays.emplace_back(row.file, std::move(stored));
  }
  if (arrays.empty()) return waiting.rows.size();

  // Checked before anything is written: paths in rows are only safe once the reader took them.
  const std::string text = checked_text(waiting, pending_path(), GoldenReferences::open);
  for (const auto& [file, value] : arrays) {
    const fs::path path = root_ / "pending" / file;
    make_folder(path.parent_path());
    write_npy(path, value);
  }
  write_file_atomically(pending_path(), text);
  return waiting.rows.size();
}

std::vector<PendingGolden> GoldenWorkspace::pending() const {
  const std::optional<GoldenManifest> waiting = proposed();
  const std::optional<GoldenManifest> present = accepted();
  std::vector<PendingGolden> out;
  if (!waiting) return out;
  for (const GoldenRow& row : waiting->rows) out.push_back(beside(row, present));
  return out;
}

void GoldenWorkspace::accept(const std::vector<std::string>& files, std::string_view reason) {
  require_writable(files, "accepted");
  if (reason.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    throw ValueError("a golden is accepted for a reason, and none was given");
  }
  const std::optional<GoldenManifest> waiting = proposed();
  require_pending(files, waiting);

  GoldenManifest merged = *waiting;
  merged.path = manifest_path();
  merged.rows.clear();
  if (std::optional<GoldenManifest> present = accepted()) merged.rows = std::move(present->rows);
  std::vector<StagedFile> staged;
  for (const std::string& file : files) {
    GoldenRow row = *waiting->find(file);
    const Tensor value = read_proposal(root_ / "pending" / file, row);
    row.reason = reason;
    put_row(merged.rows, row);
    make_folder((root_ / file).parent_path());
    staged.emplace_back(root_ / file, npy_bytes(value));
  }
  const std::string text = checked_text(merged, manifest_path(), GoldenReferences::inside);
  StagedFile manifest(manifest_path(), bytes_of(text));
  for (StagedFile& file : staged) file.commit();
  manifest.commit();
  drop(files);
}

void GoldenWorkspace::reject(const std::vector<std::string>& files) {
  require_writable(files, "rejected");
  require_pending(files, proposed());
  drop(files);
}

std::vector<std::string> GoldenWorkspace::orphans() const { return golden_orphans(root_); }

void GoldenWorkspace::require_writable(const std::vector<std::string>& files,
                                       std::string_view what) const {
  if (ci_) throw ConfigError("goldens are not " + std::string(what) + " under CI");
  if (files.empty()) throw ValueError("no golden was selected to be " + std::string(what));
}

std::optional<GoldenManifest> GoldenWorkspace::accepted() const {
  if (!is_there(manifest_path())) return std::nullopt;
  return read_golden_manifest(manifest_path());
}

std::optional<GoldenManifest> GoldenWorkspace::proposed() const {
  if (!is_there(pending_path())) return std::nullopt;
  return read_golden_manifest(pending_path(), GoldenReferences::open);
}

PendingGolden GoldenWorkspace::beside(const GoldenRow& row,
                                      const std::optional<GoldenManifest>& accepted) const {
  PendingGolden out;
  out.row = row;
  const Tensor value = read_proposal(root_ / "pending" / row.file, row);
  const GoldenRow* present = accepted ? accepted->find(row.file) : nullptr;
  if (present == nullptr) return out;
  out.accepted_reason = present->reason;
  out.accepted_line = golden_row_line(*present);
  out.change =
      present->digest == row.digest ? PendingGolden::Change::row : PendingGolden::Change::array;
  if (is_there(root_ / row.file)) {
    const Tensor old = read_npy(root_ / row.file).value;
    // Halves read as such where both rows mean the same.
    out.comparison = present->dtype == row.dtype && stored_dtype(row) == old.dtype() &&
                             stored_dtype(row) == value.dtype()
                         ? compare_bits(meant_form(old, row.dtype), meant_form(value, row.dtype))
                         : compare_bits(old, value);
  }
  return out;
}

bool GoldenWorkspace::is_accepted(const GoldenRow& row,
                                  const std::optional<GoldenManifest>& accepted) const {
  const GoldenRow* present = accepted ? accepted->find(row.file) : nullptr;
  return present != nullptr && is_there(root_ / row.file) &&
         line_without_reason(*present) == line_without_reason(row);
}

namespace {

/// `folder` and those above it, up to `root` and without it, as long as nothing is in them.
void remove_empty_folders(std::filesystem::path folder, const std::filesystem::path& root) {
  std::error_code ignored;
  while (folder != root && std::filesystem::remove(folder, ignored)) folder = folder.parent_path();
}

}  // namespace

void GoldenWorkspace::drop(const std::vector<std::string>& files) {
  GoldenManifest rest = proposed().value();
  std::erase_if(rest.rows, [&](const GoldenRow& row) {
    return std::find(files.begin(), files.end(), row.file) != files.end();
  });
  if (rest.rows.empty()) {
    remove_file(pending_path());
  } else {
    write_golden_manifest(rest, pending_path());
  }
  for (const std::string& file : files) {
    remove_file(root_ / "pending" / file);
    remove_empty_folders((root_ / "pending" / file).parent_path(), root_);
  }
}

}  // namespace seedproof
