#include <functional>
#include <string>

#include <seedproof/layers/ops/broadcast.h>
#include <seedproof/layers/ops/ops.h>
#include <seedproof/layers/ops/scalar.h>

namespace seedproof::ops {

namespace {

template <class T>
auto comparable(T value) {
  if constexpr (kIsHalf<T>) {
    return static_cast<float>(value);
  } else {
    return value;
  }
}

template <class Relation>
Tensor compare(const char* name, const Tensor& a, const Tensor& b) {
  require_same(name, a.dtype(), b.dtype());
  const Shape shape = broadcast_shape(a.shape(), b.shape());
  const Walk<2> walk = make_walk<2>(shape, {&a.shape(), &b.shape()});
  Tensor out = Tensor::uninitialized(DType::boolean, shape);
  bool* target = out.as<bool>().data();
  visit_dtype(a.dtype(), [&]<class T>(T*) {
    const T* x = a.as<T>().data();
    const T* y = b.as<T>().data();
    for_runs(walk, [&](std::size_t flat, auto& offsets, std::size_t length, auto& steps) {
      for (std::size_t i = 0; i < length; ++i) {
        target[flat + i] = Relation{}(comparable(x[offsets[0] + i * steps[0]]),
                                      comparable(y[offsets[1] + i * steps[1]]));
      }
    });
  });
  return out;
}

Tensor scalar(double value, DType dtype) { return Tensor::full(dtype, {}, value); }

}  // namespace

Tensor equal(const Tensor& a, const Tensor& b) { return compare<std::equal_to<>>("equal", a, b); }
Tensor greater(const Tensor& a, const Tensor& b) {
  return compare<std::greater<>>("greater", a, b);
}
Tensor greater_equal(const Tensor& a, const Tensor& b) {
  return compare<std::greater_equal<>>("greater_equal", a, b);
}
Tensor equal(const Tensor& a, double b) { return equal(a, scalar(b, a.dtype())); }
Tensor greater(const Tensor& a, double b) { return greater(a, scalar(b, a.dtype())); }
Tensor greater_equal(const Tensor& a, double b) { return greater_equal(a, scalar(b, a.dtype())); }
Tensor less(const Tensor& a, double b) {
  return compare<std::less<>>("less", a, scalar(b, a.dtype()));
}
Tensor less_equal(const Tensor& a, double b) {
  return compare<std::less_equal<>>("less_equal", a, scalar(b, a.dtype()));
}

Tensor where(const Tensor& condition, const Tensor& a, const Tensor& b) {
  if (condition.dtype() != DType::boolean) {
    throw TypeError("where: the condition is " + std::string(keras_name(condition.dtype())) +
                    ", not bool");
  }
  require_same("where", a.dtype(), b.dtype());
  const Shape shape = broadcast_shape(condition.shape(), broadcast_shape(a.shape(), b.shape()));
  const Walk<3> walk = make_walk<3>(shape, {&condition.shape(), &a.shape(), &b.shape()});
  Tensor out = Tensor::uninitialized(a.dtype(), shape);
  const bool* choose = condition.as<bool>().data();
  visit_dtype(a.dtype(), [&]<class T>(T*) {
    const T* x = a.as<T>().data();
    const T* y = b.as<T>().data();
    T* target = out.as<T>().data();
    for_runs(walk, [&](std::size_t flat, auto& offsets, std::size_t length, auto& steps) {
      for (std::size_t i = 0; i < length; ++i) {
        target[flat + i] = choose[offsets[0] + i * steps[0]] ? x[offsets[1] + i * steps[1]]
                                                             : y[offsets[2] + i * steps[2]];
      }
    });
  });
  return out;
}

}  // namespace seedproof::ops
