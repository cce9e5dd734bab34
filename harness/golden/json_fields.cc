#include <functional>
#include <utility>

#include <seedproof/harness/golden/json_fields.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

/// Walks a text before its values are kept: what the tree would hide is refused here.
class Watch final : public nlohmann::json_sax<Json> {
 public:
  Watch(const std::string& place, std::size_t max_depth) : place_(place), max_depth_(max_depth) {}

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }

  bool number_float(number_float_t, const string_t& token) override {
    // The parser turns an integer beyond 64 bits into the nearest double without a word.
    if (token.find_first_of(".eE") == string_t::npos) {
      throw FormatError(place_ + ": integer " + token.substr(0, 40) + " beyond 64 bits");
    }
    return true;
  }

  bool start_object(std::size_t) override { return open(); }
  bool start_array(std::size_t) override { return open(); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    if (!keys_.back().insert(name).second) {
      throw FormatError(place_ + ": key " + shown(Json(name)) + " is there twice");
    }
    return true;
  }

  bool parse_error(std::size_t, const std::string&, const Json::exception& error) override {
    throw FormatError(place_ + ": not JSON: " + error.what());
  }

 private:
  bool open() {
    keys_.emplace_back();
    if (keys_.size() > max_depth_) {
      throw FormatError(place_ + ": nested more than " + std::to_string(max_depth_) + " deep");
    }
    return true;
  }

  bool close() {
    keys_.pop_back();
    return true;
  }

  const std::string& place_;
  std::size_t max_depth_;
  std::vector<std::set<std::string>> keys_;
};

}  // namespace

Json parse_json(std::string_view text, const std::string& place, std::size_t max_depth) {
  Watch watch(place, max_depth);
  Json::sax_parse(text, &watch);
  return Json::parse(text);
}

std::string shown(const Json& value) {
  constexpr std::size_t kLongest = 80;
  std::string text = value.dump(-1, ' ', true, Json::error_handler_t::replace);
  if (text.size() > kLongest) text = text.substr(0, kLongest) + "...";
  return text;
}

JsonFields::JsonFields(const Json& value, std::string place)
    : value_(&value), place_(std::move(place)) {
  if (!value.is_object()) throw FormatError(place_ + ": an object expected, found " + shown(value));
}

bool JsonFields::has(std::string_view key) const {
  return value_->find(std::string(key)) != value_->end();
}

const Json* JsonFields::optional(std::string_view key) {
  asked_.emplace(key);
  const auto found = value_->find(std::string(key));
  return found == value_->end() ? nullptr : &*found;
}

const Json& JsonFields::required(std::string_view key) {
  const Json* value = optional(key);
  if (value == nullptr) throw FormatError(place_ + ": key '" + std::string(key) + "' is missing");
  return *value;
}

std::string JsonFields::text(std::string_view key) {
  const Json& value = required(key);
  if (!value.is_string()) fail(key, "a text expected, found " + shown(value));
  return value.get<std::string>();
}

std::string JsonFields::text_or(std::string_view key, std::string otherwise) {
  return has(key) ? text(key) : std::move(otherwise);
}

std::int64_t JsonFields::integer(std::string_view key, std::int64_t low, std::int64_t high) {
  const Json& value = required(key);
  const bool fits = value.is_number_integer() &&
                    (!value.is_number_unsigned() ||
                     value.get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX));
  if (!fits || value.get<std::int64_t>() < low || value.get<std::int64_t>() > high) {
    fail(key, "an integer in [" + std::to_string(low) + ", " + std::to_string(high) +
                  "] expected, found " + shown(value));
  }
  return value.get<std::int64_t>();
}

std::int64_t JsonFields::integer_or(std::string_view key, std::int64_t low, std::int64_t high,
                                    std::int64_t otherwise) {
  return has(key) ? integer(key, low, high) : otherwise;
}

const Json& JsonFields::array(std::string_view key) {
  const Json& value = required(key);
  if (!value.is_array()) fail(key, "a list expected, found " + shown(value));
  return value;
}

JsonFields JsonFields::object(std::string_view key) {
  return {required(key), place_ + ": key '" + std::string(key) + "'"};
}

std::string JsonFields::object_text(std::string_view key) {
  const Json* value = optional(key);
  if (value == nullptr) return "{}";
  if (!value->is_object()) fail(key, "an object expected, found " + shown(*value));
  return value->dump();
}

std::map<std::string, std::string> JsonFields::texts(std::string_view key) {
  const Json& value = required(key);
  if (!value.is_object()) fail(key, "an object expected, found " + shown(value));
  std::map<std::string, std::string> out;
  for (const auto& [name, text] : value.items()) {
    if (!text.is_string()) fail(key, "texts expected, found " + shown(text) + " as '" + name + "'");
    out.emplace(name, text.get<std::string>());
  }
  return out;
}

void JsonFields::finish() const {
  for (const auto& [key, value] : value_->items()) {
    if (!asked_.contains(key)) {
      throw FormatError(place_ + ": unknown key " + shown(Json(key)) + " with " + shown(value));
    }
  }
}

void JsonFields::fail(std::string_view key, const std::string& reason) const {
  throw FormatError(place_ + ": key '" + std::string(key) + "': " + reason);
}

}  // namespace seedproof
