// Sequential bit generators: engines with state. Bulk fill is the primitive.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace seedproof {

class Engine {
 public:
  virtual ~Engine() = default;

  virtual std::string_view name() const = 0;
  /// Bits of one engine word, at least 32; each word is uniform on [0, 2^bits).
  virtual int word_bits() const = 0;
  /// The largest seed that the engine's own definition takes in full: 2^32 - 1, or 2^64 - 1 for
  /// words of 64 bits.
  virtual std::uint64_t max_seed() const = 0;

  /// Starts over as the engine's definition says for one integer. Throws OverflowError naming the
  /// seed when it is above max_seed(): nothing is cut off.
  virtual void seed(std::uint64_t value) = 0;

  /// One engine word each, its high 32 bits.
  virtual void fill(std::span<std::uint32_t> out) = 0;
  /// One engine word each, as it is, zero-extended.
  virtual void fill(std::span<std::uint64_t> out) = 0;
  /// Passes over `words` engine words.
  virtual void discard(std::uint64_t words) = 0;

  /// The state as a binary image: "SPEN", then little endian version (u32), length of the name
  /// (u32), name, number of state words (u32), state words (u64 each).
  virtual std::vector<std::byte> save() const = 0;
  /// Takes an image of the same engine. Throws FormatError, and changes nothing, when a byte is
  /// missing or left over, the engine is another, or the words are no state of it.
  virtual void load(std::span<const std::byte> image) = 0;

  virtual std::unique_ptr<Engine> clone() const = 0;
};

/// Names of the engines that make_engine knows.
std::span<const std::string_view> engine_names();

/// An engine as its default constructor leaves it. Throws ValueError naming an unknown `name`.
std::unique_ptr<Engine> make_engine(std::string_view name);

}  // namespace seedproof
