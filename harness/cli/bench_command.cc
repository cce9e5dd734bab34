// seedproof bench: throughput as ratios; a gate only when asked for one.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <ostream>

#include <seedproof/harness/bench/bench.h>
#include <seedproof/harness/cli/command.h>
#include <seedproof/harness/report/text.h>

namespace seedproof {

namespace {

struct Options {
  BenchOptions bench;
  double gate = 0;
};

std::string fixed(double value, int decimals) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

std::string right(const std::string& text, std::size_t width) {
  return std::string(width > text.size() ? width - text.size() : 0, ' ') + text;
}

void print(CommandContext& context, const std::vector<BenchRow>& rows) {
  std::size_t first = 4;
  for (const BenchRow& row : rows) first = std::max(first, row.name.size());
  context.out << padded("name", first) << "     GB/s   ns a call   of memset   of scalar Philox\n";
  for (const BenchRow& row : rows) {
    context.out << padded(row.name, first) << right(fixed(row.bytes_per_second / 1e9, 2), 9)
                << right(fixed(row.nanoseconds, 0), 12) << right(fixed(row.ratio_memset, 3), 12)
                << right(fixed(row.ratio_philox, 2), 19) << "\n";
  }
}

int act(CommandContext& context, const Options& options) {
  const std::vector<BenchRow> rows = run_benchmarks(context.registry, options.bench);
  if (rows.empty()) {
    context.err << "seedproof: no benchmark matches '" << options.bench.filter << "'\n";
    return kNothingRan;
  }
  print(context, rows);
  if (options.gate <= 0) return kKept;
  bool slow = false;
  for (const BenchRow& row : rows) {
    if (row.name.rfind("draw/", 0) != 0 || row.ratio_philox >= options.gate) continue;
    slow = true;
    context.out << "below the gate: " << row.name << " makes " << fixed(row.ratio_philox, 3)
                << " of scalar Philox's bytes, wanted " << fixed(options.gate, 3) << "\n";
  }
  return slow ? kBroken : kKept;
}

}  // namespace

Command register_bench_command(CLI::App& root, CommandContext& context) {
  auto options = std::make_shared<Options>();
  CLI::App* app = root.add_subcommand(
      "bench", "Measure throughput as ratios to memset and a scalar Philox in the same run");
  app->add_option("--filter", options->bench.filter, "Regular expression over names")
      ->capture_default_str();
  app->add_option("--min-time", options->bench.min_seconds, "Seconds a benchmark runs at least")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  app->add_option("--json", options->bench.json_path,
                  "Write Google Benchmark's JSON to a file, ratios as counters");
  app->add_option("--gate", options->gate,
                  "Fail when a draw is slower than this part of scalar Philox")
      ->check(CLI::NonNegativeNumber);
  return {app, [&context, options] { return act(context, *options); }};
}

}  // namespace seedproof
