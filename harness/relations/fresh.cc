// fresh: a site's draws are all new.
#include <algorithm>

#include <fmt/format.h>

#include <seedproof/harness/relations/draws.h>
#include <seedproof/harness/relations/explain.h>
#include <seedproof/harness/relations/shared_run.h>

namespace seedproof {

namespace {

// The first draw that repeats an earlier one, or a part of it.
std::optional<Finding> repeat(const Series& series) {
  for (std::size_t i = 1; i < series.draws.size(); ++i) {
    const DrawEvent* const found[] = {series.draws[i]};
    const std::span<const DrawEvent* const> earlier(series.draws.data(), i);
    const std::optional<SharedRun> run = find_shared_run(earlier, found, kTellingBits);
    if (!run.has_value()) continue;
    const bool whole = run->length == run->b->record.count && run->a_at == run->b_at;
    const Moment& was = run->a->record.moment;
    Finding finding;
    finding.layer = series.layer;
    finding.step = run->b->record.moment.step;
    finding.draw = draw_text(series, i);
    finding.element = element_of(*run->b, run->b_at);
    finding.expected = "numbers that were not drawn before";
    finding.found = fmt::format("{} and the {} after it again",
                                number_text(run->b->numbers, run->b_at), run->length - 1);
    finding.explanation =
        whole ? fmt::format("frozen since step {}: the same numbers again", was.step)
              : shift_text(run->a_at, run->b_at) + fmt::format(" against step {}", was.step);
    return finding;
  }
  return std::nullopt;
}

RelationResult relate(const RunPair& runs) {
  std::vector<Finding> findings;
  std::uint64_t compared = 0;
  for (const Series& series : all_series(runs.plain, runs.plain_plan.subject)) {
    const auto telling = std::count_if(
        series.draws.begin(), series.draws.end(),
        [](const DrawEvent* draw) { return random_bits(draw->record) >= kTellingBits; });
    if (telling < 2) continue;
    compared += series.draws.size();
    if (std::optional<Finding> finding = repeat(series)) findings.push_back(std::move(*finding));
  }
  if (compared == 0) return not_applicable("no site draws twice with enough random bits to tell");
  return verdict_of(std::move(findings), counted(compared, "draw") + " compared with those before");
}

}  // namespace

Relation register_fresh() {
  return {"fresh", "consecutive draws of a site differ and repeat no part of one another", relate};
}

}  // namespace seedproof
