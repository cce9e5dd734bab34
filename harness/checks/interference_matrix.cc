#include <algorithm>
#include <array>

#include <fmt/format.h>

#include <seedproof/harness/checks/interference_matrix.h>
#include <seedproof/harness/checks/result.h>
#include <seedproof/harness/registry.h>
#include <seedproof/harness/relations/draws.h>
#include <seedproof/harness/subjects/run.h>
#include <seedproof/harness/subjects/seed_entries.h>
#include <seedproof/harness/variations/edit.h>

namespace seedproof {

namespace {

using Cells = InterferenceMatrix::Cells;

constexpr std::array<Disturbance, kDisturbanceCount> kDisturbances = {
    Disturbance::extra_draws, Disturbance::insertion, Disturbance::removal,
    Disturbance::other_seed};

Cells no_cells(std::size_t size) { return Cells(size, std::vector<bool>(size, false)); }

std::vector<std::string> layers_by_first_draw(const Trace& trace) {
  std::vector<std::string> out;
  for (const DrawEvent& draw : trace.draws) {
    const std::string layer = trace.layer_of(draw.record.site.scope.path);
    if (std::find(out.begin(), out.end(), layer) == out.end()) out.push_back(layer);
  }
  return out;
}

/// Draws of a layer at step 0, those made while building included, or after it.
std::vector<const DrawEvent*> part(const Trace& trace, const std::string& layer, bool later) {
  std::vector<const DrawEvent*> out = trace.draws_of(layer);
  std::erase_if(out, [&](const DrawEvent* draw) {
    const Moment& moment = draw->record.moment;
    return (moment.phase != Phase::build && moment.step > 0) != later;
  });
  return out;
}

bool differ(const std::vector<const DrawEvent*>& a, const std::vector<const DrawEvent*>& b) {
  return !std::equal(a.begin(), a.end(), b.begin(), b.end(),
                     [](const DrawEvent* x, const DrawEvent* y) { return same_numbers(*x, *y); });
}

/// The plan with one layer disturbed; nothing where it cannot be.
std::optional<Plan> disturbed(const Plan& plan, const std::string& layer, Disturbance disturbance) {
  Plan out = plan;
  std::vector<LayerSpec>& layers = out.subject.layers;
  const auto at = std::find_if(layers.begin(), layers.end(),
                               [&](const LayerSpec& spec) { return spec.name == layer; });
  switch (disturbance) {
    case Disturbance::extra_draws:
      out.extra_draws.push_back({layer, 0, 13});
      return out;
    case Disturbance::insertion:
      layers.insert(at, inserted_like(plan.subject, *at));
      return out;
    case Disturbance::removal:
      if (feeds_others(plan.subject, layer)) return std::nullopt;
      out.subject.focus.clear();
      layers.erase(at);
      return out;
    case Disturbance::other_seed:
      break;
  }
  if (!has_integer_seed(at->config)) return std::nullopt;
  at->config = with_seeds_moved(at->config, kOtherSeedStep);
  return out;
}

/// Says in `problem` why a run ended early.
std::optional<Trace> run_whole(const Plan& plan, const Registry& registry, std::string& problem) {
  Trace trace = run_plan(plan, registry);
  if (!trace.error.has_value()) return trace;
  problem = "the run ended early in " + error_text(*trace.error);
  return std::nullopt;
}

Cells any_of(const std::vector<Cells>& all, std::size_t size) {
  Cells out = no_cells(size);
  for (const Cells& cells : all) {
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t j = 0; j < size; ++j) out[i][j] = out[i][j] || cells[i][j];
    }
  }
  return out;
}

template <class Wanted>
bool matches(const Cells& cells, Wanted wanted) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    for (std::size_t j = 0; j < cells[i].size(); ++j) {
      if (cells[i][j] != wanted(i, j)) return false;
    }
  }
  return true;
}

std::string meaning(const std::string& shape) {
  if (shape == "diagonal") return "what is done to a layer stays in that layer";
  if (shape == "empty") return "nothing that is done to a layer changes any draw";
  if (shape == "full") return "what is done to one layer changes the draws of all";
  if (shape == "lower triangular") {
    return "what is done to a layer changes its own draws and those of every layer that draws "
           "after "
           "it";
  }
  return "some layers disturb others";
}

}  // namespace

std::string_view to_string(Disturbance disturbance) {
  switch (disturbance) {
    case Disturbance::extra_draws:
      return "extra draws";
    case Disturbance::insertion:
      return "insertion";
    case Disturbance::removal:
      return "removal";
    case Disturbance::other_seed:
      break;
  }
  return "other seed";
}

Cells InterferenceMatrix::any_at_step_0() const { return any_of(at_step_0, layers.size()); }

Cells InterferenceMatrix::any_later() const { return any_of(later, layers.size()); }

Cells InterferenceMatrix::later_square() const {
  const Cells all = any_later();
  Cells out;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (!draws_later[i]) continue;
    out.emplace_back();
    for (std::size_t j = 0; j < layers.size(); ++j) {
      if (draws_later[j]) out.back().push_back(all[i][j]);
    }
  }
  return out;
}

// cells[i][j]: disturbed i, changed j. As a matrix, j is the row and i the column.
std::string describe(const Cells& cells) {
  if (cells.empty()) return "empty";
  if (matches(cells, [](std::size_t, std::size_t) { return false; })) return "empty";
  if (cells.size() > 1 && matches(cells, [](std::size_t, std::size_t) { return true; })) {
    return "full";
  }
  if (matches(cells, [](std::size_t i, std::size_t j) { return i == j; })) return "diagonal";
  if (matches(cells, [](std::size_t i, std::size_t j) { return j >= i; })) {
    return "lower triangular";
  }
  std::size_t off_diagonal = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    for (std::size_t j = 0; j < cells[i].size(); ++j) off_diagonal += i != j && cells[i][j] ? 1 : 0;
  }
  return fmt::format("neither diagonal nor triangular nor full: {} of {} pairs disturb one another",
                     off_diagonal, cells.size() * (cells.size() - 1));
}

std::string describe(const InterferenceMatrix& matrix) {
  if (!matrix.problem.empty()) return "no matrix: " + matrix.problem + ".";
  const std::string first = describe(matrix.any_at_step_0());
  const std::string then = describe(matrix.later_square());
  const auto drawing = std::count(matrix.draws_later.begin(), matrix.draws_later.end(), true);
  std::string out = fmt::format("at step 0 the matrix of {} drawing layers is {}: {}. ",
                                matrix.layers.size(), first, meaning(first));
  if (drawing == 0) return out + "After it nothing is drawn.";
  out += fmt::format("After it, over the {} that still draw, it is {}", drawing, then);
  return out + (then == first ? " too." : ": " + meaning(then) + ".");
}

InterferenceMatrix measure_interference(const Subject& subject, const std::string& generator,
                                        const Seed& root, const Registry& registry) {
  Plan plan;
  plan.subject = subject;
  plan.generator = generator;
  plan.root = root;
  InterferenceMatrix matrix;
  matrix.generator = generator;
  const std::optional<Trace> plain = run_whole(plan, registry, matrix.problem);
  if (!plain.has_value()) return matrix;
  matrix.layers = layers_by_first_draw(*plain);
  for (const std::string& layer : matrix.layers) {
    matrix.draws_later.push_back(!part(*plain, layer, true).empty());
  }
  for (const Disturbance disturbance : kDisturbances) {
    matrix.at_step_0.push_back(no_cells(matrix.layers.size()));
    matrix.later.push_back(no_cells(matrix.layers.size()));
    for (std::size_t i = 0; i < matrix.layers.size(); ++i) {
      const std::optional<Plan> varied = disturbed(plan, matrix.layers[i], disturbance);
      if (!varied.has_value()) continue;
      const std::optional<Trace> trace = run_whole(*varied, registry, matrix.problem);
      if (!trace.has_value()) return matrix;
      for (std::size_t j = 0; j < matrix.layers.size(); ++j) {
        const std::string& layer = matrix.layers[j];
        matrix.at_step_0.back()[i][j] =
            differ(part(*plain, layer, false), part(*trace, layer, false));
        matrix.later.back()[i][j] = differ(part(*plain, layer, true), part(*trace, layer, true));
      }
    }
  }
  return matrix;
}

}  // namespace seedproof
