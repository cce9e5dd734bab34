#include <cstring>
#include <limits>
#include <new>
#include <utility>

#include <seedproof/rng/values/tensor.h>

namespace seedproof {

namespace {
constexpr std::align_val_t kAlignment{64};
}

namespace detail {

void require_dtype(DType wanted, DType found) {
  if (wanted == found) return;
  throw TypeError("tensor holds " + std::string(short_name(found)) + ", read as " +
                  std::string(short_name(wanted)));
}

void require_count(std::size_t wanted, std::size_t found, const Shape& shape) {
  if (wanted == found) return;
  throw ValueError("shape " + to_string(shape) + " holds " + std::to_string(wanted) +
                   " elements, got " + std::to_string(found));
}

}  // namespace detail

std::size_t element_count(std::span<const std::int64_t> shape) {
  std::size_t count = 1;
  bool empty = false;
  for (const std::int64_t extent : shape) {
    if (extent < 0) {
      throw ValueError("shape " + to_string(shape) + " has the negative extent " +
                       std::to_string(extent));
    }
    if (extent == 0) {
      empty = true;
      continue;
    }
    const auto wide = static_cast<std::size_t>(extent);
    if (count > std::numeric_limits<std::ptrdiff_t>::max() / wide) {
      throw ValueError("shape " + to_string(shape) + " has more elements than fit in 63 bits");
    }
    count *= wide;
  }
  return empty ? 0 : count;
}

std::string to_string(std::span<const std::int64_t> shape) {
  std::string out = "(";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (i != 0) out += ", ";
    out += std::to_string(shape[i]);
  }
  if (shape.size() == 1) out += ',';
  return out + ")";
}

std::string index_text(std::span<const std::int64_t> shape, std::size_t flat) {
  std::vector<std::size_t> index(shape.size());
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    const auto extent = static_cast<std::size_t>(shape[axis]);
    index[axis] = extent == 0 ? 0 : flat % extent;
    flat = extent == 0 ? 0 : flat / extent;
  }
  std::string out = "[";
  for (std::size_t i = 0; i < index.size(); ++i) {
    if (i != 0) out += ", ";
    out += std::to_string(index[i]);
  }
  return out + "]";
}

void Tensor::Free::operator()(std::byte* pointer) const {
  ::operator delete[](pointer, kAlignment);
}

Tensor::Tensor(DType dtype, Shape shape) : Tensor(uninitialized(dtype, std::move(shape))) {
  if (bytes() != 0) std::memset(data(), 0, bytes());
}

Tensor Tensor::uninitialized(DType dtype, Shape shape) {
  Tensor out;
  out.count_ = element_count(shape);
  out.dtype_ = dtype;
  if (out.count_ > std::numeric_limits<std::ptrdiff_t>::max() / size_of(dtype)) {
    throw ValueError("shape " + to_string(shape) + " of " + std::string(short_name(dtype)) +
                     " has more bytes than fit in 63 bits");
  }
  out.shape_ = std::move(shape);
  if (out.count_ != 0) {
    out.data_.reset(static_cast<std::byte*>(::operator new[](out.bytes(), kAlignment)));
  }
  return out;
}

Tensor Tensor::full(DType dtype, Shape shape, double value) {
  Tensor scalar = Tensor::from<double>({}, {value}).cast(dtype);
  Tensor out = uninitialized(dtype, std::move(shape));
  const std::size_t size = size_of(dtype);
  for (std::size_t i = 0; i < out.count_; ++i)
    std::memcpy(out.data() + i * size, scalar.data(), size);
  return out;
}

Tensor::Tensor(const Tensor& other) : Tensor(uninitialized(other.dtype_, other.shape_)) {
  if (bytes() != 0) std::memcpy(data(), other.data(), bytes());
}

Tensor::Tensor(Tensor&& other) noexcept
    : dtype_(other.dtype_),
      shape_(std::move(other.shape_)),
      count_(std::exchange(other.count_, 0)),
      data_(std::move(other.data_)) {
  other.shape_.assign(1, 0);
}

Tensor& Tensor::operator=(const Tensor& other) {
  if (this == &other) return *this;
  // The storage is kept where it fits, so that a layer's buffers are made once.
  if (bytes() != other.bytes()) return *this = Tensor(other);
  dtype_ = other.dtype_;
  shape_ = other.shape_;
  count_ = other.count_;
  if (bytes() != 0) std::memcpy(data(), other.data(), bytes());
  return *this;
}

Tensor& Tensor::operator=(Tensor&& other) noexcept {
  std::swap(dtype_, other.dtype_);
  std::swap(shape_, other.shape_);
  std::swap(count_, other.count_);
  std::swap(data_, other.data_);
  return *this;
}

double Tensor::at(std::size_t flat) const {
  if (flat >= count_) {
    throw ValueError("element " + std::to_string(flat) + " of a tensor of shape " +
                     to_string(shape_));
  }
  return visit_dtype(dtype_, [&]<class T>(T*) { return static_cast<double>(as<T>()[flat]); });
}

Tensor Tensor::reshaped(Shape shape) const {
  if (element_count(shape) != count_) {
    throw ValueError("cannot reshape " + to_string(shape_) + " into " + to_string(shape));
  }
  Tensor out(*this);
  out.shape_ = std::move(shape);
  return out;
}

namespace {

template <class To, class From>
To convert(From value) {
  constexpr bool kFromHalf = std::is_same_v<From, f16> || std::is_same_v<From, bf16>;
  constexpr bool kToHalf = std::is_same_v<To, f16> || std::is_same_v<To, bf16>;
  if constexpr (std::is_same_v<To, From>) {
    return value;
  } else if constexpr (kFromHalf) {
    return convert<To>(static_cast<float>(value));
  } else if constexpr (kToHalf) {
    if constexpr (std::is_same_v<From, float>) return To(value);
    return To(static_cast<double>(value));
  } else if constexpr (std::is_same_v<To, bool>) {
    return value != From{};
  } else if constexpr (std::is_floating_point_v<From> && std::is_integral_v<To>) {
    // Out of range is undefined in C++; saturate, and NaN becomes 0.
    if (!(value == value)) return To{0};
    constexpr auto kLow = static_cast<double>(std::numeric_limits<To>::min());
    constexpr auto kHigh = static_cast<double>(std::numeric_limits<To>::max());
    const auto wide = static_cast<double>(value);
    if (wide <= kLow) return std::numeric_limits<To>::min();
    if (wide >= kHigh) return std::numeric_limits<To>::max();
    return static_cast<To>(value);
  } else {
    return static_cast<To>(value);
  }
}

}  // namespace

Tensor Tensor::cast(DType dtype) const {
  if (dtype == dtype_) return *this;
  Tensor out = uninitialized(dtype, shape_);
  visit_dtype(dtype_, [&]<class From>(From*) {
    visit_dtype(dtype, [&]<class To>(To*) {
      const std::span<const From> source = as<From>();
      const std::span<To> target = out.as<To>();
      for (std::size_t i = 0; i < count_; ++i) target[i] = convert<To>(source[i]);
    });
  });
  return out;
}

bool bit_equal(const Tensor& a, const Tensor& b) {
  return a.dtype_ == b.dtype_ && a.shape_ == b.shape_ &&
         (a.bytes() == 0 || std::memcmp(a.data(), b.data(), a.bytes()) == 0);
}

}  // namespace seedproof
