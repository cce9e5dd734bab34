#include <seedproof/harness/faults/parts.h>
#include <seedproof/harness/faults/trained_layer.h>
#include <seedproof/harness/faults/world.h>
#include <seedproof/harness/subjects/subjects.h>

namespace seedproof::faults {

namespace {

void add_generators(Registry& registry) {
  registry.add(generator_entry<Wrong::nothing>(kHealthyGenerator));
  registry.add(generator_entry<Wrong::frozen>("fault:frozen"));
  registry.add(generator_entry<Wrong::shared>("fault:shared"));
  registry.add(generator_entry<Wrong::keyed_by_order>("fault:keyed-by-order"));
  registry.add(generator_entry<Wrong::leaks>("fault:leaks"));
  registry.add(generator_entry<Wrong::ignores_root>("fault:ignores-root"));
  registry.add(generator_entry<Wrong::ignores_seed>("fault:ignores-seed"));
  registry.add(generator_entry<Wrong::adjacent>("fault:adjacent"));
  registry.add(generator_entry<Wrong::unrepeatable>("fault:unrepeatable"));
  registry.add(generator_entry<Wrong::reads_environment>("fault:reads-environment"));
  registry.add(generator_entry<Wrong::hidden_words>("fault:hidden-words"));
  registry.add(generator_entry<Wrong::growing_words>("fault:growing-words"));
  registry.add(generator_entry<Wrong::no_ledger>("fault:no-ledger"));
  registry.add(generator_entry<Wrong::forgets>("fault:forgets"));
  registry.add(generator_entry<Wrong::allocates>("fault:allocates"));
  registry.add(generator_entry<Wrong::one_by_one>("fault:one-by-one"));
  registry.add(generator_entry<Wrong::equal_unseeded>("fault:equal-unseeded"));
  registry.add(generator_entry<Wrong::breaks_on_none>("fault:breaks-on-none"));
  registry.add(generator_entry<Wrong::moved_by_inference>("fault:moved-by-inference"));
  registry.add(generator_entry<Wrong::one_key>("fault:one-key"));
  registry.add(generator_entry<Wrong::seeds_mix>("fault:seeds-mix"));
  registry.add(generator_entry<Wrong::odd_state>("fault:odd-state"));
  registry.add(generator_entry<Wrong::skips_at_start>("fault:skips-at-start"));
}

void add_layers(Registry& registry) {
  registry.add(layer_entry<>(kHealthyLayer));
  registry.add(layer_entry<WrongLayer::loses_seed>("LosesSeed"));
  registry.add(layer_entry<WrongLayer::piecewise>("Piecewise"));
  registry.add(layer_entry<WrongLayer::odd_output>("OddOutput"));
  registry.add(trained_layer(WrongTraining::nothing));
}

}  // namespace

Registry with_parts(Registry registry) {
  add_generators(registry);
  add_layers(registry);
  return registry;
}

FaultCase world(const std::string& generator, const std::string& layer, bool seeded) {
  FaultCase out{with_parts(builtin()), {}, generator, ""};
  out.subject = subject_of(out.registry.layer(layer));
  if (!seeded) {
    for (LayerSpec& spec : out.subject.layers) spec.config.set("seed", ConfigValue());
  }
  return out;
}

}  // namespace seedproof::faults
