#include <algorithm>
#include <iterator>

#include <seedproof/rng/generators/generator.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

#define SEEDPROOF_ITEM(name) std::vector<GeneratorEntry> register_##name();
#include <seedproof_lists/generators.inc>
#undef SEEDPROOF_ITEM

Promises Generator::site_promises(const Site& /*site*/, const Seed& /*seed*/) const {
  return promises();
}

void Generator::on(const Event& /*event*/) {}

std::vector<GeneratorEntry> builtin_generators() {
  std::vector<GeneratorEntry> out;
  const auto take = [&out](std::vector<GeneratorEntry> entries) {
    std::move(entries.begin(), entries.end(), std::back_inserter(out));
  };
#define SEEDPROOF_ITEM(name) take(register_##name());
#include <seedproof_lists/generators.inc>
#undef SEEDPROOF_ITEM
  return out;
}

std::unique_ptr<Generator> make_generator(std::string_view name, const Seed& root) {
  const std::vector<GeneratorEntry> entries = builtin_generators();
  const auto at = std::find_if(entries.begin(), entries.end(),
                               [&](const GeneratorEntry& entry) { return entry.name == name; });
  if (at == entries.end()) {
    std::string names;
    for (const GeneratorEntry& entry : entries) {
      names += (names.empty() ? "" : ", ") + entry.name;
    }
    throw ValueError("unknown generator '" + std::string(name) + "'; there are " + names);
  }
  std::unique_ptr<Generator> out = at->make();
  out->seed(root);
  return out;
}

}  // namespace seedproof
