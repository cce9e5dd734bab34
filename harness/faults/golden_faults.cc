// Faults that goldens show: a wrong computation, or a damaged file.
#include <filesystem>

#include <seedproof/harness/faults/golden_world.h>
#include <seedproof/harness/faults/trained_layer.h>
#include <seedproof/harness/golden/file_io.h>
#include <seedproof/harness/golden/npy_read.h>
#include <seedproof/harness/golden/npy_write.h>

namespace seedproof {

namespace {

using namespace faults;
namespace fs = std::filesystem;

constexpr std::uint64_t kMaxBytes = 1 << 20;

void flip(const fs::path& path, std::size_t from_end, int bit) {
  std::vector<std::byte> bytes = read_file(path, kMaxBytes);
  bytes[bytes.size() - from_end] ^= static_cast<std::byte>(1 << bit);
  write_file_atomically(path, std::span<const std::byte>(bytes));
}

void flip_value_bit(const fs::path& folder) { flip(folder / kGoldenDraw, 9, 0); }
void break_header(const fs::path& folder) {
  constexpr std::size_t kDataBytes = 3 * 5 * 4;
  flip(folder / kGoldenDraw, kDataBytes + 100, 3);
}
void remove_file(const fs::path& folder) { fs::remove(folder / kGoldenOutput); }
void change_dtype(const fs::path& folder) {
  write_npy(folder / kGoldenOutput, read_npy(folder / kGoldenOutput).value.cast(DType::f64));
}
void change_shape(const fs::path& folder) {
  write_npy(folder / kGoldenOutput, read_npy(folder / kGoldenOutput).value.reshaped({5, 3}));
}

template <auto kDamage>
FaultCase damaged(bool faulty, const std::string& scratch) {
  FaultCase out = golden_world(scratch);
  if (faulty) kDamage(fs::path(scratch));
  return out;
}

template <WrongTraining kWrong>
FaultCase miscomputed(bool faulty, const std::string& scratch) {
  FaultCase out = golden_world(scratch);
  if (faulty) out.registry.replace(trained_layer(kWrong));
  return out;
}

}  // namespace

std::vector<Fault> register_golden_faults() {
  return {
      {"golden-bit-flipped", "one bit of one number in a golden file", "golden/draws", "draw.npy",
       "synthetic", damaged<flip_value_bit>},
      {"golden-header-broken", "one bit of a golden file's header", "golden/draws", "draw.npy",
       "llohse/libnpy#37", damaged<break_header>},
      {"golden-file-gone", "a golden file is deleted", "golden/outputs", "missing", "synthetic",
       damaged<remove_file>},
      {"golden-dtype-changed", "a golden file holds float64 in float32's place", "golden/outputs",
       "float64", "synthetic", damaged<change_dtype>},
      {"golden-shape-changed", "a golden file has its extents exchanged", "golden/outputs",
       "(5, 3)", "synthetic", damaged<change_shape>},
      {"output-scaled", "the layer returns twice what it should", "golden/outputs", "output.npy",
       "tiny-dnn/tiny-dnn", miscomputed<WrongTraining::output_scaled>},
      {"gradient-stops", "no gradient reaches the input", "golden/gradients", "gradient-input.npy",
       "synthetic", miscomputed<WrongTraining::gradient_stops>},
      {"weight-gradient-lost", "the noise is left out of the weight's gradient", "golden/gradients",
       "gradient-scale.npy", "synthetic", miscomputed<WrongTraining::weight_gradient_lost>},
      {"weight-frozen", "the weight gets no gradient after the first step", "golden/training",
       "trained-scale.npy", "synthetic", miscomputed<WrongTraining::frozen_weight>},
  };
}

}  // namespace seedproof
