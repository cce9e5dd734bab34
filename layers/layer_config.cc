// Configurations of layers, and layers from configurations.
#include <utility>

#include <seedproof/layers/layer.h>
#include <seedproof/layers/regularizer.h>

namespace seedproof {

namespace {

std::vector<LayerEntry>& custom_entries() {
  thread_local std::vector<LayerEntry> entries;
  return entries;
}

}  // namespace

Config Layer::get_config() const {
  Config config;
  config.set("name", name());
  config.set("trainable", trainable_);
  config.set("dtype", Config{{"module", "keras"},
                             {"class_name", "DTypePolicy"},
                             {"config", Config{{"name", policy_.name()}}},
                             {"registered_name", ConfigValue()}});
  if (activity_regularizer_) {
    config.set("activity_regularizer", serialize(activity_regularizer_.get()));
  }
  on_config(config);
  return config;
}

ConfigValue serialize(const Layer& layer) {
  return Config{{"class_name", std::string(layer.class_name())}, {"config", layer.get_config()}};
}

CustomLayerScope::CustomLayerScope(std::vector<LayerEntry> entries)
    : before_(custom_entries().size()) {
  for (LayerEntry& entry : entries) custom_entries().push_back(std::move(entry));
}

CustomLayerScope::~CustomLayerScope() { custom_entries().resize(before_); }

std::shared_ptr<Layer> deserialize_layer(const ConfigValue& serialized) {
  const Config whole = serialized.as_config("a serialized layer");
  const std::string& class_name = whole.at("class_name").as_text("class_name of a layer");
  const ConfigValue* found = whole.find("config");
  const Config config = found == nullptr ? Config() : found->as_config(class_name + ".config");
  const std::vector<LayerEntry>& custom = custom_entries();
  for (auto entry = custom.rbegin(); entry != custom.rend(); ++entry) {
    if (entry->class_name == class_name) return entry->from_config(config);
  }
  std::string known;
  for (const LayerEntry& entry : builtin_layers()) {
    if (entry.class_name == class_name) return entry.from_config(config);
    known += (known.empty() ? "" : ", ") + entry.class_name;
  }
  throw ValueError("Unknown layer class '" + class_name + "'; known: " + known);
}

}  // namespace seedproof
