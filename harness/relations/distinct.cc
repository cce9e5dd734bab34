// distinct: no two sites of a run share words of a stream, or numbers.
#include <algorithm>

#include <fmt/format.h>

#include <seedproof/harness/relations/draws.h>
#include <seedproof/harness/relations/explain.h>
#include <seedproof/harness/relations/shared_run.h>

namespace seedproof {

namespace {

struct Overlap {
  const DrawEvent* a;
  const DrawEvent* b;
};

std::optional<Overlap> overlap_of(const Series& first, const Series& second) {
  for (const DrawEvent* a : first.draws) {
    for (const DrawEvent* b : second.draws) {
      const DrawRecord& x = a->record;
      const DrawRecord& y = b->record;
      const bool empty = x.first == x.last || y.first == y.last;
      if (x.stream == y.stream && !empty && x.first < y.last && y.first < x.last) {
        return Overlap{a, b};
      }
    }
  }
  return std::nullopt;
}

std::optional<Finding> shared(const Series& first, const Series& second) {
  Finding finding;
  finding.layer = second.layer;
  finding.expected = "words that no other draw has";
  const std::optional<SharedRun> run = find_shared_run(first.draws, second.draws, kTellingBits);
  if (run.has_value()) {
    finding.step = run->b->record.moment.step;
    finding.draw = fmt::format("{}, step {}", second.purpose, finding.step);
    finding.element = element_of(*run->b, run->b_at);
    finding.found = fmt::format("{} equal numbers, from {} on", run->length,
                                number_text(run->b->numbers, run->b_at));
    finding.explanation = fmt::format("shares its stream with '{}', {}: {}", first.layer,
                                      first.purpose, shift_text(run->a_at, run->b_at));
    return finding;
  }
  const std::optional<Overlap> overlap = overlap_of(first, second);
  if (!overlap.has_value()) return std::nullopt;
  finding.step = overlap->b->record.moment.step;
  finding.draw = fmt::format("{}, step {}", second.purpose, finding.step);
  finding.found = interval_text(overlap->b->record);
  finding.explanation = fmt::format("shares words with '{}', {}, which drew {}", first.layer,
                                    first.purpose, interval_text(overlap->a->record));
  return finding;
}

RelationResult relate(const RunPair& runs) {
  const std::vector<Series> all = all_series(runs.plain, runs.plain_plan.subject);
  if (all.size() < 2) return not_applicable("fewer than two sites draw");
  std::vector<Finding> findings;
  std::uint64_t pairs = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      ++pairs;
      if (std::optional<Finding> finding = shared(all[i], all[j])) {
        findings.push_back(std::move(*finding));
      }
    }
  }
  return verdict_of(std::move(findings), counted(pairs, "pair") + " of draw sites compared");
}

}  // namespace

Relation register_distinct() {
  return {"distinct", "no two draw sites share words or numbers", relate};
}

}  // namespace seedproof
