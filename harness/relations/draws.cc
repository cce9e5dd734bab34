#include <algorithm>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include <seedproof/harness/relations/draws.h>

namespace seedproof {

namespace {

int mantissa_bits(DType dtype) {
  switch (dtype) {
    case DType::f16:
      return 10;
    case DType::bf16:
      return 7;
    case DType::f64:
      return 52;
    default:
      return 23;
  }
}

bool same_layer(const LayerSpec& a, const LayerSpec& b) {
  return a.class_name == b.class_name && a.config == b.config && a.inputs == b.inputs;
}

bool has_extra_draws(const Plan& plan, const std::string& layer) {
  return std::any_of(plan.extra_draws.begin(), plan.extra_draws.end(),
                     [&](const ExtraDraw& extra) { return extra.layer == layer; });
}

}  // namespace

std::vector<Series> series_of(const Trace& trace, const std::vector<std::string>& layers) {
  std::vector<Series> out;
  for (const std::string& layer : layers) {
    const std::size_t begin = out.size();
    std::vector<const Site*> sites;
    for (const DrawEvent* draw : trace.draws_of(layer)) {
      if (draw->record.moment.phase == Phase::evaluate) continue;
      const Site& site = draw->record.site;
      const auto known = std::find_if(sites.begin(), sites.end(),
                                      [&](const Site* other) { return *other == site; });
      const auto index = static_cast<std::size_t>(known - sites.begin());
      if (known == sites.end()) {
        sites.push_back(&site);
        out.push_back({layer, site.purpose, {}});
      }
      out[begin + index].draws.push_back(draw);
    }
  }
  return out;
}

std::vector<std::string> layer_names(const Subject& subject) {
  std::vector<std::string> out;
  for (const LayerSpec& spec : subject.layers) out.push_back(spec.name);
  return out;
}

std::vector<Series> all_series(const Trace& trace, const Subject& subject) {
  return series_of(trace, layer_names(subject));
}

std::vector<std::string> undisturbed_layers(const RunPair& runs) {
  std::vector<std::string> out;
  for (const LayerSpec& spec : runs.plain_plan.subject.layers) {
    const LayerSpec* const other = runs.varied_plan.subject.find(spec.name);
    if (other == nullptr || !same_layer(spec, *other)) continue;
    if (has_extra_draws(runs.plain_plan, spec.name)) continue;
    if (has_extra_draws(runs.varied_plan, spec.name)) continue;
    out.push_back(spec.name);
  }
  return out;
}

bool draws_in_inference(const Trace& trace, const std::string& layer) {
  const std::vector<const DrawEvent*> draws = trace.draws_of(layer);
  return std::any_of(draws.begin(), draws.end(), [](const DrawEvent* draw) {
    return draw->record.moment.phase == Phase::evaluate;
  });
}

double bits_per_number(const DrawRecord& record) {
  const Distribution& d = record.distribution;
  switch (d.kind) {
    case DistributionKind::words:
      return 8.0 * static_cast<double>(size_of(record.dtype));
    case DistributionKind::uniform:
    case DistributionKind::normal:
    case DistributionKind::truncated_normal: {
      const bool constant = d.kind == DistributionKind::uniform ? d.a == d.b : d.b == 0.0;
      return constant ? 0.0 : mantissa_bits(record.dtype);
    }
    case DistributionKind::keep_mask: {
      const double likelier = std::max(d.a, 1.0 - d.a);
      return likelier > 0.0 && likelier < 1.0 ? -std::log2(likelier) : 0.0;
    }
    case DistributionKind::integers: {
      if (d.low == d.high) return 8.0 * static_cast<double>(size_of(record.dtype));
      return std::log2(static_cast<double>(d.high) - static_cast<double>(d.low));
    }
    case DistributionKind::permutation:
      break;
  }
  // log2(n!) >= n (log2(n) - log2(e)), spread over the n numbers.
  const auto n = static_cast<double>(record.count);
  return n < 3 ? 0.0 : std::log2(n) - 1.4427;
}

double random_bits(const DrawRecord& record) {
  return bits_per_number(record) * static_cast<double>(record.count);
}

double random_bits(const std::vector<const DrawEvent*>& draws) {
  double bits = 0;
  for (const DrawEvent* draw : draws) bits += random_bits(draw->record);
  return bits;
}

bool same_numbers(const DrawEvent& a, const DrawEvent& b) {
  if (a.digest != b.digest || a.record.count != b.record.count ||
      a.record.dtype != b.record.dtype) {
    return false;
  }
  const bool kept = a.numbers.count() == a.record.count && b.numbers.count() == b.record.count;
  return !kept || bit_equal(a.numbers, b.numbers);
}

std::string draw_text(const Series& series, std::size_t index) {
  const Moment& moment = series.draws.at(index)->record.moment;
  if (moment.phase == Phase::build) return series.purpose + ", while building";
  std::size_t number = 1;
  for (std::size_t i = 0; i < index; ++i) {
    const Moment& earlier = series.draws[i]->record.moment;
    if (earlier.step == moment.step && earlier.phase == moment.phase) ++number;
  }
  return fmt::format("{}, draw {} of step {}", series.purpose, number, moment.step);
}

std::string element_of(const DrawEvent& draw, std::size_t flat) {
  return flat < draw.numbers.count() ? index_text(draw.numbers.shape(), flat) : "";
}

std::string number_text(const Tensor& numbers, std::size_t flat) {
  if (flat >= numbers.count()) return "";
  return visit_dtype(numbers.dtype(), [&]<class T>(T*) -> std::string {
    const T value = numbers.as<T>()[flat];
    if constexpr (std::is_same_v<T, f16> || std::is_same_v<T, bf16>) {
      return fmt::format("{}", numbers.at(flat));
    } else if constexpr (sizeof(T) == 1) {
      return fmt::format("{}", static_cast<int>(value));
    } else {
      return fmt::format("{}", value);
    }
  });
}

std::string interval_text(const DrawRecord& record) {
  const auto position = [](const Position& at) {
    return at.high == 0 ? fmt::format("{}", at.low) : fmt::format("0x{:x}{:016x}", at.high, at.low);
  };
  return record.stream.to_string() + " words " + position(record.first) + " to " +
         position(record.last);
}

std::string counted(std::uint64_t count, const std::string& noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::size_t first_difference(const DrawEvent& a, const DrawEvent& b) {
  const std::size_t count = a.numbers.count();
  if (count != b.numbers.count() || a.numbers.dtype() != b.numbers.dtype()) {
    return a.record.count;
  }
  const std::size_t size = size_of(a.numbers.dtype());
  for (std::size_t i = 0; i < count; ++i) {
    if (std::memcmp(a.numbers.data() + i * size, b.numbers.data() + i * size, size) != 0) return i;
  }
  return a.record.count;
}

RelationResult not_applicable(std::string reason) {
  return {RelationResult::Kind::not_applicable, std::move(reason), {}};
}

RelationResult verdict_of(std::vector<Finding> findings, std::string reason) {
  if (findings.empty()) return {RelationResult::Kind::holds, std::move(reason), {}};
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return a.step < b.step; });
  return {RelationResult::Kind::broken, std::move(reason), std::move(findings)};
}

}  // namespace seedproof
