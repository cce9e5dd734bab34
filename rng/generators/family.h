// What the built-in generators have in common: a root, slots for their streams, images of both.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include <seedproof/rng/generators/abilities.h>
#include <seedproof/rng/generators/generator.h>
#include <seedproof/rng/generators/slots.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

/// Reads a seed that `StateWriter::text(seed.to_string())` wrote; FormatError for any other text.
Seed read_seed(StateReader& reader);

/// Throws FormatError unless the image is of generator `name` and version 1 and begins with the
/// section "root", or is one whose checkpoints keep nothing. True: there is a root.
bool check_image(const StateImage& image, std::string_view name, bool checkpoint_keeps);

/// The section that stands for a checkpoint without random state.
inline constexpr std::string_view kEmptyCheckpoint = "checkpoint";

/// `Root` has `void write(StateWriter&) const` and `static Root read(StateReader&)`; `State` too,
/// unless streams need no saving, because all about them follows from the root.
template <class Root, class State>
class Family : public Generator {
  static constexpr bool kSaved = requires(const State& state, StateWriter& writer) {
    state.write(writer);
  };

 public:
  StateImage save(SaveScope scope) const final {
    StateImage out{std::string(name()), 1, {}};
    if (scope == SaveScope::checkpoint && !checkpoint_keeps()) {
      out.sections.push_back({std::string(kEmptyCheckpoint), {}});
      return out;
    }
    out.sections.push_back({"root", bytes_of(root_)});
    if constexpr (kSaved) {
      for (const auto& [site, state] : slots_.states()) {
        out.sections.push_back({site, bytes_of(state)});
      }
    }
    return out;
  }

  void load(const StateImage& image) final {
    if (!check_image(image, name(), checkpoint_keeps())) return;
    const std::string place = "state of " + std::string(name()) + ", section ";
    Root root = value_of<Root>(image.sections[0], place);
    typename SlotTable<State>::States states;
    for (std::size_t i = 1; i < image.sections.size(); ++i) {
      const StateSection& section = image.sections[i];
      bool fresh = false;
      if constexpr (kSaved) {
        fresh = states.emplace(section.name, value_of<State>(section, place)).second;
      }
      if (!fresh) throw FormatError(place + "'" + section.name + "' is not expected, or is twice");
    }
    root_ = std::move(root);
    slots_.load(std::move(states));
    loaded();
  }

 protected:
  /// Whether SaveScope::checkpoint keeps the state; else it keeps nothing.
  virtual bool checkpoint_keeps() const { return true; }
  /// After a load: what streams derive from the root may be stale.
  virtual void loaded() {}

  void restart(Root root) {
    root_ = std::move(root);
    slots_.forget();
  }
  template <class G>
  std::unique_ptr<Generator> copy_into(std::unique_ptr<G> copy) const {
    Family& twin = *copy;
    twin.root_ = root_;
    if constexpr (kSaved) twin.slots_.load(slots_.states());
    return copy;
  }

  Root root_;
  SlotTable<State> slots_;

 private:
  template <class Value>
  static std::vector<std::byte> bytes_of(const Value& value) {
    StateWriter writer;
    value.write(writer);
    return writer.take();
  }
  template <class Value>
  static Value value_of(const StateSection& section, const std::string& place) {
    StateReader reader(section.bytes, place + "'" + section.name + "'");
    Value out = Value::read(reader);
    reader.finish();
    return out;
  }
};

/// A stream with a slot in its generator.
template <class State>
class FamilyStream : public Stream {
 public:
  FamilyStream(const Generator& owner, Site site, std::shared_ptr<Slot<State>> slot,
               const Abilities& abilities)
      : owner_(&owner), abilities_(&abilities), site_(std::move(site)), slot_(std::move(slot)) {}

  const Site& site() const final { return site_; }

 protected:
  void validate(const Draw& draw, const Moment& /*moment*/) const override {
    require_alive();
    abilities_->check(owner_->name(), draw);
  }
  Ledger* ledger() const final { return owner_->ledger(); }

  void require_alive() const {
    if (slot_->alive) return;
    throw RuntimeError("the stream of " + site_.to_string() +
                       " is dead: its generator was seeded anew or is gone");
  }
  State& state() { return slot_->state; }
  const State& state() const { return slot_->state; }

 private:
  const Generator* owner_;
  const Abilities* abilities_;
  Site site_;
  std::shared_ptr<Slot<State>> slot_;
};

}  // namespace seedproof
