// A comparison in words.
#include <array>
#include <charconv>
#include <cmath>
#include <type_traits>

#include <seedproof/harness/golden/compare.h>
#include <seedproof/harness/golden/element.h>

namespace seedproof {

namespace {

// std::to_chars: the shortest text that reads back as the same value, in no locale.
template <class T>
std::string decimal(T value) {
  std::array<char, 64> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr};
}

template <class T>
std::string hexfloat(T value) {
  std::array<char, 64> text{};
  char* const end =
      std::to_chars(text.data(), text.data() + text.size(), std::abs(value), std::chars_format::hex)
          .ptr;
  return (std::signbit(value) ? "-0x" : "0x") + std::string(text.data(), end);
}

std::string bits_text(std::uint64_t bits, std::size_t size) {
  std::array<char, 16> text{};
  char* const end = std::to_chars(text.data(), text.data() + text.size(), bits, 16).ptr;
  const std::string digits(text.data(), end);
  return "bits 0x" + std::string(2 * size - digits.size(), '0') + digits;
}

std::string bucket_text(std::size_t bucket) {
  if (bucket < 2) return std::to_string(bucket + 1);
  const std::uint64_t low = (std::uint64_t{1} << (bucket - 1)) + 1;
  if (bucket + 1 == Comparison::kBuckets) return "above " + std::to_string(low - 1);
  return std::to_string(low) + "-" + std::to_string(std::uint64_t{1} << bucket);
}

void add_pair(std::string& out, const char* which, const std::optional<ElementPair>& pair) {
  if (!pair) return;
  out += std::string("  ") + which + " at " + pair->index + ": expected " + pair->expected +
         ", found " + pair->found + "\n";
}

void add_class(std::string& out, const char* name, std::size_t count) {
  if (count == 0) return;
  out += std::string("  ") + name + ": " + std::to_string(count) + "\n";
}

}  // namespace

std::string element_text(const Tensor& array, std::size_t flat) {
  return visit_dtype(array.dtype(), [&]<class T>(T*) -> std::string {
    const T value = array.as<T>()[flat];
    const std::string bits = bits_text(element_bits(array, flat), sizeof(T));
    if constexpr (std::is_same_v<T, bool>) {
      return value ? "true" : "false";
    } else if constexpr (std::is_integral_v<T>) {
      return decimal(value) + " (" + bits + ")";
    } else {
      using Wide = std::conditional_t<std::is_same_v<T, double>, double, float>;
      const auto wide = static_cast<Wide>(value);
      if (!std::isfinite(wide)) return decimal(wide) + " (" + bits + ")";
      return decimal(wide) + " (" + hexfloat(wide) + ", " + bits + ")";
    }
  });
}

std::string describe(const Comparison& comparison) {
  std::string out(to_string(comparison.agreement));
  if (!comparison.reason.empty()) out += ": " + comparison.reason;
  out += "\n";
  add_pair(out, "first", comparison.first);
  if (comparison.differing > 1) add_pair(out, "worst", comparison.worst);
  std::string spread;
  for (std::size_t i = 0; i < Comparison::kBuckets; ++i) {
    if (comparison.histogram[i] == 0) continue;
    spread += (spread.empty() ? "" : ", ") + bucket_text(i) + ": " +
              std::to_string(comparison.histogram[i]);
  }
  if (!spread.empty()) {
    out += (comparison.max_ulp == 0 ? "  distance  " : "  distance in ULP  ") + spread + "\n";
  }
  if (comparison.max_ratio > 0) {
    out += "  largest part of the bound used: " + decimal(comparison.max_ratio) + "\n";
  }
  add_class(out, "NaN on one side only", comparison.nan_mismatch);
  add_class(out, "NaN with other bits", comparison.nan_payload);
  add_class(out, "infinite on one side, or of the other sign", comparison.inf_mismatch);
  add_class(out, "+0 against -0", comparison.zero_sign);
  return out;
}

}  // namespace seedproof
