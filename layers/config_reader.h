// Reads constructor arguments out of a configuration, and refuses what nobody asked for. Internal.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <seedproof/layers/config.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

/// A number in a message.
inline std::string number_text(double value) {
  return std::isfinite(value) ? ConfigValue(value).to_json() : std::to_string(value);
}

/// Each getter marks its entry as known. An absent entry and None mean the same: the default.
class ConfigReader {
 public:
  /// `owner` is the class named in messages. Both arguments must outlive the reader.
  ConfigReader(std::string_view owner, const Config& config) : owner_(owner), config_(config) {}

  /// Null when the entry is absent or None.
  const ConfigValue* value(std::string_view name) {
    known_.push_back(name);
    const ConfigValue* found = config_.find(name);
    return found == nullptr || found->is_none() ? nullptr : found;
  }
  double number(std::string_view name) { return required(name).as_double(where(name)); }
  double number(std::string_view name, double otherwise) {
    const ConfigValue* found = value(name);
    return found == nullptr ? otherwise : found->as_double(where(name));
  }
  std::int64_t integer(std::string_view name) { return required(name).as_int(where(name)); }
  std::int64_t integer(std::string_view name, std::int64_t otherwise) {
    const ConfigValue* found = value(name);
    return found == nullptr ? otherwise : found->as_int(where(name));
  }
  bool truth(std::string_view name, bool otherwise) {
    const ConfigValue* found = value(name);
    return found == nullptr ? otherwise : found->as_bool(where(name));
  }
  std::string text(std::string_view name, std::string_view otherwise) {
    const ConfigValue* found = value(name);
    return found == nullptr ? std::string(otherwise) : found->as_text(where(name));
  }
  /// One integer or a list of them; empty when absent.
  std::vector<std::int64_t> integers(std::string_view name) {
    const ConfigValue* found = value(name);
    if (found == nullptr) return {};
    if (!std::holds_alternative<ConfigValue::List>(found->value())) {
      return {found->as_int(where(name))};
    }
    std::vector<std::int64_t> out;
    for (const ConfigValue& item : found->as_list(where(name))) {
      out.push_back(item.as_int(where(name)));
    }
    return out;
  }
  /// Seed::none() when absent.
  Seed seed(std::string_view name = "seed") {
    const ConfigValue* found = value(name);
    return found == nullptr ? Seed::none() : found->as_seed(where(name));
  }

  /// Throws ValueError naming the first entry that no getter asked for.
  void finish() const {
    for (const auto& [name, unused] : config_.entries()) {
      if (std::find(known_.begin(), known_.end(), name) == known_.end()) {
        throw ValueError(std::string(owner_) + ": unexpected argument '" + name + "'");
      }
    }
  }
  std::string where(std::string_view name) const {
    return std::string(owner_) + "." + std::string(name);
  }

 private:
  const ConfigValue& required(std::string_view name) {
    const ConfigValue* found = value(name);
    if (found != nullptr) return *found;
    throw ValueError(std::string(owner_) + ": missing argument '" + std::string(name) + "'");
  }

  std::string_view owner_;
  const Config& config_;
  std::vector<std::string_view> known_;
};

/// How Keras names an object: a text, or {"class_name": ..., "config": {...}}.
struct Identifier {
  std::string class_name;
  Config config;
};

/// `kind` is "initializer", "regularizer", ... Throws ValueError in Keras's words for anything
/// else.
inline Identifier read_identifier(std::string_view kind, const ConfigValue& value) {
  if (const auto* text = std::get_if<std::string>(&value.value())) return {*text, {}};
  const std::string place = std::string(kind) + " identifier";
  if (std::holds_alternative<std::vector<Config::Entry>>(value.value())) {
    const Config whole = value.as_config(place);
    ConfigReader reader(kind, whole);
    const std::string name = reader.text("class_name", "");
    const ConfigValue* config = reader.value("config");
    reader.value("module");
    reader.value("registered_name");
    reader.finish();
    if (!name.empty()) return {name, config == nullptr ? Config() : config->as_config(place)};
  }
  throw ValueError("Could not interpret " + place + ": " + value.to_json());
}

[[noreturn]] inline void refuse_identifier(std::string_view kind, const std::string& name) {
  throw ValueError("Could not interpret " + std::string(kind) + " identifier: " + name);
}

}  // namespace seedproof
