// Small generators and layers that are right, or wrong in exactly one way: what faults are made of.
// Internal.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <seedproof/harness/registry.h>
#include <seedproof/rng/values/error.h>

namespace seedproof::faults {

enum class Wrong {
  nothing,
  frozen,              // every draw starts at the stream's beginning
  shared,              // one sequence for everybody, and promises isolation all the same
  keyed_by_order,      // streams are told apart by the order of their opening, not by path
  leaks,               // a draw moves every other stream too
  ignores_root,        // the root seed has no say
  ignores_seed,        // a layer's seed has no say
  adjacent,            // seeds are starting points in one stream, four words apart
  unrepeatable,        // a count of all streams ever opened is mixed in
  reads_environment,   // the working directory is mixed in
  hidden_words,        // takes words that no receipt tells of, one more each step
  growing_words,       // takes, and records, one word more each time
  no_ledger,           // does not report to its ledger
  forgets,             // loading an image does nothing
  allocates,           // allocates in every draw
  one_by_one,          // an inner virtual call each number
  equal_unseeded,      // all unseeded layers draw the same
  refuses_none,        // None is a ValueError
  breaks_on_none,      // None is a RuntimeError
  moved_by_inference,  // an inference pass moves all streams
  one_key,             // every stream has the root's key, and promises to be distinct
  seeds_mix,           // a layer's key depends on the seeds of the layers opened before
  odd_state,           // the saved state holds a number that no run repeats
  skips_at_start       // a stream loaded at its beginning starts a word later
};

inline std::uint64_t mix(std::uint64_t z) {
  z += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

inline std::uint64_t hash(std::uint64_t start, const std::string& text) {
  std::uint64_t out = mix(start);
  for (const char character : text) out = mix(out ^ static_cast<unsigned char>(character));
  return out;
}

inline std::uint64_t streams_ever_opened = 0;

inline std::uint64_t calls_ever_made = 0;

class FakeGenerator;

class FakeStream final : public Stream {
 public:
  FakeStream(FakeGenerator& owner, Site site, std::uint64_t key, std::uint64_t next)
      : owner_(&owner), site_(std::move(site)), key_(key), next_(next) {}
  ~FakeStream() override;
  const Site& site() const override { return site_; }
  StreamName name() const override { return {"fake", {key_, 0, 0, 0}}; }
  std::uint64_t next_word() const { return next_; }
  void set_next_word(std::uint64_t next) { next_ = next; }

 protected:
  void fill(const Draw& draw, const Moment& moment, void* out, Receipt& receipt) override;
  void refill(const Receipt& receipt, const Draw& draw, void* out) override {
    make(receipt.first.low, draw, out);
  }
  void advance(const Draw& draw, const Moment& moment, Receipt& receipt) override;
  void validate(const Draw& draw, const Moment&) const override {
    if (draw.distribution.kind != DistributionKind::uniform || draw.dtype != DType::f32) {
      throw ValueError("the fake generator draws f32 uniforms, not " +
                       draw.distribution.to_string());
    }
  }
  Ledger* ledger() const override;

 private:
  void make(std::uint64_t first, const Draw& draw, void* out) const {
    auto* numbers = static_cast<float*>(out);
    const std::size_t count = draw.region.count();
    for (std::size_t i = 0; i < count; ++i) {
      numbers[i] = static_cast<float>(mix(key_ + mix(first + i)) >> 40) * 0x1p-24f;
    }
  }

  FakeGenerator* owner_;
  Site site_;
  std::uint64_t key_;
  std::uint64_t next_;
};

class FakeGenerator final : public Generator {
 public:
  FakeGenerator(Wrong what, bool promising) : wrong(what), promising_(promising) {}
  std::string_view name() const override { return "fake"; }
  Promises promises() const override {
    if (!promising_) return {};
    return {Promise::repeatable, Promise::sensitive, Promise::distinct,  Promise::isolated,
            Promise::order_free, Promise::fresh,     Promise::resumable, Promise::recomputable};
  }
  void seed(const Seed& root) override {
    root_ = root;
    opened_ = shared_next = seeds_so_far_ = 0;
  }

  std::unique_ptr<Stream> open(const Site& site, const Seed& seed) override {
    refuse(seed);
    ++opened_;
    ++streams_ever_opened;
    seeds_so_far_ = hash(seeds_so_far_, seed.to_string());
    std::uint64_t next = 0;
    if (const auto at = loaded_.find(site.to_string()); at != loaded_.end()) {
      next = at->second;
      loaded_.erase(at);
    } else if (wrong == Wrong::adjacent && seed.as_integer() != nullptr) {
      next = 4 * seed.as_integer()->word(0);
    }
    auto stream = std::make_unique<FakeStream>(*this, site, key(site, seed), next);
    streams.push_back(stream.get());
    return stream;
  }

  void on(const Event& event) override {
    if (wrong != Wrong::moved_by_inference || event.kind != Event::Kind::evaluate) return;
    for (FakeStream* stream : streams) stream->set_next_word(stream->next_word() + 3);
  }

  StateImage save(SaveScope) const override {
    StateImage image{"fake", 1, {}};
    StateWriter root;
    root.text(root_.to_string());
    root.u64(wrong == Wrong::odd_state ? streams_ever_opened : shared_next);
    image.sections.push_back({"root", root.take()});
    for (const FakeStream* stream : streams) {
      StateWriter next;
      next.u64(stream->next_word());
      image.sections.push_back({stream->site().to_string(), next.take()});
    }
    return image;
  }

  void load(const StateImage& image) override {
    if (wrong == Wrong::forgets) return;
    for (const StateSection& section : image.sections) {
      StateReader reader(section.bytes, section.name);
      if (section.name == "root") {
        root_ = Seed::parse(reader.text());
        shared_next = reader.u64();
        continue;
      }
      loaded_[section.name] = reader.u64();
      if (wrong == Wrong::skips_at_start && loaded_[section.name] == 0) ++loaded_[section.name];
    }
    for (FakeStream* stream : streams) {
      if (loaded_.count(stream->site().to_string()) == 0) continue;
      stream->set_next_word(loaded_.at(stream->site().to_string()));
      loaded_.erase(stream->site().to_string());
    }
  }

  std::unique_ptr<Generator> clone() const override {
    auto copy = std::make_unique<FakeGenerator>(wrong, promising_);
    copy->seed(root_);
    copy->load(save(SaveScope::everything));
    return copy;
  }

  const Wrong wrong;
  std::uint64_t shared_next = 0;
  std::vector<FakeStream*> streams;

 private:
  void refuse(const Seed& seed) const {
    if (!seed.is_none()) return;
    if (wrong == Wrong::refuses_none) throw ValueError("a seed of None is no seed");
    if (wrong == Wrong::breaks_on_none) throw RuntimeError("null pointer");
  }

  std::uint64_t key(const Site& site, const Seed& seed) const {
    const std::uint64_t root = wrong == Wrong::ignores_root ? 5 : hash(1, root_.to_string());
    const std::string seed_text = wrong == Wrong::ignores_seed ? "" : seed.to_string();
    switch (wrong) {
      case Wrong::shared:
      case Wrong::adjacent:
      case Wrong::one_key:
        return root;
      case Wrong::seeds_mix:
        return hash(root + seeds_so_far_, site.to_string());
      case Wrong::keyed_by_order:
        return hash(root + opened_, seed_text);
      case Wrong::unrepeatable:
        return hash(root + streams_ever_opened, site.to_string() + seed_text);
      case Wrong::reads_environment:
        return hash(root, site.to_string() + seed_text + (std::getenv("JUNK_0") ? "x" : ""));
      case Wrong::equal_unseeded:
        return hash(root, seed.is_none() ? "None" : site.to_string() + seed_text);
      default:
        return hash(root, site.to_string() + seed_text);
    }
  }

  bool promising_;
  Seed root_ = 0;
  std::uint64_t opened_ = 0;
  std::uint64_t seeds_so_far_ = 0;
  std::map<std::string, std::uint64_t> loaded_;
};

inline FakeStream::~FakeStream() { std::erase(owner_->streams, this); }

inline Ledger* FakeStream::ledger() const {
  return owner_->wrong == Wrong::no_ledger ? nullptr : owner_->ledger();
}

inline void FakeStream::advance(const Draw& draw, const Moment& moment, Receipt& receipt) {
  std::uint64_t& next = owner_->wrong == Wrong::shared ? owner_->shared_next : next_;
  if (owner_->wrong == Wrong::frozen) next = 0;
  receipt.stream = name();
  receipt.first = {next, 0};
  next += draw.region.count();
  if (owner_->wrong == Wrong::growing_words) next += moment.step;
  receipt.last = {next, 0};
  if (owner_->wrong == Wrong::hidden_words) next += moment.step;
}

inline void FakeStream::fill(const Draw& draw, const Moment& moment, void* out, Receipt& receipt) {
  advance(draw, moment, receipt);
  if (owner_->wrong == Wrong::allocates) {
    void* volatile memory = ::operator new(8);  // volatile: not to be left out
    ::operator delete(memory);
  }
  if (owner_->wrong == Wrong::one_by_one) counts_.inner_calls += draw.region.count();
  if (owner_->wrong == Wrong::leaks) {
    for (FakeStream* stream : owner_->streams) {
      if (stream != this) stream->next_ += draw.region.count();
    }
  }
  make(receipt.first.low, draw, out);
}

template <Wrong kWrong, bool kPromising = true>
GeneratorEntry generator_entry(const std::string& name) {
  GeneratorEntry entry;
  entry.name = name;
  entry.family = "fake";
  entry.description = "a generator for tests";
  entry.distributions = {"uniform"};
  entry.dtypes = {"f32"};
  entry.make = []() -> std::unique_ptr<Generator> {
    return std::make_unique<FakeGenerator>(kWrong, kPromising);
  };
  return entry;
}

enum class WrongLayer {
  nothing,
  loses_seed,        // get_config leaves the seed out
  piecewise,         // draws its tensor one number at a time
  always_on,         // no fault: draws in inference too
  asks_for_normals,  // which the fake generator does not have
  fails_at_step_1,   // throws a TypeError
  silent,            // draws nothing
  odd_output         // adds a number to its output that no run repeats
};

template <WrongLayer kWrong>
class FakeLayer final : public Layer {
 public:
  FakeLayer(Seed seed, LayerOptions options) : Layer(std::move(options)), seed_(std::move(seed)) {}
  std::string_view class_name() const override { return "FakeLayer"; }
  std::vector<Shape> compute_output_shape(std::span<const Shape> shapes) const override {
    return {shapes.front()};
  }

 protected:
  void on_build(std::span<const Shape>) override {
    if (kWrong != WrongLayer::silent) stream_ = &open_stream("noise", seed_, Role::layer);
  }

  Tensors on_call(const Tensors& inputs, const CallArgs& args) override {
    const Tensor& x = inputs.front();
    Tensors outputs;
    outputs.push_back(x);
    if (kWrong == WrongLayer::silent) return outputs;
    if (!training(args) && kWrong != WrongLayer::always_on) return outputs;
    if (kWrong == WrongLayer::fails_at_step_1 && args.step == 1) throw TypeError("no float");
    const Distribution distribution =
        kWrong == WrongLayer::asks_for_normals ? Distribution::normal() : Distribution::uniform();
    Tensor& out = outputs.front();
    if (kWrong == WrongLayer::odd_output) ++calls_ever_made;
    if (kWrong == WrongLayer::piecewise) {
      const std::int64_t one[] = {1};
      for (std::size_t i = 0; i < out.count(); ++i) {
        stream_->draw({distribution, x.dtype(), {one}}, moment(args), out.as<float>().data() + i);
      }
    } else {
      stream_->draw({distribution, x.dtype(), {x.shape()}, Epilogue::add(x.data())}, moment(args),
                    out.data());
    }
    if (kWrong == WrongLayer::odd_output) {
      out.as<float>()[0] += static_cast<float>(calls_ever_made);
    }
    return outputs;
  }

  Tensors on_backward(const Tensors& upstream) override { return upstream; }

  void on_config(Config& config) const override {
    if (kWrong != WrongLayer::loses_seed) config.set("seed", seed_);
  }

 private:
  Seed seed_;
  Stream* stream_ = nullptr;
};

template <WrongLayer kWrong = WrongLayer::nothing>
LayerEntry layer_entry(const std::string& class_name) {
  LayerEntry entry;
  entry.class_name = class_name;
  entry.family = "documented";
  entry.draws_in_call = kWrong != WrongLayer::silent;
  entry.probe_config = Config{{"seed", 17}};
  entry.from_config = [](const Config& config) -> std::shared_ptr<Layer> {
    LayerOptions options;
    if (const ConfigValue* name = config.find("name")) options.name = name->as_text("name");
    const ConfigValue* seed = config.find("seed");
    return std::make_shared<FakeLayer<kWrong>>(
        seed == nullptr ? Seed::none() : seed->as_seed("seed"), options);
  };
  return entry;
}

/// Everything that is built in but generators, layers and subjects, with these in their place.
inline Registry registry_with(const std::vector<GeneratorEntry>& generators,
                              const std::vector<LayerEntry>& layers) {
  Registry registry;
  for (const GeneratorEntry& entry : generators) registry.add(entry);
  for (const LayerEntry& entry : layers) registry.add(entry);
  for (Variation& variation : builtin_variations()) registry.add(std::move(variation));
  for (Relation& relation : builtin_relations()) registry.add(std::move(relation));
  for (Check& check : builtin_checks()) registry.add(std::move(check));
  return registry;
}

}  // namespace seedproof::faults
