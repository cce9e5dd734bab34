// Writes manifests as the reader takes them: one row a line, keys in one fixed order.
#pragma once

#include <filesystem>
#include <string>

#include <seedproof/harness/golden/manifest.h>

namespace seedproof {

/// One line without its end. Reading it gives an equal row.
std::string golden_row_line(const GoldenRow& row);

std::string golden_manifest_text(const GoldenManifest& manifest);

/// Replaces the file atomically. Throws IoError.
void write_golden_manifest(const GoldenManifest& manifest, const std::filesystem::path& path);

}  // namespace seedproof
