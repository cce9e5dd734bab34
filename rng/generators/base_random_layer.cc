// base-random-layer: Keras 2's BaseRandomLayer and its RandomGenerator (tf_keras/src/backend.py),
// after keras.utils.set_random_seed(root), in three modes.
//
// legacy_stateful ("base-random-layer"): the k-th Python call of a layer with seed s is a stateful
//   op with op seed s + k, its kernel shared with every op that has equal seeds (tf_kernels.h). An
//   unseeded layer takes its op seeds from the sequence of random.Random(root), as bare ops do.
//   In a traced function (Moment::trace = 1, 2, ...) a Python call happens once a trace: op seed
//   s + k, unseeded Moment::operation, and the calls of the trace continue its own kernel. A trace
//   that only happens, as fit's first, is told by Event::trace with its number and scope.
// ":stateful": the layer owns tf.random.Generator.from_seed(s).
// ":stateless": every call draws the same numbers, from the seed [s, 0].
//   Unseeded, both take s from a random.Random(root) of Keras's own when the layer is opened.
//
// Initialisers are stateless in every mode; an unseeded one takes its seed at its first call.
// A site of role `global` is a bare stateful op: its seed stays s at every call.
#include <algorithm>
#include <string>

#include <seedproof/rng/distributions/tf_legacy.h>
#include <seedproof/rng/distributions/tf_state.h>
#include <seedproof/rng/generators/keras_seed.h>
#include <seedproof/rng/generators/python_state.h>
#include <seedproof/rng/generators/tf_kernels.h>
#include <seedproof/rng/generators/tf_stream.h>

namespace seedproof {

namespace {

enum class Mode : std::uint8_t { legacy_stateful, stateless, stateful };

std::string_view name_of(Mode mode) {
  switch (mode) {
    case Mode::legacy_stateful:
      return "base-random-layer";
    case Mode::stateless:
      return "base-random-layer:stateless";
    case Mode::stateful:
      break;
  }
  return "base-random-layer:stateful";
}

const Abilities& abilities() {
  using K = DistributionKind;
  static const Abilities kAbilities = {{K::uniform, K::normal, K::truncated_normal, K::keep_mask},
                                       {DType::f16, DType::bf16, DType::f32, DType::f64},
                                       false,
                                       false};
  return kAbilities;
}

enum class Source : std::uint32_t {
  calls,    // legacy, seeded: op seed + Python calls so far
  op,       // a bare op with a seed
  ambient,  // the next op seed of the sequence
  own,      // a tf.random.Generator
  stateless,
  undecided  // stateless, its seed taken at the first draw
};
constexpr auto kLastSource = static_cast<std::uint32_t>(Source::undecided);

// The kernel of one trace of a layer's call.
struct Trace {
  std::uint64_t number = 0;
  PhiloxState at{};
};

struct LayerSite {
  std::string path{};
  Source source = Source::ambient;
  std::uint32_t seed = 0;   // of the op
  std::uint64_t calls = 0;  // Python calls so far
  PhiloxState at{};         // own, stateless
  std::vector<Trace> traces{};

  void write(StateWriter& writer) const;
  static LayerSite read(StateReader& reader);
};

void LayerSite::write(StateWriter& writer) const {
  writer.text(path);
  writer.u32(static_cast<std::uint32_t>(source));
  writer.u32(seed);
  writer.u64(calls);
  at.write(writer);
  writer.u64(traces.size());
  for (const Trace& trace : traces) {
    writer.u64(trace.number);
    trace.at.write(writer);
  }
}

LayerSite LayerSite::read(StateReader& reader) {
  LayerSite out;
  out.path = reader.text();
  const std::uint32_t source = reader.u32();
  out.source = static_cast<Source>(source);
  out.seed = reader.u32();
  if (source > kLastSource || out.seed >= kSeedModulus) {
    throw FormatError("state of base-random-layer: source " + std::to_string(source) +
                      ", op seed " + std::to_string(out.seed) + " cannot be");
  }
  out.calls = reader.u64();
  out.at = PhiloxState::read(reader);
  const std::uint64_t count = reader.u64();
  for (std::uint64_t i = 0; i < count; ++i) {  // ends with the bytes, if not with the count
    const std::uint64_t number = reader.u64();
    out.traces.push_back({number, PhiloxState::read(reader)});
  }
  return out;
}

struct Root {
  Seed seed;
  PythonRandom op_seeds{Integer(0)};
  PythonRandom keras{Integer(0)};  // of unseeded layers and initialisers
  TfKernels kernels;

  void write(StateWriter& writer) const {
    writer.text(seed.to_string());
    write_python(writer, op_seeds);
    write_python(writer, keras);
    kernels.write(writer);
  }
  static Root read(StateReader& reader) {
    Root out;
    out.seed = read_seed(reader);
    out.op_seeds = read_python(reader);
    out.keras = read_python(reader);
    out.kernels = TfKernels::read(reader);
    return out;
  }
};

std::uint32_t op_seed_after(const LayerSite& site, std::uint64_t calls) {
  return static_cast<std::uint32_t>((site.seed + calls % kSeedModulus) % kSeedModulus);
}

// The trace of this number; a new one is a Python call.
Trace& trace_of(LayerSite& site, const TfKernels& kernels, const Moment& moment) {
  const auto at = std::find_if(site.traces.begin(), site.traces.end(),
                               [&](const Trace& trace) { return trace.number == moment.trace; });
  if (at != site.traces.end()) return *at;
  std::uint32_t seed = site.seed;
  if (site.source == Source::calls) seed = op_seed_after(site, site.calls++);
  if (site.source == Source::ambient) {
    seed = static_cast<std::uint32_t>(moment.operation % kSeedModulus);
  }
  site.traces.push_back({moment.trace, kernels.first_state(seed)});
  return site.traces.back();
}

class LayerStream final : public TfStream<LayerSite> {
 public:
  LayerStream(const Generator& owner, const Site& site, std::shared_ptr<Slot<LayerSite>> slot,
              Root& root)
      : TfStream(owner, site, std::move(slot), abilities()), root_(&root) {}

  StreamName name() const override {
    require_alive();
    const Source source = state().source;
    const bool own = source == Source::own || source == Source::stateless;
    return philox_name(own ? state().at.key : root_->kernels.key());
  }

  std::vector<std::uint64_t> shown_state() const override {
    require_alive();
    if (state().source != Source::own) return {};
    return {state().at.low, state().at.high, state().at.key};
  }

 protected:
  PhiloxState take(const Draw& draw, const Moment& moment) override {
    LayerSite& site = state();
    if (site.source == Source::undecided) {
      site.at = keras2_stateless(tf::next_keras_seed(root_->keras));
      site.source = Source::stateless;
    }
    if (site.source == Source::stateless) return site.at;
    if (site.source == Source::own) return moved(site.at, draw);
    if (moment.trace != 0) return moved(trace_of(site, root_->kernels, moment).at, draw);
    return root_->kernels.run(eager_seed(site), draw);
  }

 private:
  static PhiloxState moved(PhiloxState& state, const Draw& draw) {
    const PhiloxState before = state;
    advance_tf(state, draw);
    return before;
  }

  std::uint32_t eager_seed(LayerSite& site) {
    if (site.source == Source::op) return site.seed;
    if (site.source == Source::calls) return op_seed_after(site, site.calls++);
    const auto drawn = static_cast<std::uint64_t>(tf::next_op_seed(root_->op_seeds));
    return static_cast<std::uint32_t>(drawn % kSeedModulus);
  }

  Root* root_;
};

class BaseRandomLayer final : public Family<Root, LayerSite> {
 public:
  explicit BaseRandomLayer(Mode mode) : mode_(mode) {}

  std::string_view name() const override { return name_of(mode_); }

  Promises promises() const override {
    Promises out = {Promise::repeatable,   Promise::sensitive,        Promise::resumable,
                    Promise::recomputable, Promise::thread_invariant, Promise::portable};
    if (mode_ != Mode::stateless) out.add(Promise::fresh);
    return out;
  }

  Promises site_promises(const Site& site, const Seed& seed) const override;

  void seed(const Seed& root) override;

  std::unique_ptr<Stream> open(const Site& site, const Seed& seed) override {
    if (root_.seed.is_ambient()) throw RuntimeError(std::string(name()) + " was not seeded");
    check_seed(site, seed);
    auto slot = slots_.open(site, [&] { return first_state(site, seed); });
    return std::make_unique<LayerStream>(*this, site, std::move(slot), root_);
  }

  // A trace is a Python call of every seeded layer within its scope, drawn from or not.
  void on(const Event& event) override {
    if (event.kind != Event::Kind::trace || event.number == 0) return;
    Moment moment;
    moment.trace = event.number;
    slots_.each([&](LayerSite& site) {
      if (site.source == Source::calls && within(site.path, event.scope.path)) {
        trace_of(site, root_.kernels, moment);
      }
    });
  }

  std::unique_ptr<Generator> clone() const override {
    return copy_into(std::make_unique<BaseRandomLayer>(mode_));
  }

 protected:
  bool checkpoint_keeps() const override { return false; }

 private:
  static bool has_none(const Seed& seed) { return seed.is_ambient() || seed.is_none(); }
  static bool within(const std::string& path, const std::string& scope) {
    return scope.empty() || path == scope ||
           (path.size() > scope.size() && path.starts_with(scope) && path[scope.size()] == '/');
  }
  bool is_stateless(const Site& site) const {
    return site.role == Role::initializer ||
           (mode_ == Mode::stateless && site.role != Role::global);
  }

  void check_seed(const Site& site, const Seed& seed) const;
  LayerSite first_state(const Site& site, const Seed& seed);

  Mode mode_;
};

Promises BaseRandomLayer::site_promises(const Site& site, const Seed& seed) const {
  Promises out = promises();
  out.add(Promise::fresh);
  if (is_stateless(site)) out.remove(Promise::fresh);
  const bool kernel = site.role == Role::global || mode_ == Mode::legacy_stateful;
  if (!has_none(seed) && (is_stateless(site) || !kernel)) {
    out.add(Promise::isolated);
    out.add(Promise::order_free);
  }
  return out;
}

// keras.utils.set_random_seed, with NumPy's bounds.
void BaseRandomLayer::seed(const Seed& root) {
  const Integer* const integer = root.as_integer();
  if (integer == nullptr) {
    throw ValueError("Expected `seed` argument to be an integer. Received: seed=" +
                     root.to_string());
  }
  if (!integer->fits_u32()) {
    throw ValueError("Seed must be between 0 and 2**32 - 1, not " + integer->to_string());
  }
  restart({root, PythonRandom(*integer), PythonRandom(*integer), TfKernels(*integer)});
}

// Refuses a seed whether or not a loaded state would take its place.
void BaseRandomLayer::check_seed(const Site& site, const Seed& seed) const {
  if (has_none(seed)) return;
  if (is_stateless(site)) {
    keras_seed(site.to_string(), seed);
  } else if (mode_ == Mode::stateful && site.role != Role::global) {
    tf::from_seed(seed);
  } else if (seed.as_integer() == nullptr) {
    throw TypeError(site.to_string() + ": an op seed is an integer, not " + seed.to_string());
  }
}

LayerSite BaseRandomLayer::first_state(const Site& site, const Seed& seed) {
  LayerSite out;
  out.path = site.scope.path;
  const bool none = has_none(seed);
  if (is_stateless(site)) {
    out.source = site.role == Role::initializer && none ? Source::undecided : Source::stateless;
    if (out.source == Source::undecided) return out;
    out.at = keras2_stateless(none ? tf::next_keras_seed(root_.keras)
                                   : keras_seed(site.to_string(), seed));
  } else if (mode_ == Mode::stateful && site.role != Role::global) {
    const tf::State state =
        none ? tf::from_seed(Integer(tf::next_keras_seed(root_.keras))) : tf::from_seed(seed);
    out.source = Source::own;
    out.at = {state.c0, state.c1, state.key};
  } else if (!none) {
    out.source = site.role == Role::global ? Source::op : Source::calls;
    out.seed = op_seed(*seed.as_integer());
  }
  return out;
}

GeneratorEntry entry(Mode mode, std::string family, std::string description, std::string loses,
                     std::unique_ptr<Generator> (*make)()) {
  return {std::string(name_of(mode)),
          std::move(family),
          std::move(description),
          "tf-keras 2.21.0",
          abilities().distribution_names(),
          abilities().dtype_names(),
          std::move(loses),
          make};
}

template <Mode M>
std::unique_ptr<Generator> make() {
  return std::make_unique<BaseRandomLayer>(M);
}

}  // namespace

std::vector<GeneratorEntry> register_base_random_layer() {
  return {
      entry(Mode::legacy_stateful, "Keras 2's base class, op seeds counted by Python calls",
            "stateful TensorFlow ops with the layer's seed + 1 a Python call",
            "the count of Python calls and every kernel's state: weights files hold weights only",
            make<Mode::legacy_stateful>),
      entry(Mode::stateless, "Keras 2's base class, stateless",
            "the same numbers at every call, from the scrambled seed",
            "the seeds that unseeded layers took: weights files hold weights only",
            make<Mode::stateless>),
      entry(Mode::stateful, "Keras 2's base class, one generator a layer",
            "tf.random.Generator.from_seed, owned by the layer",
            "every generator's state: its variable is kept out of weights on purpose",
            make<Mode::stateful>)};
}

}  // namespace seedproof
