#include <seedproof/harness/variations/edit.h>

namespace seedproof {

Variation register_resume() {
  return {"resume", "save after the first step, load into a fresh model, go on",
          [](const Plan& plan, const Registry&) {
            if (plan.steps < 2) return refused("there is no step to go on with");
            Plan other = plan;
            other.resume_at = 1;
            return varied(std::move(other));
          }};
}

}  // namespace seedproof
