#include <seedproof/harness/subjects/seed_entries.h>
#include <seedproof/harness/variations/edit.h>

namespace seedproof {

Variation register_other_layer_seed() {
  return {"other-layer-seed", "another seed of the layer in focus, far from its own",
          [](const Plan& plan, const Registry&) {
            Plan other = plan;
            LayerSpec& focus = other.subject.layers[focus_index(other.subject)];
            if (!has_integer_seed(focus.config)) return refused("the layer is given no seed");
            focus.config = with_seeds_moved(focus.config, kOtherSeedStep);
            return varied(std::move(other));
          }};
}

}  // namespace seedproof
