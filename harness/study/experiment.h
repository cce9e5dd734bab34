// What experiments share: subjects, runs, and counting what changed. Internal.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <seedproof/harness/registry.h>
#include <seedproof/harness/study/hypothesis.h>
#include <seedproof/harness/subjects/run.h>

namespace seedproof::study {

/// Generators of one layer each, by the names of the registry, in its order.
std::vector<std::string> all_generators(const Registry& registry);

/// A node with a configuration in place of its probe.
LayerSpec layer(const std::string& class_name, const std::string& name, Config config);

/// A model of layers side by side on an input of 5 x 7.
Subject side_by_side(std::vector<LayerSpec> layers);

/// The documented layers that own their generator, seeded, side by side.
Subject owners();
/// Owners and layers that draw on the ambient state, in turn.
Subject mixed();

/// Runs a subject for three training steps. Throws RuntimeError when the run ended early.
Trace run(const Registry& registry, const Subject& subject, const std::string& generator,
          const Seed& root = 42);
Trace run(const Registry& registry, const Plan& plan);
Plan plan_of(const Subject& subject, const std::string& generator, const Seed& root = 42);

/// Layers of both subjects whose draws differ: (changed, compared).
struct Changed {
  std::size_t changed = 0;
  std::size_t compared = 0;
  std::string text() const;  // "3 of 5"
};
Changed changed_layers(const Subject& subject, const Trace& a, const Trace& b,
                       const std::vector<std::string>& left_out);

/// What one generator showed.
struct Observation {
  std::string generator;
  bool holds = false;
  std::string measured;
};

/// Supported when it holds for all, refuted when for none, else conditional, naming for which.
HypothesisResult decide(const std::vector<Observation>& observations);

/// All numbers of a layer's draws in a step, in order, as doubles.
std::vector<double> numbers_of(const Trace& trace, const std::string& layer, std::uint64_t step);

}  // namespace seedproof::study
