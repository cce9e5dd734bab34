#include <algorithm>
#include <limits>

#include <seedproof/rng/values/error.h>
#include <seedproof/rng/values/integer.h>

namespace seedproof {

namespace {

using Words = std::vector<std::uint32_t>;

constexpr std::size_t kMostDigits = 1000;

Words words_of(std::uint64_t value) {
  Words out;
  for (; value != 0; value >>= 32) out.push_back(static_cast<std::uint32_t>(value));
  return out;
}

// words = words * factor + addend
void multiply_add(Words& words, std::uint32_t factor, std::uint32_t addend) {
  std::uint64_t carry = addend;
  for (std::uint32_t& word : words) {
    carry += std::uint64_t{word} * factor;
    word = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }
  if (carry != 0) words.push_back(static_cast<std::uint32_t>(carry));
}

// words = words / divisor; returns the remainder.
std::uint32_t divide(Words& words, std::uint32_t divisor) {
  std::uint64_t rest = 0;
  for (std::size_t i = words.size(); i-- > 0;) {
    rest = (rest << 32) | words[i];
    words[i] = static_cast<std::uint32_t>(rest / divisor);
    rest %= divisor;
  }
  while (!words.empty() && words.back() == 0) words.pop_back();
  return static_cast<std::uint32_t>(rest);
}

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 16;
}

// (a + b) mod m without a wider type; a, b < m.
std::uint64_t add_mod(std::uint64_t a, std::uint64_t b, std::uint64_t m) {
  return a >= m - b ? a - (m - b) : a + b;
}

[[noreturn]] void refuse(std::string_view text, const char* reason) {
  constexpr std::size_t kShown = 80;
  std::string shown(text.substr(0, kShown));
  if (text.size() > kShown) shown += "...";
  throw ValueError("integer '" + shown + "': " + reason);
}

}  // namespace

Integer::Integer(std::in_place_t, bool negative, std::uint64_t magnitude)
    : negative_(negative), magnitude_(words_of(magnitude)) {}

Integer Integer::parse(std::string_view text) {
  std::string_view digits = text;
  const bool minus = digits.starts_with('-');
  if (minus || digits.starts_with('+')) digits.remove_prefix(1);
  std::uint32_t base = 10;
  if (digits.starts_with("0x") || digits.starts_with("0X")) {
    base = 16;
    digits.remove_prefix(2);
  }
  if (digits.empty()) refuse(text, "no digits");
  if (digits.size() > kMostDigits) refuse(text, "more than 1000 digits");
  Integer out;
  for (const char c : digits) {
    const int digit = digit_value(c);
    if (digit >= static_cast<int>(base)) refuse(text, "not a digit of its base");
    multiply_add(out.magnitude_, base, static_cast<std::uint32_t>(digit));
  }
  out.negative_ = minus && !out.magnitude_.empty();
  return out;
}

std::uint64_t Integer::word(std::size_t index) const {
  const auto at = [&](std::size_t i) -> std::uint64_t {
    return i < magnitude_.size() ? magnitude_[i] : 0;
  };
  // Beyond the magnitude (which also keeps 2 * index from wrapping) only the sign is left.
  if (index >= magnitude_.size()) return negative_ ? ~std::uint64_t{0} : 0;
  const std::uint64_t raw = at(2 * index) | (at(2 * index + 1) << 32);
  if (!negative_) return raw;
  // -m = ~m + 1: the one carries into this word only through words that are all zero.
  const auto below =
      magnitude_.begin() + static_cast<std::ptrdiff_t>(std::min(2 * index, magnitude_.size()));
  const bool carry = std::all_of(magnitude_.begin(), below, [](std::uint32_t w) { return w == 0; });
  return ~raw + (carry ? 1 : 0);
}

std::uint64_t Integer::floor_mod(std::uint64_t m) const {
  if (m == 0) throw ValueError("modulus 0 of " + to_string());
  std::uint64_t rest = 0;
  for (std::size_t i = magnitude_.size(); i-- > 0;) {
    for (int bit = 31; bit >= 0; --bit) {
      rest = add_mod(rest, rest, m);
      if ((magnitude_[i] >> bit & 1U) != 0) rest = add_mod(rest, 1 % m, m);
    }
  }
  return negative_ && rest != 0 ? m - rest : rest;
}

bool Integer::fits_u64() const { return !negative_ && magnitude_.size() <= 2; }
bool Integer::fits_u32() const { return !negative_ && magnitude_.size() <= 1; }

bool Integer::fits_i64() const {
  if (magnitude_.size() > 2) return false;
  // In range exactly when the two's complement word has the sign of the value.
  return (word(0) >> 63 != 0) == negative_;
}

std::int64_t Integer::to_i64() const {
  if (!fits_i64()) throw OverflowError("integer " + to_string() + " does not fit in int64");
  return static_cast<std::int64_t>(word(0));
}

std::uint64_t Integer::to_u64() const {
  if (!fits_u64()) throw OverflowError("integer " + to_string() + " does not fit in uint64");
  return word(0);
}

std::string Integer::to_string() const {
  if (magnitude_.empty()) return "0";
  constexpr std::uint32_t kGroup = 1000000000;  // nine digits at a time
  std::string reversed;
  for (Words rest = magnitude_; !rest.empty();) {
    std::uint32_t group = divide(rest, kGroup);
    for (int i = 0; i < 9 && (group != 0 || !rest.empty()); ++i, group /= 10) {
      reversed += static_cast<char>('0' + group % 10);
    }
  }
  if (negative_) reversed += '-';
  return {reversed.rbegin(), reversed.rend()};
}

}  // namespace seedproof
