#include <algorithm>

#include <seedproof/harness/registry.h>
#include <seedproof/harness/subjects/subjects.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

const std::string& name_of(const LayerEntry& entry) { return entry.class_name; }
template <class Item>
const std::string& name_of(const Item& item) {
  return item.name;
}

template <class Item>
auto find_item(std::vector<Item>& items, std::string_view name) {
  return std::find_if(items.begin(), items.end(),
                      [&](const Item& item) { return name_of(item) == name; });
}

template <class Item>
[[noreturn]] void fail_unknown(const std::vector<Item>& items, std::string_view name,
                               const char* kind) {
  std::string known;
  for (const Item& item : items) known += (known.empty() ? "" : ", ") + name_of(item);
  throw ValueError("no " + std::string(kind) + " is named '" + std::string(name) +
                   "'; there are: " + (known.empty() ? "none" : known));
}

template <class Item>
void add_item(std::vector<Item>& items, Item item, const char* kind) {
  if (name_of(item).empty()) throw ValueError("a " + std::string(kind) + " without a name");
  if (find_item(items, name_of(item)) != items.end()) {
    throw ValueError("a " + std::string(kind) + " named '" + name_of(item) + "' is there already");
  }
  items.push_back(std::move(item));
}

template <class Item>
void replace_item(std::vector<Item>& items, Item item, const char* kind) {
  const auto place = find_item(items, name_of(item));
  if (place == items.end()) fail_unknown(items, name_of(item), kind);
  *place = std::move(item);
}

template <class Item>
const Item& item_named(const std::vector<Item>& items, std::string_view name, const char* kind) {
  const auto place = std::find_if(items.begin(), items.end(),
                                  [&](const Item& item) { return name_of(item) == name; });
  if (place == items.end()) fail_unknown(items, name, kind);
  return *place;
}

}  // namespace

void Registry::add(GeneratorEntry entry) { add_item(generators_, std::move(entry), "generator"); }
void Registry::add(LayerEntry entry) { add_item(layers_, std::move(entry), "layer class"); }
void Registry::add(Subject subject) { add_item(subjects_, std::move(subject), "subject"); }
void Registry::add(Variation item) { add_item(variations_, std::move(item), "variation"); }
void Registry::add(Relation relation) { add_item(relations_, std::move(relation), "relation"); }
void Registry::add(Check check) { add_item(checks_, std::move(check), "check"); }

void Registry::replace(GeneratorEntry entry) {
  replace_item(generators_, std::move(entry), "generator");
}
void Registry::replace(LayerEntry entry) { replace_item(layers_, std::move(entry), "layer class"); }
void Registry::replace(Relation relation) {
  replace_item(relations_, std::move(relation), "relation");
}
void Registry::replace(Check check) { replace_item(checks_, std::move(check), "check"); }

const GeneratorEntry& Registry::generator(std::string_view name) const {
  return item_named(generators_, name, "generator");
}
const LayerEntry& Registry::layer(std::string_view class_name) const {
  return item_named(layers_, class_name, "layer class");
}
const Subject& Registry::subject(std::string_view name) const {
  return item_named(subjects_, name, "subject");
}
const Variation& Registry::variation(std::string_view name) const {
  return item_named(variations_, name, "variation");
}
const Relation& Registry::relation(std::string_view name) const {
  return item_named(relations_, name, "relation");
}
const Check& Registry::check(std::string_view name) const {
  return item_named(checks_, name, "check");
}

Registry builtin() {
  Registry registry;
  for (GeneratorEntry& entry : builtin_generators()) registry.add(std::move(entry));
  for (LayerEntry& entry : builtin_layers()) registry.add(std::move(entry));
  for (Subject& subject : builtin_subjects(registry.layers())) registry.add(std::move(subject));
  for (Variation& variation : builtin_variations()) registry.add(std::move(variation));
  for (Relation& relation : builtin_relations()) registry.add(std::move(relation));
  for (Check& check : builtin_checks()) registry.add(std::move(check));
  return registry;
}

}  // namespace seedproof
