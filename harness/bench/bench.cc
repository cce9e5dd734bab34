#include <cstring>
#include <fstream>
#include <map>
#include <memory>
#include <regex>
#include <sstream>

#include <benchmark/benchmark.h>

#include <seedproof/harness/bench/bench.h>
#include <seedproof/harness/golden/file_io.h>
#include <seedproof/rng/bits/philox.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

constexpr std::int64_t kSizes[] = {16, 65536, 1 << 20};  // numbers: one call, cache, memory

void reference_memset(benchmark::State& state, std::int64_t bytes) {
  Tensor buffer = Tensor::uninitialized(DType::u8, {bytes});
  for ([[maybe_unused]] auto _ : state) {
    std::memset(buffer.data(), 1, buffer.bytes());
    benchmark::DoNotOptimize(buffer.data());
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(state.iterations() * bytes);
}

void reference_philox(benchmark::State& state, std::int64_t bytes) {
  Tensor buffer = Tensor::uninitialized(DType::u32, {bytes / 4});
  const Key<std::uint32_t, 2> key{{1, 2}};
  for ([[maybe_unused]] auto _ : state) {
    Counter<std::uint32_t, 4> counter{};
    std::span<std::uint32_t> words = buffer.as<std::uint32_t>();
    for (std::size_t i = 0; i + 4 <= words.size(); i += 4) {
      const auto block = philox4x32(counter, key);
      std::copy(block.words.begin(), block.words.end(), words.begin() + i);
      counter.add(1);
    }
    benchmark::DoNotOptimize(buffer.data());
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(state.iterations() * bytes);
}

struct DrawCase {
  std::string generator;
  Draw draw;
  std::int64_t count;
};

void bench_draw(benchmark::State& state, const GeneratorEntry& entry, const DrawCase& one) {
  const std::unique_ptr<Generator> generator = entry.make();
  generator->seed(42);
  const auto stream = generator->open({{"bench"}, "draw"}, Seed(7));
  const Shape shape{one.count};
  Draw draw = one.draw;
  draw.region = {shape};
  Tensor out = Tensor::uninitialized(draw.dtype, shape);
  Receipt receipt;
  Moment moment;
  for ([[maybe_unused]] auto _ : state) {
    stream->draw(draw, moment, out.data(), &receipt);
    ++moment.step;
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(out.bytes()));
}

void bench_layer(benchmark::State& state, const LayerEntry& entry) {
  const std::unique_ptr<Generator> generator = make_generator("philox", 42);
  Config config = entry.probe_config;
  config.set("name", "bench");
  const std::shared_ptr<Layer> layer = entry.from_config(config);
  layer->attach(*generator);
  const Tensor input = Tensor::full(DType::f32, {32, 1024}, 0.5);
  CallArgs args;
  args.training = true;
  try {
    (*layer)(input, args);
  } catch (const Error& error) {
    state.SkipWithError(error.what());
    return;
  }
  for ([[maybe_unused]] auto _ : state) {
    ++args.step;
    Tensor out = (*layer)(input, args);
    benchmark::DoNotOptimize(out.data());
    layer->clear_losses();
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(input.bytes()));
}

/// Keeps what Google Benchmark reports, so that ratios can be added before anything is written.
class Collector final : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    kept.insert(kept.end(), runs.begin(), runs.end());
  }
  std::vector<Run> kept;
};

double rate_of(const benchmark::BenchmarkReporter::Run& run) {
  const auto found = run.counters.find("bytes_per_second");
  return found == run.counters.end() ? 0 : found->second.value;
}

class Bench {
 public:
  Bench(const Registry& registry, const BenchOptions& options) : options_(options) {
    try {
      filter_ = std::regex(options.filter);
    } catch (const std::regex_error& error) {
      throw ConfigError("filter '" + options.filter + "': " + error.what());
    }
    for (const GeneratorEntry& entry : registry.generators()) add_draws(entry);
    for (const LayerEntry& entry : registry.layers()) add_layer(entry);
    for (const auto& [bytes, used] : references_) add_references(bytes);
  }

  std::vector<BenchRow> run() {
    if (names_.empty()) return {};
    Collector collector;
    benchmark::RunSpecifiedBenchmarks(&collector, ".");
    benchmark::ClearRegisteredBenchmarks();
    std::map<std::string, double> rates;
    for (const auto& one : collector.kept) rates[one.benchmark_name()] = rate_of(one);
    std::vector<BenchRow> rows;
    for (auto& one : collector.kept) {
      const auto named = names_.find(one.run_name.function_name);
      if (named == names_.end() || one.error_occurred) continue;
      const double memset_rate = rate("reference/memset/", named->second, rates);
      const double philox_rate = rate("reference/scalar-philox/", named->second, rates);
      one.counters["ratio_memset"] = rate_of(one) / memset_rate;
      one.counters["ratio_scalar_philox"] = rate_of(one) / philox_rate;
      rows.push_back({named->first, rate_of(one), one.GetAdjustedRealTime(),
                      rate_of(one) / memset_rate, rate_of(one) / philox_rate});
    }
    if (!options_.json_path.empty()) write_json(collector.kept);
    return rows;
  }

 private:
  bool wanted(const std::string& name) const { return std::regex_search(name, filter_); }

  template <class Function>
  void add(const std::string& name, std::int64_t bytes, Function function) {
    if (!wanted(name)) return;
    names_[name] = bytes;
    references_[bytes] = true;
    benchmark::RegisterBenchmark(name.c_str(), function)->MinTime(options_.min_seconds);
  }

  void add_draws(const GeneratorEntry& entry) {
    const std::pair<const char*, Distribution> kinds[] = {
        {"uniform", Distribution::uniform()},
        {"normal", Distribution::normal()},
        {"truncated_normal", Distribution::truncated_normal()},
        {"keep_mask", Distribution::keep_mask(0.3)}};
    for (const auto& [kind, distribution] : kinds) {
      const auto& known = entry.distributions;
      if (std::find(known.begin(), known.end(), kind) == known.end()) continue;
      for (const std::int64_t count : kSizes) {
        const DrawCase one{entry.name, {distribution, DType::f32, {}, {}}, count};
        add("draw/" + entry.name + "/" + kind + "/f32/" + std::to_string(count), count * 4,
            [&entry, one](benchmark::State& state) { bench_draw(state, entry, one); });
      }
    }
  }

  void add_layer(const LayerEntry& entry) {
    add("layer/" + entry.class_name + "/32x1024", 32 * 1024 * 4,
        [&entry](benchmark::State& state) { bench_layer(state, entry); });
  }

  void add_references(std::int64_t bytes) {
    const std::string size = std::to_string(bytes);
    benchmark::RegisterBenchmark(
        ("reference/memset/" + size).c_str(),
        [bytes](benchmark::State& state) { reference_memset(state, bytes); })
        ->MinTime(options_.min_seconds);
    benchmark::RegisterBenchmark(
        ("reference/scalar-philox/" + size).c_str(),
        [bytes](benchmark::State& state) { reference_philox(state, bytes); })
        ->MinTime(options_.min_seconds);
  }

  static double rate(const std::string& prefix, std::int64_t bytes,
                     const std::map<std::string, double>& rates) {
    for (const auto& [name, value] : rates) {
      const std::string wanted = prefix + std::to_string(bytes);
      if (name.rfind(wanted, 0) == 0 &&
          (name.size() == wanted.size() || name[wanted.size()] == '/'))
        return value;
    }
    throw RuntimeError("no reference " + prefix + std::to_string(bytes) + " was measured");
  }

  void write_json(const std::vector<benchmark::BenchmarkReporter::Run>& runs) const {
    std::ostringstream text;
    benchmark::JSONReporter reporter;
    reporter.SetOutputStream(&text);
    reporter.SetErrorStream(&text);
    benchmark::BenchmarkReporter::Context context;
    reporter.ReportContext(context);
    reporter.ReportRuns(runs);
    reporter.Finalize();
    write_file_atomically(options_.json_path, std::string_view(text.str()));
  }

  BenchOptions options_;
  std::regex filter_;
  std::map<std::string, std::int64_t> names_;  // to bytes a call
  std::map<std::int64_t, bool> references_;
};

}  // namespace

std::vector<BenchRow> run_benchmarks(const Registry& registry, const BenchOptions& options) {
  int argc = 1;
  char program[] = "seedproof";
  char* argv[] = {program, nullptr};
  benchmark::Initialize(&argc, argv);
  return Bench(registry, options).run();
}

}  // namespace seedproof
