// counter: no state. A draw is addressed by who draws (the key), when (the high bits of the
// counter) and which element (the low bits), by the native rules over Philox4x32-10.
//
// Key: words 0 and 1 of derive_key(root, path, purpose, layer seed), ambient where the layer has
// none. Counter, 128 bits, of blocks of four words:
//     bits 0..45     block within the draw: 2^48 words
//     bits 46..47    phase (build, train, evaluate, predict)
//     bits 48..79    call within (step, phase)
//     bits 80..125   step
//     bits 126..127  zero, so that a position in words has 128 bits
// What does not fit is refused. Isolation by identity holds for scopes with given names: a name
// made by counting shifts when a layer is inserted.
#include <algorithm>
#include <limits>
#include <string>

#include <seedproof/rng/bits/derive_key.h>
#include <seedproof/rng/generators/family.h>
#include <seedproof/rng/generators/native_draw.h>
#include <seedproof/rng/generators/philox_state.h>

namespace seedproof {

namespace {

constexpr std::string_view kName = "counter";
constexpr int kBlockBits = 46;
constexpr std::uint64_t kMostWords = std::uint64_t{1} << (kBlockBits + 2);
constexpr std::uint64_t kMostCalls = std::uint64_t{1} << 32;
constexpr std::uint64_t kMostSteps = std::uint64_t{1} << 46;

const Abilities& abilities() {
  static const Abilities kAbilities = native_abilities(true);
  return kAbilities;
}

// Never saved: a stream's key follows from its site, its seed and the root.
struct CounterState {
  Site site;
  Seed seed{};
  std::uint64_t key = 0;
};

struct CounterRoot {
  Seed seed;

  void write(StateWriter& writer) const { writer.text(seed.to_string()); }
  static CounterRoot read(StateReader& reader) { return {read_seed(reader)}; }
};

void check_moment(const Site& site, const Moment& moment) {
  if (!moment.has_step) {
    throw ValueError("counter: the draw of " + site.to_string() +
                     " has no step, so its address would depend on history");
  }
  if (moment.step >= kMostSteps) {
    throw ValueError("counter: step " + std::to_string(moment.step) + " is not below 2^46");
  }
  if (moment.call >= kMostCalls) {
    throw ValueError("counter: call " + std::to_string(moment.call) + " is not below 2^32");
  }
}

// Elements [first, first + count) of the whole, drawn to out + offset.
struct Run {
  std::uint64_t first = 0;
  std::uint64_t count = 0;
  std::uint64_t offset = 0;
};

// Calls visit(Run) for each run of elements that follow each other in the whole.
template <class Visit>
void each_run(const Region& region, Visit visit) {
  if (region.row_ids.empty()) {
    const std::uint64_t first = static_cast<std::uint64_t>(region.row_begin) * region.row_count();
    visit(Run{first, region.count(), 0});
    return;
  }
  const std::uint64_t row = region.row_count();
  const auto& ids = region.row_ids;
  for (std::size_t i = 0; i < ids.size();) {
    std::size_t end = i + 1;
    while (end < ids.size() && ids[end] == ids[end - 1] + 1) ++end;
    visit(Run{static_cast<std::uint64_t>(ids[i]) * row, (end - i) * row, i * row});
    i = end;
  }
}

native::WordRange words_of(const Draw& draw, const Run& run) {
  return native::words_read(native_distribution(draw.distribution), draw.dtype, run.first,
                            run.count);
}

// The words of a draw: how many, and the least interval that holds them.
struct Extent {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::uint64_t words = 0;
};

Extent extent_of(const Draw& draw) {
  Extent out;
  each_run(draw.region, [&](const Run& run) {
    const native::WordRange range = words_of(draw, run);
    if (range.count == 0) return;
    const std::uint64_t last = range.first + range.count;
    out.first = out.words == 0 ? range.first : std::min(out.first, range.first);
    out.last = std::max(out.last, last);
    out.words += range.count;
  });
  return out;
}

void check_region(const Draw& draw) {
  const Region& region = draw.region;
  if (region.whole()) return;
  if (draw.distribution.kind == DistributionKind::permutation) {
    throw ValueError("counter draws a permutation whole, not a part of it");
  }
  const std::uint64_t row = std::max<std::uint64_t>(region.row_count(), 1);
  for (const std::int64_t id : region.row_ids) {
    if (static_cast<std::uint64_t>(id) >= kMostWords / row) {
      throw ValueError("counter: row id " + std::to_string(id) + " of rows of " +
                       std::to_string(row) + " elements lies beyond 2^48 words");
    }
  }
}

PhiloxState address(std::uint64_t key, const Moment& moment) {
  const auto phase = static_cast<std::uint64_t>(moment.phase);
  return {(phase << 46) | (moment.call << 48), (moment.call >> 16) | (moment.step << 16), key};
}

class CounterStream final : public FamilyStream<CounterState> {
 public:
  using FamilyStream::FamilyStream;

  StreamName name() const override { return philox_name(state().key); }

 protected:
  void validate(const Draw& draw, const Moment& moment) const override {
    require_alive();
    check_native(abilities(), kName, draw);
    check_moment(site(), moment);
    check_region(draw);
    if (extent_of(draw).last > kMostWords) {
      throw ValueError("counter: a draw of shape " + to_string(draw.region.shape) +
                       " needs more than 2^48 words");
    }
  }

  void fill(const Draw& draw, const Moment& moment, void* out, Receipt& receipt) override {
    const PhiloxState at = address(state().key, moment);
    make(at, draw, out);
    // The receipt's interval may hold words of rows between those drawn; only drawn ones count.
    const Extent extent = write(at, draw, receipt);
    counts_.words -= extent.last - extent.first - extent.words;
  }

  void refill(const Receipt& receipt, const Draw& draw, void* out) override {
    if (receipt.stream != name()) {
      throw ValueError("the receipt of a draw from " + receipt.stream.to_string() +
                       " is not one of " + name().to_string());
    }
    make(state_of(receipt), draw, out);
  }

  void advance(const Draw& draw, const Moment& moment, Receipt& receipt) override {
    write(address(state().key, moment), draw, receipt);
  }

 private:
  static Extent write(const PhiloxState& at, const Draw& draw, Receipt& receipt) {
    const Extent extent = extent_of(draw);
    write_receipt(receipt, at, 0);
    receipt.last = receipt.first.plus(extent.last);
    receipt.first = receipt.first.plus(extent.first);
    return extent;
  }

  void make(const PhiloxState& at, const Draw& draw, void* out) {
    CountedPhilox words(at.key_words(), at.counter_words(), counts_.inner_calls);
    const native::Distribution distribution = native_distribution(draw.distribution);
    const std::size_t size = size_of(draw.dtype);
    each_run(draw.region, [&](const Run& run) {
      if (run.count == 0) return;
      native::fill(words, distribution, run.first,
                   {static_cast<std::byte*>(out) + run.offset * size, draw.dtype,
                    static_cast<std::size_t>(run.count)});
    });
  }
};

class CounterGenerator final : public Family<CounterRoot, CounterState> {
 public:
  std::string_view name() const override { return kName; }

  Promises promises() const override {
    Promises out;
    for (int i = 0; i < kPromiseCount; ++i) out.add(static_cast<Promise>(i));
    return out;
  }

  // A name made by counting is another one after an insertion.
  Promises site_promises(const Site& site, const Seed& /*seed*/) const override {
    Promises out = promises();
    if (!site.scope.given) out.remove(Promise::isolated);
    return out;
  }

  void seed(const Seed& root) override {
    require_root(kName, root);
    restart({root});
  }

  std::unique_ptr<Stream> open(const Site& site, const Seed& seed) override {
    require_root(kName, root_.seed);
    auto slot = slots_.open(site, [&] { return keyed({site, seed}); });
    return std::make_unique<CounterStream>(*this, site, std::move(slot), abilities());
  }

  std::unique_ptr<Generator> clone() const override {
    return copy_into(std::make_unique<CounterGenerator>());
  }

 protected:
  void loaded() override {
    slots_.each([&](CounterState& state) { state = keyed(state); });
  }

 private:
  CounterState keyed(CounterState state) const {
    if (state.seed.is_none()) state.seed = Seed();  // None is no seed of its own
    const auto key =
        philox_key(derive_key(root_.seed, state.site.scope.path, state.site.purpose, state.seed));
    state.key = key.words[0] | std::uint64_t{key.words[1]} << 32;
    return state;
  }
};

}  // namespace

std::vector<GeneratorEntry> register_counter() {
  return {{std::string(kName), "counter-based, addressed by identity",
           "Philox4x32-10 addressed by root seed, path, purpose, step, phase, call and element", "",
           abilities().distribution_names(), abilities().dtype_names(), "",
           []() -> std::unique_ptr<Generator> { return std::make_unique<CounterGenerator>(); }}};
}

}  // namespace seedproof
