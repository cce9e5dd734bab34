// Configurations as JSON (RFC 8259), strictly: no duplicate names, no bytes that are not UTF-8, no
// number that is not finite. An integer of any size stays one; a float always shows a '.' or an
// exponent, and its shortest digits that read back the same. Nothing depends on the locale.
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

#include <seedproof/layers/config.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

using Entries = std::vector<Config::Entry>;
constexpr std::size_t kLargestText = std::size_t{16} << 20;
constexpr int kDeepest = 64;

// ---- printing

void print_text(const std::string& text, std::string& out) {
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      static constexpr char kHex[] = "0123456789abcdef";
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

void print_double(double value, std::string& out) {
  if (!std::isfinite(value)) {
    throw ValueError(std::string("a configuration's float is ") +
                     (value != value ? "NaN"
                      : value > 0    ? "inf"
                                     : "-inf") +
                     ", which JSON cannot hold");
  }
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  const std::string_view text(digits.data(), static_cast<std::size_t>(end - digits.data()));
  out += text;
  if (text.find_first_of(".e") == std::string_view::npos) out += ".0";
}

struct Printer {
  std::string& out;
  void operator()(std::monostate) const { out += "null"; }
  void operator()(bool value) const { out += value ? "true" : "false"; }
  void operator()(const Integer& value) const { out += value.to_string(); }
  void operator()(double value) const { print_double(value, out); }
  void operator()(const std::string& value) const { print_text(value, out); }
  void operator()(const ConfigValue::List& list) const {
    out += '[';
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (i != 0) out += ", ";
      std::visit(*this, list[i].value());
    }
    out += ']';
  }
  void operator()(const Entries& entries) const {
    out += '{';
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (i != 0) out += ", ";
      print_text(entries[i].first, out);
      out += ": ";
      std::visit(*this, entries[i].second.value());
    }
    out += '}';
  }
};

// ---- reading

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  ConfigValue document() {
    if (text_.size() > kLargestText) {
      throw FormatError("JSON of " + std::to_string(text_.size()) + " bytes; at most " +
                        std::to_string(kLargestText) + " are read");
    }
    ConfigValue out = value(0);
    blank();
    if (at_ != text_.size()) refuse("something follows the value");
    return out;
  }

 private:
  [[noreturn]] void refuse(const std::string& reason) const {
    throw FormatError("JSON, offset " + std::to_string(at_) + ": " + reason);
  }
  bool more() const { return at_ < text_.size(); }
  char peek() const { return more() ? text_[at_] : '\0'; }
  void blank() {
    while (more() && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')) ++at_;
  }
  void expect(char wanted) {
    blank();
    if (!more() || peek() != wanted) refuse(std::string("expected '") + wanted + "'");
    ++at_;
  }
  bool take(char wanted) {
    blank();
    if (!more() || peek() != wanted) return false;
    ++at_;
    return true;
  }
  bool take_word(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  ConfigValue value(int depth) {
    blank();
    if (depth > kDeepest) refuse("nested deeper than " + std::to_string(kDeepest));
    const char c = peek();
    if (c == '{') return object(depth);
    if (c == '[') return list(depth);
    if (c == '"') return text();
    if (c == '-' || (c >= '0' && c <= '9')) return number();
    if (take_word("null")) return {};
    if (take_word("true")) return true;
    if (take_word("false")) return false;
    refuse(more() ? "no value starts here" : "the text ends where a value should be");
  }

  ConfigValue object(int depth) {
    Config out;
    expect('{');
    if (take('}')) return out;
    do {
      blank();
      if (peek() != '"') refuse("expected a name in quotes");
      const std::string name = text();
      if (out.find(name) != nullptr) refuse("the name '" + name + "' stands twice");
      expect(':');
      out.set(name, value(depth + 1));
    } while (take(','));
    expect('}');
    return out;
  }

  ConfigValue list(int depth) {
    ConfigValue::List out;
    expect('[');
    if (take(']')) return out;
    do {
      out.push_back(value(depth + 1));
    } while (take(','));
    expect(']');
    return out;
  }

  void digits() {
    if (!(peek() >= '0' && peek() <= '9')) refuse("expected a digit");
    while (peek() >= '0' && peek() <= '9') ++at_;
  }

  ConfigValue number() {
    const std::size_t begin = at_;
    bool whole = true;
    if (peek() == '-') ++at_;
    if (peek() == '0') {
      ++at_;
      if (peek() >= '0' && peek() <= '9') refuse("a number starts with 0");
    } else {
      digits();
    }
    if (peek() == '.') {
      whole = false;
      ++at_;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      whole = false;
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      digits();
    }
    const std::string_view spelled = text_.substr(begin, at_ - begin);
    constexpr std::size_t kLongestInteger = 1000;
    if (whole) {
      if (spelled.size() > kLongestInteger) refuse("an integer of more than 1000 characters");
      return Integer::parse(spelled);
    }
    double out = 0.0;
    const auto [end, error] = std::from_chars(spelled.data(), spelled.data() + spelled.size(), out);
    if (error != std::errc() || end != spelled.data() + spelled.size()) {
      refuse("'" + std::string(spelled.substr(0, 40)) + "' does not fit a double");
    }
    return out;
  }

  std::string text() {
    expect('"');
    std::string out;
    while (true) {
      if (!more()) refuse("text without an end");
      const auto byte = static_cast<unsigned char>(peek());
      if (byte < 0x20) refuse("a control character within text");
      if (byte == '"') break;
      if (byte == '\\') {
        escape(out);
      } else if (byte < 0x80) {
        out += text_[at_++];
      } else {
        utf8(out);
      }
    }
    ++at_;
    return out;
  }

  std::uint32_t four_hex() {
    std::uint32_t out = 0;
    const std::string_view spelled = text_.substr(at_, 4);
    const auto [end, error] =
        std::from_chars(spelled.data(), spelled.data() + spelled.size(), out, 16);
    if (spelled.size() != 4 || error != std::errc() || end != spelled.data() + 4) {
      refuse("\\u wants four hexadecimal digits");
    }
    at_ += 4;
    return out;
  }

  void escape(std::string& out) {
    ++at_;
    const char c = peek();
    static constexpr std::string_view kNames = "\"\\/bfnrt";
    static constexpr std::string_view kBytes = "\"\\/\b\f\n\r\t";
    const std::size_t simple = more() ? kNames.find(c) : std::string_view::npos;
    if (simple != std::string_view::npos) {
      out += kBytes[simple];
      ++at_;
      return;
    }
    if (c != 'u') refuse("unknown escape");
    ++at_;
    std::uint32_t code = four_hex();
    if (code >= 0xdc00 && code < 0xe000) refuse("a lone low surrogate");
    if (code >= 0xd800 && code < 0xdc00) {
      if (!take_word("\\u")) refuse("a lone high surrogate");
      const std::uint32_t low = four_hex();
      if (low < 0xdc00 || low >= 0xe000) refuse("a high surrogate without its low one");
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
    encode(code, out);
  }

  static void encode(std::uint32_t code, std::string& out) {
    if (code < 0x80) {
      out += static_cast<char>(code);
    } else if (code < 0x800) {
      out += static_cast<char>(0xc0 | (code >> 6));
      out += static_cast<char>(0x80 | (code & 63));
    } else if (code < 0x10000) {
      out += static_cast<char>(0xe0 | (code >> 12));
      out += static_cast<char>(0x80 | ((code >> 6) & 63));
      out += static_cast<char>(0x80 | (code & 63));
    } else {
      out += static_cast<char>(0xf0 | (code >> 18));
      out += static_cast<char>(0x80 | ((code >> 12) & 63));
      out += static_cast<char>(0x80 | ((code >> 6) & 63));
      out += static_cast<char>(0x80 | (code & 63));
    }
  }

  // One sequence of two to four bytes; overlong ones and surrogates are refused.
  void utf8(std::string& out) {
    const auto lead = static_cast<unsigned char>(peek());
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    std::uint32_t code = lead & (length == 4 ? 7U : length == 3 ? 15U : 31U);
    bool valid = lead >= 0xc2 && lead <= 0xf4 && at_ + length <= text_.size();
    for (std::size_t i = 1; i < length && valid; ++i) {
      const auto byte = static_cast<unsigned char>(text_[at_ + i]);
      valid = (byte & 0xc0U) == 0x80U;
      code = (code << 6) | (byte & 63U);
    }
    static constexpr std::uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
    valid =
        valid && code >= kLeast[length] && code < 0x110000 && !(code >= 0xd800 && code < 0xe000);
    if (!valid) refuse("bytes that are not UTF-8");
    out += text_.substr(at_, length);
    at_ += length;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::string ConfigValue::to_json() const {
  std::string out;
  std::visit(Printer{out}, value_);
  return out;
}

ConfigValue ConfigValue::from_json(std::string_view text) { return Parser(text).document(); }

}  // namespace seedproof
