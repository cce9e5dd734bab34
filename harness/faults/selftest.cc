// Runs every check on every fault and its twin.
#include <algorithm>
#include <filesystem>
#include <map>

#include <unistd.h>

#include <seedproof/harness/checks/allocation_counter.h>
#include <seedproof/harness/faults/fault.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

#define SEEDPROOF_ITEM(name) std::vector<Fault> register_##name();
#include <seedproof_lists/faults.inc>
#undef SEEDPROOF_ITEM

std::vector<Fault> builtin_faults() {
  std::vector<Fault> out;
  const auto append = [&](std::vector<Fault> faults) {
    for (Fault& fault : faults) out.push_back(std::move(fault));
  };
#define SEEDPROOF_ITEM(name) append(register_##name());
#include <seedproof_lists/faults.inc>
#undef SEEDPROOF_ITEM
  return out;
}

namespace {

namespace fs = std::filesystem;

/// An empty folder that goes away again.
class Scratch {
 public:
  Scratch() {
    std::string pattern = (fs::temp_directory_path() / "seedproof-selftest-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw IoError("cannot make a folder " + pattern);
    path_ = pattern;
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  std::string sub(const std::string& name) const {
    fs::create_directories(path_ / name);
    return (path_ / name).string();
  }

 private:
  fs::path path_;
};

RelationResult always_holds(const RunPair&) { return {RelationResult::Kind::holds, "stubbed", {}}; }

CheckResult check_holds(const Check& check, const Subject&, const GeneratorEntry&,
                        const CheckContext&) {
  CheckResult result;
  result.check = check.name;
  result.verdict = Verdict::holds;
  return result;
}

bool is_stubbed(const Check& check, const std::string& stub) {
  return !stub.empty() && (check.name == stub || check.family == stub || check.relation == stub);
}

/// A relation or check that nobody knows is an error: a stub without effect would prove nothing.
void require_known(const SelftestOptions& options, const std::vector<Fault>& faults) {
  for (const std::string& name : options.only) {
    const bool known = std::any_of(faults.begin(), faults.end(),
                                   [&](const Fault& fault) { return fault.name == name; });
    if (!known) throw ConfigError("unknown fault '" + name + "'");
  }
  if (options.stub_relation.empty()) return;
  const std::vector<Check> checks = builtin_checks();
  const bool known = std::any_of(checks.begin(), checks.end(), [&](const Check& check) {
    return is_stubbed(check, options.stub_relation);
  });
  if (!known) throw ConfigError("no check uses '" + options.stub_relation + "'");
}

using Results = std::map<std::string, CheckResult>;

Results run_world(FaultCase world, const std::string& stub) {
  for (const Relation& relation : builtin_relations()) {
    if (relation.name != stub) continue;
    Relation stubbed = relation;
    stubbed.relate = always_holds;
    world.registry.replace(stubbed);
  }
  CheckContext context{world.registry};
  context.golden_directory = world.golden_directory;
  Results results;
  for (Check check : world.registry.checks()) {
    if (check.family == "golden" && world.golden_directory.empty()) continue;
    if (check.custom && is_stubbed(check, stub)) check.custom = check_holds;
    results[check.name] =
        run_check(check, world.subject, world.registry.generator(world.generator), context);
  }
  return results;
}

bool is_red(const CheckResult& result) {
  return result.verdict == Verdict::broken || result.verdict == Verdict::could_not_run;
}

bool explains(const CheckResult& result, const std::string& cause) {
  if (result.detail.find(cause) != std::string::npos) return true;
  return std::any_of(result.findings.begin(), result.findings.end(), [&](const Finding& finding) {
    return finding.explanation.find(cause) != std::string::npos ||
           finding.draw.find(cause) != std::string::npos ||
           finding.found.find(cause) != std::string::npos;
  });
}

FaultOutcome outcome_of(const Fault& fault, const std::string& stub) {
  const Scratch scratch;
  const Results faulty = run_world(fault.make(true, scratch.sub("faulty")), stub);
  const Results twin = run_world(fault.make(false, scratch.sub("twin")), stub);
  FaultOutcome out;
  out.fault = fault.name;
  out.expected_check = fault.check;
  for (const auto& [name, result] : twin) {
    if (is_red(result)) out.false_alarms.push_back(name);
  }
  for (const auto& [name, result] : faulty) {
    if (is_red(result) && !is_red(twin.at(name))) out.killed_by.push_back(name);
  }
  out.killed =
      std::find(out.killed_by.begin(), out.killed_by.end(), fault.check) != out.killed_by.end();
  out.explained = out.killed && explains(faulty.at(fault.check), fault.cause);
  return out;
}

}  // namespace

std::vector<FaultOutcome> run_selftest(const SelftestOptions& options) {
  const std::vector<Fault> faults = builtin_faults();
  require_known(options, faults);
  std::vector<FaultOutcome> outcomes;
  for (const Fault& fault : faults) {
    // Without the counter (a sanitizer has its own operator new) nobody could see this fault.
    if (fault.check == "throughput/allocations" && !allocations_are_counted()) continue;
    const bool wanted = options.only.empty() || std::find(options.only.begin(), options.only.end(),
                                                          fault.name) != options.only.end();
    if (wanted) outcomes.push_back(outcome_of(fault, options.stub_relation));
  }
  return outcomes;
}

}  // namespace seedproof
