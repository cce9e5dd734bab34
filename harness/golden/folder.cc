#include <algorithm>
#include <system_error>

#include <seedproof/harness/golden/folder.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

namespace fs = std::filesystem;

bool is_pending(const std::string& relative) {
  return relative.starts_with("pending/") || relative.find("/pending/") != std::string::npos;
}

void take(const fs::path& path, const std::string& relative, GoldenFolder& out) {
  const bool pending = is_pending(relative);
  if (path.extension() == ".jsonl") {
    (pending ? out.pending_manifests : out.manifests).push_back(relative);
  } else if (path.extension() == ".npy") {
    (pending ? out.pending_arrays : out.arrays).push_back(relative);
  }
}

}  // namespace

GoldenFolder list_golden_folder(const fs::path& dir) {
  std::error_code code;
  fs::recursive_directory_iterator at(dir, code);
  if (code) throw IoError("cannot read folder '" + dir.string() + "': " + code.message());
  GoldenFolder out;
  std::size_t entries = 0;
  for (const fs::recursive_directory_iterator end; at != end;) {
    if (++entries > kMaxGoldenEntries) {
      throw IoError("folder '" + dir.string() + "' holds more than " +
                    std::to_string(kMaxGoldenEntries) + " entries");
    }
    const bool link = at->is_symlink(code);
    if (!link && at->is_directory(code) && at.depth() + 1 >= kMaxGoldenDepth) {
      at.disable_recursion_pending();
    } else if (!link && at->is_regular_file(code)) {
      take(at->path(), at->path().lexically_relative(dir).generic_string(), out);
    }
    at.increment(code);
    if (code) throw IoError("cannot read folder '" + dir.string() + "': " + code.message());
  }
  for (auto* list : {&out.manifests, &out.arrays, &out.pending_manifests, &out.pending_arrays}) {
    std::sort(list->begin(), list->end());
  }
  return out;
}

}  // namespace seedproof
