#include <seedproof/harness/relations/relation.h>

namespace seedproof {

#define SEEDPROOF_ITEM(name) Relation register_##name();
#include <seedproof_lists/relations.inc>
#undef SEEDPROOF_ITEM

std::vector<Relation> builtin_relations() {
  std::vector<Relation> relations;
#define SEEDPROOF_ITEM(name) relations.push_back(register_##name());
#include <seedproof_lists/relations.inc>
#undef SEEDPROOF_ITEM
  return relations;
}

}  // namespace seedproof
