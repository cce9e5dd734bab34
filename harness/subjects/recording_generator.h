// A generator that passes everything on to another one and writes down what was drawn.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <seedproof/harness/subjects/plan.h>
#include <seedproof/harness/subjects/trace.h>
#include <seedproof/rng/generators/generator.h>

namespace seedproof {

/// What a recording adds to: owned by the run, so that several recordings can continue one another.
struct Recording {
  std::vector<std::pair<std::string, std::string>> paths;  // node -> path, as Trace::paths
  std::vector<ExtraDraw> extra_draws;                      // still to be made
  std::uint64_t extra_numbers = 0;
  std::vector<DrawEvent> draws;
  CostCounts costs;    // since the last reset by the run
  bool muted = false;  // pass on, write nothing down, draw nothing extra
  /// Distribution and dtype of a draw that has begun and not ended: what a failure failed at.
  std::optional<Draw> in_progress;
};

/// Draws are taken from the inner generator without epilogue, so that a trace holds the numbers
/// before a layer's comparison or sum; moments pass through unchanged.
class RecordingGenerator final : public Generator {
 public:
  RecordingGenerator(std::unique_ptr<Generator> inner, Recording& recording);
  ~RecordingGenerator() override;

  std::string_view name() const override { return inner_->name(); }
  Promises promises() const override { return inner_->promises(); }
  KeepScale keep_scale() const override { return inner_->keep_scale(); }
  void seed(const Seed& root) override { inner_->seed(root); }
  std::unique_ptr<Stream> open(const Site& site, const Seed& seed) override;
  void on(const Event& event) override { inner_->on(event); }
  StateImage save(SaveScope scope) const override { return inner_->save(scope); }
  void load(const StateImage& image) override { inner_->load(image); }
  /// A recording of the inner generator's clone, into the same recording.
  std::unique_ptr<Generator> clone() const override;

  Recording& recording() { return *recording_; }
  /// Whether the inner generator's own ledger is read, and held against its receipts. Reporting to
  /// a ledger allocates, so that allocations are counted without.
  void listen(bool on);
  bool listens() const;
  /// What the inner generator itself reported of its latest draw; null when nothing.
  const DrawRecord* reported() const;
  void forget_reports();

 private:
  class LastRecord;
  std::unique_ptr<LastRecord> reports_;
  std::unique_ptr<Generator> inner_;
  Recording* recording_;
};

}  // namespace seedproof
