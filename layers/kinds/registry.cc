#include <string>

#include <seedproof/layers/kinds/registry.h>
#include <seedproof/layers/model.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

#define SEEDPROOF_ITEM(name) LayerEntry register_##name();
#include <seedproof_lists/layers.inc>
#undef SEEDPROOF_ITEM

std::vector<LayerEntry> builtin_layers() {
  std::vector<LayerEntry> entries;
#define SEEDPROOF_ITEM(name) entries.push_back(register_##name());
#include <seedproof_lists/layers.inc>
#undef SEEDPROOF_ITEM
  entries.push_back(sequential_entry());
  entries.push_back(graph_entry());
  return entries;
}

std::shared_ptr<Layer> make_layer(std::string_view class_name, const Config& config) {
  for (const LayerEntry& entry : builtin_layers()) {
    if (entry.class_name == class_name) return entry.from_config(config);
  }
  throw ValueError("unknown layer class '" + std::string(class_name) + "'");
}

}  // namespace seedproof
