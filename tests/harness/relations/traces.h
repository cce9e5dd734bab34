// Traces put together by hand, for relations to look at.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <seedproof/harness/relations/relation.h>

#include "tests/harness/fakes.h"

namespace seedproof::traces {

/// A plan of named layers that all take the input.
inline Plan plan_of(const std::vector<std::string>& layers) {
  Plan plan;
  plan.subject.name = "by hand";
  plan.generator = "none";
  for (const std::string& name : layers) {
    plan.subject.layers.push_back({"Layer", Config{{"seed", 3}}, name});
  }
  return plan;
}

/// `count` uniform f32 numbers of a stream, from word `first` on.
inline Tensor numbers_of(std::uint64_t stream, std::uint64_t first, std::int64_t count) {
  Tensor out(DType::f32, {count});
  for (std::int64_t i = 0; i < count; ++i) {
    out.as<float>()[static_cast<std::size_t>(i)] =
        static_cast<float>(fakes::mix(stream * 1000003 + first + static_cast<std::uint64_t>(i)) >>
                           40) *
        0x1p-24f;
  }
  return out;
}

inline DrawEvent draw_of(const std::string& layer, std::uint64_t step, std::uint64_t stream,
                         std::uint64_t first, Tensor numbers) {
  DrawEvent draw;
  draw.record.site.scope.path = layer;
  draw.record.site.purpose = "mask";
  draw.record.moment.step = step;
  draw.record.stream = {"test", {stream}};
  draw.record.first = {first, 0};
  draw.record.count = numbers.count();
  draw.record.last = draw.record.first.plus(numbers.count());
  draw.record.distribution = Distribution::uniform();
  draw.record.dtype = numbers.dtype();
  draw.digest = digest_bytes(numbers.data(), numbers.bytes());
  draw.numbers = std::move(numbers);
  return draw;
}

inline DrawEvent draw_of(const std::string& layer, std::uint64_t step, std::uint64_t stream,
                         std::uint64_t first, std::int64_t count = 15) {
  return draw_of(layer, step, stream, first, numbers_of(stream, first, count));
}

/// Layers "a" (stream 1) and "b" (stream 2), three steps of 15 numbers each.
inline Trace healthy() {
  Trace trace;
  for (std::uint64_t step = 0; step < 3; ++step) {
    trace.draws.push_back(draw_of("a", step, 1, 15 * step));
    trace.draws.push_back(draw_of("b", step, 2, 15 * step));
    for (const char* layer : {"a", "b"}) {
      trace.outputs.push_back({layer, step, step + 7, Tensor(DType::f32, {1})});
    }
    trace.states.push_back({step, 100 + step});
  }
  return trace;
}

inline Relation relation(const std::string& name) {
  for (const Relation& candidate : builtin_relations()) {
    if (candidate.name == name) return candidate;
  }
  throw ValueError("no relation " + name);
}

inline RelationResult relate(const std::string& name, const Plan& plan, const Trace& plain,
                             const Plan& other, const Trace& varied) {
  return relation(name).relate({plan, plain, other, varied});
}

inline RelationResult relate(const std::string& name, const Trace& plain, const Trace& varied) {
  const Plan plan = plan_of({"a", "b"});
  return relate(name, plan, plain, plan, varied);
}

inline constexpr auto kHolds = RelationResult::Kind::holds;
inline constexpr auto kBroken = RelationResult::Kind::broken;
inline constexpr auto kNotApplicable = RelationResult::Kind::not_applicable;

}  // namespace seedproof::traces
