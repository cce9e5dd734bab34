#include <algorithm>
#include <map>

#include <fmt/format.h>

#include <seedproof/harness/relations/word_record.h>

namespace seedproof {

namespace {

/// Words between the end of the draw before this one in the same stream, whoever made it, and this
/// one's beginning; nothing for the first draw of a stream.
using Gaps = std::map<const DrawEvent*, std::uint64_t>;

Gaps gaps_of(const Trace& trace) {
  Gaps gaps;
  std::map<std::string, const DrawEvent*> latest;
  for (const DrawEvent& draw : trace.draws) {
    const DrawEvent*& before = latest[draw.record.stream.to_string()];
    if (before != nullptr) gaps[&draw] = draw.record.first.low - before->record.last.low;
    before = &draw;
  }
  return gaps;
}

Finding at(const Series& series, std::size_t index) {
  Finding finding;
  finding.layer = series.layer;
  finding.step = series.draws[index]->record.moment.step;
  finding.draw = draw_text(series, index);
  return finding;
}

void check_recorded(const Series& series, std::vector<Finding>& findings) {
  for (std::size_t i = 0; i < series.draws.size(); ++i) {
    const DrawEvent& draw = *series.draws[i];
    const bool empty = words_of(draw.record) == 0 && draw.record.count > 1;
    if (draw.recorded && !empty) continue;
    Finding finding = at(series, i);
    finding.expected = "the words that the draw took, in the ledger";
    finding.found = empty ? counted(draw.record.count, "number") + " of no words"
                          : interval_text(draw.record) + " in the receipt only";
    finding.explanation = "words were consumed and not recorded";
    findings.push_back(std::move(finding));
    return;
  }
}

// From step 1 on, what lies between two draws is a whole step: it is the same each time.
void check_gaps(const Series& series, const Gaps& gaps, std::vector<Finding>& findings) {
  for (std::size_t i = 2; i < series.draws.size(); ++i) {
    const DrawRecord& before = series.draws[i - 1]->record;
    const DrawRecord& draw = series.draws[i]->record;
    const auto was = gaps.find(series.draws[i - 1]);
    const auto is = gaps.find(series.draws[i]);
    if (was == gaps.end() || is == gaps.end() || was->second == is->second) continue;
    if (before.moment.step == 0 || before.count != draw.count ||
        before.distribution != draw.distribution || words_of(before) != words_of(draw)) {
      continue;
    }
    Finding finding = at(series, i);
    finding.expected =
        fmt::format("{} words between this draw and the one before in the stream", was->second);
    finding.found = fmt::format("{} words", is->second);
    finding.explanation = "words were consumed and not recorded";
    findings.push_back(std::move(finding));
    return;
  }
}

}  // namespace

std::uint64_t words_of(const DrawRecord& record) { return record.last.low - record.first.low; }

std::vector<Finding> check_word_record(const Trace& trace, const Subject& subject) {
  std::vector<Finding> findings;
  const Gaps gaps = gaps_of(trace);
  for (const Series& series : all_series(trace, subject)) {
    check_recorded(series, findings);
    check_gaps(series, gaps, findings);
  }
  return findings;
}

}  // namespace seedproof
