#include <algorithm>

#include <seedproof/harness/variations/edit.h>

namespace seedproof {

// Layers that take their input from others must stay behind them.
Variation register_reorder() {
  return {"reorder", "the layers in the reverse order", [](const Plan& plan, const Registry&) {
            if (plan.subject.layers.size() < 2) return refused("there is one layer only");
            for (const LayerSpec& spec : plan.subject.layers) {
              if (feeds_others(plan.subject, spec.name)) {
                return refused("layers take their input from one another");
              }
            }
            Plan other = plan;
            other.subject.focus = plan.subject.focus_layer().name;
            std::reverse(other.subject.layers.begin(), other.subject.layers.end());
            return varied(std::move(other));
          }};
}

}  // namespace seedproof
