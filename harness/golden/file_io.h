// Whole files in and out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace seedproof {

/// All bytes of a regular file. Throws IoError naming the path and the system's reason, also for
/// what is no regular file, and FormatError where it is longer than `max_bytes`.
std::vector<std::byte> read_file(const std::filesystem::path& path, std::uint64_t max_bytes);

/// Replaces or makes a file: a temporary one in the same folder is written, flushed to the disk and
/// renamed. Throws IoError; the old file is then as it was, and nothing is left behind.
void write_file_atomically(const std::filesystem::path& path, std::span<const std::byte> bytes);
void write_file_atomically(const std::filesystem::path& path, std::string_view text);

/// A file written beside its place, which takes it on commit() and goes away without.
class StagedFile {
 public:
  StagedFile(std::filesystem::path path, std::span<const std::byte> bytes);
  StagedFile(StagedFile&& other) noexcept;
  StagedFile& operator=(StagedFile&&) = delete;
  ~StagedFile();
  void commit();

 private:
  std::filesystem::path path_;
  std::string temporary_;
};

}  // namespace seedproof
