// Fuzz target of the NPY reader. With clang: -fsanitize=fuzzer and the corpus folder as argument;
// without, replay.cc runs it over the corpus as a test.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include <seedproof/harness/golden/digest.h>
#include <seedproof/harness/golden/npy_read.h>
#include <seedproof/harness/golden/npy_write.h>
#include <seedproof/rng/values/error.h>

// Anything is refused with a FormatError, or what was read is written and read to the same array.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace seedproof;
  try {
    const NpyArray array = parse_npy(std::as_bytes(std::span(data, size)), "input");
    const std::vector<std::byte> again = npy_bytes(array.value, array.form);
    const NpyArray back = parse_npy(again, "written");
    if (!bit_equal(array.value, back.value)) std::abort();
    if (array_digest(array.value) != array_digest(back.value)) std::abort();
    if (array.form.major != back.form.major || array.form.fortran != back.form.fortran)
      std::abort();
  } catch (const FormatError&) {
    return 0;
  }
  return 0;
}
