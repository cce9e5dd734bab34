// The direction of includes, and what may not be named where.
#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/harness/registry.h>

#include "tests/structure/source_tree.h"

namespace seedproof::structure {
namespace {

using testing::IsEmpty;

TEST(Includes, LookDownOnly) {
  for (const char* folder : {"rng", "layers", "harness"}) {
    const std::vector<SourceFile> files = sources_below(folder);
    ASSERT_FALSE(files.empty()) << folder;
    for (const SourceFile& file : files) EXPECT_THAT(include_faults(file), IsEmpty());
  }
}

TEST(Includes, AnUpwardLookIsSeen) {
  const SourceFile upward{"rng/bits/x.h", {"#include <seedproof/rng/generators/stream.h>"}};
  EXPECT_EQ(include_faults(upward).size(), 1u);
  const SourceFile inner{"layers/x.cc", {"#include <seedproof/rng/bits/philox.h>"}};
  EXPECT_EQ(include_faults(inner).size(), 1u);
  const SourceFile hidden{"layers/x.cc", {"#include <seedproof/rng/generators/tf_engine.h>"}};
  EXPECT_EQ(include_faults(hidden).size(), 1u);
  const SourceFile fine{"layers/x.cc", {"#include <seedproof/rng/generators/stream.h>"}};
  EXPECT_THAT(include_faults(fine), IsEmpty());
}

/// Lines of installed headers may include no library that a consumer would then need.
TEST(Includes, InstalledHeadersNeedNoOtherLibrary) {
  static const std::regex foreign(
      R"(^\s*#\s*include\s*<(Eigen|boost|fmt|nlohmann|CLI|benchmark|hwy|tbb)/)");
  std::size_t headers = 0;
  for (const char* folder : {"rng", "layers", "harness"}) {
    for (const SourceFile& file : sources_below(folder)) {
      if (!is_installed(file.path)) continue;
      ++headers;
      for (const std::string& line : file.lines) {
        EXPECT_FALSE(std::regex_search(line, foreign)) << file.path << ": " << line;
      }
      for (const std::string& include : includes_of(file)) {
        EXPECT_TRUE(is_installed(include)) << file.path << " needs " << include;
      }
    }
  }
  EXPECT_GT(headers, 20u);
}

TEST(Names, NoForeignDistributionMakesANumber) {
  static const std::regex forbidden(
      R"(std::rand\b|\bsetRandom\b|std::(uniform|normal|bernoulli|exponential|discrete)_\w*distribution|boost::random::\w+_distribution|random_device)");
  for (const char* folder : {"rng", "layers", "harness"}) {
    for (const SourceFile& file : sources_below(folder)) {
      for (const std::string& line : file.lines) {
        EXPECT_FALSE(std::regex_search(line, forbidden)) << file.path << ": " << line;
      }
    }
  }
}

/// Checks, variations and relations work for every layer and generator, so they name none.
TEST(Names, ChecksNameNoLayerAndNoGenerator) {
  const Registry registry = builtin();
  std::vector<std::string> names;
  for (const LayerEntry& entry : registry.layers()) names.push_back("\"" + entry.class_name + "\"");
  for (const GeneratorEntry& entry : registry.generators())
    names.push_back("\"" + entry.name + "\"");
  ASSERT_GT(names.size(), 20u);
  for (const char* folder : {"harness/checks", "harness/variations", "harness/relations"}) {
    for (const SourceFile& file : sources_below(folder)) {
      for (const std::string& line : file.lines) {
        for (const std::string& name : names) {
          EXPECT_EQ(line.find(name), std::string::npos) << file.path << ": " << line;
        }
      }
    }
  }
  for (const SourceFile& file : sources_below("layers")) {
    for (const std::string& line : file.lines) {
      for (const GeneratorEntry& entry : registry.generators()) {
        EXPECT_EQ(line.find("\"" + entry.name + "\""), std::string::npos)
            << file.path << ": " << line;
      }
    }
  }
}

}  // namespace
}  // namespace seedproof::structure
