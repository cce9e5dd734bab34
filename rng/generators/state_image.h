// A generator's saved state: a named, versioned list of sections of bytes, validated before use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace seedproof {

/// Everything, or only what the framework's own checkpoint keeps.
enum class SaveScope : std::uint8_t { everything, checkpoint };

struct StateSection {
  std::string name;  // "root", or the site's to_string()
  std::vector<std::byte> bytes;
  friend bool operator==(const StateSection&, const StateSection&) = default;
};

struct StateImage {
  std::string generator;      // name of the generator that wrote it
  std::uint32_t version = 1;  // of that generator's format
  std::vector<StateSection> sections;

  const StateSection* find(std::string_view name) const;

  /// One self-contained run of bytes: magic, names, sizes, sections, checksum.
  std::vector<std::byte> serialize() const;
  /// Throws FormatError naming `origin` (a file, say), the offset and the reason: wrong magic or
  /// version, sizes that overrun, a checksum that differs, bytes left over. Allocates no more than
  /// a small multiple of the input.
  static StateImage deserialize(std::span<const std::byte> bytes, std::string_view origin);

  friend bool operator==(const StateImage&, const StateImage&) = default;
};

/// Little-endian reading and writing of section contents, with bounds checked.
class StateWriter {
 public:
  void u32(std::uint32_t value);
  void u64(std::uint64_t value);
  void bytes(std::span<const std::byte> value);  // length first
  void text(std::string_view value);             // length first
  std::vector<std::byte> take() { return std::move(out_); }

 private:
  std::vector<std::byte> out_;
};

class StateReader {
 public:
  /// `place` names the image and section in messages.
  StateReader(std::span<const std::byte> bytes, std::string place);
  std::uint32_t u32();
  std::uint64_t u64();
  std::vector<std::byte> bytes();
  std::string text();
  void finish() const;  // throws FormatError when bytes are left over

 private:
  std::span<const std::byte> take(std::size_t count);
  std::span<const std::byte> rest_;
  std::size_t offset_ = 0;
  std::string place_;
};

}  // namespace seedproof
