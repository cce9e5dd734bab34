// unseeded-as-documented: None is refused as a ValueError, or gives every layer numbers of its own.
#include <fmt/format.h>

#include <seedproof/harness/relations/draws.h>
#include <seedproof/harness/relations/shared_run.h>

namespace seedproof {

namespace {

RelationResult refusal(const RunError& error) {
  if (error.kind == ErrorKind::value) {
    return verdict_of(
        {}, fmt::format("None is refused ({}): ValueError: {}", error.stage, error.message));
  }
  Finding finding;
  finding.layer = error.layer;
  finding.draw = error.stage;
  finding.expected = "draws, or a ValueError";
  finding.found = std::string(to_string(error.kind)) + ": " + error.message;
  finding.explanation = "None as a seed is neither accepted nor refused as a value";
  return verdict_of({finding}, "None as every seed");
}

RelationResult relate(const RunPair& runs) {
  if (runs.plain.draws.empty()) return not_applicable("nothing is drawn");
  if (runs.varied.error.has_value()) return refusal(*runs.varied.error);
  const std::vector<Series> all = all_series(runs.varied, runs.varied_plan.subject);
  std::vector<Finding> findings;
  double bits = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    bits += random_bits(all[i].draws);
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      const std::optional<SharedRun> run =
          find_shared_run(all[i].draws, all[j].draws, kTellingBits);
      if (!run.has_value()) continue;
      const std::uint64_t step = run->b->record.moment.step;
      findings.push_back({all[j].layer, step, fmt::format("{}, step {}", all[j].purpose, step),
                          element_of(*run->b, run->b_at), "numbers of its own",
                          counted(run->length, "equal number"),
                          fmt::format("unseeded, it draws the numbers of '{}'", all[i].layer)});
    }
  }
  if (all.empty()) return not_applicable("unseeded, nothing is drawn");
  if (bits < kEnoughBits) {
    return not_applicable(fmt::format("only {:.0f} random bits are drawn unseeded", bits));
  }
  return verdict_of(std::move(findings),
                    fmt::format("None is accepted, and {} draw", counted(all.size(), "site")));
}

}  // namespace

Relation register_unseeded_as_documented() {
  Relation relation{"unseeded-as-documented",
                    "None is refused with a ValueError, or layers draw numbers of their own",
                    relate};
  relation.reads_errors = true;
  return relation;
}

}  // namespace seedproof
