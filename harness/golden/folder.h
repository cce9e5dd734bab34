// What lies in a golden folder.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace seedproof {

inline constexpr int kMaxGoldenDepth = 8;
inline constexpr std::size_t kMaxGoldenEntries = 1'000'000;

/// Paths relative to the folder, with '/' between parts, sorted.
struct GoldenFolder {
  std::vector<std::string> manifests;          // *.jsonl
  std::vector<std::string> arrays;             // *.npy
  std::vector<std::string> pending_manifests;  // the same below a folder named "pending"
  std::vector<std::string> pending_arrays;
};

/// Lists `dir`, following no links. Throws IoError where it or a folder in it cannot be read, or
/// where it holds more than kMaxGoldenEntries entries.
GoldenFolder list_golden_folder(const std::filesystem::path& dir);

}  // namespace seedproof
