#include <algorithm>
#include <string>

#include <seedproof/rng/bits/engine_image.h>
#include <seedproof/rng/values/error.h>

namespace seedproof::detail {

namespace {

constexpr std::string_view kMagic = "SPEN";
constexpr std::uint32_t kVersion = 1;

void put(std::vector<std::byte>& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<std::byte>(value >> (8 * i) & 0xff));
}

void put(std::vector<std::byte>& out, std::string_view text) {
  for (const char c : text) out.push_back(static_cast<std::byte>(c));
}

class Reader {
 public:
  Reader(std::string_view name, std::span<const std::byte> image) : name_(name), image_(image) {}

  [[noreturn]] void refuse(const std::string& reason) const {
    throw FormatError("state of engine " + std::string(name_) + ", byte " + std::to_string(at_) +
                      ": " + reason);
  }

  std::span<const std::byte> take(std::size_t count) {
    if (image_.size() - at_ < count) {
      refuse(std::to_string(count) + " bytes wanted, " + std::to_string(image_.size() - at_) +
             " left");
    }
    const auto out = image_.subspan(at_, count);
    at_ += count;
    return out;
  }

  std::uint64_t number(std::size_t bytes) {
    const auto raw = take(bytes);
    std::uint64_t out = 0;
    for (std::size_t i = bytes; i-- > 0;) out = out << 8 | std::to_integer<std::uint64_t>(raw[i]);
    return out;
  }

  void expect(std::string_view text) {
    const auto raw = take(text.size());
    const bool equal = std::equal(raw.begin(), raw.end(), text.begin(), [](std::byte a, char b) {
      return a == static_cast<std::byte>(b);
    });
    if (!equal) refuse("'" + std::string(text) + "' ends here and is not what was read");
  }

  void expect_number(std::size_t bytes, std::uint64_t wanted, std::string_view what) {
    const std::uint64_t found = number(bytes);
    if (found != wanted) {
      refuse(std::string(what) + " is " + std::to_string(found) + ", not " +
             std::to_string(wanted));
    }
  }

  void expect_end() const {
    if (at_ != image_.size()) refuse(std::to_string(image_.size() - at_) + " bytes left over");
  }

 private:
  std::string_view name_;
  std::span<const std::byte> image_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<std::byte> write_engine_image(std::string_view name,
                                          std::span<const std::uint64_t> words) {
  std::vector<std::byte> out;
  out.reserve(kMagic.size() + 12 + name.size() + 8 * words.size());
  put(out, kMagic);
  put(out, kVersion, 4);
  put(out, name.size(), 4);
  put(out, name);
  put(out, words.size(), 4);
  for (const std::uint64_t word : words) put(out, word, 8);
  return out;
}

std::vector<std::uint64_t> read_engine_image(std::string_view name, std::size_t count,
                                             std::span<const std::byte> image) {
  Reader reader(name, image);
  reader.expect(kMagic);
  reader.expect_number(4, kVersion, "the version");
  reader.expect_number(4, name.size(), "the length of the name");
  reader.expect(name);
  reader.expect_number(4, count, "the number of state words");
  std::vector<std::uint64_t> words(count);
  for (std::uint64_t& word : words) word = reader.number(8);
  reader.expect_end();
  return words;
}

}  // namespace seedproof::detail
