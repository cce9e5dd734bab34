// Golden arrays: made by the real framework, made anew here, compared.
#include <algorithm>

#include <fmt/format.h>

#include <seedproof/harness/checks/check.h>
#include <seedproof/harness/checks/golden_index.h>
#include <seedproof/harness/checks/result.h>
#include <seedproof/harness/registry.h>

namespace seedproof {

namespace {

constexpr std::size_t kFindingsShown = 3;

std::shared_ptr<const GoldenIndex> index_of(const CheckContext& context) {
  if (context.golden == nullptr) {
    context.golden = std::make_shared<GoldenIndex>(context.golden_directory, context.registry);
  }
  return context.golden;
}

Finding finding_of(const GoldenFinding& golden) {
  Finding out;
  out.layer = golden.layer.empty() ? golden.subject : golden.layer;
  out.draw = golden.file + (golden.tier ? ", tier " + std::string(to_string(*golden.tier)) : "");
  out.element = golden.element;
  out.expected = golden.expected.empty() ? "the golden array" : golden.expected;
  out.found = golden.found.empty() ? std::string(to_string(golden.kind)) : golden.found;
  out.explanation = golden.message;
  return out;
}

/// The lowest tier first: what a higher one holds is made from it.
std::vector<Finding> shown(std::vector<GoldenFinding> findings) {
  std::stable_sort(findings.begin(), findings.end(),
                   [](const GoldenFinding& a, const GoldenFinding& b) { return a.tier < b.tier; });
  std::vector<Finding> out;
  for (const GoldenFinding& finding : findings) {
    if (out.size() < kFindingsShown) out.push_back(finding_of(finding));
  }
  return out;
}

void settle_pair(CheckResult& result, const GoldenPair& pair) {
  result.figures["golden_arrays"] = static_cast<double>(pair.arrays);
  result.figures["golden_missing"] = static_cast<double>(pair.missing);
  result.findings = shown(pair.findings);
  if (pair.findings.empty()) {
    result.verdict = Verdict::holds;
    result.detail = pair.bounded == 0
                        ? fmt::format("{} arrays equal bit for bit", pair.arrays)
                        : fmt::format("{} arrays equal bit for bit, {} more within their bounds",
                                      pair.arrays - pair.bounded, pair.bounded);
  } else if (pair.missing == pair.findings.size()) {
    result.verdict = Verdict::could_not_run;
    result.detail = fmt::format("{} of {} arrays missing", pair.missing, pair.arrays);
  } else {
    result.verdict = Verdict::broken;
    result.detail = fmt::format("{} of {} arrays not reproduced",
                                pair.findings.size() - pair.missing, pair.arrays);
  }
}

CheckResult compare(GoldenGroup group, const Check& check, const Subject& subject,
                    const GeneratorEntry& generator, const CheckContext& context) {
  CheckResult result = begin_result(check, subject, generator, context);
  result.promised = true;
  if (context.golden_directory.empty()) {
    result.detail = "no folder of goldens was found";
    result.figures["golden_missing"] = 1;
    return result;
  }
  const std::shared_ptr<const GoldenIndex> index = index_of(context);
  const std::string layer = group == GoldenGroup::draws ? "" : subject.focus_layer().class_name;
  const GoldenPair pair = index->find(group, layer, generator.name);
  // Draws speak for a pair only where some framework runs this layer on this generator.
  const std::string& class_name = subject.focus_layer().class_name;
  const bool has_counterpart =
      index->find(GoldenGroup::outputs, class_name, generator.name).arrays != 0;
  if (pair.arrays == 0 || !has_counterpart) {
    result.verdict = Verdict::no_oracle;
    result.promised = false;
    result.detail = "no framework makes this pair";
    if (index->folder_findings().empty()) return result;
    // Rows may have been lost with a broken or missing manifest.
    result.promised = true;
    result.verdict = Verdict::broken;
    result.detail = fmt::format("the folder of goldens has {} faults of its own",
                                index->folder_findings().size());
    result.findings = shown(index->folder_findings());
    return result;
  }
  settle_pair(result, pair);
  return result;
}

Check golden_check(GoldenGroup group, std::string name, std::string description) {
  Check check;
  check.family = "golden";
  check.name = "golden/" + std::move(name);
  check.description = std::move(description);
  check.promise = Promise::portable;
  check.custom = [group](const Check& self, const Subject& subject, const GeneratorEntry& generator,
                         const CheckContext& context) {
    return compare(group, self, subject, generator, context);
  };
  return check;
}

}  // namespace

std::vector<Check> register_golden() {
  return {golden_check(GoldenGroup::draws, "draws",
                       "the generator's words, uniforms and distributions equal the framework's"),
          golden_check(GoldenGroup::outputs, "outputs",
                       "initial weights, outputs and states equal the framework's"),
          golden_check(GoldenGroup::gradients, "gradients", "gradients equal the framework's"),
          golden_check(GoldenGroup::training, "training",
                       "five training steps give the framework's weights and losses")};
}

}  // namespace seedproof
