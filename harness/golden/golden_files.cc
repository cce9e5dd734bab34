#include <unordered_map>
#include <utility>

#include <seedproof/harness/golden/npy_read.h>
#include <seedproof/harness/golden/npy_write.h>
#include <seedproof/harness/golden/verify.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

struct GoldenFiles::Impl {
  std::filesystem::path folder;
  std::unordered_map<std::string, const GoldenRow*> rows;
  std::unordered_map<std::string, Tensor> kept;
  std::uint64_t room = 0;
};

GoldenFiles::GoldenFiles(const GoldenManifest& manifest, std::uint64_t max_bytes)
    : impl_(std::make_unique<Impl>()) {
  impl_->folder = manifest.path.parent_path();
  impl_->room = max_bytes;
  for (const GoldenRow& row : manifest.rows) impl_->rows.emplace(row.file, &row);
}

GoldenFiles::~GoldenFiles() = default;

Tensor GoldenFiles::load(const std::string& file) {
  if (const auto kept = impl_->kept.find(file); kept != impl_->kept.end()) return kept->second;
  const auto row = impl_->rows.find(file);
  if (row == impl_->rows.end()) throw FormatError("'" + file + "' has no row in the manifest");
  const std::filesystem::path path = impl_->folder / file;
  NpyArray array = read_npy(path);
  if (array.value.dtype() != stored_dtype(*row->second) ||
      array.value.shape() != row->second->shape) {
    throw FormatError(path.string() + ": holds " + std::string(keras_name(array.value.dtype())) +
                      " " + to_string(array.value.shape()) + ", the manifest says " +
                      std::string(keras_name(row->second->dtype)) + " " +
                      to_string(row->second->shape));
  }
  Tensor out = meant_form(std::move(array.value), row->second->dtype);
  if (out.bytes() <= impl_->room) {
    impl_->room -= out.bytes();
    impl_->kept.emplace(file, out);
  }
  return out;
}

}  // namespace seedproof
