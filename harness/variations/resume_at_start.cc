#include <seedproof/harness/variations/edit.h>

namespace seedproof {

// Between building and the first step: generators that are made on first use have no state yet.
Variation register_resume_at_start() {
  return {"resume-at-start", "save before the first step, load into a fresh model, go on",
          [](const Plan& plan, const Registry&) {
            if (plan.steps == 0) return refused("there is no step to go on with");
            Plan other = plan;
            other.resume_at = 0;
            return varied(std::move(other));
          }};
}

}  // namespace seedproof
