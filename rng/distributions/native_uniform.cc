// Words, uniforms and masks by the `native` rules.
#include <cmath>

#include <seedproof/rng/distributions/native_parts.h>
#include <seedproof/rng/rules/native_float.h>
#include <seedproof/rng/rules/native_mask.h>

namespace seedproof::native::detail {

namespace {

// low + unit (high - low), each operation rounded to T, and kept below high.
template <class T>
class Scale {
 public:
  explicit Scale(const Uniform& uniform)
      : low_(static_cast<T>(uniform.low)),
        width_(static_cast<T>(uniform.high) - low_),
        most_(width_ == 0 ? low_ : std::nextafter(static_cast<T>(uniform.high), low_)) {}

  T operator()(T unit) const { return std::min(low_ + unit * width_, most_); }

 private:
  T low_;
  T width_;
  T most_;  // the largest number below high
};

template <class T>
void fill_single(WordSource& source, const Uniform& uniform, std::uint64_t first, T* out,
                 std::size_t count) {
  const Scale<float> scale(uniform);
  for_each_group<1>(source, first, count,
                    [&](std::size_t i, auto words) { out[i] = T(scale(uniform_f32(words[0]))); });
}

void fill_double(WordSource& source, const Uniform& uniform, std::uint64_t first, double* out,
                 std::size_t count) {
  const Scale<double> scale(uniform);
  for_each_group<2>(source, first, count, [&](std::size_t i, auto words) {
    out[i] = scale(uniform_f64(word64(words[0], words[1])));
  });
}

}  // namespace

void fill(WordSource& source, const Words&, std::uint64_t first, MutableView out) {
  if (out.dtype == DType::u32) {
    for_each_group<1>(source, first, out.count, [&](std::size_t i, auto words) {
      static_cast<std::uint32_t*>(out.data)[i] = words[0];
    });
  } else {
    for_each_group<2>(source, first, out.count, [&](std::size_t i, auto words) {
      static_cast<std::uint64_t*>(out.data)[i] = word64(words[0], words[1]);
    });
  }
}

void fill(WordSource& source, const Uniform& uniform, std::uint64_t first, MutableView out) {
  visit_float(out.dtype, [&]<class T>(T*) {
    if constexpr (std::is_same_v<T, double>) {
      fill_double(source, uniform, first, static_cast<T*>(out.data), out.count);
    } else {
      fill_single(source, uniform, first, static_cast<T*>(out.data), out.count);
    }
  });
}

void fill(WordSource& source, const KeepMask& mask, std::uint64_t first, MutableView out) {
  const std::uint64_t threshold = keep_threshold(mask.rate);
  visit_dtype(out.dtype, [&]<class T>(T*) {
    const T one = T(1.0F);
    const T zero = T(0.0F);
    T* const target = static_cast<T*>(out.data);
    for_each_group<1>(source, first, out.count, [&](std::size_t i, auto words) {
      target[i] = keeps(words[0], threshold) ? one : zero;
    });
  });
}

}  // namespace seedproof::native::detail
