#include <algorithm>
#include <set>

#include <fmt/format.h>

#include <seedproof/harness/relations/compare_draws.h>
#include <seedproof/harness/relations/draws.h>
#include <seedproof/harness/relations/explain.h>

namespace seedproof {

namespace {

Finding place(const Series& series, std::size_t index) {
  Finding finding;
  finding.layer = series.layer;
  finding.step = series.draws.at(index)->record.moment.step;
  finding.draw = draw_text(series, index);
  return finding;
}

Finding divergence(const Series& plain, const Series& varied, std::size_t index,
                   const RunPair& runs) {
  const DrawEvent& expected = *plain.draws[index];
  const DrawEvent& found = *varied.draws[index];
  Finding finding = place(plain, index);
  const std::size_t element = first_difference(expected, found);
  finding.element = element_of(expected, element);
  finding.expected = number_text(expected.numbers, element);
  finding.found = number_text(found.numbers, element);
  if (finding.expected.empty() || finding.found.empty()) {
    finding.expected = fmt::format("numbers of digest {:016x}", expected.digest);
    finding.found = fmt::format("digest {:016x}", found.digest);
  }
  finding.explanation = explain(expected, found, runs.plain, runs.varied);
  return finding;
}

Finding lost_or_gained(const Series& longer, std::size_t index, bool lost) {
  Finding finding = place(longer, index);
  const std::string draw = interval_text(longer.draws[index]->record);
  finding.expected = lost ? "a draw of " + draw : "no further draw";
  finding.found = lost ? "no draw" : "a draw of " + draw;
  finding.explanation = lost ? "the layer drew less often" : "the layer drew more often";
  return finding;
}

const Series* counterpart(const std::vector<Series>& all, const Series& of) {
  const auto at = std::find_if(all.begin(), all.end(), [&](const Series& series) {
    return series.layer == of.layer && series.purpose == of.purpose;
  });
  return at == all.end() ? nullptr : &*at;
}

}  // namespace

std::string DrawComparison::summary() const {
  return counted(draws, "draw") + " of " + counted(layers, "layer") + " compared";
}

DrawComparison compare_draws(const RunPair& runs, const std::vector<std::string>& layers) {
  DrawComparison out;
  const std::vector<Series> plain = series_of(runs.plain, layers);
  const std::vector<Series> varied = series_of(runs.varied, layers);
  std::set<std::string> drawing;
  for (const Series& series : plain) {
    drawing.insert(series.layer);
    out.draws += series.draws.size();
    const Series* const other = counterpart(varied, series);
    const std::size_t common =
        other == nullptr ? 0 : std::min(series.draws.size(), other->draws.size());
    std::size_t index = 0;
    while (index < common && same_numbers(*series.draws[index], *other->draws[index])) ++index;
    if (index < common) {
      out.findings.push_back(divergence(series, *other, index, runs));
    } else if (index < series.draws.size()) {
      out.findings.push_back(lost_or_gained(series, index, true));
    } else if (other->draws.size() > index) {
      out.findings.push_back(lost_or_gained(*other, index, false));
    }
  }
  for (const Series& series : varied) {
    if (counterpart(plain, series) != nullptr) continue;
    out.draws += series.draws.size();
    out.findings.push_back(lost_or_gained(series, 0, false));
  }
  out.layers = drawing.size();
  return out;
}

std::vector<Finding> compare_outputs(const RunPair& runs, const std::vector<std::string>& layers) {
  std::vector<Finding> out;
  for (const std::string& layer : layers) {
    const auto outputs_of = [&](const Trace& trace) {
      std::vector<const LayerOutput*> of;
      for (const LayerOutput& output : trace.outputs) {
        if (output.layer == layer) of.push_back(&output);
      }
      return of;
    };
    const std::vector<const LayerOutput*> plain = outputs_of(runs.plain);
    const std::vector<const LayerOutput*> varied = outputs_of(runs.varied);
    for (std::size_t i = 0; i < std::min(plain.size(), varied.size()); ++i) {
      if (plain[i]->digest == varied[i]->digest) continue;
      DrawEvent a, b;
      a.numbers = plain[i]->value;
      b.numbers = varied[i]->value;
      a.record.count = a.numbers.count();
      const std::size_t element = first_difference(a, b);
      Finding finding{layer, plain[i]->step, "output", element_of(a, element), "", "", ""};
      finding.expected = number_text(a.numbers, element);
      finding.found = number_text(b.numbers, element);
      if (finding.expected.empty() || finding.found.empty()) {
        finding.expected = fmt::format("digest {:016x}", plain[i]->digest);
        finding.found = fmt::format("digest {:016x}", varied[i]->digest);
      }
      finding.explanation = "unknown cause";
      out.push_back(std::move(finding));
      break;
    }
  }
  return out;
}

std::vector<Finding> compare_states(const RunPair& runs) {
  const std::vector<StateDigest>& plain = runs.plain.states;
  const std::vector<StateDigest>& varied = runs.varied.states;
  for (std::size_t i = 0; i < std::min(plain.size(), varied.size()); ++i) {
    if (plain[i].digest == varied[i].digest) continue;
    Finding finding;
    finding.layer = "the generator";
    finding.step = plain[i].after_step == 0 ? 0 : plain[i].after_step - 1;
    finding.draw = plain[i].after_step == 0 ? "state after building"
                                            : fmt::format("state after step {}", finding.step);
    finding.expected = fmt::format("state of digest {:016x}", plain[i].digest);
    finding.found = fmt::format("digest {:016x}", varied[i].digest);
    finding.explanation = "the state depends on something that is neither seed nor draw";
    return {finding};
  }
  return {};
}

}  // namespace seedproof
