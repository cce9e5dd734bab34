// seedproof selftest: every fault must be caught by its check, and no healthy twin accused.
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include <seedproof/harness/cli/command.h>
#include <seedproof/harness/faults/fault.h>
#include <seedproof/harness/report/text.h>

namespace seedproof {

namespace {

struct Tally {
  std::size_t killed = 0, missed = 0, wrong_relation = 0, wrong_explanation = 0, false_alarms = 0;
};

Tally tally_of(const std::vector<FaultOutcome>& outcomes) {
  Tally tally;
  for (const FaultOutcome& outcome : outcomes) {
    if (outcome.killed)
      ++tally.killed;
    else if (outcome.killed_by.empty())
      ++tally.missed;
    else
      ++tally.wrong_relation;
    if (outcome.killed && !outcome.explained) ++tally.wrong_explanation;
    tally.false_alarms += outcome.false_alarms.size();
  }
  return tally;
}

std::vector<std::string> columns_of(const std::vector<FaultOutcome>& outcomes) {
  std::vector<std::string> columns;
  const auto add = [&](const std::string& check) {
    if (std::find(columns.begin(), columns.end(), check) == columns.end()) columns.push_back(check);
  };
  for (const FaultOutcome& outcome : outcomes) {
    add(outcome.expected_check);
    for (const std::string& check : outcome.killed_by) add(check);
  }
  std::sort(columns.begin(), columns.end());
  return columns;
}

void print_matrix(CommandContext& context, const std::vector<FaultOutcome>& outcomes) {
  const bool color = use_color(context);
  const std::vector<std::string> columns = columns_of(outcomes);
  std::size_t first = 0;
  for (const FaultOutcome& outcome : outcomes) first = std::max(first, outcome.fault.size());
  context.out << "Kill matrix: K the check named for the fault caught it, k another check also "
                 "did, M missed\n\n";
  for (std::size_t c = 0; c < columns.size(); ++c) {
    context.out << "  " << static_cast<char>('a' + static_cast<int>(c % 26)) << "  " << columns[c]
                << "\n";
  }
  context.out << "\n" << padded("", first + 2);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    context.out << static_cast<char>('a' + static_cast<int>(c % 26)) << ' ';
  }
  context.out << "\n";
  for (const FaultOutcome& outcome : outcomes) {
    context.out << padded(outcome.fault, first + 2);
    for (const std::string& column : columns) {
      const auto& by = outcome.killed_by;
      const bool killed = std::find(by.begin(), by.end(), column) != by.end();
      const bool expected = column == outcome.expected_check;
      if (expected && killed)
        context.out << colored("K", Color::green, color);
      else if (expected)
        context.out << colored("M", Color::red, color);
      else
        context.out << (killed ? "k" : ".");
      context.out << ' ';
    }
    if (!outcome.note.empty()) context.out << " " << outcome.note;
    context.out << "\n";
  }
}

void print_problems(CommandContext& context, const std::vector<FaultOutcome>& outcomes) {
  for (const FaultOutcome& outcome : outcomes) {
    if (!outcome.killed) {
      context.out << "missed: " << outcome.fault << " is not caught by " << outcome.expected_check
                  << (outcome.killed_by.empty() ? "" : ", only by " + listed(outcome.killed_by))
                  << "\n";
    } else if (!outcome.explained) {
      context.out << "wrong explanation: " << outcome.fault << "\n";
    }
    for (const std::string& check : outcome.false_alarms) {
      context.out << "false alarm: " << check << " accuses the healthy twin of " << outcome.fault
                  << "\n";
    }
  }
}

std::string json_of(const std::vector<FaultOutcome>& outcomes, const Tally& tally) {
  using Json = nlohmann::ordered_json;
  Json list = Json::array();
  for (const FaultOutcome& outcome : outcomes) {
    list.push_back({{"fault", outcome.fault},
                    {"expected_check", outcome.expected_check},
                    {"killed", outcome.killed},
                    {"explained", outcome.explained},
                    {"killed_by", outcome.killed_by},
                    {"false_alarms", outcome.false_alarms},
                    {"note", outcome.note}});
  }
  const Json document = {{"schema", "seedproof-selftest"},
                         {"schema_version", 1},
                         {"version", kVersion},
                         {"summary",
                          {{"faults", outcomes.size()},
                           {"killed", tally.killed},
                           {"missed", tally.missed},
                           {"wrong_relation", tally.wrong_relation},
                           {"wrong_explanation", tally.wrong_explanation},
                           {"false_alarms", tally.false_alarms}}},
                         {"results", list}};
  return document.dump(2) + "\n";
}

int act(CommandContext& context, const SelftestOptions& options, const std::string& json) {
  const std::vector<FaultOutcome> outcomes = run_selftest(options);
  const Tally tally = tally_of(outcomes);
  if (!json.empty()) write_report(context, json, json_of(outcomes, tally));
  if (json != "-") {
    print_matrix(context, outcomes);
    context.out << "\n";
    print_problems(context, outcomes);
    context.out << outcomes.size() << " faults: " << tally.killed << " killed by the named check, "
                << tally.missed << " missed, " << tally.wrong_relation
                << " caught only by another, " << tally.wrong_explanation << " explained wrongly, "
                << tally.false_alarms << " false alarms\n";
  }
  if (outcomes.empty()) return kNothingRan;
  const bool clean =
      tally.killed == outcomes.size() && tally.wrong_explanation == 0 && tally.false_alarms == 0;
  return clean ? kKept : kBroken;
}

}  // namespace

Command register_selftest_command(CLI::App& root, CommandContext& context) {
  auto options = std::make_shared<SelftestOptions>();
  auto json = std::make_shared<std::string>();
  CLI::App* app = root.add_subcommand(
      "selftest", "Run every fault and its healthy twin, and print which check catches which");
  app->add_option("FAULT", options->only, "Faults to run; all by default");
  app->add_option("--stub", options->stub_relation,
                  "Make this relation or check hold always: its faults must then be missed");
  app->add_option("--json", *json, "Write the outcomes as JSON to a file, - for stdout");
  return {app, [&context, options, json] { return act(context, *options, *json); }};
}

}  // namespace seedproof
