// shared-global: one mt19937 for all streams, in the order of the calls, as numpy.random is used;
// numbers by the native rules over its words. A seed that a layer brings has no effect: there is
// one engine, and only the root seeds it.
//
// Seeding: an integer below 2^32 as the engine's definition has it; any other integer, a list or
// a key by 624 words of the Philox stream keyed derive_key(root, "", "mt19937"), taken as the
// engine's state.
#include <boost/random/mersenne_twister.hpp>
#include <cstring>
#include <locale>
#include <sstream>
#include <string>
#include <type_traits>

#include <seedproof/rng/bits/derive_key.h>
#include <seedproof/rng/bits/engine_state.h>
#include <seedproof/rng/generators/digest.h>
#include <seedproof/rng/generators/family.h>
#include <seedproof/rng/generators/native_draw.h>

namespace seedproof {

namespace {

using Mersenne = boost::random::mt19937;

constexpr std::string_view kName = "shared-global";
constexpr std::string_view kEngine = "mt19937";
constexpr std::size_t kStateWords = Mersenne::state_size;

const Abilities& abilities() {
  static const Abilities kAbilities = native_abilities(false);
  return kAbilities;
}

// Names the first state by the words that it gives first: they determine it.
std::uint64_t digest_of(Mersenne engine) {
  Digest digest;
  for (std::size_t i = 0; i < kStateWords; ++i) digest.u64(engine());
  return digest.value();
}

// The engine and how many words it gave. Copied whole into receipts.
struct Running {
  Mersenne engine;
  std::uint64_t position = 0;
};
static_assert(std::is_trivially_copyable_v<Running>);

struct SharedRoot {
  Seed seed;
  std::uint64_t first_state = 0;  // digest
  Running running{};

  void write(StateWriter& writer) const;
  static SharedRoot read(StateReader& reader);
};

void SharedRoot::write(StateWriter& writer) const {
  writer.text(seed.to_string());
  writer.u64(first_state);
  writer.u64(running.position);
  std::stringstream text;  // Boost offers the state as text alone
  text.imbue(std::locale::classic());
  text << running.engine;
  std::uint32_t word = 0;
  for (std::size_t i = 0; i < kStateWords && text >> word; ++i) writer.u32(word);
}

SharedRoot SharedRoot::read(StateReader& reader) {
  SharedRoot out;
  out.seed = read_seed(reader);
  out.first_state = reader.u64();
  out.running.position = reader.u64();
  std::vector<std::uint64_t> words;
  std::stringstream text;
  text.imbue(std::locale::classic());
  for (std::size_t i = 0; i < kStateWords; ++i) {
    words.push_back(reader.u32());
    text << words.back() << ' ';
  }
  const std::string fault = EngineState<Mersenne>::fault(words);
  if (!fault.empty()) throw FormatError("state of shared-global: " + fault);
  text >> out.running.engine;
  return out;
}

Mersenne seeded(const Seed& root) {
  Mersenne out;
  const Integer* const integer = root.as_integer();
  if (integer != nullptr && integer->fits_u32()) {
    out.seed(static_cast<std::uint32_t>(integer->to_u64()));
    return out;
  }
  std::array<std::uint32_t, kStateWords> words;
  PhiloxWords source(philox_key(derive_key(root, "", kEngine)));
  source.words(0, words);
  auto first = words.cbegin();
  out.seed(first, words.cend());
  return out;
}

std::uint64_t words_of(const Draw& draw) {
  return native::words_read(native_distribution(draw.distribution), draw.dtype, 0,
                            draw.region.count())
      .count;
}

class EngineSource final : public WordSource {
 public:
  EngineSource(Mersenne& engine, std::uint64_t& calls) : engine_(&engine), calls_(&calls) {}
  void words(std::uint64_t /*first*/, std::span<std::uint32_t> out) override {
    ++*calls_;
    for (std::uint32_t& word : out) word = (*engine_)();
  }

 private:
  Mersenne* engine_;
  std::uint64_t* calls_;
};

// A stream has nothing of its own.
struct NoState {};

class SharedStream final : public FamilyStream<NoState> {
 public:
  SharedStream(const Generator& owner, const Site& site, std::shared_ptr<Slot<NoState>> slot,
               SharedRoot& root)
      : FamilyStream(owner, site, std::move(slot), abilities()), root_(&root) {}

  StreamName name() const override {
    require_alive();
    return {std::string(kEngine), {root_->first_state}};
  }

 protected:
  void validate(const Draw& draw, const Moment& /*moment*/) const override {
    require_alive();
    check_native(abilities(), kName, draw);
    words_of(draw);
  }

  void fill(const Draw& draw, const Moment& /*moment*/, void* out, Receipt& receipt) override {
    const std::uint64_t words = words_of(draw);
    write(receipt, words);
    make(root_->running.engine, draw, out);
    root_->running.position += words;
  }

  void refill(const Receipt& receipt, const Draw& draw, void* out) override {
    if (receipt.stream != name() || receipt.state_before.size() != sizeof(Running)) {
      throw ValueError("the receipt of a draw from " + receipt.stream.to_string() +
                       " is not one of " + name().to_string());
    }
    Running before;
    std::memcpy(&before, receipt.state_before.data(), sizeof before);
    make(before.engine, draw, out);
  }

  void advance(const Draw& draw, const Moment& /*moment*/, Receipt& receipt) override {
    const std::uint64_t words = words_of(draw);
    write(receipt, words);
    root_->running.engine.discard(words);
    root_->running.position += words;
  }

 private:
  void write(Receipt& receipt, std::uint64_t words) const {
    receipt.stream.bit_generator = kEngine;
    receipt.stream.key = {root_->first_state};
    receipt.first = {root_->running.position, 0};
    receipt.last = receipt.first.plus(words);
    receipt.state_before.resize(sizeof(Running));
    std::memcpy(receipt.state_before.data(), &root_->running, sizeof(Running));
  }

  void make(Mersenne& engine, const Draw& draw, void* out) {
    EngineSource source(engine, counts_.inner_calls);
    native::fill(source, native_distribution(draw.distribution), 0,
                 {out, draw.dtype, draw.region.count()});
  }

  SharedRoot* root_;
};

class SharedGenerator final : public Family<SharedRoot, NoState> {
 public:
  std::string_view name() const override { return kName; }

  Promises promises() const override {
    return {Promise::repeatable,   Promise::sensitive,        Promise::fresh,   Promise::resumable,
            Promise::recomputable, Promise::thread_invariant, Promise::portable};
  }

  void seed(const Seed& root) override {
    require_root(kName, root);
    SharedRoot next;
    next.seed = root;
    next.running.engine = seeded(root);
    next.first_state = digest_of(next.running.engine);
    restart(std::move(next));
  }

  std::unique_ptr<Stream> open(const Site& site, const Seed& /*seed*/) override {
    require_root(kName, root_.seed);
    auto slot = slots_.open(site, [] { return NoState{}; });
    return std::make_unique<SharedStream>(*this, site, std::move(slot), root_);
  }

  std::unique_ptr<Generator> clone() const override {
    return copy_into(std::make_unique<SharedGenerator>());
  }
};

}  // namespace

std::vector<GeneratorEntry> register_shared_global() {
  return {{std::string(kName), "one sequential engine for all",
           "mt19937 in the order of the calls; a layer's own seed has no effect", "",
           abilities().distribution_names(), abilities().dtype_names(), "",
           []() -> std::unique_ptr<Generator> { return std::make_unique<SharedGenerator>(); }}};
}

}  // namespace seedproof
