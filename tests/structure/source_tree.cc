#include "tests/structure/source_tree.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <regex>

namespace seedproof::structure {

namespace {

constexpr std::array<const char*, 9> kOrder{
    "rng/values/",        "rng/functions/",  "rng/bits/", "rng/rules/", "rng/kernels/",
    "rng/distributions/", "rng/generators/", "layers/",   "harness/"};
constexpr int kFunctions = 1;
constexpr int kGenerators = 6;
constexpr int kLayers = 7;

/// layers/ sees values, functions and the interface of generators, nothing else of rng/.
bool layers_may_see(const std::string& include) {
  static const std::vector<std::string> interface {
    "draw.h", "generator.h", "ledger.h", "promises.h", "site.h", "state_image.h", "stream.h"
  };
  const int level = level_of(include);
  if (level <= kFunctions || level == kLayers) return true;
  if (level != kGenerators) return false;
  const std::string name = include.substr(std::string("rng/generators/").size());
  return std::find(interface.begin(), interface.end(), name) != interface.end();
}

}  // namespace

std::vector<SourceFile> sources_below(const std::string& folder) {
  std::vector<SourceFile> files;
  const std::filesystem::path root(SEEDPROOF_SOURCE_DIR);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".h" && extension != ".cc") continue;
    SourceFile file;
    file.path = std::filesystem::relative(entry.path(), root).generic_string();
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) file.lines.push_back(line);
    files.push_back(std::move(file));
  }
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return files;
}

int level_of(const std::string& path) {
  for (std::size_t level = 0; level < kOrder.size(); ++level) {
    if (path.rfind(kOrder[level], 0) == 0) return static_cast<int>(level);
  }
  return -1;
}

std::vector<std::string> includes_of(const SourceFile& file) {
  static const std::regex pattern(R"(^\s*#\s*include\s*<seedproof/([^>]+)>)");
  std::vector<std::string> out;
  std::smatch match;
  for (const std::string& line : file.lines) {
    if (std::regex_search(line, match, pattern)) out.push_back(match[1]);
  }
  return out;
}

bool is_installed(const std::string& path) {
  if (path.size() < 2 || path.substr(path.size() - 2) != ".h") return false;
  const std::filesystem::path file(path);
  std::ifstream in(std::filesystem::path(SEEDPROOF_SOURCE_DIR) / file.parent_path() /
                   "CMakeLists.txt");
  bool in_public = false;
  for (std::string word; in >> word;) {
    while (!word.empty() && word.back() == ')') word.pop_back();
    if (word == "PUBLIC_HEADERS")
      in_public = true;
    else if (word == "SOURCES" || word == "ITEMS")
      in_public = false;
    else if (in_public && word == file.filename().string())
      return true;
  }
  return false;
}

std::vector<std::string> include_faults(const SourceFile& file) {
  std::vector<std::string> faults;
  const int own = level_of(file.path);
  for (const std::string& include : includes_of(file)) {
    const int level = level_of(include);
    if (level < 0)
      faults.push_back(file.path + " includes the unknown " + include);
    else if (level > own)
      faults.push_back(file.path + " looks up to " + include);
    else if (own == kLayers && !layers_may_see(include)) {
      faults.push_back(file.path + " sees more of rng than the interface: " + include);
    }
  }
  static const std::regex quoted(R"(^\s*#\s*include\s*")");
  for (const std::string& line : file.lines) {
    if (std::regex_search(line, quoted)) faults.push_back(file.path + ": quoted include " + line);
  }
  return faults;
}

}  // namespace seedproof::structure
