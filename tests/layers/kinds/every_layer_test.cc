// What holds for every layer of the list.
#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/rng/values/error.h>

#include "tests/layers/kinds/finite_difference.h"
#include "tests/layers/kinds/support.h"

namespace seedproof {
namespace {

using test::make;
using test::plain_layers;
using test::ramp;
using test::shape_for;
using test::training;
using ::testing::HasSubstr;

bool switches(const LayerEntry& entry) {  // draws in training only
  return entry.draws_in_call && !entry.class_name.starts_with("Add");
}

TEST(EveryLayer, IsListedOnceUnderItsName) {
  std::set<std::string> documented;
  std::set<std::string> stock;
  for (const LayerEntry& entry : plain_layers()) {
    EXPECT_EQ(entry.from_config(entry.probe_config)->class_name(), entry.class_name);
    EXPECT_TRUE(
        (entry.family == "documented" ? documented : stock).insert(entry.class_name).second);
  }
  EXPECT_EQ(documented.size(), 12u);
  EXPECT_EQ(stock.size(), 10u);
  EXPECT_THAT(test::message_of<ValueError>([] { make_layer("Nonesuch"); }), HasSubstr("Nonesuch"));
}

TEST(EveryLayer, SaysWhetherItDraws) {
  for (const LayerEntry& entry : plain_layers()) {
    const auto built = make(entry.class_name, entry.probe_config);
    built.layer->build(shape_for(entry.class_name));
    const auto at_build = test::draws(built);
    EXPECT_EQ(at_build > 0, entry.draws_in_build) << entry.class_name;
    built(ramp(shape_for(entry.class_name)), training());
    EXPECT_EQ(test::draws(built) > at_build, entry.draws_in_call) << entry.class_name;
  }
}

TEST(EveryLayer, IsTheIdentityInInferenceIfItOnlyDrawsInTraining) {
  for (const LayerEntry& entry : plain_layers()) {
    if (!switches(entry)) continue;
    const auto built = make(entry.class_name, entry.probe_config);
    const Tensor x = ramp(shape_for(entry.class_name));
    EXPECT_TRUE(bit_equal(built(x, test::inference()), x)) << entry.class_name;
    EXPECT_TRUE(bit_equal(built(x, CallArgs{}), x)) << entry.class_name << " without `training`";
    EXPECT_EQ(test::draws(built), 0u) << entry.class_name;
    EXPECT_FALSE(bit_equal(built(x, training()), x)) << entry.class_name;
  }
}

TEST(EveryLayer, ConfigurationsRoundTripWithTheirBehaviour) {
  for (const LayerEntry& entry : plain_layers()) {
    const auto built = make(entry.class_name, entry.probe_config);
    const Config config = built.layer->get_config();
    for (const auto& [name, value] : entry.probe_config.entries()) {
      EXPECT_EQ(config.at(name), value) << entry.class_name << "." << name;
    }
    const auto again = make(entry.class_name, Config::from_json(config.to_json()));
    EXPECT_EQ(again.layer->get_config(), config) << entry.class_name;
    const Tensor x = ramp(shape_for(entry.class_name));
    for (std::uint64_t step = 0; step < 2; ++step) {
      EXPECT_TRUE(bit_equal(built(x, training(step)), again(x, training(step))))
          << entry.class_name << " step " << step;
    }
  }
}

TEST(EveryLayer, ProbesDifferFromTheDefaults) {
  for (const LayerEntry& entry : plain_layers()) {
    for (const auto& [name, value] : entry.probe_config.entries()) {
      Config less = entry.probe_config;
      less.erase(name);
      if (name == "use_bias") continue;  // its other value leaves the bias's arguments unused
      try {
        const Config config = entry.from_config(less)->get_config();
        const ConfigValue* otherwise = config.find(name);
        EXPECT_TRUE(otherwise == nullptr || *otherwise != value) << entry.class_name << "." << name;
      } catch (const ValueError& error) {
        EXPECT_THAT(error.what(), HasSubstr("missing argument '" + name + "'"));
      }
    }
  }
}

TEST(EveryLayer, RefusesArgumentsThatItDoesNotKnow) {
  for (const LayerEntry& entry : plain_layers()) {
    Config config = entry.probe_config;
    config.set("bogus", 1);
    const std::string message = test::message_of<ValueError>([&] { entry.from_config(config); });
    EXPECT_THAT(message, HasSubstr("'bogus'")) << entry.class_name;
    EXPECT_THAT(message, HasSubstr(entry.class_name));
  }
}

TEST(EveryLayer, KeepsToItsPolicy) {
  struct Policy {
    const char* name;
    DType compute;
    DType variable;
  };
  for (const Policy& policy :
       {Policy{"mixed_float16", DType::f16, DType::f32},
        Policy{"mixed_bfloat16", DType::bf16, DType::f32},
        Policy{"float16", DType::f16, DType::f16}, Policy{"bfloat16", DType::bf16, DType::bf16},
        Policy{"float64", DType::f64, DType::f64}}) {
    for (const LayerEntry& entry : plain_layers()) {
      Config config = entry.probe_config;
      config.set("dtype", policy.name);
      const auto built = make(entry.class_name, config);
      const Tensor x = ramp(shape_for(entry.class_name));
      const Tensor y = built(x, training());
      EXPECT_EQ(y.dtype(), policy.compute) << entry.class_name << " " << policy.name;
      for (const Variable* weight : built.layer->weights()) {
        EXPECT_EQ(weight->dtype(), policy.variable) << entry.class_name << " " << policy.name;
      }
      EXPECT_EQ(built.layer->backward(y).dtype(), DType::f32) << entry.class_name;
      for (const Variable* weight : built.layer->trainable_weights()) {
        ASSERT_TRUE(weight->gradient().has_value());
        EXPECT_EQ(weight->gradient()->dtype(), policy.variable) << entry.class_name;
      }
    }
  }
}

TEST(EveryLayer, TakesAnEmptyBatch) {
  for (const LayerEntry& entry : plain_layers()) {
    const auto built = make(entry.class_name, entry.probe_config);
    Shape shape = shape_for(entry.class_name);
    shape[0] = 0;
    const Tensor y = built(Tensor(DType::f32, shape), training());
    const std::vector<Shape> wanted = built.layer->compute_output_shape({{shape}});
    EXPECT_EQ(y.shape(), wanted[0]) << entry.class_name;
    EXPECT_EQ(built.layer->backward(y).shape(), shape) << entry.class_name;
  }
}

TEST(EveryLayer, TakesEveryRankThatItsRuleAllows) {
  const std::set<std::string> fixed{"SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D",
                                    "ComputeSum"};
  for (const LayerEntry& entry : plain_layers()) {
    if (fixed.contains(entry.class_name)) continue;
    for (std::size_t rank = entry.class_name == "Dense" ? 2 : 1; rank <= 5; ++rank) {
      Config config = entry.probe_config;
      config.erase("noise_shape");
      const auto built = make(entry.class_name, config);
      const Shape shape = std::vector<std::int64_t>{2, 3, 2, 1, 4};
      const Shape first(shape.begin(), shape.begin() + static_cast<std::ptrdiff_t>(rank));
      const Tensor y = built(ramp(first), training());
      EXPECT_EQ(y.shape(), built.layer->compute_output_shape({{first}})[0])
          << entry.class_name << " rank " << rank;
      EXPECT_EQ(built.layer->backward(y).shape(), first) << entry.class_name << " rank " << rank;
    }
  }
}

TEST(EveryLayer, TakesOneInput) {
  for (const LayerEntry& entry : plain_layers()) {
    const auto built = make(entry.class_name, entry.probe_config);
    const Tensor x = ramp(shape_for(entry.class_name));
    EXPECT_THAT(test::message_of<ValueError>([&] {
                  (*built.layer)(Tensors{x, x}, training());
                }),
                HasSubstr("expects 1 input(s), but it received 2"))
        << entry.class_name;
  }
}

TEST(EveryLayer, HasGradientsThatFiniteDifferencesConfirm) {
  for (const LayerEntry& entry : plain_layers()) {
    test::expect_gradients({entry.class_name, entry.probe_config, shape_for(entry.class_name)});
  }
}

TEST(EveryLayer, FrozenLayersGetNoGradient) {
  for (const LayerEntry& entry : plain_layers()) {
    Config config = entry.probe_config;
    config.set("trainable", false);
    const auto built = make(entry.class_name, config);
    const Tensor y = built(ramp(shape_for(entry.class_name)), training());
    built.layer->backward(y);
    for (const Variable* weight : built.layer->weights()) {
      EXPECT_FALSE(weight->gradient().has_value()) << entry.class_name;
    }
  }
}

}  // namespace
}  // namespace seedproof
