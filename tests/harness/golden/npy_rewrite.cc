// Reads every NPY file of one folder and writes it anew into another, for the test against NumPy:
//   npy_rewrite IN OUT        each IN/x.npy -> OUT/x.npy in the same form, and OUT/digests.txt
//   npy_rewrite --make OUT    arrays of every dtype, form and rank from our own writer alone
// A file that is refused makes it end 1.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <seedproof/harness/golden/digest.h>
#include <seedproof/harness/golden/npy_read.h>
#include <seedproof/harness/golden/npy_write.h>
#include <seedproof/rng/values/error.h>

namespace {

namespace fs = std::filesystem;
using namespace seedproof;

/// Not write_npy: thousands of files need not each reach the disk.
void put(const fs::path& path, const Tensor& array, const NpyForm& form) {
  const std::vector<std::byte> bytes = npy_bytes(array, form);
  std::ofstream out(path, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes.data()),
            static_cast<std::streamsize>(bytes.size()));
  if (!out.flush()) throw IoError("cannot write " + path.string());
}

int rewrite(const fs::path& from, const fs::path& to) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(from)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::ofstream digests(to / "digests.txt");
  for (const fs::path& file : files) {
    const NpyArray array = read_npy(file);
    put(to / file.filename(), array.value, array.form);
    digests << file.filename().string() << " " << array_digest(array.value) << "\n";
  }
  return digests.flush() && !files.empty() ? 0 : 1;
}

/// Element bytes count up, so that Python can make them by itself.
Tensor counted(DType dtype, Shape shape) {
  Tensor out(dtype, std::move(shape));
  for (std::size_t i = 0; i < out.bytes(); ++i) {
    out.data()[i] = static_cast<std::byte>(dtype == DType::boolean ? i % 2 : (3 * i + 1) % 120);
  }
  return out;
}

int make(const fs::path& to) {
  const Shape shapes[] = {{}, {7}, {3, 5}, {2, 1, 3, 2}, {0, 4}};
  for (int d = 0; d < kDTypeCount; ++d) {
    const auto dtype = static_cast<DType>(d);
    if (dtype == DType::bf16) continue;
    for (std::size_t s = 0; s < std::size(shapes); ++s) {
      for (int form = 0; form < 12; ++form) {
        const NpyForm how{1 + form % 3, form / 3 % 2 == 0 ? ByteOrder::little : ByteOrder::big,
                          form / 6 == 1};
        const std::string name = std::string(keras_name(dtype)) + "-" + std::to_string(s) + "-v" +
                                 std::to_string(how.major) +
                                 (how.order == ByteOrder::big ? "b" : "l") +
                                 (how.fortran ? "f" : "c") + ".npy";
        put(to / name, counted(dtype, shapes[s]), how);
      }
    }
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc != 3) return 2;
    return std::string(argv[1]) == "--make" ? make(argv[2]) : rewrite(argv[1], argv[2]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
