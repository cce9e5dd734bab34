#include <algorithm>
#include <set>
#include <utility>

#include <seedproof/harness/golden/folder.h>
#include <seedproof/harness/golden/manifest_read.h>
#include <seedproof/harness/golden/verify.h>
#include <seedproof/harness/golden/verify_row.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

namespace fs = std::filesystem;

/// "a/b" of "a/b/c.npy", "" of "c.npy".
std::string folder_of(const std::string& relative) {
  const std::size_t slash = relative.rfind('/');
  return slash == std::string::npos ? std::string() : relative.substr(0, slash);
}

/// Whether one of `folders` is the file's own or one above it.
bool is_covered(const std::string& file, const std::set<std::string>& folders) {
  std::string folder = file;
  do {
    folder = folder_of(folder);
    if (folders.contains(folder)) return true;
  } while (!folder.empty());
  return false;
}

/// A folder's manifests, and what their rows leave over.
struct Listing {
  GoldenFolder folder;
  std::vector<GoldenManifest> manifests;
  std::vector<std::pair<std::string, std::string>> refused;  // manifest, reason
  std::vector<std::string> orphans;    // beside a readable manifest that does not name them
  std::vector<std::string> unguarded;  // without any manifest at or above them
};

Listing list_all(const fs::path& dir) {
  Listing out;
  out.folder = list_golden_folder(dir);
  std::set<std::string> named;
  std::set<std::string> readable;
  std::set<std::string> broken;
  for (const std::string& path : out.folder.manifests) {
    const std::string folder = folder_of(path);
    try {
      out.manifests.push_back(read_golden_manifest(dir / path));
    } catch (const Error& error) {
      out.refused.emplace_back(path, error.what());
      broken.insert(folder);
      continue;
    }
    readable.insert(folder);
    for (const GoldenRow& row : out.manifests.back().rows) {
      named.insert(folder.empty() ? row.file : folder + "/" + row.file);
    }
  }
  for (const std::string& file : out.folder.arrays) {
    // What a broken manifest covers may be named in it: the manifest itself is the finding.
    if (named.contains(file) || is_covered(file, broken)) continue;
    (is_covered(file, readable) ? out.orphans : out.unguarded).push_back(file);
  }
  return out;
}

GoldenFinding finding_of(GoldenFinding::Kind kind, std::string file, const std::string& message) {
  GoldenFinding out;
  out.kind = kind;
  out.message = (file.empty() ? std::string("the folder") : file) + ": " + message;
  out.file = std::move(file);
  return out;
}

void add_loose_ends(const Listing& listing, GoldenReport& report) {
  using Kind = GoldenFinding::Kind;
  for (const auto& [path, reason] : listing.refused) {
    GoldenFinding finding = finding_of(Kind::refused, path, reason);
    finding.manifest = path;
    report.findings.push_back(std::move(finding));
  }
  report.refused_manifests = listing.refused.size();
  for (const std::string& file : listing.orphans) {
    report.findings.push_back(finding_of(Kind::orphan, file, "no manifest names it"));
  }
  report.orphans = listing.orphans.size();

  std::map<std::string, std::size_t> unguarded;  // by the first part of the path
  for (const std::string& file : listing.unguarded) ++unguarded[file.substr(0, file.find('/'))];
  for (const auto& [folder, count] : unguarded) {
    report.findings.push_back(finding_of(Kind::missing_manifest, folder,
                                         std::to_string(count) + " NPY files without a manifest"));
  }
  report.missing_manifests = unguarded.size();
  if (listing.folder.manifests.empty() && listing.folder.arrays.empty()) {
    report.findings.push_back(
        finding_of(Kind::missing_manifest, "", "neither a manifest nor an NPY file is in it"));
    report.missing_manifests = 1;
  }

  const GoldenFolder& folder = listing.folder;
  for (const std::string& file : folder.pending_arrays) {
    report.findings.push_back(
        finding_of(Kind::pending, file, "proposed, neither accepted nor rejected"));
  }
  report.pending = folder.pending_arrays.size();
  if (report.pending == 0 && !folder.pending_manifests.empty()) {
    report.findings.push_back(finding_of(Kind::pending, folder.pending_manifests.front(),
                                         "a manifest of proposals without their files"));
    report.pending = folder.pending_manifests.size();
  }
}

void lower(std::optional<GoldenTier>& lowest, GoldenTier tier) {
  if (!lowest || tier < *lowest) lowest = tier;
}

void count(const RowVerdict& verdict, GoldenCounts& counts) {
  ++counts.arrays;
  if (verdict.finding && verdict.finding->kind == GoldenFinding::Kind::missing) {
    ++counts.missing;
  } else if (verdict.agreement == Agreement::equal) {
    ++counts.equal;
  } else if (verdict.agreement == Agreement::within_bound) {
    ++counts.within_bound;
  } else {
    ++counts.unequal;
  }
}

void add(RowVerdict verdict, const GoldenManifest& manifest, GoldenTier tier, GoldenReport& out) {
  count(verdict, out.total);
  count(verdict, out.makers[manifest.maker]);
  out.max_ulp = std::max(out.max_ulp, verdict.max_ulp);
  out.max_ratio = std::max(out.max_ratio, verdict.max_ratio);
  if (!verdict.finding) return;
  if (verdict.finding->kind != GoldenFinding::Kind::missing) {
    lower(out.lowest_tier, tier);
    const auto [known, first] = out.lowest_tier_of.emplace(manifest.maker, tier);
    if (!first) known->second = std::min(known->second, tier);
  }
  out.findings.push_back(std::move(*verdict.finding));
}

struct Selected {
  const GoldenManifest* manifest;
  std::vector<const GoldenRow*> rows;
};

std::vector<Selected> select(const Listing& listing, const GoldenVerifyOptions& options) {
  std::vector<Selected> out;
  for (const GoldenManifest& manifest : listing.manifests) {
    const std::vector<std::string>& makers = options.makers;
    if (!makers.empty() &&
        std::find(makers.begin(), makers.end(), manifest.maker) == makers.end()) {
      continue;
    }
    out.push_back({&manifest, {}});
    for (const GoldenRow& row : manifest.rows) {
      if (!options.select || options.select(manifest, row)) out.back().rows.push_back(&row);
    }
  }
  return out;
}

}  // namespace

std::string_view to_string(GoldenFinding::Kind kind) {
  using Kind = GoldenFinding::Kind;
  switch (kind) {
    case Kind::unequal:
      return "unequal";
    case Kind::refused:
      return "refused";
    case Kind::not_recomputed:
      return "not recomputed";
    case Kind::orphan:
      return "orphan";
    case Kind::missing:
      return "missing";
    case Kind::missing_manifest:
      return "missing manifest";
    case Kind::pending:
      break;
  }
  return "pending";
}

int GoldenReport::exit_code() const {
  if (total.unequal != 0 || orphans != 0 || refused_manifests != 0) return 1;
  if (total.missing != 0 || missing_manifests != 0 || pending != 0) return 4;
  return total.arrays == 0 ? 3 : 0;
}

GoldenReport verify_golden(const fs::path& dir, GoldenEvaluator& evaluator,
                           const GoldenVerifyOptions& options) {
  const Listing listing = list_all(dir);
  const std::vector<Selected> selected = select(listing, options);
  std::size_t all = 0;
  for (const Selected& part : selected) all += part.rows.size();

  GoldenReport out;
  std::size_t done = 0;
  for (const Selected& part : selected) {
    GoldenFiles files(*part.manifest);
    for (const GoldenRow* row : part.rows) {
      add(verify_golden_row(dir, *part.manifest, *row, evaluator, files), *part.manifest, row->tier,
          out);
      if (options.progress) options.progress(++done, all);
    }
  }
  add_loose_ends(listing, out);
  return out;
}

std::vector<std::string> golden_orphans(const fs::path& dir) {
  const Listing listing = list_all(dir);
  std::vector<std::string> out = listing.orphans;
  out.insert(out.end(), listing.unguarded.begin(), listing.unguarded.end());
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace seedproof
