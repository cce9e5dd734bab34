// Reads a file of known answers (its header gives the format) and holds functions against it.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace seedproof::test {

/// What a line is checked with: words of counter, key and block, and how to make the block.
struct KnownFunction {
  std::size_t counter_words = 0;
  std::size_t key_words = 0;
  std::size_t block_words = 0;
  int word_bits = 0;
  /// Writes the block for counter and key, concatenated.
  std::function<void(std::span<const std::uint64_t> input, std::span<std::uint64_t> block)> run;
};

/// By "name rounds".
using KnownFunctions = std::map<std::string, KnownFunction>;

struct KnownAnswerTally {
  int equal = 0;
  int skipped = 0;  // functions that are not built here
  std::vector<std::string> faults;
  bool passed() const { return equal > 0 && faults.empty(); }
};

KnownAnswerTally check_known_answers(std::istream& file, const KnownFunctions& functions);

}  // namespace seedproof::test
