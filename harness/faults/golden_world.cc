#include <filesystem>
#include <utility>

#include <seedproof/harness/faults/golden_world.h>
#include <seedproof/harness/faults/trained_layer.h>
#include <seedproof/harness/golden/digest.h>
#include <seedproof/harness/golden/evaluator.h>
#include <seedproof/harness/golden/lattice.h>
#include <seedproof/harness/golden/manifest_write.h>
#include <seedproof/harness/golden/npy_write.h>

namespace seedproof::faults {

namespace {

namespace fs = std::filesystem;

const Shape kShape{3, 5};

/// Writes arrays one after the other and keeps their rows.
class Folder {
 public:
  Folder(const Registry& registry, fs::path directory)
      : evaluator_(make_golden_evaluator(registry)), directory_(std::move(directory)) {
    manifest_.path = directory_ / "manifest.jsonl";
    manifest_.maker = "seedproof";
    manifest_.made_with = {{"seedproof", "selftest"}};
    manifest_.command = "seedproof selftest";
    manifest_.platform = {{"libc", "any"}, {"machine", "any"}};
    fs::create_directories(directory_);
  }

  void add_input(const std::string& file, std::int64_t multiplier) {
    GoldenRow row;
    row.tier = GoldenTier::inputs;
    const GoldenLattice lattice{multiplier, 3, 31, 15, 8};
    row.subject = GoldenInputSubject{lattice};
    keep(file, std::move(row), make_lattice(lattice, DType::f32, kShape));
  }

  void add(const std::string& file, GoldenRow row) {
    row.dtype = DType::f32;
    row.shape = kShape;
    row.generator = kHealthyGenerator;
    row.seed = 42;
    GoldenFiles files(manifest_);
    Tensor value = evaluator_->evaluate(manifest_, row, files).value;
    keep(file, std::move(row), value);
  }

  void finish() { write_golden_manifest(manifest_, manifest_.path); }

 private:
  void keep(const std::string& file, GoldenRow row, const Tensor& value) {
    row.file = file;
    row.dtype = value.dtype();
    row.shape = value.shape();
    row.digest = array_digest(value);
    write_npy(directory_ / file, value);
    manifest_.rows.push_back(std::move(row));
  }

  std::unique_ptr<GoldenEvaluator> evaluator_;
  fs::path directory_;
  GoldenManifest manifest_;
};

GoldenRow layer_row(GoldenTier tier, const std::string& output) {
  GoldenLayersSubject subject;
  subject.layers = {{kTrainedLayer, "noise", "{\"seed\": 17}"}};
  subject.call = {{"x.npy"}, "", true};
  subject.output = output;
  if (tier != GoldenTier::layers) subject.upstream = "g.npy";
  if (tier == GoldenTier::training) {
    subject.train =
        GoldenTrain{{"SGD", "", "{\"learning_rate\": 0.125}"}, {"Inner", "", "{}"}, "", 5};
  }
  GoldenRow row;
  row.tier = tier;
  row.subject = std::move(subject);
  return row;
}

}  // namespace

FaultCase golden_world(const std::string& directory) {
  FaultCase out{with_parts(builtin()), {}, kHealthyGenerator, directory};
  LayerSpec node;
  node.class_name = kTrainedLayer;
  node.name = "noise";
  node.config = Config{{"seed", 17}};
  out.subject.name = kTrainedLayer;
  out.subject.description = "a layer with a weight";
  out.subject.layers = {node};
  out.subject.input_shape = kShape;

  Folder folder(out.registry, directory);
  folder.add_input("x.npy", 7);
  folder.add_input("g.npy", 11);
  GoldenRow draw;
  draw.tier = GoldenTier::uniforms;
  draw.subject = GoldenDrawSubject{{"uniform", {{"low", 0.0}, {"high", 1.0}}}, {}};
  draw.call = 1;
  folder.add(kGoldenDraw, draw);
  folder.add(kGoldenOutput, layer_row(GoldenTier::layers, "output"));
  folder.add("gradient-input.npy", layer_row(GoldenTier::gradients, "gradient/input"));
  folder.add("gradient-scale.npy", layer_row(GoldenTier::gradients, "gradient/noise/scale"));
  folder.add("trained-scale.npy", layer_row(GoldenTier::training, "weight/noise/scale"));
  folder.finish();
  return out;
}

}  // namespace seedproof::faults
