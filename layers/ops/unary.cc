#include <cmath>

#include <seedproof/layers/ops/elementary.h>
#include <seedproof/layers/ops/ops.h>
#include <seedproof/layers/ops/scalar.h>

namespace seedproof::ops {

namespace {

template <class T, class Function>
Tensor map(const Tensor& a, Function function) {
  Tensor out = Tensor::uninitialized(a.dtype(), a.shape());
  const T* source = a.as<T>().data();
  T* target = out.as<T>().data();
  for (std::size_t i = 0; i < a.count(); ++i) target[i] = function(source[i]);
  return out;
}

Tensor map_double(const char* name, const Tensor& a, double (*function)(double)) {
  return visit_float(name, a.dtype(), [&]<class T>(T*) {
    return map<T>(a, [&](T x) { return static_cast<T>(function(static_cast<double>(x))); });
  });
}

}  // namespace

Tensor negate(const Tensor& a) {
  return visit_number("negate", a.dtype(), [&]<class T>(T*) {
    return map<T>(a, [](T x) {
      if constexpr (kIsFloat<T>)
        return store<T>(-load(x));
      else
        return store<T>(Compute<T>{0} - load(x));
    });
  });
}

Tensor abs(const Tensor& a) {
  return visit_number("abs", a.dtype(), [&]<class T>(T*) {
    return map<T>(a, [](T x) {
      if constexpr (kIsFloat<T>)
        return store<T>(std::fabs(load(x)));
      else
        return x < T{0} ? store<T>(Compute<T>{0} - load(x)) : x;
    });
  });
}

Tensor sign(const Tensor& a) {
  return visit_number("sign", a.dtype(), [&]<class T>(T*) {
    return map<T>(a, [](T x) {
      if constexpr (kIsFloat<T>) {
        const Compute<T> value = load(x);
        if (value != value) return x;
        return store<T>(static_cast<Compute<T>>((value > 0) - (value < 0)));
      } else {
        return static_cast<T>((x > T{0}) - (x < T{0}));
      }
    });
  });
}

Tensor square(const Tensor& a) {
  return visit_number("square", a.dtype(), [&]<class T>(T*) {
    return map<T>(a, [](T x) { return store<T>(load(x) * load(x)); });
  });
}

Tensor sqrt(const Tensor& a) {
  return visit_float("sqrt", a.dtype(), [&]<class T>(T*) {
    return map<T>(a, [](T x) { return store<T>(std::sqrt(load(x))); });
  });
}

Tensor sin(const Tensor& a) { return map_double("sin", a, elementary::sin); }
Tensor cos(const Tensor& a) { return map_double("cos", a, elementary::cos); }
Tensor exp(const Tensor& a) { return map_double("exp", a, elementary::exp); }
Tensor expm1(const Tensor& a) { return map_double("expm1", a, elementary::expm1); }
Tensor log(const Tensor& a) { return map_double("log", a, elementary::log); }
Tensor log1p(const Tensor& a) { return map_double("log1p", a, elementary::log1p); }
Tensor tanh(const Tensor& a) { return map_double("tanh", a, elementary::tanh); }
Tensor sigmoid(const Tensor& a) { return map_double("sigmoid", a, elementary::sigmoid); }
Tensor erf(const Tensor& a) { return map_double("erf", a, elementary::erf); }

}  // namespace seedproof::ops
