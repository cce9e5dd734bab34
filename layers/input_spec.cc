#include <string>

#include <seedproof/layers/input_spec.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

std::string spelled(const Shape& shape) {  // -1 as Python's None
  std::string out = "(";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (i != 0) out += ", ";
    out += shape[i] < 0 ? "None" : std::to_string(shape[i]);
  }
  if (shape.size() == 1) out += ',';
  return out + ")";
}

}  // namespace

void InputSpec::check(std::string_view layer, const Tensor& input, std::size_t index) const {
  const auto refuse = [&](const std::string& reason) {
    throw ValueError("Input " + std::to_string(index) + " with name 'None' of layer '" +
                     std::string(layer) + "' is incompatible with the layer: " + reason);
  };
  const Shape& found = input.shape();
  const std::int64_t rank = input.rank();
  const std::string received = ". Full shape received: " + to_string(found);
  const auto wanted_rank =
      shape ? std::optional<std::int64_t>(static_cast<std::int64_t>(shape->size())) : ndim;
  if (wanted_rank && rank != *wanted_rank) {
    refuse("expected ndim=" + std::to_string(*wanted_rank) +
           ", found ndim=" + std::to_string(rank) + received);
  }
  if (max_ndim && rank > *max_ndim) {
    refuse("expected max_ndim=" + std::to_string(*max_ndim) +
           ", found ndim=" + std::to_string(rank));
  }
  if (min_ndim && rank < *min_ndim) {
    refuse("expected min_ndim=" + std::to_string(*min_ndim) +
           ", found ndim=" + std::to_string(rank) + received);
  }
  if (dtype && input.dtype() != *dtype) {
    refuse("expected dtype=" + std::string(keras_name(*dtype)) +
           ", found dtype=" + std::string(keras_name(input.dtype())));
  }
  for (const auto& [axis, extent] : axes) {
    const std::int64_t place = axis < 0 ? axis + rank : axis;
    if (place < 0 || place >= rank) {
      refuse("expected axis " + std::to_string(axis) + " of input shape to have value " +
             std::to_string(extent) + ", but received input with shape " + to_string(found));
    }
    if (found[static_cast<std::size_t>(place)] == extent) continue;
    refuse("expected axis " + std::to_string(axis) + " of input shape to have value " +
           std::to_string(extent) + ", but received input with shape " + to_string(found));
  }
  if (!shape) return;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if ((*shape)[i] < 0 || (*shape)[i] == found[i]) continue;
    refuse("expected shape=" + spelled(*shape) + ", found shape=" + to_string(found));
  }
}

}  // namespace seedproof
