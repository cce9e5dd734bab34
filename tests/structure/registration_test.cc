// Every item has its line in a list, every line its file, every generator and layer a golden file,
// every check a fault.
#include <fstream>
#include <map>
#include <regex>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/harness/faults/fault.h>
#include <seedproof/harness/golden/folder.h>
#include <seedproof/harness/golden/manifest_read.h>
#include <seedproof/harness/registry.h>
#include <seedproof/harness/study/hypothesis.h>

#include "tests/structure/source_tree.h"

namespace seedproof::structure {
namespace {

/// Items by the lists that the build wrote.
std::set<std::string> listed_items() {
  std::set<std::string> items;
  static const std::regex line_pattern(R"(SEEDPROOF_ITEM\((\w+)\))");
  for (const auto& entry : std::filesystem::directory_iterator(SEEDPROOF_LIST_DIR)) {
    std::ifstream in(entry.path());
    std::smatch match;
    for (std::string line; std::getline(in, line);) {
      if (std::regex_search(line, match, line_pattern)) items.insert(match[1]);
    }
  }
  return items;
}

/// Items by the definitions in the sources: register_<name>( at the beginning of a definition.
std::map<std::string, std::string> defined_items() {
  std::map<std::string, std::string> items;
  static const std::regex pattern(R"(^[\w:<>]+(?:\s[\w:<>]+)* register_(\w+)\()");
  for (const char* folder : {"rng", "layers", "harness"}) {
    for (const SourceFile& file : sources_below(folder)) {
      std::smatch match;
      for (const std::string& line : file.lines) {
        if (std::regex_search(line, match, pattern)) items[match[1]] = file.path;
      }
    }
  }
  return items;
}

TEST(Registration, EveryItemHasItsLineAndEveryLineItsItem) {
  const std::set<std::string> listed = listed_items();
  const std::map<std::string, std::string> defined = defined_items();
  ASSERT_GT(defined.size(), 30u);
  for (const auto& [name, path] : defined) {
    EXPECT_TRUE(listed.contains(name)) << path << " has no line in its folder's list";
  }
  for (const std::string& name : listed) {
    EXPECT_TRUE(defined.contains(name)) << "no file defines register_" << name;
  }
}

/// The CMakeLists.txt of a folder and of those below it.
std::string lists_below(const std::filesystem::path& folder) {
  std::string text;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().filename() != "CMakeLists.txt") continue;
    std::ifstream in(entry.path());
    text.append(std::istreambuf_iterator<char>(in), {});
  }
  return text;
}

TEST(Registration, EverySourceIsBuilt) {
  const std::filesystem::path root(SEEDPROOF_SOURCE_DIR);
  for (const char* folder : {"rng", "layers", "harness", "tests"}) {
    const std::string lists = lists_below(root / folder);
    for (const SourceFile& file : sources_below(folder)) {
      const std::filesystem::path path(file.path);
      if (path.extension() != ".cc" || path.string().find("/consumer/") != std::string::npos)
        continue;
      const std::regex named("(^|[\\s/])" + path.stem().string() + "(\\.cc)?(\\s|\\))");
      EXPECT_TRUE(std::regex_search(lists, named)) << file.path << " stands in no CMakeLists.txt";
    }
  }
}

/// Generators and layer classes that some golden row names.
struct GoldenNames {
  std::set<std::string> generators;
  std::set<std::string> layers;
};

GoldenNames golden_names() {
  GoldenNames names;
  const std::filesystem::path root = std::filesystem::path(SEEDPROOF_SOURCE_DIR) / "golden";
  for (const std::string& path : list_golden_folder(root).manifests) {
    for (const GoldenRow& row : read_golden_manifest(root / path).rows) {
      if (!row.generator.empty()) names.generators.insert(row.generator);
      if (const auto* layers = std::get_if<GoldenLayersSubject>(&row.subject)) {
        for (const GoldenObject& layer : layers->layers) names.layers.insert(layer.class_name);
      }
    }
  }
  return names;
}

TEST(Registration, EveryGeneratorHasAGoldenFile) {
  const GoldenNames names = golden_names();
  const Registry registry = builtin();
  for (const GeneratorEntry& entry : registry.generators()) {
    EXPECT_TRUE(names.generators.contains(entry.name)) << entry.name;
  }
}

TEST(Registration, EveryLayerHasAGoldenFile) {
  const GoldenNames names = golden_names();
  const Registry registry = builtin();
  for (const LayerEntry& entry : registry.layers()) {
    if (entry.family == "model") continue;  // containers: their layers have goldens
    EXPECT_TRUE(names.layers.contains(entry.class_name)) << entry.class_name;
  }
}

TEST(Registration, EveryCheckHasAFault) {
  std::set<std::string> checked;
  std::map<std::string, int> by_family;
  for (const Fault& fault : builtin_faults()) {
    checked.insert(fault.check);
    ++by_family[fault.check.substr(0, fault.check.find('/'))];
  }
  const Registry registry = builtin();
  for (const Check& check : registry.checks()) {
    EXPECT_TRUE(checked.contains(check.name)) << check.name << " is caught failing by no fault";
  }
  for (const char* family : {"seeding", "interference", "golden", "throughput"}) {
    EXPECT_GE(by_family[family], 3) << family;
  }
}

TEST(Registration, NamesAreUnique) {
  std::set<std::string> names;
  for (const Fault& fault : builtin_faults()) {
    EXPECT_TRUE(names.insert(fault.name).second) << fault.name;
  }
  names.clear();
  for (const Hypothesis& hypothesis : builtin_hypotheses()) {
    EXPECT_TRUE(names.insert(hypothesis.name).second) << hypothesis.name;
  }
}

}  // namespace
}  // namespace seedproof::structure
