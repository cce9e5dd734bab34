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

struct WorkspaceOptions {
  std::string directory = "golden/seedproof";
  std::vector<std::string> files;
  std::string reason;
};

GoldenWorkspace workspace(const WorkspaceOptions& options) {
  return GoldenWorkspace(options.directory, is_ci_environment());
}

/// The named files, or every pending one.
std::vector<std::string> selected(const WorkspaceOptions& options, const GoldenWorkspace& goldens) {
  if (!options.files.empty()) return options.files;
  std::vector<std::string> files;
  for (const PendingGolden& pending : goldens.pending()) files.push_back(pending.row.file);
  return files;
}

int propose(CommandContext& context, const WorkspaceOptions& options) {
  GoldenWorkspace goldens = workspace(options);
  const std::size_t waiting =
      goldens.propose(own_golden_header(kVersion), own_golden_proposals(context.registry));
  context.out << counted(waiting, "proposal") << " waiting in " << options.directory
              << "/pending\n";
  return waiting == 0 ? kKept : kGoldenMissing;
}

int review(CommandContext& context, const WorkspaceOptions& options, bool values) {
  const std::vector<PendingGolden> pending = workspace(options).pending();
  for (const PendingGolden& one : pending) {
    context.out << padded(to_string(one.change), 14) << one.row.file << "  "
                << one.row.subject_name() << "\n";
    if (!one.accepted_reason.empty()) {
      context.out << "    accepted because: " << one.accepted_reason << "\n";
    }
    if (values && one.comparison) context.out << describe(*one.comparison);
  }
  context.out << counted(pending.size(), "proposal") << " pending\n";
  return pending.empty() ? kKept : kGoldenMissing;
}

int accept(CommandContext& context, const WorkspaceOptions& options) {
  GoldenWorkspace goldens = workspace(options);
  const std::vector<std::string> files = selected(options, goldens);
  goldens.accept(files, options.reason);
  context.out << counted(files.size(), "golden") << " accepted\n";
  return kKept;
}

int reject(CommandContext& context, const WorkspaceOptions& options) {
  GoldenWorkspace goldens = workspace(options);
  const std::vector<std::string> files = selected(options, goldens);
  goldens.reject(files);
  context.out << counted(files.size(), "proposal") << " rejected\n";
  return kKept;
}

int orphans(CommandContext& context, const std::string& given) {
  const std::string directory = find_golden_directory(given);
  if (directory.empty()) throw ConfigError("no folder of goldens: give one with --dir");
  const std::vector<std::string> files = golden_orphans(directory);
  for (const std::string& file : files) context.out << file << "\n";
  context.out << counted(files.size(), "orphan") << "\n";
  return files.empty() ? kKept : kBroken;
}

using Action = std::shared_ptr<std::function<int()>>;

/// A subcommand whose action becomes the command's when it is parsed.
CLI::App* add(CLI::App& golden, const Action& action, const std::string& name,
              const std::string& description, std::function<int()> act) {
  CLI::App* app = golden.add_subcommand(name, description);
  app->callback([action, act = std::move(act)] { *action = act; });
  return app;
}

void add_verify(CLI::App& golden, CommandContext& context, const Action& action) {
  auto options = std::make_shared<VerifyOptions>();
  CLI::App* app = add(golden, action, "verify", "Make every golden array anew and compare",
                      [&context, options] { return verify(context, *options); });
  app->add_option("--dir", options->directory,
                  "Folder of goldens; by default ./golden, else the installed one");
  app->add_option("--maker", options->makers, "Only this maker's; may be repeated")
      ->allow_extra_args(false);
  app->add_option("--json", options->json, "Write the report as JSON to a file, - for stdout");
}

void add_workflow(CLI::App& golden, CommandContext& context, const Action& action) {
  auto options = std::make_shared<WorkspaceOptions>();
  const auto with_files = [&](CLI::App* app) {
    app->add_option("FILE", options->files, "Pending files; all by default");
    app->add_option("--dir", options->directory, "Our own goldens")->capture_default_str();
    return app;
  };
  with_files(add(golden, action, "propose",
                 "Recompute our own goldens and put what changed under pending/",
                 [&context, options] { return propose(context, *options); }));
  with_files(add(golden, action, "review", "List what is pending",
                 [&context, options] { return review(context, *options, false); }));
  with_files(add(golden, action, "diff", "Show how pending arrays differ from accepted ones",
                 [&context, options] { return review(context, *options, true); }));
  with_files(add(golden, action, "accept", "Take pending arrays; refused under CI",
                 [&context, options] { return accept(context, *options); }))
      ->add_option("--reason", options->reason, "Why, kept in the manifest")
      ->required();
  with_files(add(golden, action, "reject", "Drop pending arrays; refused under CI",
                 [&context, options] { return reject(context, *options); }));
}

}  // namespace

Command register_golden_command(CLI::App& root, CommandContext& context) {
  CLI::App* app = root.add_subcommand("golden", "Verify golden files, and review our own");
  app->require_subcommand(1);
  auto action = std::make_shared<std::function<int()>>();
  add_verify(*app, context, action);
  add_workflow(*app, context, action);
  auto directory = std::make_shared<std::string>();
  add(*app, action, "orphans", "List NPY files that no manifest names", [&context, directory] {
    return orphans(context, *directory);
  })->add_option("--dir", *directory, "Folder of goldens");
  return {app, [action] { return (*action)(); }};
}

}  // namespace seedproof
