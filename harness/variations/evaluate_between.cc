#include <seedproof/harness/variations/edit.h>

namespace seedproof {

Variation register_evaluate_between() {
  return {"evaluate-between", "an inference pass before every step",
          [](const Plan& plan, const Registry&) {
            Plan other = plan;
            for (std::uint64_t step = 0; step < plan.steps; ++step) {
              other.evaluate_before.push_back(step);
            }
            return varied(std::move(other));
          }};
}

}  // namespace seedproof
