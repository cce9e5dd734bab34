#include <seedproof/harness/variations/edit.h>

namespace seedproof {

Variation register_other_root_seed() {
  return {"other-root-seed", "another root seed of the generator",
          [](const Plan& plan, const Registry&) {
            Plan other = plan;
            other.root = other_root(plan.root);
            return varied(std::move(other));
          }};
}

}  // namespace seedproof
