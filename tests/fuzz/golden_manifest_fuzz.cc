// Fuzz target of the golden manifests' reader.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <seedproof/harness/golden/manifest_read.h>
#include <seedproof/harness/golden/manifest_write.h>
#include <seedproof/rng/values/error.h>

// Anything is refused with a FormatError, or what was read is written and read to the same text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace seedproof;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const GoldenManifest manifest = parse_golden_manifest(text, "input");
    const std::string again = golden_manifest_text(manifest);
    if (golden_manifest_text(parse_golden_manifest(again, "written")) != again) std::abort();
  } catch (const FormatError&) {
    return 0;
  }
  return 0;
}
