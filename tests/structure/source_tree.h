// The tree as the tests of its structure see it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace seedproof::structure {

struct SourceFile {
  std::string path;  // relative to the root, '/' between parts
  std::vector<std::string> lines;
};

/// All .h and .cc files below `folder` of the source tree, sorted. Fails the test when there is
/// none.
std::vector<SourceFile> sources_below(const std::string& folder);

/// Folder of a path below the root, with its place in the order of DESIGN; -1 where it has none.
int level_of(const std::string& path);

/// What a file includes of the tree: "rng/values/key.h".
std::vector<std::string> includes_of(const SourceFile& file);

/// Whether a header is listed as public by the CMakeLists.txt of its folder.
bool is_installed(const std::string& path);

/// What is wrong with the includes of one file; empty where nothing is.
std::vector<std::string> include_faults(const SourceFile& file);

}  // namespace seedproof::structure
