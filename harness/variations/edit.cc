#include <algorithm>

#include <seedproof/harness/registry.h>
#include <seedproof/harness/subjects/seed_entries.h>
#include <seedproof/harness/variations/edit.h>

namespace seedproof {

Variation::Outcome varied(Plan plan) { return {std::move(plan), ""}; }

Variation::Outcome refused(std::string why) { return {std::nullopt, std::move(why)}; }

std::size_t focus_index(const Subject& subject) {
  return static_cast<std::size_t>(&subject.focus_layer() - subject.layers.data());
}

std::size_t drawing_sibling(const Subject& subject, const Registry& registry) {
  const std::size_t focus = focus_index(subject);
  for (std::size_t i = 0; i < subject.layers.size(); ++i) {
    const LayerEntry& entry = registry.layer(subject.layers[i].class_name);
    if (i != focus && (entry.draws_in_call || entry.draws_in_build)) return i;
  }
  return subject.layers.size();
}

bool feeds_others(const Subject& subject, const std::string& layer) {
  return std::any_of(subject.layers.begin(), subject.layers.end(), [&](const LayerSpec& spec) {
    return std::find(spec.inputs.begin(), spec.inputs.end(), layer) != spec.inputs.end();
  });
}

Seed other_root(const Seed& root) {
  const Seed other = 7654321;
  return root == other ? Seed(1234577) : other;
}

LayerSpec inserted_like(const Subject& subject, const LayerSpec& like) {
  LayerSpec spec = like;
  spec.config = with_seeds_moved(like.config, kInsertedSeedStep);
  spec.name = "inserted";
  while (subject.find(spec.name) != nullptr) spec.name += "_again";
  return spec;
}

}  // namespace seedproof
