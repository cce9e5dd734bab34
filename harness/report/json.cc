#include <nlohmann/json.hpp>

#include <seedproof/harness/report/report.h>

namespace seedproof {

namespace {

using Json = nlohmann::ordered_json;

Json to_json(const Finding& finding) {
  return {{"layer", finding.layer},
          {"step", finding.step},
          {"draw", finding.draw},
          {"element", finding.element},
          {"expected", finding.expected},
          {"found", finding.found},
          {"explanation", finding.explanation}};
}

Json to_json(const CheckResult& result) {
  Json findings = Json::array();
  for (const Finding& finding : result.findings) findings.push_back(to_json(finding));
  return {{"subject", result.subject},
          {"generator", result.generator},
          {"family", result.family},
          {"check", result.check},
          {"verdict", to_string(result.verdict)},
          {"promised", result.promised},
          {"detail", result.detail},
          {"findings", findings},
          {"replay", result.replay},
          {"figures", result.figures}};
}

Json rows_of(const std::vector<InterferenceMatrix::Cells>& cells, std::size_t disturbance) {
  Json rows = Json::array();
  for (const std::vector<bool>& row : cells.at(disturbance)) {
    Json values = Json::array();
    for (const bool changed : row) values.push_back(changed);
    rows.push_back(values);
  }
  return rows;
}

Json to_json(const InterferenceMatrix& matrix) {
  Json disturbances = Json::object();
  for (int d = 0; d < kDisturbanceCount; ++d) {
    const auto index = static_cast<std::size_t>(d);
    disturbances[std::string(to_string(static_cast<Disturbance>(d)))] = {
        {"at_step_0", rows_of(matrix.at_step_0, index)}, {"later", rows_of(matrix.later, index)}};
  }
  return {{"generator", matrix.generator},
          {"layers", matrix.layers},
          {"shape_at_step_0", describe(matrix.any_at_step_0())},
          {"shape_later", describe(matrix.any_later())},
          {"meaning", describe(matrix)},
          {"disturbances", disturbances}};
}

}  // namespace

std::string json_report(const CheckReport& report) {
  const CheckSummary summary = summarize(report);
  Json results = Json::array();
  for (const CheckResult& result : report.results) results.push_back(to_json(result));
  Json matrices = Json::array();
  for (const InterferenceMatrix& matrix : report.matrices) matrices.push_back(to_json(matrix));
  const Json document = {{"schema", "seedproof-check"},
                         {"schema_version", 1},
                         {"version", report.version},
                         {"root_seed", report.root_seed},
                         {"command", report.command},
                         {"summary",
                          {{"subjects", summary.subjects},
                           {"generators", summary.generators},
                           {"checks", summary.checks},
                           {"holds", summary.holds},
                           {"broken", summary.broken},
                           {"unpromised", summary.unpromised},
                           {"not_applicable", summary.not_applicable},
                           {"no_oracle", summary.no_oracle},
                           {"could_not_run", summary.could_not_run}}},
                         {"results", results},
                         {"interference", matrices}};
  // Messages may quote bytes of a damaged file; they must not stop the report.
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace seedproof
