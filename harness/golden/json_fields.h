// Strict reading of one JSON object: every key is asked for, and what is left over is refused.
// Internal: includes nlohmann/json.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace seedproof {

using Json = nlohmann::ordered_json;

/// Parses one JSON text. Refuses keys given twice, nesting beyond `max_depth`, and integers beyond
/// 64 bits, which would lose digits. Throws FormatError "<place>: <reason>".
Json parse_json(std::string_view text, const std::string& place, std::size_t max_depth = 32);

class JsonFields {
 public:
  /// `place` begins every message: "golden/x.jsonl:12", and below it the key. Throws FormatError
  /// where `value` is no object.
  JsonFields(const Json& value, std::string place);

  bool has(std::string_view key) const;
  /// The value of a key; missing ones are refused by the first, null by the second.
  const Json& required(std::string_view key);
  const Json* optional(std::string_view key);

  std::string text(std::string_view key);
  std::string text_or(std::string_view key, std::string otherwise);
  std::int64_t integer(std::string_view key, std::int64_t low, std::int64_t high);
  std::int64_t integer_or(std::string_view key, std::int64_t low, std::int64_t high,
                          std::int64_t otherwise);
  const Json& array(std::string_view key);
  JsonFields object(std::string_view key);
  /// Text of an object, or "{}" where the key is not there.
  std::string object_text(std::string_view key);
  std::map<std::string, std::string> texts(std::string_view key);

  /// Throws FormatError naming the first key that nobody asked for.
  void finish() const;

  /// Throws FormatError "<place>: key '<key>': <reason>".
  [[noreturn]] void fail(std::string_view key, const std::string& reason) const;
  const std::string& place() const { return place_; }

 private:
  const Json* value_;
  std::string place_;
  std::set<std::string, std::less<>> asked_;
};

/// The value cut short, for messages.
std::string shown(const Json& value);

}  // namespace seedproof
