// Throughput of generators and layers as ratios to references measured in the same run.
#pragma once

#include <string>
#include <vector>

#include <seedproof/harness/registry.h>

namespace seedproof {

struct BenchOptions {
  std::string filter = ".";   // regular expression over names
  double min_seconds = 0.05;  // a benchmark runs at least this long
  std::string json_path;      // google-benchmark's JSON, ratios as counters; empty: none
};

/// One benchmark: bytes made a second, and how that compares.
struct BenchRow {
  std::string name;  // "draw/philox/normal/f32/65536"
  double bytes_per_second = 0;
  double nanoseconds = 0;   // a call
  double ratio_memset = 0;  // to memset of as many bytes
  double ratio_philox = 0;  // to a scalar Philox4x32-10 writing as many bytes of words
};

/// Runs every generator x distribution x size and every layer that matches the filter, and the
/// references. Throws ConfigError for a filter that is no regular expression.
std::vector<BenchRow> run_benchmarks(const Registry& registry, const BenchOptions& options);

}  // namespace seedproof
