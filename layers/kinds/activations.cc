#include <array>
#include <cmath>

#include <seedproof/layers/kinds/activations.h>
#include <seedproof/layers/kinds/erfc.h>
#include <seedproof/layers/ops/elementary.h>
#include <seedproof/layers/ops/ops.h>
#include <seedproof/layers/ops/scalar.h>
#include <seedproof/rng/values/error.h>

namespace seedproof::kinds {
namespace {

using namespace ops;  // this file is a list of formulas

constexpr double kSeluScale = 1.0507009873554804934193349852946;
constexpr double kSeluScaleAlpha = 1.7580993408473768599402175208123;
constexpr double kInverseRootPi = 0.56418958354775628694807945156;
// TensorFlow holds these two as float32, whatever the tensor's dtype.
constexpr double kHalfRoot = 0.7071067811865476F;  // 1 / sqrt(2)
constexpr double kLeak = 0.2F;

Tensor zeros(const Tensor& like) { return Tensor(like.dtype(), like.shape()); }
/// `value` where `condition`, else 0.
Tensor gate(const Tensor& condition, const Tensor& value) {
  return where(condition, value, zeros(value));
}
/// The same as TensorFlow computes it in ReluGrad: a product, so that a negative value gives -0.
Tensor product_gate(const Tensor& condition, const Tensor& value) {
  return multiply(value, condition.cast(value.dtype()));
}
/// `value` where low < x < high, else 0.
Tensor within(const Tensor& x, double low, double high, const Tensor& value) {
  return gate(greater(x, low), gate(less(x, high), value));
}
Tensor clip(const Tensor& x, double low, double high) { return maximum(minimum(x, high), low); }
/// A function of one number, in double, rounded once.
Tensor map(const Tensor& x, double (*function)(double)) {
  Tensor out = Tensor::uninitialized(x.dtype(), x.shape());
  visit_float("activation", x.dtype(), [&]<class T>(T*) {
    const auto from = x.as<T>();
    const auto to = out.as<T>();
    for (std::size_t i = 0; i < from.size(); ++i) {
      to[i] = static_cast<T>(function(static_cast<double>(from[i])));
    }
  });
  return out;
}

Tensor linear(const Tensor& x) { return x; }
Tensor linear_back(const Tensor&, const Tensor&, const Tensor& g) { return g; }

Tensor relu(const Tensor& x) { return maximum(x, 0.0); }
Tensor relu_back(const Tensor&, const Tensor& y, const Tensor& g) {
  return product_gate(greater(y, 0.0), g);
}

Tensor relu6(const Tensor& x) { return minimum(maximum(x, 0.0), 6.0); }
Tensor relu6_back(const Tensor&, const Tensor& y, const Tensor& g) {
  return within(y, 0.0, 6.0, g);
}

Tensor leaky_relu(const Tensor& x) { return where(greater(x, 0.0), x, multiply(x, kLeak)); }
Tensor leaky_relu_back(const Tensor& x, const Tensor&, const Tensor& g) {
  return where(greater(x, 0.0), g, multiply(g, kLeak));
}

// exp(x) - 1, as TensorFlow has it, not expm1.
Tensor elu(const Tensor& x) { return where(less(x, 0.0), subtract(exp(x), 1.0), x); }
Tensor elu_back(const Tensor&, const Tensor& y, const Tensor& g) {
  return where(less(y, 0.0), multiply(add(y, 1.0), g), g);
}

Tensor selu(const Tensor& x) {
  return where(less(x, 0.0), multiply(subtract(exp(x), 1.0), kSeluScaleAlpha),
               multiply(x, kSeluScale));
}
Tensor selu_back(const Tensor&, const Tensor& y, const Tensor& g) {
  return where(less(y, 0.0), multiply(g, add(y, kSeluScaleAlpha)), multiply(g, kSeluScale));
}

Tensor celu(const Tensor& x) { return add(maximum(x, 0.0), expm1(minimum(x, 0.0))); }
Tensor celu_back(const Tensor& x, const Tensor&, const Tensor& g) {
  return multiply(g, exp(minimum(x, 0.0)));
}

Tensor sigmoid_back(const Tensor&, const Tensor& y, const Tensor& g) {
  return multiply(multiply(g, y), subtract(1.0, y));
}
Tensor tanh_back(const Tensor&, const Tensor& y, const Tensor& g) {
  return multiply(g, subtract(1.0, square(y)));
}
Tensor exponential_back(const Tensor&, const Tensor& y, const Tensor& g) { return multiply(g, y); }

double softplus_of(double x) {
  return x > 0.0 ? x + elementary::log1p(elementary::exp(-x))
                 : elementary::log1p(elementary::exp(x));
}
Tensor softplus(const Tensor& x) { return map(x, softplus_of); }
Tensor softplus_back(const Tensor& x, const Tensor&, const Tensor& g) {
  return multiply(g, sigmoid(x));
}

Tensor log_sigmoid(const Tensor& x) { return negate(softplus(negate(x))); }
Tensor log_sigmoid_back(const Tensor& x, const Tensor&, const Tensor& g) {
  return multiply(g, sigmoid(negate(x)));
}

Tensor softsign(const Tensor& x) { return divide(x, add(abs(x), 1.0)); }
Tensor softsign_back(const Tensor& x, const Tensor&, const Tensor& g) {
  return divide(g, square(add(abs(x), 1.0)));
}

Tensor silu(const Tensor& x) { return multiply(x, sigmoid(x)); }
Tensor silu_back(const Tensor& x, const Tensor&, const Tensor& g) {
  const Tensor s = sigmoid(x);
  return multiply(g, multiply(s, add(multiply(x, subtract(1.0, s)), 1.0)));
}

Tensor mish(const Tensor& x) { return multiply(x, tanh(softplus(x))); }
Tensor mish_back(const Tensor& x, const Tensor&, const Tensor& g) {
  const Tensor t = tanh(softplus(x));
  const Tensor slope = multiply(subtract(1.0, square(t)), sigmoid(x));
  return multiply(g, add(t, multiply(x, slope)));
}

Tensor gelu(const Tensor& x) {
  return multiply(multiply(x, 0.5), map(multiply(negate(x), kHalfRoot), erfc));
}
Tensor gelu_back(const Tensor& x, const Tensor&, const Tensor& g) {
  const Tensor scaled = multiply(negate(x), kHalfRoot);
  const Tensor density = multiply(exp(negate(square(scaled))), kHalfRoot * kInverseRootPi);
  return multiply(g, add(multiply(map(scaled, erfc), 0.5), multiply(x, density)));
}

Tensor hard_sigmoid(const Tensor& x) { return divide(relu6(add(x, 3.0)), 6.0); }
Tensor hard_sigmoid_back(const Tensor& x, const Tensor&, const Tensor& g) {
  return within(add(x, 3.0), 0.0, 6.0, divide(g, 6.0));
}

Tensor hard_silu(const Tensor& x) { return multiply(x, hard_sigmoid(x)); }
Tensor hard_silu_back(const Tensor& x, const Tensor& y, const Tensor& g) {
  return add(multiply(g, hard_sigmoid(x)), hard_sigmoid_back(x, y, multiply(g, x)));
}

Tensor hard_tanh(const Tensor& x) { return clip(x, -1.0, 1.0); }
Tensor hard_tanh_back(const Tensor& x, const Tensor&, const Tensor& g) {
  return gate(greater_equal(x, -1.0), gate(less_equal(x, 1.0), g));
}

Tensor tanh_shrink(const Tensor& x) { return subtract(x, tanh(x)); }
Tensor tanh_shrink_back(const Tensor& x, const Tensor&, const Tensor& g) {
  return multiply(g, square(tanh(x)));
}

Tensor soft_shrink(const Tensor& x) {
  return where(greater(x, 0.5), subtract(x, 0.5), gate(less(x, -0.5), add(x, 0.5)));
}
Tensor hard_shrink(const Tensor& x) { return gate(greater(abs(x), 0.5), x); }
Tensor shrink_back(const Tensor& x, const Tensor&, const Tensor& g) {
  return gate(greater(abs(x), 0.5), g);
}

Tensor squareplus(const Tensor& x) { return divide(add(x, sqrt(add(square(x), 4.0))), 2.0); }
Tensor squareplus_back(const Tensor& x, const Tensor&, const Tensor& g) {
  return multiply(g, divide(add(divide(x, sqrt(add(square(x), 4.0))), 1.0), 2.0));
}

Tensor sparse_plus(const Tensor& x) {
  return gate(greater(x, -1.0), where(less(x, 1.0), multiply(square(add(x, 1.0)), 0.25), x));
}
Tensor sparse_plus_back(const Tensor& x, const Tensor&, const Tensor& g) {
  return multiply(g, divide(add(clip(x, -1.0, 1.0), 1.0), 2.0));
}

Tensor sparse_sigmoid(const Tensor& x) { return multiply(add(clip(x, -1.0, 1.0), 1.0), 0.5); }
Tensor sparse_sigmoid_back(const Tensor& x, const Tensor&, const Tensor& g) {
  return within(x, -1.0, 1.0, multiply(g, 0.5));
}

constexpr std::array<std::int64_t, 1> kLast{-1};

/// x - max(x) over the last axis.
Tensor shifted(const Tensor& x) {
  if (x.rank() == 0) throw ValueError("softmax: expected an input of at least one axis, found ()");
  if (x.count() == 0) return x;
  return subtract(x, max(x, kLast, true));
}
Tensor softmax(const Tensor& x) {
  const Tensor e = exp(shifted(x));
  return divide(e, sum(e, kLast, true));
}
Tensor softmax_back(const Tensor&, const Tensor& y, const Tensor& g) {
  return multiply(subtract(g, sum(multiply(g, y), kLast, true)), y);
}
Tensor log_softmax(const Tensor& x) {
  const Tensor s = shifted(x);
  return subtract(s, log(sum(exp(s), kLast, true)));
}
Tensor log_softmax_back(const Tensor&, const Tensor& y, const Tensor& g) {
  return subtract(g, multiply(exp(y), sum(g, kLast, true)));
}

constexpr std::array<Activation, 27> kActivations{{
    {"linear", linear, linear_back},
    {"relu", relu, relu_back},
    {"relu6", relu6, relu6_back},
    {"leaky_relu", leaky_relu, leaky_relu_back},
    {"sigmoid", sigmoid, sigmoid_back},
    {"tanh", tanh, tanh_back},
    {"softmax", softmax, softmax_back},
    {"log_softmax", log_softmax, log_softmax_back},
    {"elu", elu, elu_back},
    {"selu", selu, selu_back},
    {"celu", celu, celu_back},
    {"softplus", softplus, softplus_back},
    {"softsign", softsign, softsign_back},
    {"silu", silu, silu_back},
    {"mish", mish, mish_back},
    {"gelu", gelu, gelu_back},
    {"exponential", exp, exponential_back},
    {"hard_sigmoid", hard_sigmoid, hard_sigmoid_back},
    {"hard_silu", hard_silu, hard_silu_back},
    {"hard_tanh", hard_tanh, hard_tanh_back},
    {"tanh_shrink", tanh_shrink, tanh_shrink_back},
    {"soft_shrink", soft_shrink, shrink_back},
    {"hard_shrink", hard_shrink, shrink_back},
    {"log_sigmoid", log_sigmoid, log_sigmoid_back},
    {"squareplus", squareplus, squareplus_back},
    {"sparse_plus", sparse_plus, sparse_plus_back},
    {"sparse_sigmoid", sparse_sigmoid, sparse_sigmoid_back},
}};

}  // namespace

const Activation& get_activation(const ConfigValue* identifier) {
  if (identifier == nullptr || identifier->is_none()) return kActivations.front();
  if (const auto* name = std::get_if<std::string>(&identifier->value())) {
    const std::string_view plain = *name == "swish"        ? "silu"
                                   : *name == "hard_swish" ? "hard_silu"
                                                           : std::string_view(*name);
    for (const Activation& activation : kActivations) {
      if (activation.name == plain) return activation;
    }
  }
  throw ValueError("Could not interpret activation function identifier: " + identifier->to_json());
}

std::vector<std::string_view> activation_names() {
  std::vector<std::string_view> names;
  for (const Activation& activation : kActivations) names.push_back(activation.name);
  return names;
}

}  // namespace seedproof::kinds
