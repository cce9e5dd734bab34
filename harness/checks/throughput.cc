// Costs that do not depend on a clock: words, indirect calls and allocations a tensor.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include <seedproof/harness/checks/allocation_counter.h>
#include <seedproof/harness/checks/check.h>
#include <seedproof/harness/checks/result.h>
#include <seedproof/harness/registry.h>
#include <seedproof/harness/relations/word_record.h>
#include <seedproof/harness/subjects/run.h>

namespace seedproof {

namespace {

using Look = RelationResult (*)(const Plan&, const Trace&, CheckResult&);

/// Runs the plain plan and looks at its trace.
CheckResult look_at_run(const Check& check, const Subject& subject, const GeneratorEntry& generator,
                        const CheckContext& context, Look look) {
  CheckResult result = begin_result(check, subject, generator, context);
  const Plan plan = base_plan(subject, generator, context);
  const Trace trace = run_plan(plan, context.registry);
  if (trace.error.has_value()) {
    settle(result, *trace.error);
  } else {
    settle(result, look(plan, trace, result));
  }
  return result;
}

// A rejection method takes words until it is content; what is no such method takes a fixed number.
bool may_reject(DistributionKind kind) {
  return kind == DistributionKind::normal || kind == DistributionKind::truncated_normal ||
         kind == DistributionKind::integers || kind == DistributionKind::permutation;
}

Finding uneven_words(const Series& series, std::size_t index) {
  const DrawRecord& before = series.draws[index - 1]->record;
  const DrawRecord& draw = series.draws[index]->record;
  return {series.layer,
          draw.moment.step,
          draw_text(series, index),
          "",
          fmt::format("{} words for {} numbers, as before", words_of(before), before.count),
          fmt::format("{} words for {} numbers", words_of(draw), draw.count),
          fmt::format("{} takes another number of words each time", draw.distribution.to_string())};
}

RelationResult look_at_words(const Plan& plan, const Trace& trace, CheckResult& result) {
  const std::vector<Series> all = all_series(trace, plan.subject);
  if (all.empty()) return not_applicable("nothing is drawn");
  std::vector<Finding> findings = check_word_record(trace, plan.subject);
  std::uint64_t words = 0, numbers = 0;
  bool rejection_alone = findings.empty();
  for (const Series& series : all) {
    for (std::size_t i = 0; i < series.draws.size(); ++i) {
      const DrawRecord& draw = series.draws[i]->record;
      words += words_of(draw);
      numbers += draw.count;
      if (i == 0) continue;
      const DrawRecord& before = series.draws[i - 1]->record;
      if (before.count != draw.count || before.distribution != draw.distribution) continue;
      if (words_of(before) == words_of(draw)) continue;
      rejection_alone = rejection_alone && may_reject(draw.distribution.kind);
      findings.push_back(uneven_words(series, i));
    }
  }
  result.figures["numbers"] = static_cast<double>(numbers);
  result.figures["words"] = static_cast<double>(words);
  result.figures["words_per_number"] =
      numbers == 0 ? 0.0 : static_cast<double>(words) / static_cast<double>(numbers);
  // Nobody promises that a rejection method takes equally many words each time.
  if (!findings.empty() && rejection_alone) result.promised = false;
  return verdict_of(std::move(findings), fmt::format("{} words for {} numbers", words, numbers));
}

/// Numbers that may be made inside one virtual call at least, where there are that many.
constexpr std::uint64_t kLeastChunk = 32;

RelationResult look_at_calls(const Plan& plan, const Trace& trace, CheckResult& result) {
  const std::vector<Series> all = all_series(trace, plan.subject);
  if (all.empty()) return not_applicable("nothing is drawn");
  std::vector<Finding> findings;
  std::uint64_t draws = 0;
  for (const Series& series : all) {
    draws += series.draws.size();
    // One tensor is one draw: further ones of the same call and kind are pieces of it.
    for (std::size_t i = 1; i < series.draws.size(); ++i) {
      const DrawRecord& first = series.draws[i - 1]->record;
      const DrawRecord& next = series.draws[i]->record;
      if (first.moment != next.moment || first.distribution != next.distribution ||
          first.moment.phase == Phase::build) {
        continue;
      }
      const auto pieces =
          std::count_if(series.draws.begin(), series.draws.end(),
                        [&](const DrawEvent* draw) { return draw->record.moment == first.moment; });
      findings.push_back(
          {series.layer, first.moment.step, draw_text(series, i - 1), "",
           "one draw of the whole tensor", fmt::format("{} draws in one call", pieces),
           fmt::format("the tensor is drawn in pieces of {}", counted(next.count, "number"))});
      break;
    }
  }
  const CostCounts& costs = trace.costs;
  const std::uint64_t allowed = 2 * costs.tensors + costs.numbers / kLeastChunk;
  if (costs.indirect_calls > allowed) {
    const Series& last = all.back();
    findings.push_back(
        {last.layer, plan.steps - 1, "all draws of the step", "",
         fmt::format("at most {} indirect calls for {} numbers", allowed, costs.numbers),
         fmt::format("{} indirect calls", costs.indirect_calls),
         "numbers are made one virtual call each"});
  }
  result.figures["tensors"] = static_cast<double>(costs.tensors);
  result.figures["indirect_calls"] = static_cast<double>(costs.indirect_calls);
  result.figures["calls_per_tensor"] =
      costs.tensors == 0
          ? 0.0
          : static_cast<double>(costs.indirect_calls) / static_cast<double>(costs.tensors);
  return verdict_of(std::move(findings),
                    fmt::format("{} drawn whole; {} indirect calls for {} in the last step",
                                counted(draws, "tensor"), costs.indirect_calls,
                                counted(costs.tensors, "tensor")));
}

RelationResult look_at_allocations(const Plan& plan, const Trace& trace, CheckResult& result) {
  if (!allocations_are_counted()) {
    return not_applicable("another operator new came first: allocations are not counted here");
  }
  const CostCounts& costs = trace.costs;
  if (costs.tensors == 0) return not_applicable("nothing is drawn once the layers are built");
  result.figures["allocations"] = static_cast<double>(costs.allocations);
  result.figures["allocations_per_draw"] =
      static_cast<double>(costs.allocations) / static_cast<double>(costs.tensors);
  std::vector<Finding> findings;
  if (costs.allocations != 0) {
    findings.push_back(
        {all_series(trace, plan.subject).front().layer, plan.steps - 1, "all draws of the step", "",
         "no allocation inside a draw",
         counted(costs.allocations, "allocation") + " in " + counted(costs.tensors, "draw"),
         "memory is allocated for each draw"});
  }
  return verdict_of(std::move(findings), fmt::format("{} in {} of the last step",
                                                     counted(costs.allocations, "allocation"),
                                                     counted(costs.tensors, "draw")));
}

template <Look kLook>
CheckResult run_look(const Check& check, const Subject& subject, const GeneratorEntry& generator,
                     const CheckContext& context) {
  return look_at_run(check, subject, generator, context, kLook);
}

}  // namespace

std::vector<Check> register_throughput() {
  const std::string family = "throughput";
  return {
      {family, "throughput/words", "words a number: all recorded, and the same at each step",
       Promise::repeatable, "", "", run_look<look_at_words>},
      {family, "throughput/calls", "a whole tensor is drawn by one call", Promise::repeatable, "",
       "", run_look<look_at_calls>},
      {family, "throughput/allocations", "no draw allocates memory once everything is warm",
       Promise::repeatable, "", "", run_look<look_at_allocations>},
  };
}

}  // namespace seedproof
