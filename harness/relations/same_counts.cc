// same-counts: every draw takes as many words as before, and the record accounts for them.
#include <algorithm>

#include <fmt/format.h>

#include <seedproof/harness/relations/word_record.h>

namespace seedproof {

namespace {

std::vector<Finding> unequal_counts(const std::vector<Series>& plain,
                                    const std::vector<Series>& varied) {
  std::vector<Finding> findings;
  for (const Series& series : plain) {
    const auto other = std::find_if(varied.begin(), varied.end(), [&](const Series& candidate) {
      return candidate.layer == series.layer && candidate.purpose == series.purpose;
    });
    const std::size_t there = other == varied.end() ? 0 : other->draws.size();
    for (std::size_t i = 0; i < series.draws.size(); ++i) {
      const DrawRecord& expected = series.draws[i]->record;
      const DrawRecord* const found = i < there ? &other->draws[i]->record : nullptr;
      if (found != nullptr && words_of(*found) == words_of(expected) &&
          found->count == expected.count) {
        continue;
      }
      findings.push_back(
          {series.layer, expected.moment.step, draw_text(series, i), "",
           fmt::format("{} words for {} numbers", words_of(expected), expected.count),
           found == nullptr
               ? "no draw"
               : fmt::format("{} words for {} numbers", words_of(*found), found->count),
           "the draw takes another amount of words each time"});
      break;
    }
  }
  return findings;
}

RelationResult relate(const RunPair& runs) {
  const std::vector<std::string> layers = undisturbed_layers(runs);
  const std::vector<Series> plain = series_of(runs.plain, layers);
  if (plain.empty()) return not_applicable("nothing is drawn, so no words are consumed");
  std::vector<Finding> findings = unequal_counts(plain, series_of(runs.varied, layers));
  for (Finding& finding : check_word_record(runs.plain, runs.plain_plan.subject)) {
    findings.push_back(std::move(finding));
  }
  std::uint64_t words = 0;
  std::uint64_t draws = 0;
  for (const Series& series : plain) {
    for (const DrawEvent* draw : series.draws) words += words_of(draw->record);
    draws += series.draws.size();
  }
  return verdict_of(std::move(findings),
                    counted(words, "word") + " of " + counted(draws, "draw") + " compared");
}

}  // namespace

Relation register_same_counts() {
  return {"same-counts", "every draw takes equally many words, and all of them are recorded",
          relate};
}

}  // namespace seedproof
