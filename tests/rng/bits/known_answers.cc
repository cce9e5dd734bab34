#include <algorithm>
#include <sstream>

#include <tests/rng/bits/known_answers.h>

namespace seedproof::test {

namespace {

// The hexadecimal words after name and rounds; false when one is malformed or of another width.
bool read_words(std::istringstream& line, int bits, std::vector<std::uint64_t>& out) {
  for (std::string text; line >> text;) {
    const bool hex = text.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!hex || text.size() != static_cast<std::size_t>(bits) / 4) return false;
    out.push_back(std::stoull(text, nullptr, 16));
  }
  return true;
}

std::string check_line(std::istringstream& line, const KnownFunction& function) {
  std::vector<std::uint64_t> words;
  if (!read_words(line, function.word_bits, words)) return "malformed word";
  const std::size_t inputs = function.counter_words + function.key_words;
  if (words.size() != inputs + function.block_words) return "wrong number of words";
  const std::span<const std::uint64_t> all(words);
  const auto wanted = all.subspan(inputs);
  // A file of zeros would agree with a function that writes nothing over zeroed memory.
  if (std::all_of(wanted.begin(), wanted.end(), [](std::uint64_t w) { return w == 0; })) {
    return "the expected block is all zeros";
  }
  // Poison: no word may keep it, and it is no word that is expected.
  std::vector<std::uint64_t> block(function.block_words);
  std::transform(wanted.begin(), wanted.end(), block.begin(), [](std::uint64_t w) { return ~w; });
  function.run(all.first(inputs), block);
  return std::equal(wanted.begin(), wanted.end(), block.begin()) ? "" : "another block";
}

}  // namespace

KnownAnswerTally check_known_answers(std::istream& file, const KnownFunctions& functions) {
  KnownAnswerTally tally;
  int number = 0;
  for (std::string text; std::getline(file, text);) {
    ++number;
    if (text.empty() || text.front() == '#') continue;
    std::istringstream line(text);
    std::string name;
    std::string rounds;
    line >> name >> rounds;
    const auto found = functions.find(name + ' ' + rounds);
    if (found == functions.end()) {
      ++tally.skipped;
      continue;
    }
    const std::string fault = check_line(line, found->second);
    if (fault.empty()) {
      ++tally.equal;
    } else {
      tally.faults.push_back("line " + std::to_string(number) + " (" + found->first +
                             "): " + fault);
    }
  }
  return tally;
}

}  // namespace seedproof::test
