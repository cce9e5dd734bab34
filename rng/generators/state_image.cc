#include <algorithm>
#include <array>
#include <iterator>
#include <unordered_set>
#include <utility>

#include <seedproof/rng/generators/digest.h>
#include <seedproof/rng/generators/state_image.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

// File: magic, format (u32), generator (text), version (u32), number of sections (u32), for each
// its name (text) and bytes; then the FNV-1a digest of all that (u64). Little endian; a text or a
// run of bytes has its length (u64) in front.
constexpr std::array<char, 8> kMagic = {'S', 'P', 'S', 'T', 'A', 'T', 'E', '\n'};
constexpr std::uint32_t kFormat = 1;
constexpr std::size_t kChecksum = 8;
constexpr std::size_t kLongestName = 4096;
constexpr std::size_t kLeastSection = 16;  // two lengths

template <class Word>
void append(std::vector<std::byte>& out, Word value) {
  for (std::size_t i = 0; i < sizeof(Word); ++i) {
    out.push_back(static_cast<std::byte>(value >> (8 * i)));
  }
}

template <class Word>
Word read(std::span<const std::byte> bytes) {
  Word value = 0;
  for (std::size_t i = sizeof(Word); i-- > 0;) {
    value = static_cast<Word>((value << 8) | std::to_integer<Word>(bytes[i]));
  }
  return value;
}

std::uint64_t checksum(std::span<const std::byte> bytes) {
  Digest digest;
  digest.bytes(bytes);
  return digest.value();
}

[[noreturn]] void refuse(const std::string& place, std::size_t offset, const std::string& reason) {
  throw FormatError(place + ": byte " + std::to_string(offset) + ": " + reason);
}

std::span<const std::byte> checked_body(std::span<const std::byte> bytes,
                                        const std::string& place) {
  if (bytes.size() < kMagic.size() + kChecksum) {
    refuse(place, bytes.size(), "too short for a state image");
  }
  if (!std::equal(kMagic.begin(), kMagic.end(), bytes.begin(),
                  [](char c, std::byte b) { return static_cast<std::byte>(c) == b; })) {
    refuse(place, 0, "no state image: the magic differs");
  }
  return bytes.first(bytes.size() - kChecksum);
}

std::string short_text(StateReader& reader, const std::string& place, const char* what) {
  std::string out = reader.text();
  if (out.size() > kLongestName) {
    throw FormatError(place + ": " + what + " of " + std::to_string(out.size()) +
                      " bytes, more than " + std::to_string(kLongestName));
  }
  return out;
}

}  // namespace

const StateSection* StateImage::find(std::string_view name) const {
  const auto at = std::find_if(sections.begin(), sections.end(),
                               [&](const StateSection& s) { return s.name == name; });
  return at == sections.end() ? nullptr : &*at;
}

std::vector<std::byte> StateImage::serialize() const {
  StateWriter writer;
  writer.u32(kFormat);
  writer.text(generator);
  writer.u32(version);
  writer.u32(static_cast<std::uint32_t>(sections.size()));
  for (const StateSection& section : sections) {
    writer.text(section.name);
    writer.bytes(section.bytes);
  }
  std::vector<std::byte> out;
  for (const char c : kMagic) out.push_back(static_cast<std::byte>(c));
  const std::vector<std::byte> body = writer.take();
  out.insert(out.end(), body.begin(), body.end());
  append(out, checksum(out));
  return out;
}

StateImage StateImage::deserialize(std::span<const std::byte> bytes, std::string_view origin) {
  const std::string place(origin);
  const std::span<const std::byte> body = checked_body(bytes, place);
  StateReader reader(body.subspan(kMagic.size()), place + ": after the magic");
  const std::uint32_t format = reader.u32();
  if (format != kFormat) {
    refuse(place, kMagic.size(),
           "format " + std::to_string(format) + ", not " + std::to_string(kFormat));
  }
  StateImage out;
  out.generator = short_text(reader, place, "a generator's name");
  out.version = reader.u32();
  const std::uint32_t count = reader.u32();
  if (count > body.size() / kLeastSection) {
    throw FormatError(place + ": " + std::to_string(count) + " sections in " +
                      std::to_string(body.size()) + " bytes");
  }
  std::unordered_set<std::string> names;
  for (std::uint32_t i = 0; i < count; ++i) {
    StateSection section{short_text(reader, place, "a section's name"), {}};
    section.bytes = reader.bytes();
    if (!names.insert(section.name).second) {
      throw FormatError(place + ": section '" + section.name + "' twice");
    }
    out.sections.push_back(std::move(section));
  }
  reader.finish();
  if (read<std::uint64_t>(bytes.last(kChecksum)) != checksum(body)) {
    refuse(place, body.size(), "the checksum differs");
  }
  return out;
}

void StateWriter::u32(std::uint32_t value) { append(out_, value); }

void StateWriter::u64(std::uint64_t value) { append(out_, value); }

void StateWriter::bytes(std::span<const std::byte> value) {
  u64(value.size());
  out_.insert(out_.end(), value.begin(), value.end());
}

void StateWriter::text(std::string_view value) {
  bytes(std::as_bytes(std::span(value.data(), value.size())));
}

StateReader::StateReader(std::span<const std::byte> bytes, std::string place)
    : rest_(bytes), place_(std::move(place)) {}

std::span<const std::byte> StateReader::take(std::size_t count) {
  if (count > rest_.size()) {
    refuse(place_, offset_,
           std::to_string(count) + " bytes wanted, " + std::to_string(rest_.size()) + " left");
  }
  const std::span<const std::byte> out = rest_.first(count);
  rest_ = rest_.subspan(count);
  offset_ += count;
  return out;
}

std::uint32_t StateReader::u32() { return read<std::uint32_t>(take(4)); }

std::uint64_t StateReader::u64() { return read<std::uint64_t>(take(8)); }

std::vector<std::byte> StateReader::bytes() {
  const std::span<const std::byte> run = take(u64());
  return {run.begin(), run.end()};
}

std::string StateReader::text() {
  const std::span<const std::byte> run = take(u64());
  std::string out;
  std::transform(run.begin(), run.end(), std::back_inserter(out),
                 [](std::byte b) { return static_cast<char>(b); });
  return out;
}

void StateReader::finish() const {
  if (!rest_.empty()) refuse(place_, offset_, std::to_string(rest_.size()) + " bytes left over");
}

}  // namespace seedproof
