// different-draws: the layer in focus draws other numbers, and not the same ones shifted.
#include <algorithm>

#include <fmt/format.h>

#include <seedproof/harness/relations/draws.h>
#include <seedproof/harness/relations/explain.h>
#include <seedproof/harness/relations/shared_run.h>

namespace seedproof {

namespace {

std::vector<const DrawEvent*> focus_draws(const Plan& plan, const Trace& trace) {
  std::vector<const DrawEvent*> out;
  for (const Series& series : series_of(trace, {plan.subject.focus_layer().name})) {
    out.insert(out.end(), series.draws.begin(), series.draws.end());
  }
  return out;
}

bool all_seeded(const std::vector<const DrawEvent*>& draws) {
  return std::all_of(draws.begin(), draws.end(),
                     [](const DrawEvent* draw) { return draw->seeded; });
}

// One sequence that everybody takes from: every draw has the same stream, and no word is taken
// twice.
bool one_sequence_serves_all(const Trace& trace) {
  std::vector<const DrawEvent*> draws;
  for (const DrawEvent& draw : trace.draws) draws.push_back(&draw);
  std::sort(draws.begin(), draws.end(), [](const DrawEvent* a, const DrawEvent* b) {
    return a->record.first < b->record.first;
  });
  for (std::size_t i = 1; i < draws.size(); ++i) {
    const DrawRecord& before = draws[i - 1]->record;
    const DrawRecord& after = draws[i]->record;
    if (before.stream != after.stream || after.first < before.last) return false;
  }
  const bool several = std::any_of(draws.begin(), draws.end(), [&](const DrawEvent* draw) {
    return draw->record.site.scope != draws.front()->record.site.scope;
  });
  return several;
}

// Where the seed that was changed has no say by design, its having none shows nothing.
std::string has_no_say(const RunPair& runs, const std::vector<const DrawEvent*>& draws) {
  const bool root_changed = runs.plain_plan.root != runs.varied_plan.root;
  if (root_changed) {
    return all_seeded(draws) ? "the layer's own seed decides its numbers, the root's does not" : "";
  }
  return one_sequence_serves_all(runs.plain)
             ? "layers' seeds have no say: one sequence of the root seed serves all"
             : "";
}

std::vector<Finding> equal_draws(const RunPair& runs) {
  std::vector<Finding> findings;
  const std::string layer = runs.plain_plan.subject.focus_layer().name;
  const std::vector<Series> varied = series_of(runs.varied, {layer});
  for (const Series& series : series_of(runs.plain, {layer})) {
    const auto other = std::find_if(varied.begin(), varied.end(), [&](const Series& candidate) {
      return candidate.purpose == series.purpose;
    });
    if (other == varied.end()) continue;
    for (std::size_t i = 0; i < std::min(series.draws.size(), other->draws.size()); ++i) {
      const DrawEvent& draw = *series.draws[i];
      if (random_bits(draw.record) < kTellingBits) continue;
      if (!same_numbers(draw, *other->draws[i])) continue;
      findings.push_back({layer, draw.record.moment.step, draw_text(series, i), "", "other numbers",
                          "equal ones, from " + number_text(draw.numbers, 0) + " on",
                          "the seed that was changed does not reach this draw"});
      break;
    }
  }
  return findings;
}

std::vector<Finding> shifted_draws(const RunPair& runs, const std::vector<const DrawEvent*>& plain,
                                   const std::vector<const DrawEvent*>& varied) {
  // A shift leaves only a part of each draw in common.
  const std::optional<SharedRun> run = find_shared_run(plain, varied, kTellingBits);
  if (!run.has_value()) return {};
  const Moment& was = run->a->record.moment;
  const Moment& is = run->b->record.moment;
  Finding finding;
  finding.layer = runs.plain_plan.subject.focus_layer().name;
  finding.step = is.step;
  finding.draw = fmt::format("{}, step {}", run->b->record.site.purpose, is.step);
  finding.element = element_of(*run->b, run->b_at);
  finding.expected = "numbers of its own";
  finding.found =
      fmt::format("{} and the {} after it, which the other seed drew at step {}, from {}",
                  number_text(run->b->numbers, run->b_at), run->length - 1, was.step,
                  element_of(*run->a, run->a_at));
  const bool whole = run->length == run->a->record.count && run->length == run->b->record.count;
  finding.explanation =
      "the same stream: " + (whole ? fmt::format("step {}", was.step) + " of the other seed"
                                   : shift_text(run->a_at, run->b_at));
  if (!whole && was.step != is.step) {
    finding.explanation += fmt::format(", against step {}", was.step);
  }
  return {finding};
}

RelationResult relate(const RunPair& runs) {
  const std::vector<const DrawEvent*> plain = focus_draws(runs.plain_plan, runs.plain);
  const std::vector<const DrawEvent*> varied = focus_draws(runs.plain_plan, runs.varied);
  if (plain.empty()) return not_applicable("the layer draws nothing");
  const double bits = random_bits(plain);
  if (bits < kEnoughBits) {
    return not_applicable(
        fmt::format("only {:.0f} random bits are drawn; equal ones could be chance", bits));
  }
  std::vector<Finding> findings = equal_draws(runs);
  if (!findings.empty()) {
    const std::string why = has_no_say(runs, plain);
    if (!why.empty()) return not_applicable(why);
  } else {
    findings = shifted_draws(runs, plain, varied);
  }
  return verdict_of(std::move(findings), fmt::format("{} of {:.0f} random bits compared",
                                                     counted(plain.size(), "draw"), bits));
}

}  // namespace

Relation register_different_draws() {
  return {"different-draws", "the layer in focus draws other numbers, and none of them shifted",
          relate};
}

}  // namespace seedproof
