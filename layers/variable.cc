#include <seedproof/layers/ops/ops.h>
#include <seedproof/layers/variable.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

std::string_view to_string(Aggregation aggregation) {
  switch (aggregation) {
    case Aggregation::none:
      return "none";
    case Aggregation::mean:
      return "mean";
    case Aggregation::sum:
      return "sum";
    case Aggregation::only_first_replica:
      break;
  }
  return "only_first_replica";
}

Aggregation parse_aggregation(std::string_view text) {
  for (const Aggregation value :
       {Aggregation::none, Aggregation::mean, Aggregation::sum, Aggregation::only_first_replica}) {
    if (text == to_string(value)) return value;
  }
  throw ValueError(
      "Invalid value for argument `aggregation`. Expected one of `None`, `'none'`, `'mean'`, "
      "`'sum'`, `'only_first_replica'`. Received: aggregation=" +
      std::string(text));
}

std::string_view to_string(Synchronization synchronization) {
  switch (synchronization) {
    case Synchronization::automatic:
      return "auto";
    case Synchronization::none:
      return "none";
    case Synchronization::on_write:
      return "on_write";
    case Synchronization::on_read:
      break;
  }
  return "on_read";
}

Synchronization parse_synchronization(std::string_view text) {
  for (const Synchronization value : {Synchronization::automatic, Synchronization::none,
                                      Synchronization::on_write, Synchronization::on_read}) {
    if (text == to_string(value)) return value;
  }
  throw ValueError(
      "Invalid value for argument `synchronization`. Expected one of `None`, `'none'`, "
      "`'on_read'`, `'on_write'`, `'auto'`. Received: synchronization=" +
      std::string(text));
}

Variable::Variable(Tensor initial, std::string path, VariableOptions options)
    : value_(std::move(initial)), path_(std::move(path)), options_(std::move(options)) {
  if (options_.name.find('/') == std::string::npos) return;
  throw ValueError(
      "Argument `name` must be a string and cannot contain character `/`. Received: name=" +
      options_.name);
}

std::string Variable::describe() const {
  return "<Variable path=" + path_ + ", shape=" + to_string(shape()) +
         ", dtype=" + std::string(keras_name(dtype())) + ">";
}

const Tensor& Variable::value_as(DType compute) const {
  if (!options_.autocast || dtype() == compute || !is_float(dtype()) || !is_float(compute)) {
    return value_;
  }
  if (!cast_ || cast_->dtype() != compute) cast_ = value_.cast(compute);
  return *cast_;
}

void Variable::assign(const Tensor& value) {
  if (value.shape() != shape()) {
    throw ValueError(
        "The shape of the target variable and the shape of the target value in "
        "`variable.assign(value)` must match. variable.shape=" +
        to_string(shape()) + ", Received: value.shape=" + to_string(value.shape()) +
        ". Target variable: " + describe());
  }
  if (value.dtype() == dtype()) {
    value_ = value;
  } else {
    value_ = value.cast(dtype());
  }
  cast_.reset();
}

void Variable::accumulate_gradient(const Tensor& gradient) {
  if (gradient.shape() != shape()) {
    throw ValueError("the gradient of " + describe() + " has shape " + to_string(gradient.shape()));
  }
  if (!options_.trainable) return;
  if (!gradient_) {
    gradient_ = gradient.cast(dtype());
  } else if (gradient.dtype() == dtype()) {
    ops::add_in_place(*gradient_, gradient);
  } else {
    ops::add_in_place(*gradient_, gradient.cast(dtype()));
  }
}

}  // namespace seedproof
