#include <utility>

#include <seedproof/rng/values/error.h>
#include <seedproof/rng/values/seed.h>

namespace seedproof {

namespace {

constexpr std::size_t kLongestText = 1 << 20;
constexpr std::string_view kKeyPrefix = "key:";

std::string hex(std::uint64_t word) {
  std::string out = "0x";
  for (int shift = 60; shift >= 0; shift -= 4) out += "0123456789abcdef"[word >> shift & 15U];
  return out;
}

[[noreturn]] void refuse(std::string_view text, const std::string& reason) {
  constexpr std::size_t kShown = 80;
  std::string shown(text.substr(0, kShown));
  if (text.size() > kShown) shown += "...";
  throw ValueError("seed '" + shown + "': " + reason);
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// The integers between commas; `whole` is named by the error.
std::vector<Integer> parse_integers(std::string_view inner, std::string_view whole) {
  std::vector<Integer> out;
  if (trimmed(inner).empty()) return out;
  for (;;) {
    const std::size_t comma = inner.find(',');
    try {
      out.push_back(Integer::parse(trimmed(inner.substr(0, comma))));
    } catch (const ValueError& error) {
      refuse(whole, error.what());
    }
    if (comma == std::string_view::npos) return out;
    inner.remove_prefix(comma + 1);
  }
}

KeySeed parse_key(std::string_view text) {
  const std::vector<Integer> words = parse_integers(text.substr(kKeyPrefix.size()), text);
  KeySeed key;
  if (words.size() != key.words.size()) {
    refuse(text, "a key has 4 words, got " + std::to_string(words.size()));
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!words[i].fits_u64()) refuse(text, "key word outside [0, 2^64): " + words[i].to_string());
    key.words[i] = words[i].to_u64();
  }
  return key;
}

struct Spell {
  std::string operator()(const AmbientSeed&) const { return "ambient"; }
  std::string operator()(const NoSeed&) const { return "None"; }
  std::string operator()(const Integer& value) const { return value.to_string(); }
  std::string operator()(const std::vector<Integer>& values) const {
    std::string out = "[";
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i != 0) out += ", ";
      out += values[i].to_string();
    }
    return out + "]";
  }
  std::string operator()(const KeySeed& key) const {
    std::string out(kKeyPrefix);
    for (std::size_t i = 0; i < key.words.size(); ++i) {
      if (i != 0) out += ',';
      out += hex(key.words[i]);
    }
    return out;
  }
};

}  // namespace

std::string Seed::to_string() const { return std::visit(Spell{}, value_); }

Seed Seed::parse(std::string_view text) {
  if (text.size() > kLongestText) refuse(text, "longer than 1 MiB");
  if (text == "ambient") return ambient();
  if (text == "None") return none();
  if (text.starts_with(kKeyPrefix)) return Seed(Value(parse_key(text)));
  if (text.starts_with('[')) {
    if (text.size() < 2 || !text.ends_with(']')) refuse(text, "a list ends with ']'");
    return list(parse_integers(text.substr(1, text.size() - 2), text));
  }
  try {
    return integer(Integer::parse(text));
  } catch (const ValueError& error) {
    refuse(text, error.what());
  }
}

}  // namespace seedproof
