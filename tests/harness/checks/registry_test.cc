#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/harness/registry.h>
#include <seedproof/rng/values/error.h>

#include "tests/harness/fakes.h"

namespace seedproof {
namespace {

using testing::HasSubstr;

template <class Act>
std::string message_of(Act act) {
  try {
    act();
  } catch (const ValueError& error) {
    return error.what();
  }
  return "no ValueError";
}

TEST(RegistryTest, NamesAreUniqueAndNotEmpty) {
  Registry registry;
  registry.add(fakes::layer_entry<>("Noise"));
  EXPECT_THAT(message_of([&] { registry.add(fakes::layer_entry<>("Noise")); }),
              HasSubstr("layer class named 'Noise' is there already"));
  EXPECT_THROW(registry.add(fakes::layer_entry<>("")), ValueError);
  registry.add(fakes::generator_entry<fakes::Wrong::nothing>("Noise"));  // another kind
  EXPECT_EQ(registry.layers().size(), 1u);
}

TEST(RegistryTest, UnknownNamesListTheKnown) {
  Registry registry;
  EXPECT_THAT(message_of([&] { registry.generator("a"); }), HasSubstr("there are: none"));
  registry.add(fakes::generator_entry<fakes::Wrong::nothing>("one"));
  registry.add(fakes::generator_entry<fakes::Wrong::nothing>("two"));
  EXPECT_THAT(message_of([&] { registry.generator("three"); }),
              HasSubstr("'three'; there are: one, two"));
  EXPECT_EQ(registry.generator("two").name, "two");
}

TEST(RegistryTest, ReplacingKeepsThePlace) {
  Registry registry;
  registry.add(fakes::generator_entry<fakes::Wrong::nothing>("one"));
  registry.add(fakes::generator_entry<fakes::Wrong::nothing>("two"));
  GeneratorEntry other = fakes::generator_entry<fakes::Wrong::frozen>("one");
  other.description = "other";
  registry.replace(other);
  EXPECT_EQ(registry.generators()[0].description, "other");
  EXPECT_EQ(registry.generators().size(), 2u);
  other.name = "three";
  EXPECT_THROW(registry.replace(other), ValueError);
}

TEST(RegistryTest, BuiltInItemsAreThere) {
  const Registry registry = builtin();
  EXPECT_GE(registry.generators().size(), 6u);
  EXPECT_GE(registry.layers().size(), 20u);
  EXPECT_GE(registry.variations().size(), 15u);
  EXPECT_GE(registry.relations().size(), 10u);
  EXPECT_GE(registry.checks().size(), 23u);
  EXPECT_NO_THROW(registry.subject("all-drawing"));
}

}  // namespace
}  // namespace seedproof
