// seedproof study: the experiment.
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include <seedproof/harness/cli/command.h>
#include <seedproof/harness/report/text.h>
#include <seedproof/harness/study/hypothesis.h>

namespace seedproof {

namespace {

struct StudyOptions {
  std::vector<std::string> names;
  std::string json;
  bool control = false;
};

struct Row {
  Hypothesis hypothesis;
  HypothesisResult result;
};

std::string command_of(const Row& row) { return "seedproof study " + row.hypothesis.name; }

Color color_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::supported:
      return Color::green;
    case Outcome::refuted:
      return Color::red;
    case Outcome::conditional:
      return Color::yellow;
    case Outcome::undecided:
      break;
  }
  return Color::grey;
}

std::size_t count(const std::vector<Row>& rows, Outcome outcome) {
  return static_cast<std::size_t>(std::count_if(
      rows.begin(), rows.end(), [&](const Row& row) { return row.result.outcome == outcome; }));
}

void print(CommandContext& context, const std::vector<Row>& rows, bool control) {
  const bool color = use_color(context);
  const std::size_t width = terminal_width();
  context.out << colored(control ? "Study, with the negative controls in place" : "Study",
                         Color::bold, color)
              << ": " << rows.size() << (rows.size() == 1 ? " hypothesis" : " hypotheses")
              << "\n\n";
  for (const Row& row : rows) {
    const Outcome outcome = row.result.outcome;
    context.out << colored(padded(to_string(outcome), 12), color_of(outcome), color)
                << wrapped(row.hypothesis.statement, width, 12, 12) << "\n";
    const auto line = [&](const char* label, const std::string& text) {
      if (text.empty()) return;
      context.out << std::string(12, ' ') << padded(label, 11) << wrapped(text, width, 23, 23)
                  << "\n";
    };
    line("condition", row.result.condition);
    line("measured", row.result.measured);
    line("threshold", row.hypothesis.threshold);
    line("shown by", command_of(row) + (control ? " --control" : ""));
    context.out << "\n";
  }
  context.out << count(rows, Outcome::supported) << " supported, " << count(rows, Outcome::refuted)
              << " refuted, " << count(rows, Outcome::conditional) << " only under a condition, "
              << count(rows, Outcome::undecided) << " not decidable here\n";
}

std::string json_of(const std::vector<Row>& rows, bool control) {
  using Json = nlohmann::ordered_json;
  Json list = Json::array();
  for (const Row& row : rows) {
    list.push_back({{"name", row.hypothesis.name},
                    {"statement", row.hypothesis.statement},
                    {"experiment", row.hypothesis.experiment},
                    {"threshold", row.hypothesis.threshold},
                    {"outcome", to_string(row.result.outcome)},
                    {"measured", row.result.measured},
                    {"condition", row.result.condition},
                    {"command", command_of(row)}});
  }
  const Json document = {{"schema", "seedproof-study"},
                         {"schema_version", 1},
                         {"version", kVersion},
                         {"control", control},
                         {"summary",
                          {{"hypotheses", rows.size()},
                           {"supported", count(rows, Outcome::supported)},
                           {"refuted", count(rows, Outcome::refuted)},
                           {"conditional", count(rows, Outcome::conditional)},
                           {"undecided", count(rows, Outcome::undecided)}}},
                         {"results", list}};
  return document.dump(2) + "\n";
}

int act(CommandContext& context, const StudyOptions& options) {
  std::vector<Row> rows;
  const std::vector<Hypothesis> all = builtin_hypotheses();
  for (const std::string& name : options.names) {
    const bool known =
        std::any_of(all.begin(), all.end(), [&](const Hypothesis& h) { return h.name == name; });
    if (!known) throw ConfigError("unknown hypothesis '" + name + "'");
  }
  for (const Hypothesis& hypothesis : all) {
    const bool wanted = options.names.empty() ||
                        std::find(options.names.begin(), options.names.end(), hypothesis.name) !=
                            options.names.end();
    if (wanted) rows.push_back({hypothesis, hypothesis.run(context.registry, options.control)});
  }
  if (!options.json.empty()) write_report(context, options.json, json_of(rows, options.control));
  if (options.json != "-") print(context, rows, options.control);
  return rows.empty() ? kNothingRan : kKept;
}

}  // namespace

Command register_study_command(CLI::App& root, CommandContext& context) {
  auto options = std::make_shared<StudyOptions>();
  CLI::App* app = root.add_subcommand("study", "Test the claims about random state by experiment");
  app->add_option("HYPOTHESIS", options->names, "Hypotheses to test; all by default");
  app->add_option("--json", options->json, "Write the results as JSON to a file, - for stdout");
  app->add_flag("--control", options->control,
                "Put each hypothesis's negative control in its place: the verdict must flip");
  return {app, [&context, options] { return act(context, *options); }};
}

}  // namespace seedproof
