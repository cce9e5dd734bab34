#include <seedproof/harness/registry.h>
#include <seedproof/harness/variations/edit.h>

namespace seedproof {

Variation register_remove_sibling() {
  return {"remove-sibling", "a layer beside the one in focus is left out",
          [](const Plan& plan, const Registry& registry) {
            const std::size_t sibling = drawing_sibling(plan.subject, registry);
            if (sibling == plan.subject.layers.size()) return refused("no other layer draws");
            if (feeds_others(plan.subject, plan.subject.layers[sibling].name)) {
              return refused("another layer takes its input from the one to be removed");
            }
            Plan other = plan;
            other.subject.focus = plan.subject.focus_layer().name;
            other.subject.layers.erase(other.subject.layers.begin() +
                                       static_cast<std::ptrdiff_t>(sibling));
            return varied(std::move(other));
          }};
}

}  // namespace seedproof
