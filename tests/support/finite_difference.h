// Checks a layer's backward pass against central differences of
//     L = sum of (upstream * output) + sum of losses()
// with respect to every float input and every trainable weight. For layers of the float64 policy:
// with a step of 1e-5 the truncation (h^2) and the rounding (eps / h) are both near 1e-10, so a
// bound of 1e-6 relative to the larger of 1 and the gradient leaves room for curvature only.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <seedproof/layers/layer.h>

namespace seedproof::testing {

struct DifferenceOptions {
  double step = 1e-5;
  double bound = 1e-6;
  /// Runs before every forward pass: puts the generator back, so that each draws the same numbers.
  std::function<void()> rewind = [] {};
};

namespace detail {

inline double objective(Layer& layer, const Tensors& inputs, const Tensors& upstream,
                        const CallArgs& args, const DifferenceOptions& options) {
  options.rewind();
  const Tensors outputs = layer(inputs, args);
  double total = 0.0;
  for (std::size_t k = 0; k < outputs.size(); ++k) {
    for (std::size_t i = 0; i < outputs[k].count(); ++i) {
      total += upstream[k].at(i) * outputs[k].at(i);
    }
  }
  for (const Tensor& loss : layer.losses()) total += loss.at(0);
  return total;
}

/// Upstream gradients without symmetry: no two elements alike, none 0 or 1.
inline Tensors make_upstream(const Tensors& outputs) {
  Tensors out;
  for (const Tensor& output : outputs) {
    Tensor upstream(DType::f64, output.shape());
    for (std::size_t i = 0; i < upstream.count(); ++i) {
      upstream.as<double>()[i] = 0.3 + 0.17 * static_cast<double>((i * 7 + out.size()) % 11) -
                                 0.9 * static_cast<double>(i % 3) + 0.01 * static_cast<double>(i);
    }
    out.push_back(std::move(upstream));
  }
  return out;
}

inline void compare(const std::string& what, const Tensor& found, std::vector<double> wanted,
                    double bound) {
  ASSERT_EQ(found.count(), wanted.size()) << what;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const double scale = std::max(1.0, std::fabs(wanted[i]));
    EXPECT_NEAR(found.at(i), wanted[i], bound * scale)
        << what << " " << index_text(found.shape(), i);
  }
}

}  // namespace detail

/// `inputs` are f64 where a gradient is wanted of them. Fails where a gradient differs, and when
/// there was nothing to compare.
inline void expect_gradients(Layer& layer, Tensors inputs, const CallArgs& args = {},
                             const DifferenceOptions& options = {}) {
  ASSERT_EQ(layer.compute_dtype(), DType::f64) << "differences need the float64 policy";
  options.rewind();
  const Tensors upstream = detail::make_upstream(layer(inputs, args));
  layer.clear_gradients();
  options.rewind();
  (void)layer(inputs, args);
  const Tensors input_gradients = layer.backward(upstream);
  std::vector<Tensor> weight_gradients;
  for (const Variable* variable : layer.trainable_weights()) {
    ASSERT_TRUE(variable->gradient()) << variable->path() << " has no gradient";
    weight_gradients.push_back(*variable->gradient());
  }

  std::size_t compared = 0;
  ASSERT_EQ(input_gradients.size(), inputs.size());
  for (std::size_t k = 0; k < inputs.size(); ++k) {
    if (inputs[k].dtype() != DType::f64) continue;
    std::vector<double> wanted;
    for (std::size_t i = 0; i < inputs[k].count(); ++i) {
      double& element = inputs[k].as<double>()[i];
      const double kept = element;
      element = kept + options.step;
      const double above = detail::objective(layer, inputs, upstream, args, options);
      element = kept - options.step;
      const double below = detail::objective(layer, inputs, upstream, args, options);
      element = kept;
      wanted.push_back((above - below) / (2.0 * options.step));
    }
    detail::compare("input " + std::to_string(k), input_gradients[k], wanted, options.bound);
    compared += wanted.size();
  }

  const std::vector<Variable*> variables = layer.trainable_weights();
  for (std::size_t k = 0; k < variables.size(); ++k) {
    Tensor value = variables[k]->value();
    std::vector<double> wanted;
    for (std::size_t i = 0; i < value.count(); ++i) {
      const double kept = value.as<double>()[i];
      value.as<double>()[i] = kept + options.step;
      variables[k]->assign(value);
      const double above = detail::objective(layer, inputs, upstream, args, options);
      value.as<double>()[i] = kept - options.step;
      variables[k]->assign(value);
      const double below = detail::objective(layer, inputs, upstream, args, options);
      value.as<double>()[i] = kept;
      wanted.push_back((above - below) / (2.0 * options.step));
    }
    variables[k]->assign(value);
    detail::compare(variables[k]->path(), weight_gradients[k], wanted, options.bound);
    compared += wanted.size();
  }
  EXPECT_GT(compared, 0U) << "nothing was compared";
}

}  // namespace seedproof::testing
