// The states of a generator's streams: those open now, and those that a loaded image holds for
// streams opened later.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <seedproof/rng/generators/site.h>
#include <seedproof/rng/generators/state_image.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

/// Shared by a stream and its generator; `alive` falls when the generator forgets it or dies.
template <class State>
struct Slot {
  State state;
  bool alive = true;
};

/// `State` has `void write(StateWriter&) const` and `static State read(StateReader&)`.
template <class State>
class SlotTable {
 public:
  using Shared = std::shared_ptr<Slot<State>>;
  using States = std::map<std::string, State>;

  SlotTable() = default;
  SlotTable(const SlotTable&) = delete;
  SlotTable& operator=(const SlotTable&) = delete;
  ~SlotTable() { forget(); }

  /// A new slot for `site`, from its loaded state where there is one, else from `make()`. A second
  /// open stream of a site is named "site#1", and so on.
  template <class Make>
  Shared open(const Site& site, Make make) {
    const std::string name = free_name(site.to_string());
    const auto found = loaded_.find(name);
    Shared slot;
    if (found != loaded_.end()) {
      slot = std::make_shared<Slot<State>>(Slot<State>{std::move(found->second)});
      loaded_.erase(found);
    } else {
      slot = std::make_shared<Slot<State>>(Slot<State>{make()});
    }
    open_[name] = slot;
    return slot;
  }

  /// Ends every stream, and drops what was loaded.
  void forget() {
    for (auto& [name, slot] : open_) {
      if (const Shared live = slot.lock()) live->alive = false;
    }
    open_.clear();
    loaded_.clear();
  }

  /// Loaded states that no stream has taken yet, and those of open streams.
  States states() const {
    States out = loaded_;
    for (const auto& [name, slot] : open_) {
      if (const Shared live = slot.lock()) out.insert_or_assign(name, live->state);
    }
    return out;
  }

  /// Gives open streams the state of their name; the rest waits for streams opened later.
  void load(States states) {
    loaded_.clear();
    for (auto& [name, state] : states) {
      const auto found = open_.find(name);
      const Shared live = found == open_.end() ? nullptr : found->second.lock();
      if (live != nullptr) {
        live->state = std::move(state);
      } else {
        loaded_.emplace(name, std::move(state));
      }
    }
  }

  /// Calls visit(State&) for every open stream.
  template <class Visit>
  void each(Visit visit) {
    for (auto& [name, slot] : open_) {
      if (const Shared live = slot.lock()) visit(live->state);
    }
  }

 private:
  bool taken(const std::string& name) const {
    const auto found = open_.find(name);
    return found != open_.end() && !found->second.expired();
  }
  std::string free_name(const std::string& site) const {
    std::string name = site;
    for (int k = 1; taken(name); ++k) name = site + "#" + std::to_string(k);
    return name;
  }

  std::map<std::string, std::weak_ptr<Slot<State>>> open_;
  States loaded_;
};

}  // namespace seedproof
