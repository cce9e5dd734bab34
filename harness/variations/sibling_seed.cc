#include <seedproof/harness/registry.h>
#include <seedproof/harness/subjects/seed_entries.h>
#include <seedproof/harness/variations/edit.h>

namespace seedproof {

Variation register_sibling_seed() {
  return {"sibling-seed", "another seed of a layer beside the one in focus",
          [](const Plan& plan, const Registry& registry) {
            Plan other = plan;
            const std::size_t sibling = drawing_sibling(plan.subject, registry);
            if (sibling == plan.subject.layers.size()) return refused("no other layer draws");
            LayerSpec& spec = other.subject.layers[sibling];
            if (!has_integer_seed(spec.config)) return refused("the other layer is given no seed");
            spec.config = with_seeds_moved(spec.config, kOtherSeedStep);
            return varied(std::move(other));
          }};
}

}  // namespace seedproof
