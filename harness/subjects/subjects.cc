#include <cctype>

#include <seedproof/harness/subjects/seed_entries.h>
#include <seedproof/harness/subjects/subjects.h>

namespace seedproof {

namespace {

/// "CustomDropout" -> "custom_dropout", as Keras names layers.
std::string snake_case(const std::string& class_name) {
  std::string out;
  for (const char character : class_name) {
    const bool upper = std::isupper(static_cast<unsigned char>(character)) != 0;
    if (upper && !out.empty()) out += '_';
    out += static_cast<char>(std::tolower(static_cast<unsigned char>(character)));
  }
  return out;
}

// Odd and not square. The last extent is what the layer says it takes.
Shape input_shape_for(const LayerEntry& layer) {
  Shape shape = {5, 7};
  const std::optional<InputSpec> spec = layer.from_config(layer.probe_config)->input_spec;
  if (spec.has_value()) {
    const std::int64_t rank = spec->ndim.value_or(spec->min_ndim.value_or(2));
    constexpr std::int64_t kExtents[] = {5, 3, 9, 7, 11};
    if (rank > 2 && rank <= 5) shape.assign(kExtents, kExtents + rank);
    for (const auto& [axis, extent] : spec->axes) {
      const std::int64_t at = axis < 0 ? axis + static_cast<std::int64_t>(shape.size()) : axis;
      if (at > 0 && at < static_cast<std::int64_t>(shape.size())) shape[at] = extent;
    }
  }
  if (const ConfigValue* const extent = layer.probe_config.find("input_dim")) {
    shape.back() = extent->as_int("input_dim");
  }
  return shape;
}

LayerSpec node(const LayerEntry& layer, const std::string& name, std::int64_t seed_steps) {
  LayerSpec spec;
  spec.class_name = layer.class_name;
  spec.config = with_seeds_moved(layer.probe_config, seed_steps * kSiblingSeedStep);
  spec.config.erase("name");
  spec.name = name;
  return spec;
}

Subject all_drawing(const std::vector<LayerEntry>& layers) {
  Subject subject;
  subject.name = "all-drawing";
  subject.description = "every documented layer that draws, side by side";
  subject.input_shape = {5, 7};
  std::int64_t place = 0;
  for (const LayerEntry& layer : layers) {
    if (layer.family != "documented" || !(layer.draws_in_call || layer.draws_in_build)) continue;
    subject.layers.push_back(node(layer, snake_case(layer.class_name), place++));
    if (subject.focus.empty() && layer.draws_in_call) subject.focus = subject.layers.back().name;
  }
  return subject;
}

}  // namespace

Subject subject_of(const LayerEntry& layer) {
  const std::string name = snake_case(layer.class_name);
  Subject subject;
  subject.name = layer.class_name;
  subject.description = layer.class_name + " between two siblings of its class";
  subject.input_shape = input_shape_for(layer);
  subject.layers = {node(layer, name + "_before", 1), node(layer, name, 0),
                    node(layer, name + "_after", 2)};
  subject.focus = name;
  return subject;
}

std::vector<Subject> builtin_subjects(const std::vector<LayerEntry>& layers) {
  std::vector<Subject> subjects;
  for (const LayerEntry& layer : layers) {
    if (layer.family == "documented") subjects.push_back(subject_of(layer));
  }
  if (Subject all = all_drawing(layers); !all.layers.empty()) subjects.push_back(std::move(all));
  return subjects;
}

}  // namespace seedproof
