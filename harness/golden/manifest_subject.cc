#include <array>
#include <bit>
#include <set>

#include <seedproof/harness/golden/manifest_row.h>

namespace seedproof {

namespace {

constexpr std::int64_t kMaxCalls = 1'000'000;

GoldenObject read_object(JsonFields fields, bool named) {
  GoldenObject out;
  out.class_name = fields.text("class");
  if (!is_plain_name(out.class_name)) fields.fail("class", "a class name expected");
  if (named) {
    out.name = fields.text("name");
    if (!is_plain_name(out.name) || out.name.find('/') != std::string::npos) {
      fields.fail("name", "a name without '/' expected, found '" + out.name + "'");
    }
  }
  out.config = fields.object_text("config");
  fields.finish();
  return out;
}

std::string read_path(JsonFields& fields, std::string_view key) {
  std::string path = fields.text(key);
  if (const std::string fault = path_fault(path); !fault.empty()) fields.fail(key, fault);
  return path;
}

std::vector<std::string> read_paths(JsonFields& fields, std::string_view key) {
  std::vector<std::string> out;
  for (const Json& item : fields.array(key)) {
    if (!item.is_string()) fields.fail(key, "a file expected, found " + shown(item));
    out.push_back(item.get<std::string>());
    if (const std::string fault = path_fault(out.back()); !fault.empty()) fields.fail(key, fault);
  }
  if (out.empty()) fields.fail(key, "at least one file expected");
  return out;
}

GoldenDraw::Number read_number(const JsonFields& fields, std::string_view key, const Json& value) {
  if (value.is_number_float()) return value.get<double>();
  if (value.is_number_unsigned()) return Integer(value.get<std::uint64_t>());
  if (value.is_number_integer()) return Integer(value.get<std::int64_t>());
  fields.fail(key, "a number expected, found " + shown(value));
}

GoldenDraw read_draw(JsonFields fields) {
  GoldenDraw out;
  out.kind = fields.text("kind");
  for (const GoldenDrawKind& kind : golden_draw_kinds()) {
    if (kind.name != out.kind) continue;
    for (const std::string_view param : kind.params) {
      out.params.emplace_back(param, read_number(fields, param, fields.required(param)));
    }
    fields.finish();
    return out;
  }
  std::string known;
  for (const GoldenDrawKind& kind : golden_draw_kinds()) known += " " + std::string(kind.name);
  fields.fail("kind", "unknown draw '" + out.kind + "', known are" + known);
}

GoldenInputSubject read_input(JsonFields fields) {
  if (fields.has("rule")) {
    GoldenInputSubject out{GoldenText{fields.text("rule")}};
    if (std::get<GoldenText>(out.rule).rule.empty()) fields.fail("rule", "is empty");
    fields.finish();
    return out;
  }
  constexpr std::int64_t kLimit = (std::int64_t{1} << 31) - 1;
  GoldenLattice lattice;
  lattice.multiplier = fields.integer("multiplier", -kLimit, kLimit);
  lattice.offset = fields.integer("offset", -kLimit, kLimit);
  lattice.modulus = fields.integer("modulus", 1, kLimit);
  lattice.shift = fields.integer("shift", -kLimit, kLimit);
  lattice.divisor = fields.integer("divisor", 1, kLimit);
  if (!std::has_single_bit(static_cast<std::uint64_t>(lattice.divisor))) {
    fields.fail("divisor", "no power of two: " + std::to_string(lattice.divisor));
  }
  fields.finish();
  return {lattice};
}

const Json* before_of(JsonFields& row) {
  const Json* before = row.optional("before");
  if (before == nullptr) return nullptr;
  if (!before->is_array()) row.fail("before", "a list expected, found " + shown(*before));
  if (row.integer_or("call", 0, kMaxCalls, 0) != static_cast<std::int64_t>(before->size())) {
    row.fail("before", "lists " + std::to_string(before->size()) +
                           " earlier calls, which 'call' does not say");
  }
  return before;
}

GoldenDrawSubject read_draw_subject(JsonFields& row) {
  GoldenDrawSubject out{read_draw(row.object("draw")), {}};
  if (const Json* before = before_of(row)) {
    for (const Json& item : *before) {
      JsonFields fields(item, row.place() + ": key 'before'");
      GoldenEarlierDraw earlier;
      earlier.draw = read_draw(fields.object("draw"));
      earlier.dtype = read_dtype(fields);
      earlier.shape = read_shape(fields);
      fields.finish();
      out.before.push_back(std::move(earlier));
    }
  }
  return out;
}

GoldenCall read_call(JsonFields& fields) {
  GoldenCall out;
  out.inputs = read_paths(fields, "inputs");
  if (fields.has("mask")) out.mask = read_path(fields, "mask");
  const Json* training = fields.optional("training");
  if (training != nullptr && !training->is_null()) {
    if (!training->is_boolean()) {
      fields.fail("training", "true, false or null expected, found " + shown(*training));
    }
    out.training = training->get<bool>();
  }
  return out;
}

GoldenTrain read_train(JsonFields fields) {
  GoldenTrain out;
  out.optimizer = read_object(fields.object("optimizer"), false);
  out.loss = read_object(fields.object("loss"), false);
  if (fields.has("target")) out.target = read_path(fields, "target");
  out.steps = fields.integer("steps", 1, 1000);
  fields.finish();
  return out;
}

bool has_layer(const GoldenLayersSubject& stack, std::string_view name) {
  for (const GoldenObject& layer : stack.layers) {
    if (layer.name == name) return true;
  }
  return false;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 3 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// The grammar of `output`: see the table in docs/golden-format.md.
bool is_output(const GoldenLayersSubject& stack, std::string_view text) {
  if (text == "output" || text == "loss" || text == "gradient/input") return true;
  for (const std::string_view counted : {"output/", "gradient/input/"}) {
    if (text.starts_with(counted) && is_number(text.substr(counted.size()))) return true;
  }
  if (text.starts_with("state/")) return has_layer(stack, text.substr(6));
  const std::size_t first = text.find('/');
  const std::string_view head = text.substr(0, first);
  if (first == std::string_view::npos || (head != "weight" && head != "gradient")) return false;
  const std::string_view path = text.substr(first + 1);
  const std::size_t second = path.find('/');
  return second != std::string_view::npos && second + 1 < path.size() &&
         has_layer(stack, path.substr(0, second));
}

void read_layer_list(JsonFields& row, GoldenLayersSubject& out) {
  std::set<std::string> names;
  for (const Json& item : row.array("layers")) {
    out.layers.push_back(read_object(JsonFields(item, row.place() + ": key 'layers'"), true));
    if (!names.insert(out.layers.back().name).second) {
      row.fail("layers", "two layers have the name '" + out.layers.back().name + "'");
    }
  }
  if (out.layers.empty()) row.fail("layers", "at least one layer expected");
}

void read_weights(JsonFields& row, GoldenLayersSubject& out) {
  if (!row.has("weights")) return;
  out.weights = row.texts("weights");
  for (const auto& [name, file] : out.weights) {
    if (name.find('/') == std::string::npos || !has_layer(out, name.substr(0, name.find('/')))) {
      row.fail("weights", "'" + name + "' is no '<layer>/<weight>' of these layers");
    }
    if (const std::string fault = path_fault(file); !fault.empty()) row.fail("weights", fault);
  }
}

GoldenLayersSubject read_layers(JsonFields& row) {
  GoldenLayersSubject out;
  read_layer_list(row, out);
  out.call = read_call(row);
  if (const Json* before = before_of(row)) {
    for (const Json& item : *before) {
      JsonFields fields(item, row.place() + ": key 'before'");
      out.before.push_back(read_call(fields));
      fields.finish();
    }
  }
  read_weights(row, out);
  if (row.has("upstream")) out.upstream = read_path(row, "upstream");
  if (row.has("train")) out.train = read_train(row.object("train"));
  out.output = row.text_or("output", "output");
  if (!is_output(out, out.output)) {
    row.fail("output", "'" + out.output + "' is no array of these layers");
  }
  if (out.output.starts_with("gradient/") && out.upstream.empty() && !out.train) {
    row.fail("upstream", "is missing: a gradient needs it");
  }
  if (out.train && row.integer_or("call", 0, kMaxCalls, 0) != 0) {
    row.fail("call", "must be 0 with 'train'");
  }
  return out;
}

}  // namespace

GoldenSubject read_golden_subject(JsonFields& row) {
  constexpr std::array<std::string_view, 5> kKeys{"input", "draw", "initializer", "function",
                                                  "layers"};
  std::size_t which = kKeys.size();
  for (std::size_t i = 0; i < kKeys.size(); ++i) {
    if (!row.has(kKeys[i])) continue;
    if (which != kKeys.size())
      row.fail(kKeys[i], "stands beside '" + std::string(kKeys[which]) + "'");
    which = i;
  }
  switch (which) {
    case 0:
      return read_input(row.object("input"));
    case 1:
      return read_draw_subject(row);
    case 2:
      return GoldenInitializerSubject{read_object(row.object("initializer"), false)};
    case 3: {
      GoldenFunctionSubject out{read_object(row.object("function"), false), {}};
      out.inputs = read_paths(row, "inputs");
      return out;
    }
    case 4:
      return read_layers(row);
    default:
      break;
  }
  row.fail("draw", "is missing, as are 'input', 'initializer', 'function' and 'layers'");
}

}  // namespace seedproof
