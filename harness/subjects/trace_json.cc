#include <nlohmann/json.hpp>

#include <seedproof/harness/subjects/trace_json.h>

namespace seedproof {

namespace {

using Json = nlohmann::json;

Json to_json(const DrawEvent& draw) {
  const DrawRecord& r = draw.record;
  return {{"site", {r.site.scope.path, r.site.scope.given, r.site.purpose, r.site.role}},
          {"moment",
           {r.moment.step, r.moment.call, r.moment.trace, r.moment.operation, r.moment.phase,
            r.moment.has_step}},
          {"stream", {r.stream.bit_generator, r.stream.key}},
          {"words", {r.first.low, r.first.high, r.last.low, r.last.high}},
          {"distribution",
           {r.distribution.kind, r.distribution.a, r.distribution.b, r.distribution.low,
            r.distribution.high}},
          {"count", r.count},
          {"dtype", r.dtype},
          {"digest", draw.digest},
          {"seeded", draw.seeded},
          {"recorded", draw.recorded}};
}

DrawEvent draw_from(const Json& json) {
  DrawEvent draw;
  DrawRecord& r = draw.record;
  const Json& site = json.at("site");
  r.site = {{site.at(0).get<std::string>(), site.at(1).get<bool>()},
            site.at(2).get<std::string>(),
            site.at(3).get<Role>()};
  const Json& m = json.at("moment");
  r.moment.step = m.at(0).get<std::uint64_t>();
  r.moment.call = m.at(1).get<std::uint64_t>();
  r.moment.trace = m.at(2).get<std::uint64_t>();
  r.moment.operation = m.at(3).get<std::uint64_t>();
  r.moment.phase = m.at(4).get<Phase>();
  r.moment.has_step = m.at(5).get<bool>();
  r.stream = {json.at("stream").at(0).get<std::string>(),
              json.at("stream").at(1).get<std::array<std::uint64_t, 4>>()};
  const Json& words = json.at("words");
  r.first = {words.at(0).get<std::uint64_t>(), words.at(1).get<std::uint64_t>()};
  r.last = {words.at(2).get<std::uint64_t>(), words.at(3).get<std::uint64_t>()};
  const Json& d = json.at("distribution");
  r.distribution.kind = d.at(0).get<DistributionKind>();
  r.distribution.a = d.at(1).get<double>();
  r.distribution.b = d.at(2).get<double>();
  r.distribution.low = d.at(3).get<std::int64_t>();
  r.distribution.high = d.at(4).get<std::int64_t>();
  r.count = json.at("count").get<std::uint64_t>();
  r.dtype = json.at("dtype").get<DType>();
  draw.digest = json.at("digest").get<std::uint64_t>();
  draw.seeded = json.at("seeded").get<bool>();
  draw.recorded = json.at("recorded").get<bool>();
  return draw;
}

std::string line_of(const char* kind, const Json& value) {
  return Json{{kind, value}}.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string trace_to_lines(const Trace& trace) {
  std::string out = std::string(kTraceHeader) + "\n";
  std::uint64_t lines = 1;
  const auto add = [&](const char* kind, const Json& value) {
    out += line_of(kind, value);
    ++lines;
  };
  for (const auto& path : trace.paths) add("path", {path.first, path.second});
  for (const DrawEvent& draw : trace.draws) add("draw", to_json(draw));
  for (const LayerOutput& output : trace.outputs) {
    add("output", {output.layer, output.step, output.digest});
  }
  for (const StateDigest& state : trace.states) add("state", {state.after_step, state.digest});
  for (const std::string& change : trace.config_changes) add("config", change);
  const CostCounts& c = trace.costs;
  add("costs", {c.tensors, c.numbers, c.words, c.indirect_calls, c.allocations});
  add("extra", trace.extra_numbers);
  if (trace.error.has_value()) {
    const RunError& e = *trace.error;
    add("error", {e.kind, e.stage, e.layer, e.message, e.unsupported});
  }
  return out + line_of("end", lines);
}

void TraceReader::item(const std::string& text) {
  const Json json = Json::parse(text);
  if (!json.is_object() || json.size() != 1) {
    throw FormatError("trace line " + std::to_string(lines_ + 1) + ": not one item");
  }
  const std::string& kind = json.begin().key();
  const Json& value = json.begin().value();
  const auto number = [&](std::size_t at) { return value.at(at).get<std::uint64_t>(); };
  if (kind == "path") {
    trace_.paths.emplace_back(value.at(0).get<std::string>(), value.at(1).get<std::string>());
  } else if (kind == "draw") {
    trace_.draws.push_back(draw_from(value));
  } else if (kind == "output") {
    trace_.outputs.push_back({value.at(0).get<std::string>(), number(1), number(2), {}});
  } else if (kind == "state") {
    trace_.states.push_back({number(0), number(1)});
  } else if (kind == "config") {
    trace_.config_changes.push_back(value.get<std::string>());
  } else if (kind == "costs") {
    trace_.costs = {number(0), number(1), number(2), number(3), number(4)};
  } else if (kind == "extra") {
    trace_.extra_numbers = value.get<std::uint64_t>();
  } else if (kind == "error") {
    trace_.error = RunError{value.at(0).get<ErrorKind>(), value.at(1).get<std::string>(),
                            value.at(2).get<std::string>(), value.at(3).get<std::string>(),
                            value.at(4).get<bool>()};
  } else if (kind == "end" && value.get<std::uint64_t>() == lines_) {
    ended_ = true;
  } else {
    throw FormatError("trace line " + std::to_string(lines_ + 1) + ": unexpected '" + kind + "'");
  }
}

void TraceReader::line(const std::string& text) {
  if (ended_) throw FormatError("trace: a line after the last: '" + text.substr(0, 80) + "'");
  if (lines_ == 0) {
    if (text != kTraceHeader) throw FormatError("no trace but '" + text.substr(0, 80) + "'");
  } else {
    try {
      item(text);
    } catch (const Json::exception& error) {
      throw FormatError("trace line " + std::to_string(lines_ + 1) + ": " + error.what());
    }
  }
  ++lines_;
}

Trace TraceReader::take() {
  if (!ended_) {
    throw FormatError("trace ends after line " + std::to_string(lines_) + ", before its last");
  }
  return std::move(trace_);
}

}  // namespace seedproof
