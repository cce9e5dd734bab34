// The built-in subjects, made from the list of layers: none is named here.
#pragma once

#include <vector>

#include <seedproof/harness/subjects/subject.h>
#include <seedproof/layers/layer.h>

namespace seedproof {

/// One subject a documented layer: the layer between two siblings of its class with other names and
/// seeds, all fed by the input, so that every per-layer check and the interference check apply.
Subject subject_of(const LayerEntry& layer);

/// subject_of every documented layer, then "all-drawing": all documented layers that draw.
std::vector<Subject> builtin_subjects(const std::vector<LayerEntry>& layers);

}  // namespace seedproof
