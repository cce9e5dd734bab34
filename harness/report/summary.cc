#include <set>

#include <seedproof/harness/report/report.h>

namespace seedproof {

CheckSummary summarize(const CheckReport& report) {
  CheckSummary summary;
  std::set<std::string> subjects;
  std::set<std::string> generators;
  for (const CheckResult& result : report.results) {
    subjects.insert(result.subject);
    generators.insert(result.generator);
    ++summary.checks;
    switch (result.verdict) {
      case Verdict::holds:
        ++summary.holds;
        break;
      case Verdict::broken:
        ++summary.broken;
        break;
      case Verdict::unpromised:
        ++summary.unpromised;
        break;
      case Verdict::not_applicable:
        ++summary.not_applicable;
        break;
      case Verdict::no_oracle:
        ++summary.no_oracle;
        break;
      case Verdict::could_not_run:
        ++summary.could_not_run;
        break;
    }
  }
  summary.subjects = subjects.size();
  summary.generators = generators.size();
  return summary;
}

int exit_code(const CheckReport& report) {
  const CheckSummary summary = summarize(report);
  if (summary.broken + summary.could_not_run != 0) return 1;
  for (const CheckResult& result : report.results) {
    const auto missing = result.figures.find("golden_missing");
    if (missing != result.figures.end() && missing->second > 0) return 4;
  }
  return summary.holds + summary.unpromised == 0 ? 3 : 0;
}

}  // namespace seedproof
