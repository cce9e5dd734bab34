#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include <fmt/format.h>

#include <seedproof/harness/relations/word_record.h>

namespace seedproof {

namespace {

/// Words between two consecutive draws of a site: what its generator passes over by design, takes
/// for others, or consumes in secret.
struct Gap {
  std::uint64_t whole = 0;
  std::uint64_t unaccounted = 0;  // less what other draws' records account for
};

/// Nothing where the stream went back or elsewhere.
std::optional<Gap> gap_between(const Trace& trace, const DrawRecord& before,
                               const DrawRecord& draw) {
  if (before.stream != draw.stream || draw.first < before.last ||
      before.last.high != draw.first.high) {
    return std::nullopt;
  }
  const std::uint64_t words = draw.first.low - before.last.low;
  Gap gap{words, words};
  for (const DrawEvent& other : trace.draws) {
    const DrawRecord& record = other.record;
    if (record.stream == draw.stream && record.first >= before.last && record.last <= draw.first) {
      gap.unaccounted -= std::min(gap.unaccounted, words_of(record));
    }
  }
  return gap;
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

bool alike(const DrawRecord& a, const DrawRecord& b) {
  return a.count == b.count && a.distribution == b.distribution && words_of(a) == words_of(b);
}

// Between a site's draws of one step and the next lies the same each time; where it draws more than
// once a step, between each pair of them.
void check_gaps(const Trace& trace, const Series& series, std::vector<Finding>& findings) {
  std::map<std::array<std::uint64_t, 3>, Gap> usual;
  for (std::size_t i = 1; i < series.draws.size(); ++i) {
    const DrawRecord& before = series.draws[i - 1]->record;
    const DrawRecord& draw = series.draws[i]->record;
    if (before.moment.phase == Phase::build || !alike(before, draw)) continue;
    const std::optional<Gap> gap = gap_between(trace, before, draw);
    if (!gap.has_value()) return;
    const std::array<std::uint64_t, 3> pair = {draw.moment.step - before.moment.step,
                                               before.moment.call, draw.moment.call};
    const auto [known, first] = usual.try_emplace(pair, *gap);
    // Others may share the sequence, or only its name: equal either way is equal.
    if (first || known->second.whole == gap->whole ||
        known->second.unaccounted == gap->unaccounted) {
      continue;
    }
    Finding finding = at(series, i);
    finding.expected = fmt::format("{} words between the draws of one step and the next, as before",
                                   known->second.unaccounted);
    finding.found = fmt::format("{} words", gap->unaccounted);
    finding.explanation = "words were consumed and not recorded";
    findings.push_back(std::move(finding));
    return;
  }
}

}  // namespace

std::uint64_t words_of(const DrawRecord& record) { return record.last.low - record.first.low; }

std::vector<Finding> check_word_record(const Trace& trace, const Subject& subject) {
  std::vector<Finding> findings;
  for (const Series& series : all_series(trace, subject)) {
    check_recorded(series, findings);
    check_gaps(trace, series, findings);
  }
  return findings;
}

}  // namespace seedproof
