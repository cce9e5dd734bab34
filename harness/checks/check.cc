#include <optional>

#include <seedproof/harness/checks/check.h>
#include <seedproof/harness/checks/result.h>
#include <seedproof/harness/registry.h>
#include <seedproof/harness/subjects/run.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

#define SEEDPROOF_ITEM(name) std::vector<Check> register_##name();
#include <seedproof_lists/checks.inc>
#undef SEEDPROOF_ITEM

std::vector<Check> builtin_checks() {
  std::vector<Check> checks;
#define SEEDPROOF_ITEM(name)                \
  for (Check & check : register_##name()) { \
    checks.push_back(std::move(check));     \
  }
#include <seedproof_lists/checks.inc>
#undef SEEDPROOF_ITEM
  return checks;
}

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::holds:
      return "holds";
    case Verdict::broken:
      return "broken";
    case Verdict::unpromised:
      return "unpromised";
    case Verdict::not_applicable:
      return "not applicable";
    case Verdict::no_oracle:
      return "no oracle";
    case Verdict::could_not_run:
      break;
  }
  return "could not run";
}

namespace {

/// The varied plan; nothing where the variation does not apply, and the result says why.
std::optional<Plan> vary(const Check& check, const Plan& plain, const CheckContext& context,
                         CheckResult& result) {
  if (check.variation.empty()) return plain;
  Variation::Outcome outcome =
      context.registry.variation(check.variation).apply(plain, context.registry);
  if (outcome.plan.has_value() && outcome.plan->fresh_process && !context.fresh_process) {
    outcome = {std::nullopt, "no process is started in this run"};
  }
  if (!outcome.plan.has_value()) {
    result.verdict = Verdict::not_applicable;
    result.detail = outcome.refusal;
  }
  return std::move(outcome.plan);
}

void run_pair(const Check& check, const Subject& subject, const GeneratorEntry& generator,
              const CheckContext& context, CheckResult& result) {
  const Relation& relation = context.registry.relation(check.relation);
  const Plan plain_plan = base_plan(subject, generator, context);
  const std::optional<Plan> varied_plan = vary(check, plain_plan, context, result);
  if (!varied_plan.has_value()) return;
  const RunOptions options{context.program};
  const Trace plain = run_plan(plain_plan, context.registry, options);
  if (plain.error.has_value() && !relation.reads_errors) {
    settle(result, *plain.error);
    return;
  }
  if (check.variation.empty()) {
    settle(result, relation.relate({plain_plan, plain, plain_plan, plain}));
    return;
  }
  const Trace varied = run_plan(*varied_plan, context.registry, options);
  if (varied.error.has_value() && !relation.reads_errors) {
    settle(result, *varied.error);
    return;
  }
  settle(result, relation.relate({plain_plan, plain, *varied_plan, varied}));
}

}  // namespace

CheckResult run_check(const Check& check, const Subject& subject, const GeneratorEntry& generator,
                      const CheckContext& context) {
  CheckResult result = begin_result(check, subject, generator, context);
  try {
    if (check.custom) return check.custom(check, subject, generator, context);
    run_pair(check, subject, generator, context, result);
  } catch (const std::exception& error) {
    result.verdict = Verdict::could_not_run;
    result.detail = std::string("the check itself failed: ") + error.what();
  }
  return result;
}

}  // namespace seedproof
