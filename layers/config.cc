#include <algorithm>

#include <seedproof/layers/config.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

using Entries = std::vector<Config::Entry>;

std::string kind_of(const ConfigValue& value) {
  static constexpr const char* kNames[] = {"None", "a bool", "an integer",     "a float",
                                           "text", "a list", "a configuration"};
  return kNames[value.value().index()];
}

[[noreturn]] void wrong_type(std::string_view where, const char* wanted, const ConfigValue& found) {
  std::string shown;
  if (!std::holds_alternative<double>(found.value())) shown = ": " + found.to_json();
  constexpr std::size_t kLongest = 80;
  if (shown.size() > kLongest) shown = shown.substr(0, kLongest) + "...";
  throw TypeError(std::string(where) + " should be " + wanted + ", got " + kind_of(found) + shown);
}

ConfigValue::Value seed_value(const Seed& seed) {
  if (seed.is_none()) return std::monostate{};
  if (const Integer* integer = seed.as_integer()) return *integer;
  if (const std::vector<Integer>* list = seed.as_list()) {
    ConfigValue::List out;
    for (const Integer& item : *list) out.emplace_back(item);
    return out;
  }
  return seed.to_string();
}

}  // namespace

ConfigValue::ConfigValue(const Config& value) : value_(value.entries()) {}
ConfigValue::ConfigValue(const Seed& value) : value_(seed_value(value)) {}

ConfigValue ConfigValue::from_shape(const Shape& shape) {
  List out;
  for (const std::int64_t extent : shape) out.emplace_back(extent);
  return out;
}

bool ConfigValue::as_bool(std::string_view where) const {
  if (const bool* value = std::get_if<bool>(&value_)) return *value;
  wrong_type(where, "a bool", *this);
}

std::int64_t ConfigValue::as_int(std::string_view where) const {
  const Integer* value = std::get_if<Integer>(&value_);
  if (value == nullptr) wrong_type(where, "an integer", *this);
  if (value->fits_i64()) return value->to_i64();
  throw OverflowError(std::string(where) + ": " + value->to_string() + " does not fit 64 bits");
}

double ConfigValue::as_double(std::string_view where) const {
  if (const double* value = std::get_if<double>(&value_)) return *value;
  if (std::holds_alternative<Integer>(value_)) return static_cast<double>(as_int(where));
  wrong_type(where, "a float", *this);
}

const std::string& ConfigValue::as_text(std::string_view where) const {
  if (const std::string* value = std::get_if<std::string>(&value_)) return *value;
  wrong_type(where, "text", *this);
}

const ConfigValue::List& ConfigValue::as_list(std::string_view where) const {
  if (const List* value = std::get_if<List>(&value_)) return *value;
  wrong_type(where, "a list", *this);
}

Config ConfigValue::as_config(std::string_view where) const {
  const Entries* entries = std::get_if<Entries>(&value_);
  if (entries == nullptr) wrong_type(where, "a configuration", *this);
  Config out;
  for (const auto& [name, value] : *entries) out.set(name, value);
  return out;
}

Seed ConfigValue::as_seed(std::string_view where) const {
  if (is_none()) return Seed::none();
  if (const Integer* value = std::get_if<Integer>(&value_)) return Seed::integer(*value);
  if (const std::string* value = std::get_if<std::string>(&value_)) return Seed::parse(*value);
  const List* list = std::get_if<List>(&value_);
  if (list == nullptr) wrong_type(where, "a seed (None, an integer or a list)", *this);
  std::vector<Integer> out;
  for (const ConfigValue& item : *list) {
    const Integer* value = std::get_if<Integer>(&item.value_);
    if (value == nullptr) wrong_type(where, "a seed of integers", *this);
    out.push_back(*value);
  }
  return Seed::list(std::move(out));
}

Shape ConfigValue::as_shape(std::string_view where) const {
  Shape out;
  for (const ConfigValue& item : as_list(where)) {
    out.push_back(item.is_none() ? -1 : item.as_int(where));
  }
  return out;
}

Config::Config(std::initializer_list<Entry> entries) {
  for (const auto& [name, value] : entries) set(name, value);
}

void Config::set(std::string_view name, ConfigValue value) {
  for (auto& [known, old] : entries_) {
    if (known != name) continue;
    old = std::move(value);
    return;
  }
  entries_.emplace_back(std::string(name), std::move(value));
}

const ConfigValue* Config::find(std::string_view name) const {
  for (const auto& [known, value] : entries_) {
    if (known == name) return &value;
  }
  return nullptr;
}

const ConfigValue& Config::at(std::string_view name) const {
  if (const ConfigValue* value = find(name)) return *value;
  std::string known;
  for (const auto& [entry, value] : entries_) known += (known.empty() ? "" : ", ") + entry;
  throw ValueError("the configuration has no entry '" + std::string(name) + "'; it has: " + known);
}

bool Config::erase(std::string_view name) {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.first == name; });
  if (found == entries_.end()) return false;
  entries_.erase(found);
  return true;
}

std::string Config::to_json() const { return ConfigValue(*this).to_json(); }
Config Config::from_json(std::string_view text) {
  return ConfigValue::from_json(text).as_config("the JSON document");
}

}  // namespace seedproof
