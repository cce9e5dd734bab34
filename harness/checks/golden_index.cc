#include <filesystem>
#include <set>
#include <utility>

#include <seedproof/harness/checks/golden_index.h>
#include <seedproof/harness/golden/evaluator.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

GoldenGroup group_of(const GoldenRow& row) {
  if (!std::holds_alternative<GoldenLayersSubject>(row.subject)) return GoldenGroup::draws;
  if (row.tier == GoldenTier::gradients) return GoldenGroup::gradients;
  if (row.tier == GoldenTier::training) return GoldenGroup::training;
  return GoldenGroup::outputs;
}

/// Layer classes that a row speaks of; the empty one for what needs no layer.
std::set<std::string> classes_of(const GoldenRow& row) {
  std::set<std::string> classes;
  if (const auto* subject = std::get_if<GoldenLayersSubject>(&row.subject)) {
    for (const GoldenObject& layer : subject->layers) classes.insert(layer.class_name);
  } else if (!std::holds_alternative<GoldenInputSubject>(row.subject)) {
    classes.insert("");
  }
  return classes;
}

}  // namespace

GoldenIndex::GoldenIndex(const std::string& directory, const Registry& registry) {
  const std::filesystem::path root(directory);
  std::map<std::pair<std::string, int>, std::set<Name>> names;  // by manifest and line
  std::map<std::pair<std::string, int>, bool> bounded;
  GoldenVerifyOptions options;
  options.select = [&](const GoldenManifest& manifest, const GoldenRow& row) {
    const std::pair place{manifest.path.lexically_relative(root).generic_string(), row.line};
    bounded[place] = row.tolerance.kind != GoldenTolerance::Kind::bit;
    for (const std::string& name : classes_of(row)) {
      names[place].insert({group_of(row), name, row.generator});
    }
    return true;
  };
  GoldenReport report;
  try {
    report = verify_golden(root, *make_golden_evaluator(registry), options);
  } catch (const Error& error) {
    GoldenFinding finding;
    finding.kind = GoldenFinding::Kind::missing_manifest;
    finding.message = error.what();
    folder_findings_.push_back(std::move(finding));
  }
  for (const auto& [place, of_row] : names) {
    for (const Name& name : of_row) {
      GoldenPair& pair = pairs_[name];
      ++pair.arrays;
      pair.bounded += bounded[place] ? 1 : 0;
    }
  }
  for (GoldenFinding& finding : report.findings) {
    const auto of_row = names.find({finding.manifest, finding.line});
    if (of_row == names.end()) {
      folder_findings_.push_back(std::move(finding));
      continue;
    }
    for (const Name& name : of_row->second) {
      GoldenPair& pair = pairs_[name];
      pair.missing += finding.kind == GoldenFinding::Kind::missing ? 1 : 0;
      pair.findings.push_back(finding);
    }
  }
}

GoldenPair GoldenIndex::find(GoldenGroup group, const std::string& layer,
                             const std::string& generator) const {
  GoldenPair out;
  std::set<std::string> generators{generator};
  if (group != GoldenGroup::draws) generators.insert("");
  for (const std::string& name : generators) {
    const auto found = pairs_.find({group, layer, name});
    if (found == pairs_.end()) continue;
    out.arrays += found->second.arrays;
    out.bounded += found->second.bounded;
    out.missing += found->second.missing;
    out.findings.insert(out.findings.end(), found->second.findings.begin(),
                        found->second.findings.end());
  }
  return out;
}

}  // namespace seedproof
