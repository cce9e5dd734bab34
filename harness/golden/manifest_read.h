// Strict reader of golden manifests: unknown, missing and doubled keys are refused.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include <seedproof/harness/golden/manifest.h>

namespace seedproof {

inline constexpr std::uint64_t kMaxManifestBytes = std::uint64_t{64} << 20;
inline constexpr std::size_t kMaxManifestLine = std::size_t{1} << 20;
inline constexpr std::size_t kMaxManifestRows = 100'000;

/// Whether files that rows use must be rows of the same manifest. Proposals may use accepted ones.
enum class GoldenReferences : bool { inside, open };

/// Reads a manifest. Throws IoError where the file cannot be read, and FormatError naming file,
/// line (and with it the row), key and value where it breaks docs/golden-format.md.
GoldenManifest read_golden_manifest(const std::filesystem::path& path,
                                    GoldenReferences references = GoldenReferences::inside);

/// The same from memory; `path` only names it in errors.
GoldenManifest parse_golden_manifest(std::string_view text, const std::filesystem::path& path,
                                     GoldenReferences references = GoldenReferences::inside);

}  // namespace seedproof
