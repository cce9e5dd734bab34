// Runs a plan.
#pragma once

#include <string>

#include <seedproof/harness/registry.h>
#include <seedproof/harness/subjects/plan.h>
#include <seedproof/harness/subjects/trace.h>

namespace seedproof {

/// How plans are run that want a process of their own.
struct RunOptions {
  /// Program that hands "__trace" to trace_main: run() does.
  std::string program = "/proc/self/exe";
  double timeout_seconds = 60;
};

/// Constructs the subject's layers in order, builds and runs them as the plan says. Errors of the
/// subject or the generator end up in Trace::error; only a plan that names an unknown layer class
/// or generator throws (ConfigError).
Trace run_plan(const Plan& plan, const Registry& registry, const RunOptions& options = {});

/// Deterministic input of a step: small distinct values of both signs, no zeros, no two steps
/// alike.
Tensor subject_input(const Subject& subject, std::uint64_t step);

}  // namespace seedproof
