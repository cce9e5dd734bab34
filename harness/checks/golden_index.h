// What a folder of goldens says about each layer and generator: verified once, asked often.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include <seedproof/harness/golden/verify.h>
#include <seedproof/harness/registry.h>

namespace seedproof {

/// The tiers of golden rows as checks name them.
enum class GoldenGroup : std::uint8_t {
  draws,      // words, uniforms and distributions of a generator itself
  outputs,    // a layer's initial weights, outputs, losses and states
  gradients,  //
  training    //
};

/// Rows of one layer class with one generator, and what was wrong with them.
struct GoldenPair {
  std::size_t arrays = 0;
  std::size_t bounded = 0;  // of these, compared within a bound
  std::size_t missing = 0;
  std::vector<GoldenFinding> findings;  // the missing ones included
};

class GoldenIndex {
 public:
  /// Verifies everything below `directory`. A folder that cannot be read at all is a folder
  /// finding.
  GoldenIndex(const std::string& directory, const Registry& registry);

  /// `layer` empty: draws of the generator itself. Rows without a generator count for each.
  GoldenPair find(GoldenGroup group, const std::string& layer, const std::string& generator) const;

  /// What belongs to no row: a broken or missing manifest, say.
  const std::vector<GoldenFinding>& folder_findings() const { return folder_findings_; }

 private:
  using Name = std::tuple<GoldenGroup, std::string, std::string>;
  std::map<Name, GoldenPair> pairs_;
  std::vector<GoldenFinding> folder_findings_;
};

}  // namespace seedproof
