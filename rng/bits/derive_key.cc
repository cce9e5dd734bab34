#include <array>
#include <string>

#include <seedproof/rng/bits/derive_key.h>
#include <seedproof/rng/bits/threefry.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

constexpr std::uint32_t kAmbient = 0;
constexpr std::uint32_t kNone = 1;
constexpr std::uint32_t kInteger = 2;
constexpr std::uint32_t kList = 3;
constexpr std::uint32_t kText = 4;
constexpr std::uint32_t kKey = 5;

constexpr std::uint64_t kLengthMark = std::uint64_t{1} << 31;

constexpr Key<std::uint32_t, 4> first_state() {
  constexpr std::string_view kDomain = "seedproof/derive";
  Key<std::uint32_t, 4> out;
  for (std::size_t i = 0; i < kDomain.size(); ++i) {
    out.words[i / 4] |= static_cast<std::uint32_t>(kDomain[i]) << (8 * (i % 4));
  }
  return out;
}

// Takes the words one by one; see the header for the construction.
class Hash {
 public:
  void add(std::uint32_t word) {
    block_.words[static_cast<std::size_t>(length_ % 4)] = word;
    if (++length_ % 4 == 0) compress();
  }

  // A length or kind, which takes one word.
  void add_size(std::size_t size) {
    if (size >= kLengthMark) {
      throw ValueError("a field of " + std::to_string(size) + " is too long to derive a key from");
    }
    add(static_cast<std::uint32_t>(size));
  }

  void add(std::string_view text) {
    add(kText);
    add_size(text.size());
    for (std::size_t i = 0; i < text.size(); i += 4) {
      std::uint32_t word = 0;
      for (std::size_t j = i; j < text.size() && j < i + 4; ++j) {
        word |= static_cast<std::uint32_t>(static_cast<unsigned char>(text[j])) << (8 * (j - i));
      }
      add(word);
    }
  }

  void add(const Integer& value) {
    add(kInteger);
    add(value.negative() ? 1U : 0U);
    add_size(value.magnitude().size());
    for (const std::uint32_t word : value.magnitude()) add(word);
  }

  Key<std::uint32_t, 4> finish() {
    const std::uint64_t length = length_;
    while (length_ % 4 != 3) add(0U);
    add(static_cast<std::uint32_t>((length & (kLengthMark - 1)) | kLengthMark));
    return state_;
  }

 private:
  void compress() {
    const Block<std::uint32_t, 4> mixed = threefry4x32(block_, state_);
    for (std::size_t i = 0; i < 4; ++i) state_.words[i] = mixed.words[i] ^ block_.words[i];
  }

  Key<std::uint32_t, 4> state_ = first_state();
  Counter<std::uint32_t, 4> block_;
  std::uint64_t length_ = 0;
};

struct AddSeed {
  Hash& hash;

  void operator()(const AmbientSeed&) const { hash.add(kAmbient); }
  void operator()(const NoSeed&) const { hash.add(kNone); }
  void operator()(const Integer& value) const { hash.add(value); }
  void operator()(const std::vector<Integer>& values) const {
    hash.add(kList);
    hash.add_size(values.size());
    for (const Integer& value : values) hash.add(value);
  }
  void operator()(const KeySeed& key) const {
    hash.add(kKey);
    for (const std::uint64_t word : key.words) {
      hash.add(static_cast<std::uint32_t>(word));
      hash.add(static_cast<std::uint32_t>(word >> 32));
    }
  }
};

}  // namespace

Key<std::uint32_t, 4> derive_key(const Seed& root, std::string_view path, std::string_view purpose,
                                 const Seed& layer) {
  Hash hash;
  std::visit(AddSeed{hash}, root.value());
  hash.add(path);
  hash.add(purpose);
  std::visit(AddSeed{hash}, layer.value());
  return hash.finish();
}

}  // namespace seedproof
