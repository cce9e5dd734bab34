#include <cstdint>
#include <string>

#include <seedproof/layers/ops/broadcast.h>
#include <seedproof/layers/ops/ops.h>
#include <seedproof/layers/ops/scalar.h>

namespace seedproof::ops {

namespace {

struct Add {
  static constexpr const char* kName = "add";
  template <class C>
  static C apply(C a, C b) {
    return a + b;
  }
};
struct Subtract {
  static constexpr const char* kName = "subtract";
  template <class C>
  static C apply(C a, C b) {
    return a - b;
  }
};
struct Multiply {
  static constexpr const char* kName = "multiply";
  template <class C>
  static C apply(C a, C b) {
    return a * b;
  }
};
struct Divide {
  static constexpr const char* kName = "divide";
  template <class C>
  static C apply(C a, C b) {
    return a / b;
  }
};

struct Maximum {
  static constexpr const char* kName = "maximum";
  template <class T>
  static T apply(T a, T b) {
    return b > a || b != b ? b : a;
  }
};
struct Minimum {
  static constexpr const char* kName = "minimum";
  template <class T>
  static T apply(T a, T b) {
    return b < a || b != b ? b : a;
  }
};

// Order matters to these two, so they see the element's own sign.
template <class Op>
inline constexpr bool kOrdered = std::is_same_v<Op, Maximum> || std::is_same_v<Op, Minimum>;

template <class Op, class T>
T apply(T a, T b) {
  if constexpr (kOrdered<Op> && !kIsHalf<T>) {
    return Op::template apply<T>(a, b);
  } else {
    return store<T>(Op::template apply<Compute<T>>(load(a), load(b)));
  }
}

template <class Op, class Visitor>
void visit_operands(DType dtype, Visitor&& visit) {
  if constexpr (std::is_same_v<Op, Divide>) {
    visit_float(Op::kName, dtype, visit);
  } else {
    visit_number(Op::kName, dtype, visit);
  }
}

template <class Op>
Shape result_shape(const Tensor& a, const Tensor& b) {
  require_same(Op::kName, a.dtype(), b.dtype());
  try {
    return broadcast_shape(a.shape(), b.shape());
  } catch (const ValueError& error) {
    throw ValueError(std::string(Op::kName) + ": " + error.what());
  }
}

// `out` may be a's own storage when a has the whole shape.
template <class Op, class T>
void run(const T* a, const T* b, T* out, const Walk<2>& walk) {
  for_runs(walk, [&](std::size_t flat, auto& offsets, std::size_t length, auto& steps) {
    const T* x = a + offsets[0];
    const T* y = b + offsets[1];
    T* z = out + flat;
    if (steps[0] == 1 && steps[1] == 1) {
      for (std::size_t i = 0; i < length; ++i) z[i] = apply<Op>(x[i], y[i]);
    } else if (steps[0] == 1 && steps[1] == 0) {
      const T constant = *y;
      for (std::size_t i = 0; i < length; ++i) z[i] = apply<Op>(x[i], constant);
    } else {
      for (std::size_t i = 0; i < length; ++i) z[i] = apply<Op>(x[i * steps[0]], y[i * steps[1]]);
    }
  });
}

// Equal shapes, the common case, need no walk and so no allocation.
template <class Op, class T>
void run_equal(const T* a, const T* b, T* out, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) out[i] = apply<Op>(a[i], b[i]);
}

template <class Op>
Tensor binary(const Tensor& a, const Tensor& b) {
  const Shape shape = result_shape<Op>(a, b);
  Tensor out;
  visit_operands<Op>(a.dtype(), [&]<class T>(T*) {
    out = Tensor::uninitialized(a.dtype(), shape);
    T* target = out.as<T>().data();
    if (a.shape() == b.shape()) {
      run_equal<Op, T>(a.as<T>().data(), b.as<T>().data(), target, a.count());
    } else {
      run<Op, T>(a.as<T>().data(), b.as<T>().data(), target,
                 make_walk<2>(shape, {&a.shape(), &b.shape()}));
    }
  });
  return out;
}

template <class Op>
void in_place(Tensor& a, const Tensor& b) {
  if (a.shape() != b.shape() && result_shape<Op>(a, b) != a.shape()) {
    throw ValueError(std::string(Op::kName) + ": shape " + to_string(b.shape()) +
                     " does not fit into " + to_string(a.shape()) + " in place");
  }
  require_same(Op::kName, a.dtype(), b.dtype());
  visit_operands<Op>(a.dtype(), [&]<class T>(T*) {
    T* target = a.as<T>().data();
    if (a.shape() == b.shape()) {
      run_equal<Op, T>(target, b.as<T>().data(), target, a.count());
    } else {
      run<Op, T>(target, b.as<T>().data(), target,
                 make_walk<2>(a.shape(), {&a.shape(), &b.shape()}));
    }
  });
}

/// A Python number in the tensor's dtype: floats round once, integers truncate.
template <class T>
T constant_of(double value) {
  if constexpr (kIsFloat<T>) {
    return static_cast<T>(value);
  } else {
    return static_cast<T>(static_cast<std::int64_t>(value));
  }
}

enum class Side { left, right };

template <class Op, Side S>
void with_number(const Tensor& a, double number, Tensor& out) {
  visit_operands<Op>(a.dtype(), [&]<class T>(T*) {
    if constexpr (!kIsFloat<T>) {
      if (!(number > -0x1p63 && number < 0x1p63)) {
        throw ValueError(std::string(Op::kName) + ": " + std::to_string(number) +
                         " does not fit an integer dtype");
      }
    }
    const T constant = constant_of<T>(number);
    const T* source = a.as<T>().data();
    T* target = out.as<T>().data();
    for (std::size_t i = 0; i < a.count(); ++i) {
      target[i] =
          S == Side::right ? apply<Op>(source[i], constant) : apply<Op>(constant, source[i]);
    }
  });
}

template <class Op, Side S = Side::right>
Tensor number(const Tensor& a, double value) {
  Tensor out = Tensor::uninitialized(a.dtype(), a.shape());
  with_number<Op, S>(a, value, out);
  return out;
}

}  // namespace

Tensor add(const Tensor& a, const Tensor& b) { return binary<Add>(a, b); }
Tensor subtract(const Tensor& a, const Tensor& b) { return binary<Subtract>(a, b); }
Tensor multiply(const Tensor& a, const Tensor& b) { return binary<Multiply>(a, b); }
Tensor divide(const Tensor& a, const Tensor& b) { return binary<Divide>(a, b); }
Tensor maximum(const Tensor& a, const Tensor& b) { return binary<Maximum>(a, b); }
Tensor minimum(const Tensor& a, const Tensor& b) { return binary<Minimum>(a, b); }

Tensor add(const Tensor& a, double b) { return number<Add>(a, b); }
Tensor subtract(const Tensor& a, double b) { return number<Subtract>(a, b); }
Tensor subtract(double a, const Tensor& b) { return number<Subtract, Side::left>(b, a); }
Tensor multiply(const Tensor& a, double b) { return number<Multiply>(a, b); }
Tensor divide(const Tensor& a, double b) { return number<Divide>(a, b); }
Tensor divide(double a, const Tensor& b) { return number<Divide, Side::left>(b, a); }
Tensor maximum(const Tensor& a, double b) { return number<Maximum>(a, b); }
Tensor minimum(const Tensor& a, double b) { return number<Minimum>(a, b); }

void add_in_place(Tensor& a, const Tensor& b) { in_place<Add>(a, b); }
void subtract_in_place(Tensor& a, const Tensor& b) { in_place<Subtract>(a, b); }
void multiply_in_place(Tensor& a, const Tensor& b) { in_place<Multiply>(a, b); }
void divide_in_place(Tensor& a, const Tensor& b) { in_place<Divide>(a, b); }
void add_in_place(Tensor& a, double b) { with_number<Add, Side::right>(a, b, a); }
void subtract_in_place(Tensor& a, double b) { with_number<Subtract, Side::right>(a, b, a); }
void multiply_in_place(Tensor& a, double b) { with_number<Multiply, Side::right>(a, b, a); }
void divide_in_place(Tensor& a, double b) { with_number<Divide, Side::right>(a, b, a); }

}  // namespace seedproof::ops
