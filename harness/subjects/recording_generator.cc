#include <algorithm>
#include <cstring>
#include <optional>

#include <seedproof/harness/checks/allocation_counter.h>
#include <seedproof/harness/subjects/recording_generator.h>

namespace seedproof {

class RecordingGenerator::LastRecord final : public Ledger {
 public:
  void record(const DrawRecord& record) override { last = record; }
  std::optional<DrawRecord> last;
};

namespace {

Shape drawn_shape(const Region& region) {
  Shape shape(region.shape.begin(), region.shape.end());
  if (!region.whole() && !shape.empty()) {
    const std::size_t row = region.row_count();
    shape.front() = row == 0 ? 0 : static_cast<std::int64_t>(region.count() / row);
  }
  return shape;
}

bool is_of(const std::string& path, const std::string& layer) {
  return path == layer || path.compare(0, layer.size() + 1, layer + "/") == 0;
}

class RecordingStream final : public Stream {
 public:
  RecordingStream(RecordingGenerator& owner, std::unique_ptr<Stream> inner, bool seeded)
      : owner_(&owner), inner_(std::move(inner)), seeded_(seeded) {}

  const Site& site() const override { return inner_->site(); }
  StreamName name() const override { return inner_->name(); }

 protected:
  void validate(const Draw&, const Moment&) const override {}  // the inner stream does
  Ledger* ledger() const override { return owner_->ledger(); }

  void fill(const Draw& draw, const Moment& moment, void* out, Receipt& receipt) override {
    Draw plain = draw;
    plain.epilogue = {};
    Recording& recording = owner_->recording();
    recording.in_progress = plain;
    recording.in_progress->region = {};
    recording.in_progress->epilogue = {};
    if (recording.muted) {
      inner_->draw(plain, moment, out, &receipt);
    } else {
      draw_and_record(plain, moment, out, receipt);
    }
    recording.in_progress.reset();
  }

  void refill(const Receipt& receipt, const Draw& draw, void* out) override {
    Draw plain = draw;
    plain.epilogue = {};
    inner_->replay(receipt, plain, out);
  }

  void advance(const Draw& draw, const Moment& moment, Receipt& receipt) override {
    inner_->skip(draw, moment);
    receipt.stream = inner_->name();
    receipt.first = receipt.last = {};
  }

 private:
  void draw_and_record(const Draw& plain, const Moment& moment, void* out, Receipt& receipt) {
    draw_extra(plain, moment);
    const StreamCounts before = inner_->counts();
    owner_->forget_reports();
    const std::uint64_t allocations = allocations_of_this_thread();
    inner_->draw(plain, moment, out, &receipt);
    const std::uint64_t allocated = allocations_of_this_thread() - allocations;
    count(owner_->recording().costs, before, plain, receipt, allocated);
    record(plain, moment, out, receipt);
  }

  // The extra numbers are of the draw's own distribution and moment, and go nowhere.
  void draw_extra(const Draw& plain, const Moment& moment) {
    if (moment.phase == Phase::evaluate) return;
    Recording& recording = owner_->recording();
    for (auto extra = recording.extra_draws.begin(); extra != recording.extra_draws.end();) {
      const std::string& layer = extra->layer;
      const auto node = std::find_if(recording.paths.begin(), recording.paths.end(),
                                     [&](const auto& pair) { return pair.first == layer; });
      const std::string& path = node == recording.paths.end() ? layer : node->second;
      if (!is_of(site().scope.path, path) || moment.step < extra->step) {
        ++extra;
        continue;
      }
      const std::int64_t shape[] = {static_cast<std::int64_t>(extra->count)};
      Draw draw = plain;
      draw.region = {};
      draw.region.shape = shape;
      Tensor sink = Tensor::uninitialized(draw.dtype, {shape[0]});
      inner_->draw(draw, moment, sink.data());
      recording.extra_numbers += extra->count;
      extra = recording.extra_draws.erase(extra);
    }
  }

  void count(CostCounts& costs, const StreamCounts& before, const Draw& plain,
             const Receipt& receipt, std::uint64_t allocated) const {
    const StreamCounts& after = inner_->counts();
    costs.tensors += 1;
    costs.numbers += plain.region.count();
    costs.words += receipt.words();
    costs.indirect_calls += (after.draws - before.draws) + (after.inner_calls - before.inner_calls);
    costs.allocations += allocated;
  }

  void record(const Draw& plain, const Moment& moment, const void* out, const Receipt& receipt) {
    DrawEvent event;
    event.record = {site(),
                    moment,
                    receipt.stream,
                    receipt.first,
                    receipt.last,
                    plain.distribution,
                    plain.region.count(),
                    plain.dtype};
    event.numbers = Tensor::uninitialized(plain.dtype, drawn_shape(plain.region));
    if (event.numbers.bytes() != 0) std::memcpy(event.numbers.data(), out, event.numbers.bytes());
    event.digest = digest_bytes(event.numbers.data(), event.numbers.bytes());
    event.seeded = seeded_;
    const DrawRecord* const reported = owner_->reported();
    event.recorded =
        !owner_->listens() || (reported != nullptr && reported->stream == receipt.stream &&
                               reported->first == receipt.first && reported->last == receipt.last &&
                               reported->count == event.record.count);
    owner_->recording().draws.push_back(std::move(event));
  }

  RecordingGenerator* owner_;
  std::unique_ptr<Stream> inner_;
  bool seeded_;
};

}  // namespace

RecordingGenerator::RecordingGenerator(std::unique_ptr<Generator> inner, Recording& recording)
    : reports_(std::make_unique<LastRecord>()), inner_(std::move(inner)), recording_(&recording) {
  listen(true);
}

RecordingGenerator::~RecordingGenerator() = default;

std::unique_ptr<Stream> RecordingGenerator::open(const Site& site, const Seed& seed) {
  const bool seeded = !seed.is_ambient() && !seed.is_none();
  return std::make_unique<RecordingStream>(*this, inner_->open(site, seed), seeded);
}

std::unique_ptr<Generator> RecordingGenerator::clone() const {
  return std::make_unique<RecordingGenerator>(inner_->clone(), *recording_);
}

void RecordingGenerator::listen(bool on) { inner_->set_ledger(on ? reports_.get() : nullptr); }

bool RecordingGenerator::listens() const { return inner_->ledger() != nullptr; }

const DrawRecord* RecordingGenerator::reported() const {
  return reports_->last.has_value() ? &*reports_->last : nullptr;
}

void RecordingGenerator::forget_reports() { reports_->last.reset(); }

}  // namespace seedproof
