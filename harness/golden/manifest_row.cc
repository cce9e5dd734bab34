#include <algorithm>
#include <charconv>

#include <seedproof/harness/golden/manifest_row.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

bool is_hex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_digest(std::string_view text) {
  return text.size() == 71 && text.starts_with("sha256:") && is_hex(text.substr(7));
}

bool is_locator(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return false;
  for (const std::string_view part : {text.substr(0, colon), text.substr(colon + 1)}) {
    if (part.empty() || part.size() > 32 || !is_hex(part)) return false;
  }
  return true;
}

GoldenTier read_tier(JsonFields& row) {
  const std::string text = row.text("tier");
  for (int i = 0; i < kGoldenTierCount; ++i) {
    if (to_string(static_cast<GoldenTier>(i)) == text) return static_cast<GoldenTier>(i);
  }
  row.fail("tier", "unknown tier '" + text + "'");
}

Seed read_seed(JsonFields& row) {
  const std::string text = row.text("seed");
  try {
    return Seed::parse(text);
  } catch (const Error& error) {
    row.fail("seed", error.what());
  }
}

std::uint64_t read_state_word(const JsonFields& fields, const Json& value) {
  if (value.is_string()) {
    const std::string text = value.get<std::string>();
    std::uint64_t word = 0;
    const char* end = text.data() + text.size();
    if (text.starts_with("0x") && text.size() > 2) {
      const auto [stop, code] = std::from_chars(text.data() + 2, end, word, 16);
      if (code == std::errc() && stop == end) return word;
    }
  }
  fields.fail("state_after",
              "a word such as \"0x1f\" of up to 64 bits expected, found " + shown(value));
}

GoldenState read_state(const JsonFields& fields, const Json& value) {
  GoldenState out;
  if (value.is_string()) {
    out.digest = value.get<std::string>();
    if (!is_digest(out.digest)) fields.fail("state_after", "no digest: " + shown(value));
  } else if (value.is_array() && !value.empty()) {
    for (const Json& word : value) out.words.push_back(read_state_word(fields, word));
  } else {
    fields.fail("state_after", "words or a digest expected, found " + shown(value));
  }
  return out;
}

void read_states(JsonFields& fields, GoldenRow& row) {
  const Json* value = fields.optional("state_after");
  if (value == nullptr) return;
  if (!value->is_object()) {
    row.state_after[""] = read_state(fields, *value);
    return;
  }
  const auto* stack = std::get_if<GoldenLayersSubject>(&row.subject);
  if (stack == nullptr) fields.fail("state_after", "an object is for rows with layers");
  for (const auto& item : value->items()) {
    const std::string& name = item.key();
    const bool known = std::any_of(stack->layers.begin(), stack->layers.end(),
                                   [&](const GoldenObject& layer) { return layer.name == name; });
    if (!known) fields.fail("state_after", "no layer has the name '" + name + "'");
    row.state_after[name] = read_state(fields, item.value());
  }
}

GoldenTolerance read_tolerance(JsonFields& row) {
  GoldenTolerance out;
  if (!row.has("tolerance")) return out;
  JsonFields fields = row.object("tolerance");
  const std::string kind = fields.text("kind");
  const Json& value = fields.required("value");
  if (!value.is_number()) fields.fail("value", "a number expected, found " + shown(value));
  out.value = value.get<double>();
  if (kind == "ulp") {
    out.kind = GoldenTolerance::Kind::ulp;
    if (!(out.value == 1 || out.value == 2 || out.value == 3 || out.value == 4)) {
      fields.fail("value", "1, 2, 3 or 4 expected for ulp, found " + shown(value));
    }
  } else if (kind == "gamma") {
    out.kind = GoldenTolerance::Kind::gamma;
    if (!(out.value > 0 && out.value <= 1)) {
      fields.fail("value", "a factor in (0, 1] expected for gamma, found " + shown(value));
    }
  } else {
    fields.fail("kind", "'ulp' or 'gamma' expected, found '" + kind + "'");
  }
  out.reason = fields.text("reason");
  if (out.reason.empty()) fields.fail("reason", "is empty");
  fields.finish();
  return out;
}

void read_identity(JsonFields& fields, GoldenRow& row) {
  row.file = fields.text("file");
  if (const std::string fault = path_fault(row.file); !fault.empty()) fields.fail("file", fault);
  row.dtype = read_dtype(fields);
  row.shape = read_shape(fields);
  row.digest = fields.text("digest");
  if (!is_digest(row.digest)) {
    fields.fail("digest",
                "'sha256:' and 64 hexadecimal digits expected, found '" + row.digest + "'");
  }
  row.locator = fields.text_or("locator", "");
  if (!row.locator.empty() && !is_locator(row.locator)) {
    fields.fail("locator", "two hexadecimal sums expected, found '" + row.locator + "'");
  }
  row.tier = read_tier(fields);
}

void read_generator(JsonFields& fields, GoldenRow& row) {
  row.generator = fields.text_or("generator", "");
  if (fields.has("generator") && !is_plain_name(row.generator)) {
    fields.fail("generator", "a name expected, found '" + row.generator + "'");
  }
  for (const char* key : {"seed", "options"}) {
    if (row.generator.empty() && fields.has(key)) fields.fail(key, "without a generator");
  }
  row.options = fields.object_text("options");
  if (fields.has("seed")) row.seed = read_seed(fields);
}

void check_kinship(const JsonFields& fields, const GoldenRow& row) {
  const bool is_input = std::holds_alternative<GoldenInputSubject>(row.subject);
  if (is_input != (row.tier == GoldenTier::inputs)) {
    fields.fail("tier", is_input ? "an input is of tier 'inputs'" : "'inputs' is for inputs only");
  }
  if (std::holds_alternative<GoldenDrawSubject>(row.subject) && row.generator.empty()) {
    fields.fail("generator", "is missing: a draw needs it");
  }
}

}  // namespace

DType read_dtype(JsonFields& row) {
  const std::string text = row.text("dtype");
  for (int i = 0; i < kDTypeCount; ++i) {
    if (keras_name(static_cast<DType>(i)) == text) return static_cast<DType>(i);
  }
  row.fail("dtype", "unknown dtype '" + text + "'");
}

Shape read_shape(JsonFields& row) {
  Shape out;
  for (const Json& extent : row.array("shape")) {
    if (!extent.is_number_unsigned() || extent.get<std::uint64_t>() > INT64_MAX) {
      row.fail("shape", "extents in [0, 2^63) expected, found " + shown(extent));
    }
    out.push_back(extent.get<std::int64_t>());
  }
  if (out.size() > 64) row.fail("shape", "more than 64 axes");
  try {
    element_count(out);
  } catch (const ValueError& error) {
    row.fail("shape", error.what());
  }
  return out;
}

std::string path_fault(std::string_view path) {
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/";
  const auto fault = [&](const std::string& reason) {
    return reason + ": " + shown(Json(std::string(path)));
  };
  if (path.size() > 255) return fault("a path of more than 255 bytes");
  if (!path.ends_with(".npy")) return fault("a path that does not end in '.npy'");
  if (path.find_first_not_of(kAllowed) != std::string_view::npos) {
    return fault("a path with other than letters, digits, '.', '_', '-' and '/'");
  }
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    if (begin == end || path[begin] == '.') {
      return fault("a path with an empty part or one that starts with '.'");
    }
    begin = end + 1;
  }
  return {};
}

bool is_plain_name(std::string_view text) {
  return !text.empty() && text.size() <= 256 && std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
}

std::vector<std::string> files_used(const GoldenRow& row) {
  std::vector<std::string> out;
  const auto add = [&](const std::string& file) {
    if (!file.empty()) out.push_back(file);
  };
  const auto add_call = [&](const GoldenCall& call) {
    for (const std::string& file : call.inputs) add(file);
    add(call.mask);
  };
  if (const auto* function = std::get_if<GoldenFunctionSubject>(&row.subject)) {
    for (const std::string& file : function->inputs) add(file);
  }
  if (const auto* stack = std::get_if<GoldenLayersSubject>(&row.subject)) {
    add_call(stack->call);
    for (const GoldenCall& call : stack->before) add_call(call);
    for (const auto& [name, file] : stack->weights) add(file);
    add(stack->upstream);
    if (stack->train) add(stack->train->target);
  }
  return out;
}

GoldenRow read_golden_row(const Json& value, const std::string& place) {
  JsonFields fields(value, place);
  GoldenRow row;
  read_identity(fields, row);
  read_generator(fields, row);
  row.call = fields.integer_or("call", 0, 1'000'000, 0);
  row.subject = read_golden_subject(fields);
  if (const Json* words = fields.optional("words_drawn")) {
    if (!words->is_number_unsigned()) {
      fields.fail("words_drawn", "a number of words expected, found " + shown(*words));
    }
    row.words_drawn = words->get<std::uint64_t>();
  }
  read_states(fields, row);
  row.tolerance = read_tolerance(fields);
  row.reason = fields.text_or("reason", "");
  fields.finish();
  check_kinship(fields, row);
  return row;
}

}  // namespace seedproof
