#include <algorithm>
#include <array>
#include <charconv>
#include <type_traits>

#include <seedproof/harness/golden/manifest.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

std::string_view to_string(GoldenTier tier) {
  constexpr std::array<std::string_view, kGoldenTierCount> kNames{
      "inputs", "words", "uniforms", "distributions", "layers", "gradients", "training"};
  return kNames[static_cast<std::size_t>(tier)];
}

std::string_view to_string(GoldenTolerance::Kind kind) {
  switch (kind) {
    case GoldenTolerance::Kind::ulp:
      return "ulp";
    case GoldenTolerance::Kind::gamma:
      return "gamma";
    case GoldenTolerance::Kind::bit:
      break;
  }
  return "bit";
}

const std::vector<GoldenDrawKind>& golden_draw_kinds() {
  static const std::vector<GoldenDrawKind> kKinds{
      {"words", {}},
      {"uniform", {"low", "high"}},
      {"normal", {"mean", "stddev"}},
      {"truncated_normal", {"mean", "stddev"}},
      {"keep_mask", {"rate"}},
      {"integers", {"low", "high"}},
      {"permutation", {}},
  };
  return kKinds;
}

namespace {

const GoldenDraw::Number& param_of(const GoldenDraw& draw, std::string_view param) {
  for (const auto& [name, value] : draw.params) {
    if (name == param) return value;
  }
  throw ValueError("draw '" + draw.kind + "' has no parameter '" + std::string(param) + "'");
}

double as_double(const Integer& value) {
  double out = 0;
  const std::vector<std::uint32_t>& words = value.magnitude();
  for (std::size_t i = words.size(); i-- > 0;) out = out * 4294967296.0 + words[i];
  return value.negative() ? -out : out;
}

}  // namespace

double GoldenDraw::real(std::string_view param) const {
  const Number& value = param_of(*this, param);
  if (const double* number = std::get_if<double>(&value)) return *number;
  return as_double(std::get<Integer>(value));
}

Integer GoldenDraw::integer(std::string_view param) const {
  const Number& value = param_of(*this, param);
  if (const Integer* number = std::get_if<Integer>(&value)) return *number;
  throw ValueError("parameter '" + std::string(param) + "' of draw '" + kind +
                   "' is no integer: " + std::to_string(std::get<double>(value)));
}

std::string to_string(const GoldenState& state) {
  if (!state.digest.empty()) return state.digest;
  std::string out = "[";
  for (std::size_t i = 0; i < state.words.size(); ++i) {
    std::array<char, 16> digits{};
    char* const end =
        std::to_chars(digits.data(), digits.data() + digits.size(), state.words[i], 16).ptr;
    out += i == 0 ? "0x" : ", 0x";
    out.append(digits.data(), end);
  }
  return out + "]";
}

std::string GoldenRow::subject_name() const {
  const std::string of = generator.empty() ? "" : " of " + generator;
  if (const auto* draw = std::get_if<GoldenDrawSubject>(&subject)) return draw->draw.kind + of;
  if (const auto* init = std::get_if<GoldenInitializerSubject>(&subject)) {
    return init->initializer.class_name + of;
  }
  if (const auto* function = std::get_if<GoldenFunctionSubject>(&subject)) {
    return function->function.class_name;
  }
  const auto* stack = std::get_if<GoldenLayersSubject>(&subject);
  if (stack == nullptr) return "input";
  std::string out;
  for (const GoldenObject& layer : stack->layers) {
    out += (out.empty() ? "" : " > ") + layer.class_name + " '" + layer.name + "'";
  }
  return out + of;
}

std::string GoldenRow::layer_name() const {
  const auto* stack = std::get_if<GoldenLayersSubject>(&subject);
  if (stack == nullptr) return {};
  // "weight/<layer>/<weight>", "gradient/<layer>/<weight>", "state/<layer>"; "gradient/input" is
  // the first layer's, "output" and "loss" the last one's.
  const std::size_t begin = stack->output.find('/');
  if (begin == std::string::npos) return stack->layers.back().name;
  const std::string rest = stack->output.substr(begin + 1);
  const std::string head = rest.substr(0, rest.find('/'));
  for (const GoldenObject& layer : stack->layers) {
    if (layer.name == head) return head;
  }
  return stack->output.starts_with("gradient/") ? stack->layers.front().name
                                                : stack->layers.back().name;
}

DType stored_dtype(const GoldenRow& row) {
  return row.dtype == DType::bf16 ? DType::u16 : row.dtype;
}

const GoldenRow* GoldenManifest::find(std::string_view file) const {
  const auto row = std::find_if(rows.begin(), rows.end(),
                                [&](const GoldenRow& candidate) { return candidate.file == file; });
  return row == rows.end() ? nullptr : &*row;
}

}  // namespace seedproof
