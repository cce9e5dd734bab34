#include <nlohmann/json.hpp>

#include <seedproof/harness/subjects/plan_json.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

using Json = nlohmann::json;

Json to_json(const LayerSpec& spec) {
  return {{"class", spec.class_name},
          {"config", spec.config.to_json()},
          {"name", spec.name},
          {"inputs", spec.inputs},
          {"name_given", spec.name_given}};
}

LayerSpec layer_from(const Json& json) {
  LayerSpec spec;
  spec.class_name = json.at("class").get<std::string>();
  spec.config = Config::from_json(json.at("config").get<std::string>());
  spec.name = json.at("name").get<std::string>();
  spec.inputs = json.at("inputs").get<std::vector<std::string>>();
  spec.name_given = json.at("name_given").get<bool>();
  return spec;
}

Json to_json(const Subject& subject) {
  Json layers = Json::array();
  for (const LayerSpec& spec : subject.layers) layers.push_back(to_json(spec));
  return {{"name", subject.name},
          {"layers", layers},
          {"shape", subject.input_shape},
          {"dtype", short_name(subject.input_dtype)},
          {"focus", subject.focus}};
}

Subject subject_from(const Json& json) {
  Subject subject;
  subject.name = json.at("name").get<std::string>();
  for (const Json& layer : json.at("layers")) subject.layers.push_back(layer_from(layer));
  subject.input_shape = json.at("shape").get<Shape>();
  subject.input_dtype = parse_dtype(json.at("dtype").get<std::string>());
  subject.focus = json.at("focus").get<std::string>();
  return subject;
}

Plan plan_from(const Json& json) {
  Plan plan;
  plan.subject = subject_from(json.at("subject"));
  plan.generator = json.at("generator").get<std::string>();
  plan.root = Seed::parse(json.at("root").get<std::string>());
  plan.steps = json.at("steps").get<std::uint64_t>();
  plan.training = json.at("training").get<bool>();
  plan.train = json.at("train").get<bool>();
  plan.evaluate_before = json.at("evaluate_before").get<std::vector<std::uint64_t>>();
  plan.config_round_trip = json.at("config_round_trip").get<bool>();
  if (!json.at("resume_at").is_null()) plan.resume_at = json.at("resume_at").get<std::uint64_t>();
  for (const Json& extra : json.at("extra_draws")) {
    plan.extra_draws.push_back({extra.at(0).get<std::string>(), extra.at(1).get<std::uint64_t>(),
                                extra.at(2).get<std::uint64_t>()});
  }
  return plan;
}

}  // namespace

std::string plan_to_json(const Plan& plan) {
  Json extra = Json::array();
  for (const ExtraDraw& draw : plan.extra_draws) {
    extra.push_back(Json::array({draw.layer, draw.step, draw.count}));
  }
  const Json json = {{"subject", to_json(plan.subject)},
                     {"generator", plan.generator},
                     {"root", plan.root.to_string()},
                     {"steps", plan.steps},
                     {"training", plan.training},
                     {"train", plan.train},
                     {"extra_draws", extra},
                     {"evaluate_before", plan.evaluate_before},
                     {"resume_at", plan.resume_at.has_value() ? Json(*plan.resume_at) : Json()},
                     {"config_round_trip", plan.config_round_trip}};
  return json.dump();
}

Plan plan_from_json(std::string_view text) {
  try {
    return plan_from(Json::parse(text));
  } catch (const Json::exception& error) {
    throw FormatError(std::string("plan: ") + error.what());
  }
}

}  // namespace seedproof
