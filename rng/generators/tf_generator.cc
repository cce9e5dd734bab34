// tf-generator: tf.random.Generator.from_seed. A layer with a seed owns a generator; a site without
// one draws from tf.random.get_global_generator(), which the root seed sets by from_seed. A draw of
// n numbers moves a state by 256 n blocks.
//
// Initialisers are Keras 3's on TensorFlow: stateless, the same numbers at every call, from their
// seed or, unseeded, from random.randint(1, 10^9) at construction, `random` being seeded with the
// root (keras.utils.set_random_seed).
#include <optional>
#include <string>

#include <seedproof/rng/distributions/tf_legacy.h>
#include <seedproof/rng/distributions/tf_state.h>
#include <seedproof/rng/generators/keras_seed.h>
#include <seedproof/rng/generators/python_state.h>
#include <seedproof/rng/generators/tf_stream.h>

namespace seedproof {

namespace {

constexpr std::string_view kName = "tf-generator";

const Abilities& abilities() {
  using K = DistributionKind;
  static const Abilities kAbilities = {
      {K::words, K::uniform, K::normal, K::truncated_normal, K::keep_mask, K::integers},
      {DType::i32, DType::i64, DType::u32, DType::u64, DType::f16, DType::bf16, DType::f32,
       DType::f64},
      false,
      false};
  return kAbilities;
}

// Where a site's numbers come from.
enum class Source : std::uint32_t { own, global, stateless };

struct TfSite {
  Source source = Source::own;
  PhiloxState at{};

  void write(StateWriter& writer) const {
    writer.u32(static_cast<std::uint32_t>(source));
    at.write(writer);
  }
  static TfSite read(StateReader& reader) {
    const std::uint32_t source = reader.u32();
    if (source > static_cast<std::uint32_t>(Source::stateless)) {
      throw FormatError("state of tf-generator: source " + std::to_string(source) + " is unknown");
    }
    return {static_cast<Source>(source), PhiloxState::read(reader)};
  }
};

struct TfRoot {
  Seed seed;
  PhiloxState global{};
  std::optional<PythonRandom> random{};  // none when the root is no integer

  void write(StateWriter& writer) const {
    writer.text(seed.to_string());
    global.write(writer);
    writer.u32(random ? 1 : 0);
    if (random) write_python(writer, *random);
  }
  static TfRoot read(StateReader& reader) {
    TfRoot out;
    out.seed = read_seed(reader);
    out.global = PhiloxState::read(reader);
    if (reader.u32() != 0) out.random = read_python(reader);
    return out;
  }
};

// tf.random.Generator.from_seed, with its error.
PhiloxState from_seed(const Seed& seed) {
  if (seed.is_none() || seed.is_ambient()) {
    throw ValueError(
        "Attempt to convert a value (None) with an unsupported type (<class 'NoneType'>) to a "
        "Tensor.");
  }
  const tf::State state = tf::from_seed(seed);
  return {state.c0, state.c1, state.key};
}

bool from_global(const Site& site, const Seed& seed) {
  if (seed.is_ambient()) return true;
  return seed.is_none() && (site.role == Role::stock || site.role == Role::global);
}

class TfGeneratorStream final : public TfStream<TfSite> {
 public:
  TfGeneratorStream(const Generator& owner, const Site& site, std::shared_ptr<Slot<TfSite>> slot,
                    TfRoot& root)
      : TfStream(owner, site, std::move(slot), abilities()), root_(&root) {}

  StreamName name() const override {
    require_alive();
    return philox_name(state().source == Source::global ? root_->global.key : state().at.key);
  }

  std::vector<std::uint64_t> shown_state() const override {
    require_alive();
    if (state().source == Source::stateless) return {};
    const PhiloxState& at = state().source == Source::global ? root_->global : state().at;
    return {at.low, at.high, at.key};
  }

 protected:
  void validate(const Draw& draw, const Moment& /*moment*/) const override {
    require_alive();
    check_tf(abilities(), kName, draw, true);
  }

  bool bounds_pass_through_float() const override { return site().role == Role::initializer; }

  PhiloxState take(const Draw& draw, const Moment& /*moment*/) override {
    PhiloxState& at = state().source == Source::global ? root_->global : state().at;
    const PhiloxState before = at;
    if (state().source != Source::stateless) advance_tf(at, draw);
    return before;
  }

 private:
  TfRoot* root_;
};

class TfGenerator final : public Family<TfRoot, TfSite> {
 public:
  std::string_view name() const override { return kName; }

  Promises promises() const override {
    return {Promise::repeatable,   Promise::sensitive,        Promise::fresh,   Promise::resumable,
            Promise::recomputable, Promise::thread_invariant, Promise::portable};
  }

  // A generator of its own hears nothing of the others.
  Promises site_promises(const Site& site, const Seed& seed) const override {
    Promises out = promises();
    if (!seed.is_ambient() && !seed.is_none()) {
      out.add(Promise::isolated);
      out.add(Promise::order_free);
    }
    if (site.role == Role::initializer) out.remove(Promise::fresh);
    return out;
  }

  void seed(const Seed& root) override {
    TfRoot next;
    next.seed = root;
    next.global = from_seed(root);
    if (const Integer* const integer = root.as_integer()) next.random.emplace(*integer);
    restart(std::move(next));
  }

  std::unique_ptr<Stream> open(const Site& site, const Seed& seed) override {
    if (root_.seed.is_ambient()) throw RuntimeError("tf-generator was not seeded");
    check_seed(site, seed);
    auto slot = slots_.open(site, [&] { return first_state(site, seed); });
    return std::make_unique<TfGeneratorStream>(*this, site, std::move(slot), root_);
  }

  std::unique_ptr<Generator> clone() const override {
    return copy_into(std::make_unique<TfGenerator>());
  }

 protected:
  bool checkpoint_keeps() const override { return false; }

 private:
  // Refuses a seed whether or not a loaded state would take its place.
  static void check_seed(const Site& site, const Seed& seed) {
    if (site.role != Role::initializer && !from_global(site, seed)) from_seed(seed);
  }

  TfSite first_state(const Site& site, const Seed& seed) {
    if (site.role == Role::initializer) {
      return {Source::stateless, keras3_initializer(initializer_seed(site, seed))};
    }
    if (from_global(site, seed)) return {Source::global, {}};
    return {Source::own, from_seed(seed)};
  }

  std::int64_t initializer_seed(const Site& site, const Seed& seed) {
    if (!seed.is_ambient() && !seed.is_none()) return keras_seed(site.to_string(), seed);
    if (!root_.random) {
      throw TypeError("random.seed takes an integer; the root seed is " + root_.seed.to_string());
    }
    return tf::next_keras_seed(*root_.random);
  }
};

}  // namespace

std::vector<GeneratorEntry> register_tf_generator() {
  return {{std::string(kName), "counter-based, one generator a seeded layer",
           "tf.random.Generator.from_seed; unseeded sites share the global generator",
           "TensorFlow 2.21.0", abilities().distribution_names(), abilities().dtype_names(),
           "every generator's state: .keras and weights files do not hold it, so that a restored "
           "layer starts again from its seed",
           []() -> std::unique_ptr<Generator> { return std::make_unique<TfGenerator>(); }}};
}

}  // namespace seedproof
