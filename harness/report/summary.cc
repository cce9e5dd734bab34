#include <set>

#include <seedproof/harness/report/report.h>

namespace seedproof {

namespace {

/// A golden check that could not run because files are missing.
bool is_golden_missing(const CheckResult& result) {
  const auto figure = result.figures.find("golden_missing");
  return result.verdict == Verdict::could_not_run && figure != result.figures.end() &&
         figure->second > 0;
}

}  // namespace

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
  bool missing = false;
  for (const CheckResult& result : report.results) {
    const bool lost = is_golden_missing(result);
    missing = missing || lost;
    const bool ended = result.verdict == Verdict::could_not_run && !lost;
    if (result.verdict == Verdict::broken || ended) return 1;
  }
  if (missing) return 4;
  return summary.holds + summary.unpromised == 0 ? 3 : 0;
}

}  // namespace seedproof
