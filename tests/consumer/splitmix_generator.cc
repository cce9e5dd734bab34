#include "splitmix_generator.h"

#include <cstring>
#include <map>
#include <memory>
#include <utility>

#include <seedproof/rng/values/error.h>

namespace {

using namespace seedproof;

std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

std::uint64_t hash(std::uint64_t seed, const std::string& text) {
  std::uint64_t out = mix(seed + 0x9e3779b97f4a7c15u);
  for (const char character : text) out = mix(out + static_cast<unsigned char>(character) + 1);
  return out;
}

class SplitMixGenerator;

/// Word i of a stream is mix(key + (i + 1) * golden gamma); a float takes the 24 high bits of one.
class SplitMixStream final : public Stream {
 public:
  SplitMixStream(SplitMixGenerator& owner, Site site, std::uint64_t key, std::uint64_t next)
      : owner_(&owner), site_(std::move(site)), key_(key), next_(next) {}
  ~SplitMixStream() override;

  const Site& site() const override { return site_; }
  StreamName name() const override { return {"splitmix64", {key_, 0, 0, 0}}; }
  std::uint64_t next() const { return next_; }
  void set_next(std::uint64_t next) { next_ = next; }

 protected:
  void validate(const Draw& draw, const Moment&) const override {
    if (draw.distribution.kind != DistributionKind::uniform || draw.dtype != DType::f32 ||
        !draw.region.whole()) {
      throw ValueError("splitmix draws whole f32 uniforms only, not " +
                       draw.distribution.to_string() + " of " +
                       std::string(short_name(draw.dtype)));
    }
  }
  void fill(const Draw& draw, const Moment& moment, void* out, Receipt& receipt) override {
    advance(draw, moment, receipt);
    make(receipt.first.low, draw, out);
  }
  void refill(const Receipt& receipt, const Draw& draw, void* out) override {
    make(receipt.first.low, draw, out);
  }
  void advance(const Draw& draw, const Moment& moment, Receipt& receipt) override {
    const std::uint64_t count = draw.region.count();
    receipt.stream = name();
    receipt.moment = moment;
    receipt.first = {next_, 0};
    receipt.last = receipt.first.plus(count);
    next_ += count;
  }
  Ledger* ledger() const override;

 private:
  void make(std::uint64_t first, const Draw& draw, void* out) const {
    auto* numbers = static_cast<float*>(out);
    const auto low = static_cast<float>(draw.distribution.a);
    const float width = static_cast<float>(draw.distribution.b) - low;
    for (std::size_t i = 0; i < draw.region.count(); ++i) {
      const std::uint64_t word = mix(key_ + (first + i + 1) * 0x9e3779b97f4a7c15u);
      numbers[i] = low + width * (static_cast<float>(word >> 40) * 0x1p-24f);
    }
  }

  SplitMixGenerator* owner_;
  Site site_;
  std::uint64_t key_;
  std::uint64_t next_;
};

class SplitMixGenerator final : public Generator {
 public:
  std::string_view name() const override { return "splitmix"; }
  Promises promises() const override {
    return {Promise::repeatable, Promise::sensitive, Promise::isolated,     Promise::order_free,
            Promise::fresh,      Promise::resumable, Promise::recomputable, Promise::distinct};
  }

  void seed(const Seed& root) override {
    if (root.as_integer() == nullptr) {
      throw ValueError("splitmix takes an integer as root seed, not " + root.to_string());
    }
    root_ = root;
    positions_.clear();
  }

  std::unique_ptr<Stream> open(const Site& site, const Seed& seed) override {
    const std::uint64_t key =
        hash(root_.as_integer()->word(0), site.to_string() + "\n" + seed.to_string());
    std::uint64_t next = 0;
    if (const auto loaded = positions_.find(site.to_string()); loaded != positions_.end()) {
      next = loaded->second;
      positions_.erase(loaded);
    }
    auto stream = std::make_unique<SplitMixStream>(*this, site, key, next);
    open_.push_back(stream.get());
    return stream;
  }

  StateImage save(SaveScope) const override {
    StateImage image{"splitmix", 1, {}};
    StateWriter root;
    root.text(root_.to_string());
    image.sections.push_back({"root", root.take()});
    for (const SplitMixStream* stream : open_) {
      StateWriter position;
      position.u64(stream->next());
      image.sections.push_back({stream->site().to_string(), position.take()});
    }
    return image;
  }

  void load(const StateImage& image) override {
    if (image.generator != "splitmix" || image.version != 1) {
      throw FormatError("state image of '" + image.generator + "', wanted 'splitmix' version 1");
    }
    Seed root = root_;
    std::map<std::string, std::uint64_t> positions;
    for (const StateSection& section : image.sections) {
      StateReader reader(section.bytes, "splitmix state, section " + section.name);
      if (section.name == "root")
        root = Seed::parse(reader.text());
      else
        positions[section.name] = reader.u64();
      reader.finish();
    }
    root_ = root;
    for (SplitMixStream* stream : open_) {
      const auto found = positions.find(stream->site().to_string());
      if (found == positions.end()) continue;
      stream->set_next(found->second);
      positions.erase(found);
    }
    positions_ = std::move(positions);
  }

  std::unique_ptr<Generator> clone() const override {
    auto copy = std::make_unique<SplitMixGenerator>();
    copy->root_ = root_;
    copy->load(save(SaveScope::everything));
    return copy;
  }

  void forget(const SplitMixStream* stream) { std::erase(open_, stream); }

 private:
  Seed root_ = 0;
  std::vector<SplitMixStream*> open_;
  std::map<std::string, std::uint64_t> positions_;
};

SplitMixStream::~SplitMixStream() { owner_->forget(this); }
Ledger* SplitMixStream::ledger() const { return owner_->ledger(); }

}  // namespace

seedproof::GeneratorEntry splitmix_entry() {
  GeneratorEntry entry;
  entry.name = "splitmix";
  entry.family = "counter-based, per site";
  entry.description = "SplitMix64 keyed by root seed, path, purpose and layer seed";
  entry.distributions = {"uniform"};
  entry.dtypes = {"f32"};
  entry.make = []() -> std::unique_ptr<Generator> { return std::make_unique<SplitMixGenerator>(); };
  return entry;
}
