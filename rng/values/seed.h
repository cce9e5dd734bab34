// What a user may hand over as a seed. Refusing or deriving is each generator's business.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <seedproof/rng/values/integer.h>

namespace seedproof {

/// No seed of its own: the draw belongs to the ambient (global) state.
struct AmbientSeed {
  friend bool operator==(const AmbientSeed&, const AmbientSeed&) = default;
};
/// Python's None given where a seed is expected.
struct NoSeed {
  friend bool operator==(const NoSeed&, const NoSeed&) = default;
};
/// An explicit key, least significant word first.
struct KeySeed {
  std::array<std::uint64_t, 4> words{};
  friend bool operator==(const KeySeed&, const KeySeed&) = default;
};

class Seed {
 public:
  using Value = std::variant<AmbientSeed, NoSeed, Integer, std::vector<Integer>, KeySeed>;

  Seed() = default;                                // ambient
  Seed(Value value) : value_(std::move(value)) {}  // NOLINT(google-explicit-constructor)
  /// From any integer type but bool; the value is kept whole.
  template <std::integral T>
  requires(!std::same_as<T, bool>) Seed(T value)
      : value_(Integer(value)) {}  // NOLINT(google-explicit-constructor)
  static Seed ambient() { return Seed(Value(AmbientSeed{})); }
  static Seed none() { return Seed(Value(NoSeed{})); }
  static Seed integer(Integer value) { return Seed(Value(std::move(value))); }
  static Seed list(std::vector<Integer> values) { return Seed(Value(std::move(values))); }

  const Value& value() const { return value_; }
  bool is_ambient() const { return std::holds_alternative<AmbientSeed>(value_); }
  bool is_none() const { return std::holds_alternative<NoSeed>(value_); }
  const Integer* as_integer() const { return std::get_if<Integer>(&value_); }
  const std::vector<Integer>* as_list() const { return std::get_if<std::vector<Integer>>(&value_); }

  /// "ambient", "None", "7", "[7, 8]", "key:0x..,0x..,0x..,0x..".
  std::string to_string() const;
  /// Reads what to_string writes. Throws ValueError naming `text`.
  static Seed parse(std::string_view text);

  friend bool operator==(const Seed&, const Seed&) = default;

 private:
  Value value_ = AmbientSeed{};
};

}  // namespace seedproof
