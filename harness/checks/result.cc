#include <seedproof/harness/checks/result.h>

namespace seedproof {

namespace {

// Quotes for a POSIX shell where a name holds more than letters, digits and the usual marks.
std::string quoted(const std::string& text) {
  constexpr const char* kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=+,";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string::npos) return text;
  std::string out = "'";
  for (const char character : text) {
    if (character == '\'') {
      out += "'\\''";
    } else {
      out += character;
    }
  }
  return out + "'";
}

}  // namespace

CheckResult begin_result(const Check& check, const Subject& subject,
                         const GeneratorEntry& generator, const CheckContext& context) {
  CheckResult result;
  result.subject = subject.name;
  result.generator = generator.name;
  result.family = check.family;
  result.check = check.name;
  result.promised = generator.make()->promises().has(check.promise);
  result.replay = "seedproof check " + quoted(subject.name) + " --generator " +
                  quoted(generator.name) + " --check " + quoted(check.name) + " --seed " +
                  quoted(context.root.to_string());
  return result;
}

void settle(CheckResult& result, RelationResult relation) {
  switch (relation.kind) {
    case RelationResult::Kind::holds:
      result.verdict = Verdict::holds;
      break;
    case RelationResult::Kind::not_applicable:
      result.verdict = Verdict::not_applicable;
      break;
    case RelationResult::Kind::broken:
      result.verdict = result.promised ? Verdict::broken : Verdict::unpromised;
      break;
  }
  result.detail = std::move(relation.reason);
  result.findings = std::move(relation.findings);
}

void settle(CheckResult& result, const RunError& error) {
  result.detail = "the run ended early in " + error_text(error);
  if (error.unsupported) {
    result.verdict = Verdict::not_applicable;
    result.detail = "the generator does not list this distribution and dtype: " + error.message;
  } else {
    result.verdict = result.promised ? Verdict::could_not_run : Verdict::unpromised;
  }
}

std::string error_text(const RunError& error) {
  std::string out = error.stage;
  if (!error.layer.empty()) out += ", layer '" + error.layer + "'";
  return out + ": " + std::string(to_string(error.kind)) + ": " + error.message;
}

Plan base_plan(const Subject& subject, const GeneratorEntry& generator,
               const CheckContext& context) {
  Plan plan;
  plan.subject = subject;
  plan.generator = generator.name;
  plan.root = context.root;
  return plan;
}

}  // namespace seedproof
