// Recomputes every golden array of a folder and compares.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <seedproof/harness/golden/compare.h>
#include <seedproof/harness/golden/manifest.h>

namespace seedproof {

/// Arrays that a manifest names, read when first asked for and kept.
class GoldenFiles {
 public:
  /// `max_bytes` bounds what is kept in memory; arrays beyond it are read again.
  explicit GoldenFiles(const GoldenManifest& manifest, std::uint64_t max_bytes = 256u << 20);
  ~GoldenFiles();
  GoldenFiles(const GoldenFiles&) = delete;
  GoldenFiles& operator=(const GoldenFiles&) = delete;

  /// The array of a row of this manifest, in the dtype that it means (bfloat16 included). Throws
  /// FormatError or IoError naming the file.
  Tensor load(const std::string& file);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Makes the array of a row anew. Implementations sit on generators and layers.
class GoldenEvaluator {
 public:
  virtual ~GoldenEvaluator() = default;
  /// Called for every row but those of tier inputs. Throws an Error that names what is unknown or
  /// impossible (an unregistered generator, a layer's refusal); the row then counts as unequal.
  virtual Evaluation evaluate(const GoldenManifest& manifest, const GoldenRow& row,
                              GoldenFiles& files) = 0;
};

struct GoldenFinding {
  enum class Kind : std::uint8_t {
    unequal,           // the values differ, or the file is not what the manifest says
    refused,           // the file or the manifest could not be read: broken grammar
    not_recomputed,    // the evaluator refused the row
    orphan,            // an NPY file that no manifest names
    missing,           // a file that a manifest names
    missing_manifest,  // a folder of NPY files without a manifest, or a folder without anything
    pending            // proposed arrays that nobody accepted or rejected
  };
  Kind kind = Kind::unequal;
  std::string maker;
  std::string file;  // path below the verified folder
  std::string manifest;
  int line = 0;
  std::optional<GoldenTier> tier;
  std::string layer;     // name of the layer, or empty
  std::string subject;   // GoldenRow::subject_name
  std::string element;   // "[2, 0, 5]", or empty where no element can be named
  std::string expected;  // the golden value there
  std::string found;     // the recomputed value there
  std::string message;   // one line that says all of the above
  std::optional<Comparison> comparison;
};
std::string_view to_string(GoldenFinding::Kind kind);  // "unequal", "not recomputed", ...

struct GoldenCounts {
  std::size_t arrays = 0;  // = equal + within_bound + unequal + missing
  std::size_t equal = 0;
  std::size_t within_bound = 0;
  std::size_t unequal = 0;
  std::size_t missing = 0;
};

struct GoldenReport {
  GoldenCounts total;
  std::map<std::string, GoldenCounts> makers;
  std::vector<GoldenFinding> findings;
  std::size_t orphans = 0;
  std::size_t pending = 0;
  std::size_t missing_manifests = 0;
  std::size_t refused_manifests = 0;
  /// The lowest tier with an unequal array, per maker and over all: where to look first.
  std::optional<GoldenTier> lowest_tier;
  std::map<std::string, GoldenTier> lowest_tier_of;
  std::uint64_t max_ulp = 0;  // over the arrays within bound
  double max_ratio = 0;       // largest part of a bound that was used, [0, 1]

  /// 1 unequal, refused, not recomputed or orphan; else 4 missing or pending; else 3 where no
  /// array was compared; else 0.
  int exit_code() const;
};

struct GoldenVerifyOptions {
  std::vector<std::string> makers;  // only these; empty is all
  /// Only rows for which this holds; empty is all. Orphans are looked for among all rows.
  std::function<bool(const GoldenManifest&, const GoldenRow&)> select;
  /// Called after each array with (done, of), for a progress bar.
  std::function<void(std::size_t, std::size_t)> progress;
};

/// Verifies every manifest (*.jsonl) below `dir`. Never throws for the content of the folder: what
/// is wrong becomes a finding. Throws IoError where `dir` itself cannot be read.
GoldenReport verify_golden(const std::filesystem::path& dir, GoldenEvaluator& evaluator,
                           const GoldenVerifyOptions& options = {});

/// NPY files below `dir` that no readable manifest names, relative to it, sorted.
std::vector<std::string> golden_orphans(const std::filesystem::path& dir);

}  // namespace seedproof
