#include <seedproof/harness/study/hypothesis.h>

namespace seedproof {

#define SEEDPROOF_ITEM(name) Hypothesis register_##name();
#include <seedproof_lists/hypotheses.inc>
#undef SEEDPROOF_ITEM

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::supported:
      return "supported";
    case Outcome::refuted:
      return "refuted";
    case Outcome::conditional:
      return "conditional";
    case Outcome::undecided:
      break;
  }
  return "undecided";
}

std::vector<Hypothesis> builtin_hypotheses() {
  std::vector<Hypothesis> out;
#define SEEDPROOF_ITEM(name) out.push_back(register_##name());
#include <seedproof_lists/hypotheses.inc>
#undef SEEDPROOF_ITEM
  return out;
}

}  // namespace seedproof
