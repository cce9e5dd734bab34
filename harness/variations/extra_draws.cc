#include <seedproof/harness/registry.h>
#include <seedproof/harness/variations/edit.h>

namespace seedproof {

// An odd number, so that blocks and pairs are cut; at step 0 and again later.
Variation register_extra_draws() {
  return {"extra-draws", "a layer beside the one in focus draws 13 numbers more, twice",
          [](const Plan& plan, const Registry& registry) {
            const std::size_t sibling = drawing_sibling(plan.subject, registry);
            if (sibling == plan.subject.layers.size()) return refused("no other layer draws");
            Plan other = plan;
            const std::string& layer = plan.subject.layers[sibling].name;
            other.extra_draws.push_back({layer, 0, 13});
            other.extra_draws.push_back({layer, 1, 13});
            return varied(std::move(other));
          }};
}

}  // namespace seedproof
