#include <seedproof/harness/subjects/seed_entries.h>
#include <seedproof/harness/variations/edit.h>

namespace seedproof {

// Adjacent seeds are what people use, and where derivations by addition give themselves away.
Variation register_next_layer_seed() {
  return {"next-layer-seed", "the next seed, s + 1, of the layer in focus",
          [](const Plan& plan, const Registry&) {
            Plan other = plan;
            LayerSpec& focus = other.subject.layers[focus_index(other.subject)];
            if (!has_integer_seed(focus.config)) return refused("the layer is given no seed");
            focus.config = with_seeds_moved(focus.config, 1);
            return varied(std::move(other));
          }};
}

}  // namespace seedproof
