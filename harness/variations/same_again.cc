#include <seedproof/harness/variations/edit.h>

namespace seedproof {

// Nothing is changed: what differs then is nondeterminism.
Variation register_same_again() {
  return {"same-again", "the same plan, run a second time",
          [](const Plan& plan, const Registry&) { return varied(plan); }};
}

}  // namespace seedproof
