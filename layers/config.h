// A layer's configuration: what get_config returns and from_config takes. Ordered, typed, and
// printable as JSON.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <seedproof/rng/values/seed.h>
#include <seedproof/rng/values/tensor.h>

namespace seedproof {

class Config;

/// None, a truth value, an integer of any size, a float, text, a list, or a nested configuration.
class ConfigValue {
 public:
  using List = std::vector<ConfigValue>;
  using Value = std::variant<std::monostate, bool, Integer, double, std::string, List,
                             std::vector<std::pair<std::string, ConfigValue>>>;

  ConfigValue() = default;                                        // None
  ConfigValue(bool value) : value_(value) {}                      // NOLINT
  ConfigValue(int value) : value_(Integer(value)) {}              // NOLINT
  ConfigValue(std::int64_t value) : value_(Integer(value)) {}     // NOLINT
  ConfigValue(Integer value) : value_(std::move(value)) {}        // NOLINT
  ConfigValue(double value) : value_(value) {}                    // NOLINT
  ConfigValue(const char* value) : value_(std::string(value)) {}  // NOLINT
  ConfigValue(std::string value) : value_(std::move(value)) {}    // NOLINT
  ConfigValue(List value) : value_(std::move(value)) {}           // NOLINT
  ConfigValue(const Config& value);                               // NOLINT
  ConfigValue(const Seed& value);  // NOLINT None, integer, list; else its text
  static ConfigValue from_shape(const Shape& shape);

  bool is_none() const { return std::holds_alternative<std::monostate>(value_); }
  const Value& value() const { return value_; }

  // Each throws TypeError naming `where` and the value found when it is of another type. An integer
  // is accepted as a double, as Python does; a truth value is not an integer.
  bool as_bool(std::string_view where) const;
  std::int64_t as_int(std::string_view where) const;  // OverflowError beyond 64 bits
  double as_double(std::string_view where) const;
  const std::string& as_text(std::string_view where) const;
  const List& as_list(std::string_view where) const;
  Config as_config(std::string_view where) const;
  Seed as_seed(std::string_view where) const;
  Shape as_shape(std::string_view where) const;

  /// One line. Throws ValueError for a float that is NaN or infinite.
  std::string to_json() const;
  /// Throws FormatError naming the offset. Nesting is capped at 64, text at 16 MiB.
  static ConfigValue from_json(std::string_view text);

  friend bool operator==(const ConfigValue&, const ConfigValue&) = default;

 private:
  Value value_;
};

class Config {
 public:
  using Entry = std::pair<std::string, ConfigValue>;
  Config() = default;
  Config(std::initializer_list<Entry> entries);

  void set(std::string_view name, ConfigValue value);  // replaces, or appends
  const ConfigValue* find(std::string_view name) const;
  /// Throws ValueError naming the missing entry.
  const ConfigValue& at(std::string_view name) const;
  bool erase(std::string_view name);
  const std::vector<Entry>& entries() const { return entries_; }
  bool empty() const { return entries_.empty(); }

  std::string to_json() const;
  static Config from_json(std::string_view text);

  friend bool operator==(const Config&, const Config&) = default;

 private:
  std::vector<Entry> entries_;
};

}  // namespace seedproof
