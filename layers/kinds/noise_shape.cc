#include <string>

#include <seedproof/layers/kinds/noise_shape.h>

namespace seedproof::kinds {
namespace {

constexpr const char* kInvalid = "Invalid value received for argument `noise_shape`. ";

bool broadcasts(const Shape& mask, const Shape& input) {
  if (mask.size() > input.size()) return false;
  const std::size_t lead = input.size() - mask.size();
  for (std::size_t i = 0; i < mask.size(); ++i) {
    if (mask[i] != 1 && mask[i] != input[lead + i]) return false;
  }
  return true;
}

}  // namespace

NoiseShape NoiseShape::read(ConfigReader& reader) {
  NoiseShape out;
  const ConfigValue* value = reader.value("noise_shape");
  if (value == nullptr) return out;
  if (!std::holds_alternative<ConfigValue::List>(value->value())) {
    throw ValueError(
        std::string(kInvalid) +
        "Expected a tuple or list of integers. Received: noise_shape=" + value->to_json());
  }
  out.extents_.emplace();
  for (const ConfigValue& item : value->as_list(reader.where("noise_shape"))) {
    if (item.is_none()) {
      out.extents_->emplace_back();
      continue;
    }
    const std::string index = std::to_string(out.extents_->size());
    if (!std::holds_alternative<Integer>(item.value())) {
      throw ValueError(std::string(kInvalid) +
                       "Expected all elements to be integers or None. Received element at index " +
                       index + ": " + item.to_json());
    }
    const std::int64_t extent = item.as_int(reader.where("noise_shape"));
    if (extent <= 0) {
      throw ValueError(std::string(kInvalid) +
                       "Expected all dimensions to be positive integers or None. Received negative "
                       "or zero value at index " +
                       index + ": " + std::to_string(extent));
    }
    out.extents_->emplace_back(extent);
  }
  return out;
}

Shape NoiseShape::of(const Shape& input_shape) const {
  if (!extents_) return input_shape;
  Shape mask;
  for (std::size_t i = 0; i < extents_->size(); ++i) {
    const auto& extent = (*extents_)[i];
    // An axis that the input lacks makes the mask too long for it: refused below.
    mask.push_back(extent ? *extent : i < input_shape.size() ? input_shape[i] : 1);
  }
  if (broadcasts(mask, input_shape)) return mask;
  throw ValueError(std::string(kInvalid) + "A mask of shape " + to_string(mask) +
                   " does not broadcast to the input's shape " + to_string(input_shape));
}

ConfigValue NoiseShape::to_config() const {
  if (!extents_) return {};
  ConfigValue::List list;
  for (const auto& extent : *extents_) {
    list.push_back(extent ? ConfigValue(*extent) : ConfigValue());
  }
  return list;
}

}  // namespace seedproof::kinds
