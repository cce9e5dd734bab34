#include <seedproof/harness/subjects/seed_entries.h>
#include <seedproof/harness/variations/edit.h>

namespace seedproof {

Variation register_unseeded() {
  return {"unseeded", "None in the place of every seed", [](const Plan& plan, const Registry&) {
            Plan other = plan;
            if (!has_integer_seed(plan.subject.focus_layer().config)) {
              return refused("the layer is given no seed");
            }
            for (LayerSpec& spec : other.subject.layers) {
              spec.config = with_seeds(spec.config, [](const Integer&) { return ConfigValue(); });
            }
            return varied(std::move(other));
          }};
}

}  // namespace seedproof
