// What several variations do to a plan.
#pragma once

#include <string>

#include <seedproof/harness/variations/variation.h>

namespace seedproof {

Variation::Outcome varied(Plan plan);
Variation::Outcome refused(std::string why);

/// Index of the layer that per-layer checks look at.
std::size_t focus_index(const Subject& subject);

/// Index of the first layer beside the focus that draws, by its class's entry; the number of layers
/// when there is none. Earlier layers come first, because what comes before disturbs.
std::size_t drawing_sibling(const Subject& subject, const Registry& registry);

/// Whether another layer takes its input from this one.
bool feeds_others(const Subject& subject, const std::string& layer);

/// Another root seed, which is none of the special ones.
Seed other_root(const Seed& root);

/// A layer of the same class, input and configuration as `like`, with another name and other seeds.
LayerSpec inserted_like(const Subject& subject, const LayerSpec& like);

}  // namespace seedproof
