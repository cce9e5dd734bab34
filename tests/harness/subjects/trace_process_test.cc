#include <cstdio>

#include <gtest/gtest.h>

#include <seedproof/harness/subjects/child_process.h>
#include <seedproof/harness/subjects/plan_json.h>
#include <seedproof/harness/subjects/subjects.h>
#include <seedproof/harness/subjects/trace_json.h>
#include <seedproof/harness/subjects/trace_process.h>
#include <seedproof/rng/values/error.h>

#include "tests/harness/fakes.h"
#include "tests/harness/trace_main.h"

seedproof::Registry traced_registry() {
  using namespace seedproof::fakes;
  return registry_with({generator_entry<Wrong::nothing>("healthy"),
                        generator_entry<Wrong::reads_environment>("reads-environment")},
                       {layer_entry<>("Noise"), layer_entry<WrongLayer::fails_at_step_1>("Fails")});
}

namespace seedproof {
namespace {

Plan plan_of(const std::string& layer, const std::string& generator) {
  Plan plan;
  plan.subject = subject_of(traced_registry().layer(layer));
  plan.generator = generator;
  return plan;
}

TEST(PlanJsonTest, EveryFieldSurvives) {
  Plan plan = plan_of("Noise", "healthy");
  plan.root = Seed::integer(Integer::parse("-123456789012345678901234567890"));
  plan.steps = 7;
  plan.training = false;
  plan.train = true;
  plan.extra_draws = {{"noise", 2, 9}};
  plan.evaluate_before = {1, 4};
  plan.resume_at = 3;
  plan.config_round_trip = true;
  plan.subject.input_dtype = DType::f64;
  plan.subject.layers[1].name_given = false;
  plan.subject.layers[2].inputs = {"noise", "input"};
  const Plan copy = plan_from_json(plan_to_json(plan));
  EXPECT_EQ(copy.root, plan.root);
  EXPECT_EQ(copy.steps, 7u);
  EXPECT_FALSE(copy.training);
  EXPECT_TRUE(copy.train);
  ASSERT_EQ(copy.extra_draws.size(), 1u);
  EXPECT_EQ(copy.extra_draws[0].layer, "noise");
  EXPECT_EQ(copy.extra_draws[0].step, 2u);
  EXPECT_EQ(copy.extra_draws[0].count, 9u);
  EXPECT_EQ(copy.evaluate_before, plan.evaluate_before);
  EXPECT_EQ(copy.resume_at, plan.resume_at);
  EXPECT_TRUE(copy.config_round_trip);
  EXPECT_EQ(copy.subject.input_dtype, DType::f64);
  EXPECT_EQ(copy.subject.input_shape, plan.subject.input_shape);
  EXPECT_EQ(copy.subject.focus, plan.subject.focus);
  EXPECT_FALSE(copy.subject.layers[1].name_given);
  EXPECT_EQ(copy.subject.layers[2].inputs, plan.subject.layers[2].inputs);
  EXPECT_EQ(copy.subject.layers[2].config, plan.subject.layers[2].config);
  EXPECT_THROW(plan_from_json("{\"subject\":"), FormatError);
  EXPECT_THROW(plan_from_json("{}"), FormatError);
}

Trace read_lines(const std::string& lines) {
  TraceReader reader;
  std::size_t begin = 0;
  for (std::size_t end; (end = lines.find('\n', begin)) != std::string::npos; begin = end + 1) {
    reader.line(lines.substr(begin, end - begin));
  }
  return reader.take();
}

TEST(TraceJsonTest, EverythingButTheNumbersSurvives) {
  Trace trace = run_plan(plan_of("Fails", "healthy"), traced_registry());
  trace.config_changes = {"a.seed: 1 was left out"};
  trace.extra_numbers = 5;
  const Trace copy = read_lines(trace_to_lines(trace));
  EXPECT_EQ(copy.paths, trace.paths);
  ASSERT_EQ(copy.draws.size(), trace.draws.size());
  for (std::size_t i = 0; i < copy.draws.size(); ++i) {
    const DrawRecord& a = copy.draws[i].record;
    const DrawRecord& b = trace.draws[i].record;
    EXPECT_EQ(copy.draws[i].digest, trace.draws[i].digest);
    EXPECT_EQ(copy.draws[i].seeded, trace.draws[i].seeded);
    EXPECT_EQ(copy.draws[i].numbers.count(), 0u);
    EXPECT_EQ(a.site, b.site);
    EXPECT_EQ(a.moment, b.moment);
    EXPECT_EQ(a.stream, b.stream);
    EXPECT_EQ(a.first, b.first);
    EXPECT_EQ(a.last, b.last);
    EXPECT_EQ(a.distribution, b.distribution);
    EXPECT_EQ(a.count, b.count);
    EXPECT_EQ(a.dtype, b.dtype);
  }
  ASSERT_EQ(copy.outputs.size(), trace.outputs.size());
  EXPECT_EQ(copy.outputs[2].digest, trace.outputs[2].digest);
  ASSERT_EQ(copy.states.size(), trace.states.size());
  EXPECT_EQ(copy.states[1].digest, trace.states[1].digest);
  EXPECT_EQ(copy.config_changes, trace.config_changes);
  EXPECT_EQ(copy.extra_numbers, 5u);
  ASSERT_TRUE(copy.error.has_value());
  EXPECT_EQ(copy.error->kind, ErrorKind::type);
  EXPECT_EQ(copy.error->stage, "step 1");
  EXPECT_EQ(copy.error->message, "no float");
}

TEST(TraceJsonTest, WhatIsNoTraceIsRefused) {
  EXPECT_THROW(read_lines("Running main() from gtest_main.cc\n"), FormatError);
  EXPECT_THROW(read_lines(""), FormatError);
  const std::string header = std::string(kTraceHeader) + "\n";
  EXPECT_THROW(read_lines(header), FormatError);
  EXPECT_THROW(read_lines(header + "{\"end\":2}\n"), FormatError);
  EXPECT_THROW(read_lines(header + "{\"draw\":{}}\n"), FormatError);
  EXPECT_THROW(read_lines(header + "nonsense\n"), FormatError);
  EXPECT_THROW(read_lines(header + "[]\n"), FormatError);
  EXPECT_THROW(read_lines(header + "{\"end\":1}\n{}\n"), FormatError);
  EXPECT_NO_THROW(read_lines(header + "{\"end\":1}\n"));
}

TEST(TraceProcessTest, AnotherProcessGivesTheSameTrace) {
  Plan plan = plan_of("Noise", "healthy");
  const Trace here = run_plan(plan, traced_registry());
  plan.fresh_process = true;
  const Trace there = run_plan(plan, traced_registry());
  ASSERT_FALSE(there.error.has_value()) << there.error->message;
  ASSERT_EQ(there.draws.size(), here.draws.size());
  for (std::size_t i = 0; i < here.draws.size(); ++i) {
    EXPECT_EQ(there.draws[i].digest, here.draws[i].digest);
  }
  for (std::size_t i = 0; i < here.states.size(); ++i) {
    EXPECT_EQ(there.states[i].digest, here.states[i].digest);
  }
  for (std::size_t i = 0; i < here.outputs.size(); ++i) {
    EXPECT_EQ(there.outputs[i].digest, here.outputs[i].digest);
  }
}

TEST(TraceProcessTest, ItsSurroundingsAreOthers) {
  Plan plan = plan_of("Noise", "reads-environment");
  const Trace here = run_plan(plan, traced_registry());
  plan.fresh_process = true;
  const Trace there = run_plan(plan, traced_registry());
  ASSERT_FALSE(there.error.has_value()) << there.error->message;
  EXPECT_NE(there.draws[0].digest, here.draws[0].digest);
}

TEST(TraceProcessTest, ProgramsThatGiveNoTraceAreErrors) {
  Plan plan = plan_of("Noise", "healthy");
  plan.fresh_process = true;
  const struct {
    const char* program;
    const char* message;
  } cases[] = {{"/nonexistent/program", "cannot start"},
               {"/bin/false", "exit code 1"},
               {"/bin/true", "before its last"},
               {"/bin/echo", "no trace but '__trace'"}};
  for (const auto& [program, message] : cases) {
    const Trace trace = run_plan(plan, traced_registry(), {program});
    ASSERT_TRUE(trace.error.has_value()) << program;
    EXPECT_EQ(trace.error->stage, "process");
    EXPECT_NE(trace.error->message.find(message), std::string::npos)
        << program << ": " << trace.error->message;
  }
}

TEST(ChildProcessTest, SlowProgramsAreEnded) {
  EXPECT_THROW(run_child("/bin/sleep", {"30"}, {}, "", 0.2, [](const std::string&) {}), IoError);
}

TEST(ChildProcessTest, ProgramsThatCloseTheirOutputAndStayAreEnded) {
  EXPECT_THROW(run_child("/bin/sh", {"-c", "exec >&-; exec sleep 30"}, {}, "", 0.5,
                         [](const std::string&) {}),
               IoError);
}

TEST(ChildProcessTest, OutputWithoutEndIsCut) {
  std::size_t lines = 0;
  EXPECT_THROW(run_child("/usr/bin/yes", {std::string(4000, 'y')}, {}, "", 60,
                         [&](const std::string&) { ++lines; }),
               IoError);
  EXPECT_LE(lines, (std::size_t{1} << 26) / 4000 + 1);
}

TEST(ChildProcessTest, SignalsAreNamed) {
  const ChildOutcome outcome =
      run_child("/bin/sh", {"-c", "kill -SEGV $$"}, {}, "", 20, [](const std::string&) {});
  EXPECT_NE(outcome.problem.find("signal 11"), std::string::npos) << outcome.problem;
}

TEST(ChildProcessTest, InputThatNobodyReadsAndLongOutputAreFine) {
  const std::string input(1 << 20, 'x');
  std::size_t lines = 0;
  const ChildOutcome outcome =
      run_child("/bin/sh", {"-c", "i=0; while [ $i -lt 5000 ]; do echo $i; i=$((i+1)); done"}, {},
                input, 60, [&](const std::string& line) { lines += line.empty() ? 0 : 1; });
  EXPECT_EQ(outcome.problem, "");
  EXPECT_EQ(lines, 5000u);
}

TEST(ChildProcessTest, TheEnvironmentIsExactlyTheOneGiven) {
  std::vector<std::string> lines;
  run_child("/usr/bin/env", {}, {"A=b c"}, "", 20,
            [&](const std::string& line) { lines.push_back(line); });
  EXPECT_EQ(lines, std::vector<std::string>{"A=b c"});
}

}  // namespace
}  // namespace seedproof
