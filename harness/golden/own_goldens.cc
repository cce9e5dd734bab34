// Proposals for golden/seedproof: generators that no framework has, and layers whose goldens no
// framework gives. The transcription in scripts/transcription judges what the native rules make.
#include <set>
#include <utility>

#include <seedproof/harness/golden/evaluator.h>
#include <seedproof/layers/config.h>

namespace seedproof {

namespace {

const Shape kShape{7, 5};

GoldenDraw golden_draw(DistributionKind kind) {
  const std::string name(to_string(kind));
  switch (kind) {
    case DistributionKind::uniform:
      return {name, {{"low", -0.5}, {"high", 2.5}}};
    case DistributionKind::normal:
    case DistributionKind::truncated_normal:
      return {name, {{"mean", 0.25}, {"stddev", 1.5}}};
    case DistributionKind::keep_mask:
      return {name, {{"rate", 0.3}}};
    case DistributionKind::integers:
      return {name, {{"low", Integer(5)}, {"high", Integer(117)}}};
    case DistributionKind::words:
    case DistributionKind::permutation:
      break;
  }
  return {name, {}};
}

GoldenTier tier_of(DistributionKind kind) {
  if (kind == DistributionKind::words) return GoldenTier::words;
  const bool uniform = kind == DistributionKind::uniform || kind == DistributionKind::keep_mask;
  return uniform ? GoldenTier::uniforms : GoldenTier::distributions;
}

std::string file_name(std::string text) {
  for (char& character : text) {
    if (character == ':') character = '-';
  }
  return text;
}

/// One row a pair of distribution and dtype that the generator has: the second draw of its kind, so
/// that the first one's advance counts.
std::vector<GoldenRow> draw_rows(const GeneratorEntry& entry) {
  std::vector<GoldenRow> rows;
  for (const std::string& distribution : entry.distributions) {
    const DistributionKind kind = parse_distribution(distribution);
    for (const std::string& dtype : entry.dtypes) {
      if (!suits(kind, parse_dtype(dtype))) continue;
      GoldenRow row;
      row.file = file_name(entry.name) + "/" + distribution + "-" + dtype + ".npy";
      row.dtype = parse_dtype(dtype);
      row.shape = kind == DistributionKind::permutation ? Shape{35} : kShape;
      row.tier = tier_of(kind);
      row.generator = entry.name;
      row.seed = 20261;
      row.subject = GoldenDrawSubject{golden_draw(kind), {}};
      row.call = 1;
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

}  // namespace

GoldenManifest own_golden_header(std::string_view version) {
  GoldenManifest out;
  out.maker = "seedproof";
  out.made_with = {{"seedproof", std::string(version)}};
  out.command = "seedproof golden propose; seedproof golden accept --reason TEXT";
  out.platform = {{"libc", "any"}, {"machine", "any"}};
  return out;
}

std::vector<GoldenProposal> own_golden_proposals(const Registry& registry) {
  const std::unique_ptr<GoldenEvaluator> evaluator = make_golden_evaluator(registry);
  const GoldenManifest none;
  GoldenFiles files(none);
  std::vector<GoldenProposal> out;
  for (const GeneratorEntry& entry : registry.generators()) {
    if (!entry.framework.empty()) continue;
    for (GoldenRow& row : draw_rows(entry)) {
      Tensor value = evaluator->evaluate(none, row, files).value;
      out.push_back({std::move(row), std::move(value)});
    }
  }
  return out;
}

}  // namespace seedproof
