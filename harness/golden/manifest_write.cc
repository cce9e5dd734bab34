#include <seedproof/harness/golden/file_io.h>
#include <seedproof/harness/golden/json_fields.h>
#include <seedproof/harness/golden/manifest_write.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

std::string text_of(const Json& value) {
  try {
    return value.dump();
  } catch (const Json::exception& error) {
    throw ValueError(std::string("text of a golden row is not UTF-8: ") + error.what());
  }
}

Json json_of(const GoldenObject& object) {
  Json out;
  out["class"] = object.class_name;
  if (!object.name.empty()) out["name"] = object.name;
  out["config"] = parse_json(object.config, "configuration of " + object.class_name);
  return out;
}

Json json_of(const GoldenDraw& draw) {
  Json out;
  out["kind"] = draw.kind;
  for (const auto& [name, number] : draw.params) {
    if (const double* real = std::get_if<double>(&number)) {
      out[name] = *real;
    } else if (const Integer& integer = std::get<Integer>(number); integer.fits_i64()) {
      out[name] = integer.to_i64();
    } else {
      out[name] = integer.to_u64();
    }
  }
  return out;
}

Json json_of(const GoldenState& state) {
  if (!state.digest.empty()) return state.digest;
  Json out = Json::array();
  for (const std::uint64_t word : state.words) {
    const std::string one = to_string(GoldenState{{word}, {}});
    out.push_back(one.substr(1, one.size() - 2));
  }
  return out;
}

void put_call(Json& row, const GoldenCall& call) {
  row["inputs"] = call.inputs;
  if (!call.mask.empty()) row["mask"] = call.mask;
  if (call.training) row["training"] = *call.training;
}

void put_subject(Json& row, const GoldenInputSubject& input) {
  Json& out = row["input"];
  if (const auto* text = std::get_if<GoldenText>(&input.rule)) {
    out["rule"] = text->rule;
    return;
  }
  const auto& lattice = std::get<GoldenLattice>(input.rule);
  out["multiplier"] = lattice.multiplier;
  out["offset"] = lattice.offset;
  out["modulus"] = lattice.modulus;
  out["shift"] = lattice.shift;
  out["divisor"] = lattice.divisor;
}

void put_subject(Json& row, const GoldenDrawSubject& subject) {
  row["draw"] = json_of(subject.draw);
  for (const GoldenEarlierDraw& earlier : subject.before) {
    row["before"].push_back({{"draw", json_of(earlier.draw)},
                             {"dtype", keras_name(earlier.dtype)},
                             {"shape", earlier.shape}});
  }
}

void put_subject(Json& row, const GoldenInitializerSubject& subject) {
  row["initializer"] = json_of(subject.initializer);
}

void put_subject(Json& row, const GoldenFunctionSubject& subject) {
  row["function"] = json_of(subject.function);
  row["inputs"] = subject.inputs;
}

void put_subject(Json& row, const GoldenLayersSubject& subject) {
  for (const GoldenObject& layer : subject.layers) row["layers"].push_back(json_of(layer));
  put_call(row, subject.call);
  for (const GoldenCall& call : subject.before) {
    Json earlier;
    put_call(earlier, call);
    row["before"].push_back(std::move(earlier));
  }
  for (const auto& [name, file] : subject.weights) row["weights"][name] = file;
  if (!subject.upstream.empty()) row["upstream"] = subject.upstream;
  if (const auto& train = subject.train) {
    Json& out = row["train"];
    out["optimizer"] = json_of(train->optimizer);
    out["loss"] = json_of(train->loss);
    if (!train->target.empty()) out["target"] = train->target;
    out["steps"] = train->steps;
  }
  row["output"] = subject.output;
}

void put_states(Json& row, const GoldenRow& from) {
  for (const auto& [layer, state] : from.state_after) {
    if (layer.empty()) {
      row["state_after"] = json_of(state);
      return;
    }
    row["state_after"][layer] = json_of(state);
  }
}

}  // namespace

std::string golden_row_line(const GoldenRow& row) {
  Json out;
  out["file"] = row.file;
  out["dtype"] = keras_name(row.dtype);
  out["shape"] = row.shape;
  out["digest"] = row.digest;
  if (!row.locator.empty()) out["locator"] = row.locator;
  out["tier"] = to_string(row.tier);
  if (!row.generator.empty()) {
    out["generator"] = row.generator;
    if (row.options != "{}")
      out["options"] = parse_json(row.options, "options of " + row.generator);
    out["seed"] = row.seed.to_string();
  }
  std::visit([&](const auto& subject) { put_subject(out, subject); }, row.subject);
  if (row.call != 0) out["call"] = row.call;
  if (row.words_drawn) out["words_drawn"] = *row.words_drawn;
  put_states(out, row);
  if (row.tolerance.kind != GoldenTolerance::Kind::bit) {
    out["tolerance"] = {{"kind", to_string(row.tolerance.kind)},
                        {"value", row.tolerance.value},
                        {"reason", row.tolerance.reason}};
  }
  if (!row.reason.empty()) out["reason"] = row.reason;
  return text_of(out);
}

std::string golden_manifest_text(const GoldenManifest& manifest) {
  Json header;
  header["schema"] = "seedproof-golden";
  header["version"] = 1;
  header["maker"] = manifest.maker;
  header["made_with"] = manifest.made_with;
  header["command"] = manifest.command;
  header["platform"] = manifest.platform;
  header["rows"] = manifest.rows.size();
  std::string out = text_of(header) + "\n";
  for (const GoldenRow& row : manifest.rows) out += golden_row_line(row) + "\n";
  return out;
}

void write_golden_manifest(const GoldenManifest& manifest, const std::filesystem::path& path) {
  write_file_atomically(path, golden_manifest_text(manifest));
}

}  // namespace seedproof
