// Bounded integers and permutations by the `native` rules.
#include <limits>
#include <numeric>
#include <type_traits>
#include <utility>

#include <seedproof/rng/distributions/native_parts.h>
#include <seedproof/rng/rules/native_integer.h>

namespace seedproof::native::detail {

namespace {

struct Range {
  std::uint64_t low;   // two's complement
  std::uint64_t span;  // 0: 2^64
};

template <class T>
Range range_of(const Integers& integers) {
  if (integers.low != integers.high) {
    const auto low = static_cast<std::uint64_t>(integers.low);
    return {low, static_cast<std::uint64_t>(integers.high) - low};
  }
  const std::uint64_t most = std::numeric_limits<std::make_unsigned_t<T>>::max();
  return {static_cast<std::uint64_t>(std::numeric_limits<T>::min()), most + 1};
}

}  // namespace

void fill(WordSource& source, const Integers& integers, std::uint64_t first, MutableView out) {
  visit_integer(out.dtype, [&]<class T>(T*) {
    const Range range = range_of<T>(integers);
    T* const target = static_cast<T*>(out.data);
    for_each_group<kIntegerWords>(source, first, out.count, [&](std::size_t i, auto words) {
      target[i] = static_cast<T>(range.low + bounded(words, range.span));
    });
  });
}

void fill(WordSource& source, const Permutation&, std::uint64_t first, MutableView out) {
  visit_integer(out.dtype, [&]<class T>(T*) {
    T* const target = static_cast<T*>(out.data);
    std::iota(target, target + out.count, T{0});
    for_each_group<kIntegerWords>(source, first, out.count, [&](std::size_t i, auto words) {
      std::swap(target[i], target[i + static_cast<std::size_t>(bounded(words, out.count - i))]);
    });
  });
}

}  // namespace seedproof::native::detail
