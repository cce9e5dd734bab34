#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>

#include <seedproof/harness/relations/arithmetic.h>
#include <seedproof/harness/relations/draws.h>
#include <seedproof/harness/relations/explain.h>
#include <seedproof/harness/relations/shared_run.h>

namespace seedproof {

namespace {

/// The two draws and the runs around them.
struct Case {
  const DrawEvent& expected;
  const DrawEvent& found;
  const Trace& plain;
  const Trace& varied;
};

using Cause = std::optional<std::string>;

bool telling(const DrawEvent& draw) { return random_bits(draw.record) >= kTellingBits; }

std::string when(const DrawEvent& draw) {
  const Moment& moment = draw.record.moment;
  return moment.phase == Phase::build ? "while building" : fmt::format("at step {}", moment.step);
}

/// Draws of the same site in a trace, inference included.
std::vector<const DrawEvent*> site_draws(const Trace& trace, const Site& site) {
  std::vector<const DrawEvent*> out;
  for (const DrawEvent& draw : trace.draws) {
    if (draw.record.site == site) out.push_back(&draw);
  }
  return out;
}

Cause other_kind(const Case& c) {
  const DrawRecord& a = c.expected.record;
  const DrawRecord& b = c.found.record;
  if (a.count != b.count) return fmt::format("drew {} numbers in place of {}", b.count, a.count);
  if (a.dtype != b.dtype) {
    return fmt::format("drew {} in place of {}", short_name(b.dtype), short_name(a.dtype));
  }
  if (a.distribution != b.distribution) {
    return "drew " + b.distribution.to_string() + " in place of " + a.distribution.to_string();
  }
  return std::nullopt;
}

Cause frozen(const Case& c) {
  if (!telling(c.found)) return std::nullopt;
  for (const DrawEvent* earlier : site_draws(c.varied, c.found.record.site)) {
    if (earlier == &c.found) break;
    if (!same_numbers(*earlier, c.found)) continue;
    const std::vector<const DrawEvent*> all = site_draws(c.varied, c.found.record.site);
    const auto from = std::find(all.begin(), all.end(), earlier);
    const bool all_equal = std::all_of(
        from, all.end(), [&](const DrawEvent* draw) { return same_numbers(*draw, c.found); });
    const std::string start = when(*earlier);
    return all_equal ? "the numbers drawn " + start + " again: frozen since then"
                     : "the numbers drawn " + start + " again: the stream went back";
  }
  return std::nullopt;
}

/// Words of a stream that each layer drew before a draw, by the record.
std::map<std::string, std::uint64_t> words_before(const Trace& trace, const DrawEvent& draw) {
  std::map<std::string, std::uint64_t> out;
  for (const DrawEvent& earlier : trace.draws) {
    if (&earlier == &draw) break;
    if (earlier.record.stream != draw.record.stream) continue;
    out[trace.layer_of(earlier.record.site.scope.path)] +=
        earlier.record.last.low - earlier.record.first.low;
  }
  return out;
}

/// Who drew more, or less, of the stream than in the plain run.
std::string who_moved_it(const Case& c) {
  const auto before = words_before(c.plain, c.expected);
  const auto after = words_before(c.varied, c.found);
  std::string out;
  const auto tell = [&](const std::string& layer, std::uint64_t was, std::uint64_t is) {
    if (was == is) return;
    out += fmt::format("{}'{}' drew {} words of it before this draw in place of {}",
                       out.empty() ? "" : ", ", layer, is, was);
  };
  for (const auto& [layer, is] : after) {
    const auto was = before.find(layer);
    tell(layer, was == before.end() ? 0 : was->second, is);
  }
  for (const auto& [layer, was] : before) {
    if (after.count(layer) == 0) tell(layer, was, 0);
  }
  return out;
}

// A claim of the records alone: where the plain run drew the same words, its numbers must agree.
bool contradicted(const Case& c) {
  return std::any_of(c.plain.draws.begin(), c.plain.draws.end(), [&](const DrawEvent& draw) {
    return draw.record.stream == c.found.record.stream &&
           draw.record.first == c.found.record.first && draw.record.last == c.found.record.last &&
           draw.record.distribution == c.found.record.distribution &&
           draw.record.dtype == c.found.record.dtype && draw.record.count == c.found.record.count &&
           !same_numbers(draw, c.found);
  });
}

Cause moved_in_stream(const Case& c) {
  const DrawRecord& a = c.expected.record;
  const DrawRecord& b = c.found.record;
  if (a.stream != b.stream || a.first == b.first || a.first.high != b.first.high) {
    return std::nullopt;
  }
  if (contradicted(c)) return std::nullopt;
  const bool ahead = b.first > a.first;
  const std::uint64_t words = ahead ? b.first.low - a.first.low : a.first.low - b.first.low;
  std::string out = fmt::format("shifted by {} words {} in the same stream, {}", words,
                                ahead ? "ahead" : "back", a.stream.to_string());
  const std::string who = who_moved_it(c);
  return who.empty() ? out : out + ": " + who;
}

Cause of_another_layer(const Case& c) {
  if (!telling(c.found)) return std::nullopt;
  for (const Trace* trace : {&c.varied, &c.plain}) {
    for (const DrawEvent& draw : trace->draws) {
      if (draw.record.site == c.found.record.site || !same_numbers(draw, c.found)) continue;
      return fmt::format("the numbers of '{}' {}{}: another layer's stream",
                         trace->layer_of(draw.record.site.scope.path), when(draw),
                         trace == &c.plain ? " of the plain run" : "");
    }
  }
  return std::nullopt;
}

Cause of_another_step(const Case& c) {
  if (!telling(c.found)) return std::nullopt;
  const std::vector<const DrawEvent*> draws = site_draws(c.plain, c.expected.record.site);
  const auto at = std::find(draws.begin(), draws.end(), &c.expected);
  for (auto draw = draws.begin(); draw != draws.end(); ++draw) {
    if (!same_numbers(**draw, c.found)) continue;
    const std::ptrdiff_t lead = draw - at;
    return fmt::format("the numbers drawn {} of the plain run: {} by {}", when(**draw),
                       lead > 0 ? "ahead" : "behind",
                       counted(static_cast<std::uint64_t>(std::abs(lead)), "draw"));
  }
  return std::nullopt;
}

Cause shifted(const Case& c) {
  const std::vector<const DrawEvent*> plain = site_draws(c.plain, c.expected.record.site);
  const DrawEvent* const expected[] = {&c.expected};
  const DrawEvent* const found[] = {&c.found};
  std::optional<SharedRun> run = find_shared_run(expected, found, kTellingBits);
  if (!run.has_value()) run = find_shared_run(plain, found, kTellingBits);
  if (!run.has_value()) return std::nullopt;
  std::string out = shift_text(run->a_at, run->b_at);
  if (run->a != &c.expected) out += " against those drawn " + when(*run->a) + " of the plain run";
  return out;
}

Cause same_words(const Case& c) {
  const DrawRecord& a = c.expected.record;
  const DrawRecord& b = c.found.record;
  if (a.stream != b.stream || a.first != b.first || a.last != b.last) return std::nullopt;
  return "by the record the same words of the stream, converted to numbers otherwise";
}

Cause other_stream(const Case& c) {
  const StreamName& a = c.expected.record.stream;
  const StreamName& b = c.found.record.stream;
  if (a == b) return std::nullopt;
  return "another stream: " + b.to_string() + " in place of " + a.to_string();
}

Cause by_arithmetic(const Case& c) {
  return arithmetic_cause(c.expected.numbers, c.found.numbers, bits_per_number(c.found.record));
}

}  // namespace

std::string shift_text(std::size_t expected_at, std::size_t found_at) {
  const bool ahead = expected_at >= found_at;
  const std::size_t by = ahead ? expected_at - found_at : found_at - expected_at;
  if (by == 0) return "the same numbers from one element on";
  return fmt::format("shifted by {} {}", counted(by, "number"), ahead ? "ahead" : "back");
}

std::string explain(const DrawEvent& expected, const DrawEvent& found, const Trace& plain,
                    const Trace& varied) {
  const Case c{expected, found, plain, varied};
  // What the numbers prove comes before what the records claim; causes before descriptions.
  for (const auto& hypothesis :
       {other_kind, frozen, moved_in_stream, of_another_step, of_another_layer, shifted,
        by_arithmetic, same_words, other_stream}) {
    if (const Cause cause = hypothesis(c)) return *cause;
  }
  return "unknown cause";
}

}  // namespace seedproof
