#include <clocale>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <iterator>
#include <locale>
#include <memory>

#include <seedproof/harness/subjects/child_process.h>
#include <seedproof/harness/subjects/plan_json.h>
#include <seedproof/harness/subjects/trace_json.h>
#include <seedproof/harness/subjects/trace_process.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

constexpr const char* kRequest = "__trace";
/// Set in a process that was started for a trace: it starts none itself.
constexpr const char* kInside = "SEEDPROOF_TRACE_PROCESS";

// Other sizes for other plans, so that stack and heap do not lie alike in any two of them.
std::vector<std::string> strange_environment(const std::string& input) {
  std::vector<std::string> out = {std::string(kInside) + "=1", "LC_ALL=C.UTF-8", "LANG=de_DE",
                                  "TZ=Pacific/Chatham", "PYTHONHASHSEED=1"};
  std::uint64_t mixed = digest_bytes(input.data(), input.size());
  for (int i = 0; i < 3; ++i) {
    out.push_back("JUNK_" + std::to_string(i) + "=" + std::string(64 + mixed % 4096, 'x'));
    mixed = digest_bytes(&mixed, sizeof mixed);
  }
  return out;
}

/// Numbers with decimal commas and grouped digits.
class StrangeNumbers final : public std::numpunct<char> {
 protected:
  char do_decimal_point() const override { return ','; }
  char do_thousands_sep() const override { return '.'; }
  std::string do_grouping() const override { return "\3"; }
};

// Uninitialised memory holds other values then, and allocations lie at other places.
std::vector<std::unique_ptr<unsigned char[]>> dirty_heap() {
  std::vector<std::unique_ptr<unsigned char[]>> kept;
  for (std::size_t size = 16; size <= 65536; size = size * 3 / 2 + 8) {
    auto block = std::make_unique<unsigned char[]>(size);
    std::memset(block.get(), 0xa5, size);
    auto freed = std::make_unique<unsigned char[]>(size);
    std::memset(freed.get(), 0x5a, size);
    kept.push_back(std::move(block));
  }
  return kept;
}

RunError process_error(ErrorKind kind, const std::string& message) {
  return {kind, "process", "", message, false};
}

}  // namespace

Trace run_in_process(const Plan& plan, const RunOptions& options) {
  Trace failed;
  if (std::getenv(kInside) != nullptr) {
    failed.error = process_error(ErrorKind::runtime, "already in a process of its own");
    return failed;
  }
  try {
    Plan inner = plan;
    inner.fresh_process = false;
    const std::string input = plan_to_json(inner);
    TraceReader reader;
    const ChildOutcome outcome =
        run_child(options.program, {kRequest}, strange_environment(input), input,
                  options.timeout_seconds, [&](const std::string& line) { reader.line(line); });
    if (outcome.problem.empty()) return reader.take();
    failed.error = process_error(ErrorKind::runtime, outcome.problem);
  } catch (const Error& error) {
    failed.error = process_error(error.kind(), error.what());
  }
  return failed;
}

bool is_trace_request(const std::vector<std::string>& arguments) {
  return arguments.size() == 1 && arguments.front() == kRequest;
}

int trace_main(const Registry& registry, const std::vector<std::string>&) {
  const std::string input{std::istreambuf_iterator<char>(std::cin),
                          std::istreambuf_iterator<char>()};
  const Plan plan = plan_from_json(input);
  std::setlocale(LC_ALL, "");
  const std::locale before =
      std::locale::global(std::locale(std::locale::classic(), new StrangeNumbers));
  std::srand(20011);
  const auto junk = dirty_heap();
  const Trace trace = run_plan(plan, registry);
  std::locale::global(before);
  std::cout << trace_to_lines(trace) << std::flush;
  return std::cout.good() ? 0 : 125;
}

}  // namespace seedproof
