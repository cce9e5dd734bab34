#include <algorithm>

#include <seedproof/harness/report/text.h>
#include <seedproof/harness/study/experiment.h>
#include <seedproof/rng/values/error.h>

namespace seedproof::study {

std::vector<std::string> all_generators(const Registry& registry) {
  std::vector<std::string> names;
  for (const GeneratorEntry& entry : registry.generators()) names.push_back(entry.name);
  return names;
}

LayerSpec layer(const std::string& class_name, const std::string& name, Config config) {
  LayerSpec spec;
  spec.class_name = class_name;
  spec.name = name;
  spec.config = std::move(config);
  return spec;
}

Subject side_by_side(std::vector<LayerSpec> layers) {
  Subject subject;
  subject.name = "study";
  subject.description = "layers side by side";
  subject.input_shape = {5, 7};
  subject.focus = layers.back().name;
  subject.layers = std::move(layers);
  return subject;
}

Subject owners() {
  return side_by_side({layer("CustomDropout", "drop", {{"rate", 0.3}, {"seed", 1003}}),
                       layer("GaussianNoiseLayer", "noise", {{"stddev", 0.2}, {"seed", 20011}}),
                       layer("CustomDropout", "drop_late", {{"rate", 0.7}, {"seed", 500029}})});
}

Subject mixed() {
  return side_by_side({layer("CustomDropout", "drop", {{"rate", 0.3}, {"seed", 1003}}),
                       layer("AddGaussianNoise", "ambient", {{"stddev", 0.2}}),
                       layer("GaussianNoiseLayer", "noise", {{"stddev", 0.2}, {"seed", 20011}}),
                       layer("AddUniformNoise", "ambient_late", Config{}),
                       layer("CustomDropout", "drop_late", {{"rate", 0.7}, {"seed", 500029}})});
}

Plan plan_of(const Subject& subject, const std::string& generator, const Seed& root) {
  Plan plan;
  plan.subject = subject;
  plan.generator = generator;
  plan.root = root;
  return plan;
}

Trace run(const Registry& registry, const Plan& plan) {
  Trace trace = run_plan(plan, registry);
  if (trace.error) {
    throw RuntimeError(plan.generator + ", " + trace.error->stage + ", layer '" +
                       trace.error->layer + "': " + trace.error->message);
  }
  return trace;
}

Trace run(const Registry& registry, const Subject& subject, const std::string& generator,
          const Seed& root) {
  return run(registry, plan_of(subject, generator, root));
}

std::string Changed::text() const {
  return std::to_string(changed) + " of " + std::to_string(compared);
}

namespace {

std::vector<std::uint64_t> digests(const Trace& trace, const std::string& layer) {
  std::vector<std::uint64_t> out;
  for (const DrawEvent* event : trace.draws_of(layer)) out.push_back(event->digest);
  return out;
}

}  // namespace

Changed changed_layers(const Subject& subject, const Trace& a, const Trace& b,
                       const std::vector<std::string>& left_out) {
  Changed out;
  for (const LayerSpec& spec : subject.layers) {
    if (std::find(left_out.begin(), left_out.end(), spec.name) != left_out.end()) continue;
    const std::vector<std::uint64_t> before = digests(a, spec.name);
    if (before.empty()) continue;
    ++out.compared;
    if (before != digests(b, spec.name)) ++out.changed;
  }
  return out;
}

HypothesisResult decide(const std::vector<Observation>& observations) {
  HypothesisResult result;
  std::vector<std::string> yes;
  std::vector<std::string> no;
  for (const Observation& one : observations) {
    (one.holds ? yes : no).push_back(one.generator);
    if (!result.measured.empty()) result.measured += "; ";
    result.measured += one.generator + " " + one.measured;
  }
  if (no.empty())
    result.outcome = Outcome::supported;
  else if (yes.empty())
    result.outcome = Outcome::refuted;
  else {
    result.outcome = Outcome::conditional;
    result.condition = "true of " + listed(yes) + "; not of " + listed(no);
  }
  if (observations.empty()) result.outcome = Outcome::undecided;
  return result;
}

std::vector<double> numbers_of(const Trace& trace, const std::string& layer, std::uint64_t step) {
  std::vector<double> out;
  for (const DrawEvent* event : trace.draws_of(layer)) {
    if (event->record.moment.step != step) continue;
    for (std::size_t i = 0; i < event->numbers.count(); ++i) out.push_back(event->numbers.at(i));
  }
  return out;
}

}  // namespace seedproof::study
