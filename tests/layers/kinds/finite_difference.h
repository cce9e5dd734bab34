// Gradients of a layer against central differences in double. Each evaluation builds the layer and
// its generator anew, so that random layers make the same draw.
#pragma once

#include <cmath>
#include <vector>

#include "tests/layers/kinds/support.h"

namespace seedproof::test {

struct Probe {
  std::string class_name;
  Config config;
  Shape shape;
};

/// Coefficients of the outputs in the loss.
inline double coefficient(std::size_t i) { return 0.3 + 0.1 * static_cast<double>(i % 7); }

inline Built built_with(const Probe& probe, const std::vector<Tensor>& weights) {
  Config config = probe.config;
  config.set("dtype", "float64");
  Built built = make(probe.class_name, config);
  built.layer->build(probe.shape);
  if (!weights.empty()) built.layer->set_weights(weights);
  return built;
}

inline double loss_of(const Probe& probe, const std::vector<Tensor>& weights, const Tensor& x) {
  const Built built = built_with(probe, weights);
  const Tensor y = built(x, training());
  double loss = 0.0;
  for (std::size_t i = 0; i < y.count(); ++i) loss += coefficient(i) * y.at(i);
  for (const Tensor& extra : built.layer->losses()) loss += extra.at(0);
  return loss;
}

inline void expect_gradients(const Probe& probe) {
  const Tensor x = ramp(probe.shape, DType::f64);
  const Built built = built_with(probe, {});
  const std::vector<Tensor> weights = built.layer->get_weights();
  const Tensor y = built(x, training());
  Tensor upstream(DType::f64, y.shape());
  for (std::size_t i = 0; i < y.count(); ++i) upstream.as<double>()[i] = coefficient(i);
  const Tensor gradient = built.layer->backward(upstream);
  ASSERT_EQ(gradient.shape(), x.shape());

  constexpr double kStep = 1e-6;
  const auto expect = [&](double found, double up, double down, const std::string& where) {
    const double slope = (up - down) / (2 * kStep);
    EXPECT_NEAR(found, slope, 1e-6 * std::max(1.0, std::abs(slope)))
        << probe.class_name << " " << where;
  };
  for (std::size_t i = 0; i < x.count(); ++i) {
    Tensor up = x;
    Tensor down = x;
    up.as<double>()[i] += kStep;
    down.as<double>()[i] -= kStep;
    expect(gradient.at(i), loss_of(probe, weights, up), loss_of(probe, weights, down),
           "input " + std::to_string(i));
  }
  const auto variables = built.layer->weights();
  for (std::size_t v = 0; v < variables.size(); ++v) {
    if (!variables[v]->trainable()) continue;
    ASSERT_TRUE(variables[v]->gradient().has_value()) << variables[v]->path();
    for (std::size_t i = 0; i < weights[v].count(); ++i) {
      std::vector<Tensor> up = weights;
      std::vector<Tensor> down = weights;
      up[v].as<double>()[i] += kStep;
      down[v].as<double>()[i] -= kStep;
      expect(variables[v]->gradient()->at(i), loss_of(probe, up, x), loss_of(probe, down, x),
             variables[v]->path() + " " + std::to_string(i));
    }
  }
}

}  // namespace seedproof::test
