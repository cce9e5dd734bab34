// philox: every stream owns a Philox4x32-10 stream and its position, and draws by the native rules.
//
// Its key is words 0 and 1 of derive_key(seed, "", purpose) for a seed of the layer's own, so that
// layers with equal seeds draw equal numbers wherever they stand, as Keras's do; else of
// derive_key(root, path, purpose). A draw takes whole blocks of four words, from the block after
// the last one taken.
#include <string>

#include <seedproof/rng/bits/derive_key.h>
#include <seedproof/rng/generators/family.h>
#include <seedproof/rng/generators/native_draw.h>
#include <seedproof/rng/generators/philox_state.h>

namespace seedproof {

namespace {

constexpr std::string_view kName = "philox";

const Abilities& abilities() {
  static const Abilities kAbilities = native_abilities(false);
  return kAbilities;
}

struct PhiloxRoot {
  Seed seed;

  void write(StateWriter& writer) const { writer.text(seed.to_string()); }
  static PhiloxRoot read(StateReader& reader) { return {read_seed(reader)}; }
};

std::uint64_t words_of(const Draw& draw) {
  return native::words_read(native_distribution(draw.distribution), draw.dtype, 0,
                            draw.region.count())
      .count;
}

class PhiloxFamilyStream final : public FamilyStream<PhiloxState> {
 public:
  using FamilyStream::FamilyStream;

  StreamName name() const override { return philox_name(state().key); }

 protected:
  void validate(const Draw& draw, const Moment& /*moment*/) const override {
    require_alive();
    check_native(abilities(), kName, draw);
    words_of(draw);
  }

  void fill(const Draw& draw, const Moment& moment, void* out, Receipt& receipt) override {
    make(state(), draw, out);
    advance(draw, moment, receipt);
  }

  void refill(const Receipt& receipt, const Draw& draw, void* out) override {
    if (receipt.stream != name()) {
      throw ValueError("the receipt of a draw from " + receipt.stream.to_string() +
                       " is not one of " + name().to_string());
    }
    make(state_of(receipt), draw, out);
  }

  void advance(const Draw& draw, const Moment& /*moment*/, Receipt& receipt) override {
    const std::uint64_t words = words_of(draw);
    write_receipt(receipt, state(), words);
    state().add(words / 4 + (words % 4 == 0 ? 0 : 1));
  }

 private:
  void make(const PhiloxState& from, const Draw& draw, void* out) {
    CountedPhilox words(from.key_words(), from.counter_words(), counts_.inner_calls);
    native::fill(words, native_distribution(draw.distribution), 0,
                 {out, draw.dtype, draw.region.count()});
  }
};

class PhiloxGenerator final : public Family<PhiloxRoot, PhiloxState> {
 public:
  std::string_view name() const override { return kName; }

  Promises promises() const override {
    return {
        Promise::repeatable, Promise::sensitive, Promise::isolated,     Promise::order_free,
        Promise::fresh,      Promise::resumable, Promise::recomputable, Promise::thread_invariant,
        Promise::portable};
  }

  // A name made by counting is another one after an insertion; a seed of its own stays.
  Promises site_promises(const Site& site, const Seed& seed) const override {
    Promises out = promises();
    if (!site.scope.given && (seed.is_ambient() || seed.is_none())) out.remove(Promise::isolated);
    return out;
  }

  void seed(const Seed& root) override {
    require_root(kName, root);
    restart({root});
  }

  std::unique_ptr<Stream> open(const Site& site, const Seed& seed) override {
    auto slot = slots_.open(site, [&] { return first_state(site, seed); });
    return std::make_unique<PhiloxFamilyStream>(*this, site, std::move(slot), abilities());
  }

  std::unique_ptr<Generator> clone() const override {
    return copy_into(std::make_unique<PhiloxGenerator>());
  }

 private:
  PhiloxState first_state(const Site& site, const Seed& seed) const {
    const bool own = !seed.is_ambient() && !seed.is_none();
    if (!own) require_root(kName, root_.seed);
    const auto key = philox_key(own ? derive_key(seed, "", site.purpose)
                                    : derive_key(root_.seed, site.scope.path, site.purpose));
    return {0, 0, key.words[0] | std::uint64_t{key.words[1]} << 32};
  }
};

}  // namespace

std::vector<GeneratorEntry> register_philox() {
  return {{std::string(kName), "counter-based, one stateful stream a layer",
           "Philox4x32-10 with a key from the layer's seed, or from root seed, path and purpose",
           "", abilities().distribution_names(), abilities().dtype_names(), "",
           []() -> std::unique_ptr<Generator> { return std::make_unique<PhiloxGenerator>(); }}};
}

}  // namespace seedproof
