#include <charconv>

#include <seedproof/rng/generators/ledger.h>

namespace seedproof {

std::string StreamName::to_string() const {
  std::size_t words = key.size();
  while (words > 1 && key[words - 1] == 0) --words;
  std::string out = bit_generator + "[";
  for (std::size_t i = 0; i < words; ++i) {
    constexpr std::size_t kDigits = 16;
    char digits[kDigits];
    const auto end = std::to_chars(digits, digits + kDigits, key[i], 16).ptr;
    const auto length = static_cast<std::size_t>(end - digits);
    if (i != 0) out += ',';
    out.append(kDigits - length, '0').append(digits, length);
  }
  return out + "]";
}

}  // namespace seedproof
