// seedproof golden: verify, and the workflow of our own goldens.
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include <unistd.h>

#include <seedproof/harness/cli/command.h>
#include <seedproof/harness/golden/evaluator.h>
#include <seedproof/harness/golden/verify.h>
#include <seedproof/harness/golden/workflow.h>
#include <seedproof/harness/report/text.h>

namespace seedproof {

namespace {

struct VerifyOptions {
  std::string directory;
  std::vector<std::string> makers;
  std::string json;
};

nlohmann::ordered_json to_json(const GoldenCounts& counts) {
  return {{"arrays", counts.arrays},
          {"equal", counts.equal},
          {"within_bound", counts.within_bound},
          {"unequal", counts.unequal},
          {"missing", counts.missing}};
}

nlohmann::ordered_json to_json(const GoldenFinding& finding) {
  return {{"kind", to_string(finding.kind)},
          {"maker", finding.maker},
          {"file", finding.file},
          {"manifest", finding.manifest},
          {"line", finding.line},
          {"tier", finding.tier ? std::string(to_string(*finding.tier)) : std::string()},
          {"layer", finding.layer},
          {"subject", finding.subject},
          {"element", finding.element},
          {"expected", finding.expected},
          {"found", finding.found},
          {"message", finding.message}};
}

std::string json_of(const GoldenReport& report, const std::string& directory) {
  using Json = nlohmann::ordered_json;
  Json summary = to_json(report.total);
  Json makers = Json::object();
  for (const auto& [maker, counts] : report.makers) makers[maker] = to_json(counts);
  summary["makers"] = makers;
  Json findings = Json::array();
  for (const GoldenFinding& finding : report.findings) findings.push_back(to_json(finding));
  const Json document = {
      {"schema", "seedproof-golden-verify"},
      {"schema_version", 1},
      {"version", kVersion},
      {"directory", directory},
      {"summary", summary},
      {"lowest_tier", report.lowest_tier ? std::string(to_string(*report.lowest_tier)) : ""},
      {"findings", findings}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void print(CommandContext& context, const GoldenReport& report, const std::string& directory) {
  const bool color = use_color(context);
  context.out << colored("Goldens of " + directory, Color::bold, color) << "\n\n"
              << padded("maker", 16) << "    arrays     equal    within bound    unequal    missing"
              << "\n";
  const auto line = [&](const std::string& name, const GoldenCounts& counts) {
    const auto number = [](std::size_t value, std::size_t width) {
      const std::string text = std::to_string(value);
      return std::string(width > text.size() ? width - text.size() : 0, ' ') + text;
    };
    context.out << padded(name, 16) << number(counts.arrays, 10) << number(counts.equal, 10)
                << number(counts.within_bound, 16) << number(counts.unequal, 11)
                << number(counts.missing, 11) << "\n";
  };
  for (const auto& [maker, counts] : report.makers) line(maker, counts);
  line("all", report.total);
  for (const GoldenFinding& finding : report.findings) {
    context.out << "\n"
                << colored(std::string(to_string(finding.kind)), Color::red, color) << ": "
                << finding.message << "\n";
    if (finding.comparison) context.out << describe(*finding.comparison);
  }
  if (report.lowest_tier) {
    context.out << "\nlowest tier that differs: " << to_string(*report.lowest_tier) << "\n";
  }
  context.out << "\n"
              << (report.exit_code() == 0
                      ? colored("every array is equal or within its bound", Color::green, color)
                      : colored("the goldens are not reproduced", Color::red, color))
              << "\n";
}

int verify(CommandContext& context, const VerifyOptions& options) {
  const std::string directory = find_golden_directory(options.directory);
  if (directory.empty()) {
    context.err << "seedproof: no folder of goldens: give one with --dir\n";
    return kGoldenMissing;
  }
  const std::unique_ptr<GoldenEvaluator> evaluator = make_golden_evaluator(context.registry);
  GoldenVerifyOptions select;
  select.makers = options.makers;
  const bool terminal = isatty(STDERR_FILENO) == 1;
  if (terminal) {
    select.progress = [&context](std::size_t done, std::size_t of) {
      context.err << "\r\x1b[K" << done << "/" << of << std::flush;
    };
  }
  const GoldenReport report = verify_golden(directory, *evaluator, select);
  if (terminal) context.err << "\r\x1b[K" << std::flush;
  if (!options.json.empty()) write_report(context, options.json, json_of(report, directory));
  if (options.json != "-") print(context, report, directory);
  return report.exit_code();
}

}  // namespace

void add_verify(CLI::App& golden, CommandContext& context, std::function<int()>& action) {
  auto options = std::make_shared<VerifyOptions>();
  CLI::App* app = golden.add_subcommand("verify", "Make every golden array anew and compare");
  app->add_option("--dir", options->directory,
                  "Folder of goldens; by default ./golden, else the installed one");
  app->add_option("--maker", options->makers, "Only this maker's; may be repeated")
      ->allow_extra_args(false);
  app->add_option("--json", options->json, "Write the report as JSON to a file, - for stdout");
  app->callback([&action, &context, options] {
    action = [&context, options] { return verify(context, *options); };
  });
}

}  // namespace seedproof
