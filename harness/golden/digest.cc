#include <array>
#include <charconv>
#include <cstdint>
#include <span>

#include <seedproof/harness/golden/digest.h>
#include <seedproof/harness/golden/element.h>
#include <seedproof/harness/golden/sha256.h>

namespace seedproof {

namespace {

/// An unsigned integer modulo 2^128.
struct Wide {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend bool operator==(const Wide&, const Wide&) = default;
};

Wide plus(Wide a, Wide b) {
  const std::uint64_t low = a.low + b.low;
  return {a.high + b.high + (low < a.low ? 1 : 0), low};
}

Wide negated(Wide a) { return plus({~a.high, ~a.low}, {0, 1}); }
Wide minus(Wide a, Wide b) { return plus(a, negated(b)); }

Wide times(std::uint64_t a, std::uint64_t b) {
  constexpr std::uint64_t kLow = 0xffffffff;
  const std::uint64_t ll = (a & kLow) * (b & kLow);
  const std::uint64_t lh = (a & kLow) * (b >> 32);
  const std::uint64_t hl = (a >> 32) * (b & kLow);
  const std::uint64_t middle = (ll >> 32) + (lh & kLow) + (hl & kLow);
  return {(a >> 32) * (b >> 32) + (lh >> 32) + (hl >> 32) + (middle >> 32),
          (middle << 32) | (ll & kLow)};
}

std::string hex(Wide value) {
  std::array<char, 33> text{};
  char* end = text.data();
  if (value.high != 0) {
    end = std::to_chars(end, end + 16, value.high, 16).ptr;
    std::array<char, 16> low{};
    const char* stop = std::to_chars(low.data(), low.data() + low.size(), value.low, 16).ptr;
    for (auto n = static_cast<std::size_t>(stop - low.data()); n < 16; ++n) *end++ = '0';
    for (const char* c = low.data(); c != stop; ++c) *end++ = *c;
  } else {
    end = std::to_chars(end, end + 16, value.low, 16).ptr;
  }
  return {text.data(), end};
}

std::optional<Wide> parse_hex(std::string_view text) {
  if (text.empty() || text.size() > 32) return std::nullopt;
  Wide out;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit && !(c >= 'a' && c <= 'f')) return std::nullopt;
    const auto value = static_cast<std::uint64_t>(digit ? c - '0' : c - 'a' + 10);
    out = {out.high << 4 | out.low >> 60, out.low << 4 | value};
  }
  return out;
}

struct Sums {
  Wide plain;
  Wide weighted;
};

Sums sums_of(const Tensor& array) {
  Sums out;
  for (std::size_t i = 0; i < array.count(); ++i) {
    const std::uint64_t bits = element_bits(array, i);
    out.plain = plus(out.plain, {0, bits});
    out.weighted = plus(out.weighted, times(i, bits));
  }
  return out;
}

}  // namespace

std::string array_digest(const Tensor& array) {
  std::string head = "seedproof array 1\n" + std::string(keras_name(array.dtype())) + "\n";
  for (std::size_t axis = 0; axis < array.shape().size(); ++axis) {
    if (axis != 0) head += ',';
    head += std::to_string(array.shape()[axis]);
  }
  head += '\n';
  Sha256 hash;
  hash.update(head);
  hash.update(std::span(array.data(), array.bytes()));
  return "sha256:" + to_hex(hash.finish());
}

std::string array_locator(const Tensor& array) {
  const Sums sums = sums_of(array);
  return hex(sums.plain) + ":" + hex(sums.weighted);
}

std::optional<std::size_t> locate_change(const Tensor& array, std::string_view locator) {
  const std::size_t colon = locator.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::optional<Wide> plain = parse_hex(locator.substr(0, colon));
  const std::optional<Wide> weighted = parse_hex(locator.substr(colon + 1));
  if (!plain || !weighted) return std::nullopt;

  // One changed element of index i: the sums differ by d and by i * d.
  const Sums sums = sums_of(array);
  Wide d = minus(sums.plain, *plain);
  Wide id = minus(sums.weighted, *weighted);
  if (d.high >> 63 != 0) {
    d = negated(d);
    id = negated(id);
  }
  if (d.high != 0 || d.low == 0) return std::nullopt;
  for (std::size_t i = 0; i < array.count(); ++i) {
    if (times(i, d.low) == id) return i;
  }
  return std::nullopt;
}

}  // namespace seedproof
