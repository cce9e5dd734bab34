#include <algorithm>

#include <seedproof/harness/subjects/subject.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

const LayerSpec* Subject::find(const std::string& layer_name) const {
  const auto at = std::find_if(layers.begin(), layers.end(),
                               [&](const LayerSpec& spec) { return spec.name == layer_name; });
  return at == layers.end() ? nullptr : &*at;
}

LayerSpec* Subject::find(const std::string& layer_name) {
  return const_cast<LayerSpec*>(static_cast<const Subject&>(*this).find(layer_name));
}

const LayerSpec& Subject::focus_layer() const {
  if (layers.empty()) throw ConfigError("subject '" + name + "' has no layers");
  if (focus.empty()) return layers.back();
  const LayerSpec* const spec = find(focus);
  if (spec == nullptr) throw ConfigError("subject '" + name + "' has no layer '" + focus + "'");
  return *spec;
}

}  // namespace seedproof
