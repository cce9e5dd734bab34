#include <seedproof/harness/variations/edit.h>

namespace seedproof {

Variation register_fresh_process() {
  return {"fresh-process", "the same plan in a new process with other surroundings",
          [](const Plan& plan, const Registry&) {
            Plan other = plan;
            other.fresh_process = true;
            return varied(std::move(other));
          }};
}

}  // namespace seedproof
