#include <seedproof/harness/variations/edit.h>

namespace seedproof {

// Of the same class as the focus, so that it draws wherever the focus does.
Variation register_insert_layer() {
  return {"insert-layer", "a new layer of the same class just before the one in focus",
          [](const Plan& plan, const Registry&) {
            Plan other = plan;
            const auto at = static_cast<std::ptrdiff_t>(focus_index(plan.subject));
            const LayerSpec spec = inserted_like(plan.subject, plan.subject.focus_layer());
            other.subject.focus = plan.subject.focus_layer().name;
            other.subject.layers.insert(other.subject.layers.begin() + at, spec);
            return varied(std::move(other));
          }};
}

}  // namespace seedproof
