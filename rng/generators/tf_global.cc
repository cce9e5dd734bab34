// tf-global: tf.random.set_seed and the stateful ops, in eager mode. An op with a seed continues
// the one kernel of its op, seeds and dtype, shared with every site that has equal ones; an op
// without takes the next of random.Random(root).randint(0, 2^31 - 1) as its seed, and a kernel of
// its own.
//
// Initialisers are Keras 3's on TensorFlow, as in tf-generator.
#include <string>

#include <seedproof/rng/distributions/tf_legacy.h>
#include <seedproof/rng/generators/keras_seed.h>
#include <seedproof/rng/generators/python_state.h>
#include <seedproof/rng/generators/tf_kernels.h>
#include <seedproof/rng/generators/tf_stream.h>

namespace seedproof {

namespace {

constexpr std::string_view kName = "tf-global";

const Abilities& abilities() {
  using K = DistributionKind;
  static const Abilities kAbilities = {
      {K::uniform, K::normal, K::truncated_normal, K::keep_mask, K::integers, K::permutation},
      {DType::i32, DType::i64, DType::f16, DType::bf16, DType::f32, DType::f64},
      false,
      false};
  return kAbilities;
}

enum class Source : std::uint32_t { seeded, unseeded, stateless };

struct GlobalSite {
  Source source = Source::unseeded;
  std::uint32_t seed = 0;  // of the op, when seeded
  PhiloxState at{};        // when stateless

  void write(StateWriter& writer) const {
    writer.u32(static_cast<std::uint32_t>(source));
    writer.u32(seed);
    at.write(writer);
  }
  static GlobalSite read(StateReader& reader) {
    GlobalSite out;
    const std::uint32_t source = reader.u32();
    out.source = static_cast<Source>(source);
    out.seed = reader.u32();
    out.at = PhiloxState::read(reader);
    if (source > static_cast<std::uint32_t>(Source::stateless) || out.seed >= kSeedModulus) {
      throw FormatError("state of tf-global: source " + std::to_string(source) + ", op seed " +
                        std::to_string(out.seed) + " cannot be");
    }
    return out;
  }
};

struct GlobalRoot {
  Seed seed;
  PythonRandom op_seeds{Integer(0)};
  PythonRandom random{Integer(0)};  // Python's module `random`
  TfKernels kernels;

  void write(StateWriter& writer) const {
    writer.text(seed.to_string());
    write_python(writer, op_seeds);
    write_python(writer, random);
    kernels.write(writer);
  }
  static GlobalRoot read(StateReader& reader) {
    GlobalRoot out;
    out.seed = read_seed(reader);
    out.op_seeds = read_python(reader);
    out.random = read_python(reader);
    out.kernels = TfKernels::read(reader);
    return out;
  }
};

class TfGlobalStream final : public TfStream<GlobalSite> {
 public:
  TfGlobalStream(const Generator& owner, const Site& site, std::shared_ptr<Slot<GlobalSite>> slot,
                 GlobalRoot& root)
      : TfStream(owner, site, std::move(slot), abilities()), root_(&root) {}

  StreamName name() const override {
    require_alive();
    const bool fixed = state().source == Source::stateless;
    return philox_name(fixed ? state().at.key : root_->kernels.key());
  }

 protected:
  void validate(const Draw& draw, const Moment& moment) const override {
    require_alive();
    check_tf(abilities(), kName, draw, false);
    if (moment.trace != 0) {
      throw ValueError("tf-global is eager: it knows no trace " + std::to_string(moment.trace));
    }
    if (site().role == Role::initializer &&
        draw.distribution.kind == DistributionKind::permutation) {
      throw ValueError("tf-global: an initialiser draws no permutation");
    }
  }

  bool bounds_pass_through_float() const override { return site().role == Role::initializer; }

  PhiloxState take(const Draw& draw, const Moment& /*moment*/) override {
    const GlobalSite& at = state();
    switch (at.source) {
      case Source::stateless:
        return at.at;
      case Source::seeded:
        return root_->kernels.run(at.seed, draw);
      case Source::unseeded:
        break;
    }
    const std::int64_t drawn = tf::next_op_seed(root_->op_seeds);
    return root_->kernels.run(
        static_cast<std::uint32_t>(static_cast<std::uint64_t>(drawn) % kSeedModulus), draw);
  }

 private:
  GlobalRoot* root_;
};

class TfGlobal final : public Family<GlobalRoot, GlobalSite> {
 public:
  std::string_view name() const override { return kName; }

  Promises promises() const override {
    return {Promise::repeatable,   Promise::sensitive,        Promise::fresh,   Promise::resumable,
            Promise::recomputable, Promise::thread_invariant, Promise::portable};
  }

  Promises site_promises(const Site& site, const Seed& seed) const override {
    Promises out = promises();
    if (site.role != Role::initializer) return out;
    out.remove(Promise::fresh);
    if (seed.as_integer() != nullptr) {
      out.add(Promise::isolated);
      out.add(Promise::order_free);
    }
    return out;
  }

  void seed(const Seed& root) override {
    if (root.is_none() || root.is_ambient()) {
      throw ValueError("tf-global needs a root seed, not " + root.to_string() +
                       ": without tf.random.set_seed no two runs of TensorFlow are equal");
    }
    const Integer* const integer = root.as_integer();
    if (integer == nullptr) {
      throw TypeError("tf.random.set_seed takes an integer, not " + root.to_string());
    }
    restart({root, PythonRandom(*integer), PythonRandom(*integer), TfKernels(*integer)});
  }

  std::unique_ptr<Stream> open(const Site& site, const Seed& seed) override {
    if (root_.seed.is_ambient()) throw RuntimeError("tf-global was not seeded");
    check_seed(site, seed);
    auto slot = slots_.open(site, [&] { return first_state(site, seed); });
    return std::make_unique<TfGlobalStream>(*this, site, std::move(slot), root_);
  }

  std::unique_ptr<Generator> clone() const override {
    return copy_into(std::make_unique<TfGlobal>());
  }

 protected:
  bool checkpoint_keeps() const override { return false; }

 private:
  static bool has_none(const Seed& seed) { return seed.is_ambient() || seed.is_none(); }

  // Refuses a seed whether or not a loaded state would take its place.
  static void check_seed(const Site& site, const Seed& seed) {
    if (has_none(seed)) return;
    if (site.role == Role::initializer) {
      keras_seed(site.to_string(), seed);
    } else if (seed.as_integer() == nullptr) {
      throw TypeError(site.to_string() + ": an op seed is an integer, not " + seed.to_string());
    }
  }

  GlobalSite first_state(const Site& site, const Seed& seed) {
    if (site.role == Role::initializer) {
      const std::int64_t own =
          has_none(seed) ? tf::next_keras_seed(root_.random) : keras_seed(site.to_string(), seed);
      return {Source::stateless, 0, keras3_initializer(own)};
    }
    if (has_none(seed)) return {};
    return {Source::seeded, op_seed(*seed.as_integer()), {}};
  }
};

}  // namespace

std::vector<GeneratorEntry> register_tf_global() {
  return {{std::string(kName), "counter-based, one state for equal op seeds",
           "tf.random.set_seed and the stateful ops, eager; unseeded ops are seeded in call order",
           "TensorFlow 2.21.0", abilities().distribution_names(), abilities().dtype_names(),
           "every kernel's state and the sequence of op seeds: no file of Keras's holds them",
           []() -> std::unique_ptr<Generator> { return std::make_unique<TfGlobal>(); }}};
}

}  // namespace seedproof
