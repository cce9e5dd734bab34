// The grammar of the header's dict: the part of Python's literals that NumPy writes for plain
// arrays. Recursive descent, one token ahead, nothing searched for and nothing skipped.
//
//   header = "{" entry { "," entry } [ "," ] "}" { blank } line-feed
//   entry  = string ":" value        value by key: descr string, fortran_order bool, shape tuple
//   tuple  = "(" [ int "," [ int { "," int } [ "," ] ] ] ")"
//
// with any number of blanks between tokens.
#include <array>
#include <limits>

#include <seedproof/harness/golden/npy_header.h>
#include <seedproof/rng/values/error.h>

namespace seedproof::npy {

namespace {

class Parser {
 public:
  Parser(std::string_view text, std::size_t offset, std::string_view name)
      : text_(text), offset_(offset), name_(name) {}

  Fields run() {
    if (text_.empty() || text_.back() != '\n') {
      at_ = text_.empty() ? 0 : text_.size() - 1;
      refuse("the header does not end with a line feed");
    }
    text_.remove_suffix(1);
    expect('{', "the header does not begin with '{'");
    blanks();
    while (!at('}')) {
      entry();
      blanks();
      if (at('}')) break;
      expect(',', "',' or '}' expected");
      blanks();
    }
    ++at_;
    blanks();
    if (at_ != text_.size()) refuse("text after the dict: " + quoted(text_.substr(at_)));
    require_all();
    return fields_;
  }

 private:
  static constexpr std::array<std::string_view, 3> kKeys{"descr", "fortran_order", "shape"};

  [[noreturn]] void refuse(const std::string& reason) const { fail(name_, offset_ + at_, reason); }

  bool at(char c) const { return at_ < text_.size() && text_[at_] == c; }

  bool at_digit() const { return at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; }

  /// Blanks only: a tab or a line end is one flipped bit or a foreign writer.
  void blanks() {
    while (at(' ')) ++at_;
  }

  void expect(char c, const std::string& otherwise) {
    if (!at(c)) refuse(otherwise + ", found " + here());
    ++at_;
  }

  std::string here() const {
    return at_ < text_.size() ? quoted(text_.substr(at_, 1)) : std::string("the end of the header");
  }

  std::string_view string(const char* what) {
    if (!at('\'') && !at('"'))
      refuse(std::string("a string expected as ") + what + ", found " + here());
    const char quote = text_[at_++];
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != quote) {
      if (text_[at_] == '\\') refuse("an escape in a string");
      ++at_;
    }
    if (at_ == text_.size()) refuse("a string without its end");
    return text_.substr(begin, at_++ - begin);
  }

  void entry() {
    const std::size_t place = at_;
    const std::string_view key = string("a key");
    std::size_t which = 0;
    while (which < kKeys.size() && kKeys[which] != key) ++which;
    const std::size_t after = at_;
    at_ = place;
    if (which == kKeys.size()) refuse("unknown key " + quoted(key));
    if (seen_[which]) refuse("key " + quoted(key) + " is there twice");
    at_ = after;
    seen_[which] = true;
    blanks();
    expect(':', "':' expected after the key " + quoted(key));
    blanks();
    switch (which) {
      case 0:
        descr();
        break;
      case 1:
        fortran_order();
        break;
      default:
        shape();
        break;
    }
  }

  void descr() {
    const std::size_t place = at_;
    if (at('[')) refuse("structured dtype " + quoted(text_.substr(at_)) + " is not supported");
    if (at('(')) refuse("sub-array dtype " + quoted(text_.substr(at_)) + " is not supported");
    parse_descr(string("descr"), offset_ + place, name_, fields_);
  }

  void fortran_order() {
    for (const bool value : {false, true}) {
      const std::string_view word = value ? "True" : "False";
      if (text_.substr(at_, word.size()) != word) continue;
      at_ += word.size();
      fields_.fortran = value;
      return;
    }
    refuse("True or False expected as fortran_order, found " + here());
  }

  void shape() {
    fields_.shape_offset = offset_ + at_;
    expect('(', "a tuple expected as shape");
    blanks();
    bool comma = true;
    while (!at(')')) {
      if (!comma) refuse("',' or ')' expected in shape, found " + here());
      if (fields_.shape.size() == kMaxNpyRank) {
        refuse("a shape of more than " + std::to_string(kMaxNpyRank) + " axes");
      }
      fields_.shape.push_back(extent());
      blanks();
      comma = at(',');
      if (comma) ++at_;
      blanks();
    }
    if (fields_.shape.size() == 1 && !comma)
      refuse("shape is an integer, not a tuple: ',' is missing");
    ++at_;
  }

  std::int64_t extent() {
    if (at('-')) refuse("a negative extent in shape");
    if (!at_digit()) refuse("an extent expected in shape, found " + here());
    const std::size_t begin = at_;
    std::int64_t value = 0;
    for (; at_digit(); ++at_) {
      const std::int64_t digit = text_[at_] - '0';
      if (value > (std::numeric_limits<std::int64_t>::max() - digit) / 10) {
        at_ = begin;
        refuse("an extent beyond 2^63 in shape");
      }
      value = 10 * value + digit;
    }
    if (text_[begin] == '0' && at_ - begin > 1) {
      at_ = begin;
      refuse("an extent with a leading zero in shape");
    }
    if (at('L')) refuse("a long integer of Python 2 in shape");
    return value;
  }

  void require_all() const {
    for (std::size_t i = 0; i < kKeys.size(); ++i) {
      if (!seen_[i]) refuse("key " + quoted(kKeys[i]) + " is missing");
    }
  }

  std::string_view text_;
  std::size_t offset_;
  std::string_view name_;
  std::size_t at_ = 0;
  std::array<bool, 3> seen_{};
  Fields fields_;
};

struct Plain {
  std::string_view code;
  DType dtype;
};

constexpr std::array<Plain, 12> kPlain{{{"b1", DType::boolean},
                                        {"i1", DType::i8},
                                        {"i2", DType::i16},
                                        {"i4", DType::i32},
                                        {"i8", DType::i64},
                                        {"u1", DType::u8},
                                        {"u2", DType::u16},
                                        {"u4", DType::u32},
                                        {"u8", DType::u64},
                                        {"f2", DType::f16},
                                        {"f4", DType::f32},
                                        {"f8", DType::f64}}};

/// What a descr that is not supported stands for, by its kind character.
std::string refusal_of(std::string_view descr, std::string_view code) {
  const std::string shown = quoted(descr);
  switch (code.empty() ? '\0' : code[0]) {
    case 'O':
      return "object dtype " + shown + ": pickled Python objects are never read";
    case 'V':
      if (code == "V2") {
        return "raw bytes " + shown +
               ", which is what ml_dtypes writes for bfloat16: store "
               "a.view(numpy.uint16) and call it bfloat16 in the manifest";
      }
      return "void dtype " + shown + " is not supported";
    case 'S':
    case 'a':
    case 'U':
      return "string dtype " + shown + " is not supported";
    case 'M':
    case 'm':
      return "time dtype " + shown + " is not supported";
    case 'c':
      return "complex dtype " + shown + " is not supported";
    default:
      break;
  }
  return "unknown dtype " + shown;
}

}  // namespace

void fail(std::string_view name, std::size_t offset, const std::string& reason) {
  throw FormatError(std::string(name) + ": byte " + std::to_string(offset) + ": " + reason);
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out = "'";
  for (const char c : text.substr(0, kLongest)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7f) {
      out += c;
    } else {
      out += "\\x";
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    }
  }
  return out + (text.size() > kLongest ? "...'" : "'");
}

Fields parse_fields(std::string_view text, std::size_t offset, std::string_view name) {
  return Parser(text, offset, name).run();
}

void parse_descr(std::string_view descr, std::size_t offset, std::string_view name, Fields& out) {
  const char order = descr.empty() ? '\0' : descr[0];
  const bool has_order = order == '<' || order == '>' || order == '|' || order == '=';
  const std::string_view code = descr.substr(has_order ? 1 : 0);
  for (const Plain& plain : kPlain) {
    if (plain.code != code) continue;
    const bool single = size_of(plain.dtype) == 1;
    if (!has_order) fail(name, offset, "dtype " + quoted(descr) + " without its byte order");
    if (single != (order == '|') || order == '=') {
      fail(name, offset,
           "dtype " + quoted(descr) + ": " +
               (single ? "elements of one byte are written with '|'"
                       : "elements of several bytes are written with '<' or '>'"));
    }
    out.dtype = plain.dtype;
    out.order = single ? ByteOrder::none : order == '<' ? ByteOrder::little : ByteOrder::big;
    return;
  }
  fail(name, offset, refusal_of(descr, code));
}

}  // namespace seedproof::npy
