// seedproof check: the gate.
#include <memory>
#include <ostream>

#include <unistd.h>

#include <seedproof/harness/cli/command.h>
#include <seedproof/harness/report/report.h>

namespace seedproof {

namespace {

struct CheckOptions {
  std::vector<std::string> subjects;
  std::vector<std::string> generators;
  std::vector<std::string> checks;  // families or names
  std::string seed = "42";
  std::string golden;
  std::string json;
  std::string junit;
  bool verbose = false;
  bool no_fresh_process = false;
  bool no_matrix = false;
};

bool named(const std::vector<std::string>& wanted, const std::string& name) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), name) != wanted.end();
}

/// Every name must be known, so that a typing error never selects nothing silently.
void require_known(const Registry& registry, const CheckOptions& options) {
  for (const std::string& name : options.subjects) registry.subject(name);
  for (const std::string& name : options.generators) registry.generator(name);
  for (const std::string& name : options.checks) {
    const auto& checks = registry.checks();
    const bool known = std::any_of(checks.begin(), checks.end(), [&](const Check& check) {
      return check.family == name || check.name == name;
    });
    if (!known) registry.check(name);
  }
}

std::string command_line(const CheckOptions& options) {
  std::string line = "seedproof check";
  for (const std::string& name : options.subjects) line += " " + shell_quoted(name);
  for (const std::string& name : options.generators) line += " --generator " + shell_quoted(name);
  for (const std::string& name : options.checks) line += " --check " + shell_quoted(name);
  line += " --seed " + shell_quoted(options.seed);
  if (!options.golden.empty()) line += " --golden " + shell_quoted(options.golden);
  return line;
}

/// One overwritten line, on a terminal only.
class Progress {
 public:
  Progress(std::ostream& err, std::size_t total)
      : err_(err), total_(total), shown_(isatty(STDERR_FILENO) == 1) {}
  void step(const std::string& what) {
    ++done_;
    if (shown_) err_ << "\r\x1b[K" << done_ << "/" << total_ << "  " << what << std::flush;
  }
  ~Progress() {
    if (shown_) err_ << "\r\x1b[K" << std::flush;
  }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

 private:
  std::ostream& err_;
  std::size_t total_;
  std::size_t done_ = 0;
  bool shown_;
};

/// The subject whose interference matrix is shown: the one with the most layers that was selected.
const Subject* widest_subject(const Registry& registry, const CheckOptions& options) {
  const Subject* widest = nullptr;
  for (const Subject& subject : registry.subjects()) {
    if (!named(options.subjects, subject.name)) continue;
    if (widest == nullptr || subject.layers.size() > widest->layers.size()) widest = &subject;
  }
  return widest;
}

bool interference_selected(const Registry& registry, const CheckOptions& options) {
  if (options.no_matrix) return false;
  return std::any_of(registry.checks().begin(), registry.checks().end(), [&](const Check& check) {
    return check.family == "interference" &&
           (named(options.checks, check.name) || named(options.checks, check.family));
  });
}

CheckReport run_checks(CommandContext& context, const CheckOptions& options) {
  const Registry& registry = context.registry;
  CheckReport report;
  report.version = kVersion;
  report.root_seed = options.seed;
  report.command = command_line(options);
  const CheckContext checks{registry, Seed::parse(options.seed),
                            find_golden_directory(options.golden), !options.no_fresh_process};
  Progress progress(context.err, registry.subjects().size() * registry.generators().size());
  for (const Subject& subject : registry.subjects()) {
    if (!named(options.subjects, subject.name)) continue;
    for (const GeneratorEntry& generator : registry.generators()) {
      if (!named(options.generators, generator.name)) continue;
      progress.step(subject.name + " x " + generator.name);
      for (const Check& check : registry.checks()) {
        if (!named(options.checks, check.name) && !named(options.checks, check.family)) continue;
        report.results.push_back(run_check(check, subject, generator, checks));
      }
    }
  }
  if (const Subject* subject = widest_subject(registry, options);
      subject != nullptr && interference_selected(registry, options)) {
    for (const GeneratorEntry& generator : registry.generators()) {
      if (!named(options.generators, generator.name)) continue;
      report.matrices.push_back(
          measure_interference(*subject, generator.name, checks.root, registry));
    }
  }
  return report;
}

int act(CommandContext& context, const CheckOptions& options) {
  require_known(context.registry, options);
  const CheckReport report = run_checks(context, options);
  if (!options.json.empty()) write_report(context, options.json, json_report(report));
  if (!options.junit.empty()) write_report(context, options.junit, junit_report(report));
  if (options.json != "-" && options.junit != "-") {
    context.out << terminal_report(report, {use_color(context), terminal_width(), options.verbose});
  }
  return exit_code(report);
}

}  // namespace

Command register_check_command(CLI::App& root, CommandContext& context) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* app = root.add_subcommand(
      "check", "Check every promised relation of every subject with every generator");
  app->add_option("SUBJECT", options->subjects, "Subjects to check; all by default");
  app->add_option("--generator,-g", options->generators, "Only this generator; may be repeated")
      ->allow_extra_args(false);
  app->add_option("--check,-c", options->checks,
                  "Only this check or family of checks (seeding, interference, golden, "
                  "throughput); may be repeated")
      ->allow_extra_args(false);
  app->add_option("--seed", options->seed, "Root seed of every run")->capture_default_str();
  app->add_option("--golden", options->golden,
                  "Folder of goldens; by default ./golden, else the installed one");
  app->add_option("--json", options->json, "Write the report as JSON to a file, - for stdout");
  app->add_option("--junit", options->junit, "Write the report as JUnit XML, - for stdout");
  app->add_flag("--verbose,-v", options->verbose, "Also list what holds");
  app->add_flag("--no-fresh-process", options->no_fresh_process,
                "Leave out what starts a new process");
  app->add_flag("--no-matrix", options->no_matrix, "Leave out the interference matrix");
  return {app, [&context, options] { return act(context, *options); }};
}

}  // namespace seedproof
