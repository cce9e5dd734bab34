#include <limits>
#include <string>
#include <vector>

#include <seedproof/layers/ops/broadcast.h>
#include <seedproof/layers/ops/ops.h>
#include <seedproof/layers/ops/scalar.h>

namespace seedproof::ops {

namespace {

struct Reduced {
  Shape kept;             // reduced axes have extent 1
  Shape result;           // as asked
  std::size_t terms = 1;  // of one result
};

Reduced reduce_shape(const Tensor& a, std::span<const std::int64_t> axes, bool keep) {
  Reduced out;
  out.kept = a.shape();
  std::vector<bool> gone(a.shape().size(), false);
  for (const std::int64_t axis : axes) {
    const auto index = static_cast<std::size_t>(normalize_axis(axis, a.rank()));
    if (gone[index]) continue;
    gone[index] = true;
    out.terms *= static_cast<std::size_t>(a.shape()[index]);
    out.kept[index] = 1;
  }
  for (std::size_t i = 0; i < out.kept.size(); ++i) {
    if (keep || !gone[i]) out.result.push_back(out.kept[i]);
  }
  return out;
}

/// Totals in the compute type; `a` is walked in its row-major order.
template <class T, class Step>
std::vector<Compute<T>> accumulate(const Tensor& a, const Shape& kept, Compute<T> first,
                                   Step step) {
  std::vector<Compute<T>> totals(element_count(kept), first);
  const Walk<1> walk = make_walk<1>(a.shape(), {&kept});
  const T* source = a.as<T>().data();
  for_runs(walk, [&](std::size_t flat, auto& offsets, std::size_t length, auto& steps) {
    Compute<T>* total = totals.data() + offsets[0];
    for (std::size_t i = 0; i < length; ++i) {
      Compute<T>& cell = total[i * steps[0]];
      cell = step(cell, load(source[flat + i]));
    }
  });
  return totals;
}

template <class T>
Tensor rounded(const std::vector<Compute<T>>& totals, const Shape& shape) {
  Tensor out = Tensor::uninitialized(dtype_of<T>::value, shape);
  T* target = out.as<T>().data();
  for (std::size_t i = 0; i < totals.size(); ++i) target[i] = store<T>(totals[i]);
  return out;
}

template <class C>
C plus(C a, C b) {
  return a + b;
}

std::vector<std::int64_t> all_axes(const Tensor& a) {
  std::vector<std::int64_t> axes;
  for (std::int64_t i = 0; i < a.rank(); ++i) axes.push_back(i);
  return axes;
}

}  // namespace

Tensor sum(const Tensor& a) { return sum(a, all_axes(a)); }

Tensor sum(const Tensor& a, std::span<const std::int64_t> axes, bool keep) {
  const Reduced shape = reduce_shape(a, axes, keep);
  return visit_number("sum", a.dtype(), [&]<class T>(T*) {
    return rounded<T>(accumulate<T>(a, shape.kept, Compute<T>{0}, plus<Compute<T>>), shape.result);
  });
}

Tensor mean(const Tensor& a) { return mean(a, all_axes(a)); }

Tensor mean(const Tensor& a, std::span<const std::int64_t> axes, bool keep) {
  const Reduced shape = reduce_shape(a, axes, keep);
  return visit_float("mean", a.dtype(), [&]<class T>(T*) {
    auto totals = accumulate<T>(a, shape.kept, Compute<T>{0}, plus<Compute<T>>);
    const auto terms = static_cast<Compute<T>>(shape.terms);
    for (Compute<T>& total : totals) total = total / terms;
    return rounded<T>(totals, shape.result);
  });
}

Tensor max(const Tensor& a, std::span<const std::int64_t> axes, bool keep) {
  const Reduced shape = reduce_shape(a, axes, keep);
  if (shape.terms == 0) {
    throw ValueError("max: no elements along the reduced axes of " + to_string(a.shape()));
  }
  return visit_float("max", a.dtype(), [&]<class T>(T*) {
    using C = Compute<T>;
    const auto larger = [](C x, C y) { return y > x || y != y ? y : x; };
    return rounded<T>(accumulate<T>(a, shape.kept, -std::numeric_limits<C>::infinity(), larger),
                      shape.result);
  });
}

Tensor sum_to(const Tensor& a, const Shape& shape) {
  if (a.shape() == shape) return a;
  if (broadcast_shape(shape, a.shape()) != a.shape()) {
    throw ValueError("shape " + to_string(shape) + " does not broadcast to " +
                     to_string(a.shape()));
  }
  std::vector<std::int64_t> axes;
  const std::size_t skip = a.shape().size() - shape.size();
  for (std::size_t i = 0; i < a.shape().size(); ++i) {
    if (i < skip || (shape[i - skip] == 1 && a.shape()[i] != 1)) {
      axes.push_back(static_cast<std::int64_t>(i));
    }
  }
  return sum(a, axes).reshaped(shape);
}

}  // namespace seedproof::ops
