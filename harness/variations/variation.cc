#include <seedproof/harness/variations/variation.h>

namespace seedproof {

#define SEEDPROOF_ITEM(name) Variation register_##name();
#include <seedproof_lists/variations.inc>
#undef SEEDPROOF_ITEM

std::vector<Variation> builtin_variations() {
  std::vector<Variation> variations;
#define SEEDPROOF_ITEM(name) variations.push_back(register_##name());
#include <seedproof_lists/variations.inc>
#undef SEEDPROOF_ITEM
  return variations;
}

}  // namespace seedproof
