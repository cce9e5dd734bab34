#include <seedproof/harness/subjects/seed_entries.h>

namespace seedproof {

namespace {

using Change = std::function<ConfigValue(const Integer&)>;
using Entries = std::vector<Config::Entry>;

ConfigValue changed(const std::string& name, const ConfigValue& value, const Change& change) {
  if (name == "seed") {
    if (const Integer* const seed = std::get_if<Integer>(&value.value())) return change(*seed);
  }
  if (std::holds_alternative<Entries>(value.value())) {
    return ConfigValue(with_seeds(value.as_config(name), change));
  }
  if (const auto* const list = std::get_if<ConfigValue::List>(&value.value())) {
    ConfigValue::List out;
    for (const ConfigValue& item : *list) out.push_back(changed("", item, change));
    return ConfigValue(std::move(out));
  }
  return value;
}

}  // namespace

Config with_seeds(const Config& config, const Change& change) {
  Config out;
  for (const auto& [name, value] : config.entries()) out.set(name, changed(name, value, change));
  return out;
}

bool has_integer_seed(const Config& config) {
  bool found = false;
  with_seeds(config, [&](const Integer& seed) {
    found = true;
    return ConfigValue(seed);
  });
  return found;
}

Config with_seeds_moved(const Config& config, std::int64_t amount) {
  return with_seeds(config, [amount](const Integer& seed) {
    std::int64_t sum = 0;
    if (!seed.fits_i64() || __builtin_add_overflow(seed.to_i64(), amount, &sum)) sum = amount;
    return ConfigValue(sum);
  });
}

}  // namespace seedproof
