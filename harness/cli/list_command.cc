// seedproof list: what can be named.
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include <seedproof/harness/cli/command.h>
#include <seedproof/harness/faults/fault.h>
#include <seedproof/harness/golden/folder.h>
#include <seedproof/harness/golden/manifest_read.h>
#include <seedproof/harness/report/text.h>
#include <seedproof/harness/study/hypothesis.h>

namespace seedproof {

namespace {

/// A table: column names, then rows of text.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

std::string promise_names(const Promises& promises) {
  std::string out;
  for (const Promise promise : promises.list()) {
    if (!out.empty()) out += ' ';
    out += to_string(promise);
  }
  return out;
}

Table generators(const Registry& registry) {
  Table table{{"name", "family", "framework", "distributions", "dtypes", "promises",
               "checkpoint_loses", "description"},
              {}};
  for (const GeneratorEntry& entry : registry.generators()) {
    table.rows.push_back({entry.name, entry.family, entry.framework, listed(entry.distributions),
                          listed(entry.dtypes), promise_names(entry.make()->promises()),
                          entry.checkpoint_loses, entry.description});
  }
  return table;
}

Table layers(const Registry& registry) {
  Table table{{"name", "family", "draws", "probe_config"}, {}};
  for (const LayerEntry& entry : registry.layers()) {
    const char* draws = entry.draws_in_call    ? "in training calls"
                        : entry.draws_in_build ? "when built"
                                               : "never";
    table.rows.push_back({entry.class_name, entry.family, draws, entry.probe_config.to_json()});
  }
  return table;
}

Table checks(const Registry& registry) {
  Table table{{"name", "promise", "variation", "relation", "description"}, {}};
  for (const Check& check : registry.checks()) {
    table.rows.push_back({check.name, std::string(to_string(check.promise)), check.variation,
                          check.relation, check.description});
  }
  return table;
}

template <class Items>
Table named(const Items& items) {
  Table table{{"name", "description"}, {}};
  for (const auto& item : items) table.rows.push_back({item.name, item.description});
  return table;
}

Table faults() {
  Table table{{"name", "check", "source", "description"}, {}};
  for (const Fault& fault : builtin_faults()) {
    table.rows.push_back({fault.name, fault.check, fault.source, fault.description});
  }
  return table;
}

Table hypotheses() {
  Table table{{"name", "statement"}, {}};
  for (const Hypothesis& hypothesis : builtin_hypotheses()) {
    table.rows.push_back({hypothesis.name, hypothesis.statement});
  }
  return table;
}

Table goldens(const std::string& directory) {
  Table table{{"maker", "file", "tier", "dtype", "shape", "generator", "subject"}, {}};
  for (const std::string& path : list_golden_folder(directory).manifests) {
    const GoldenManifest manifest = read_golden_manifest(std::filesystem::path(directory) / path);
    for (const GoldenRow& row : manifest.rows) {
      table.rows.push_back({manifest.maker, row.file, std::string(to_string(row.tier)),
                            std::string(short_name(row.dtype)), to_string(row.shape), row.generator,
                            row.subject_name()});
    }
  }
  return table;
}

std::string as_json(const std::string& kind, const Table& table) {
  using Json = nlohmann::ordered_json;
  Json rows = Json::array();
  for (const std::vector<std::string>& row : table.rows) {
    Json entry = Json::object();
    for (std::size_t c = 0; c < row.size(); ++c) entry[table.columns[c]] = row[c];
    rows.push_back(entry);
  }
  const Json document = {{"schema", "seedproof-list"},
                         {"schema_version", 1},
                         {"version", kVersion},
                         {"kind", kind},
                         {"summary", rows}};
  return document.dump(2) + "\n";
}

void print(CommandContext& context, const Table& table) {
  const bool color = use_color(context);
  const std::size_t width = terminal_width();
  for (const std::vector<std::string>& row : table.rows) {
    context.out << colored(row.front(), Color::bold, color) << "\n";
    for (std::size_t c = 1; c < row.size(); ++c) {
      if (row[c].empty()) continue;
      context.out << "    " << padded(table.columns[c], 18) << wrapped(row[c], width, 22, 22)
                  << "\n";
    }
  }
  context.out << counted(table.rows.size(), "row") << "\n";
}

struct ListOptions {
  std::string kind;
  std::string json;
  std::string golden;
};

Table table_of(const CommandContext& context, const ListOptions& options) {
  const Registry& registry = context.registry;
  if (options.kind == "generators") return generators(registry);
  if (options.kind == "layers") return layers(registry);
  if (options.kind == "checks") return checks(registry);
  if (options.kind == "subjects") return named(registry.subjects());
  if (options.kind == "variations") return named(registry.variations());
  if (options.kind == "relations") return named(registry.relations());
  if (options.kind == "faults") return faults();
  if (options.kind == "hypotheses") return hypotheses();
  const std::string directory = find_golden_directory(options.golden);
  if (directory.empty()) throw ConfigError("no folder of goldens: give one with --dir");
  return goldens(directory);
}

int act(CommandContext& context, const ListOptions& options) {
  const Table table = table_of(context, options);
  if (!options.json.empty()) write_report(context, options.json, as_json(options.kind, table));
  if (options.json != "-") print(context, table);
  return kKept;
}

}  // namespace

Command register_list_command(CLI::App& root, CommandContext& context) {
  auto options = std::make_shared<ListOptions>();
  CLI::App* app = root.add_subcommand("list", "List what can be named, as a table");
  app->add_option("KIND", options->kind,
                  "generators, layers, subjects, checks, variations, relations, faults, "
                  "hypotheses or goldens")
      ->required()
      ->check(CLI::IsMember({"generators", "layers", "subjects", "checks", "variations",
                             "relations", "faults", "hypotheses", "goldens"}));
  app->add_option("--dir", options->golden, "Folder of goldens");
  app->add_option("--json", options->json, "Write the table as JSON to a file, - for stdout");
  return {app, [&context, options] { return act(context, *options); }};
}

}  // namespace seedproof
