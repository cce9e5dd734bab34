// RandomNormal, RandomUniform, TruncatedNormal: a distribution as it is.
#include <utility>

#include <seedproof/layers/config_reader.h>
#include <seedproof/layers/initializers/random_initializer.h>
#include <seedproof/layers/initializers/rules.h>

namespace seedproof::initializers {
namespace {

class Plain final : public RandomInitializer {
 public:
  Plain(std::string_view name, Distribution distribution, Seed seed)
      : RandomInitializer(name, std::move(seed)), distribution_(distribution) {}
  Tensor make(const Shape& shape, DType dtype, Stream* stream) const override {
    return draw(distribution_, shape, dtype, stream);
  }
  Config get_config() const override {
    const bool uniform = distribution_.kind == DistributionKind::uniform;
    return {{"seed", seed()},
            {uniform ? "minval" : "mean", distribution_.a},
            {uniform ? "maxval" : "stddev", distribution_.b}};
  }

 private:
  Distribution distribution_;
};

}  // namespace

Made make_plain(std::string_view name, const Config& config) {
  ConfigReader reader(name, config);
  Distribution distribution;
  if (name == "RandomUniform") {
    distribution = Distribution::uniform(reader.number("minval", -0.05), 0.0);
    distribution.b = reader.number("maxval", 0.05);
  } else {
    const double mean = reader.number("mean", 0.0);
    const double stddev = reader.number("stddev", 0.05);
    distribution = name == "RandomNormal" ? Distribution::normal(mean, stddev)
                                          : Distribution::truncated_normal(mean, stddev);
  }
  Seed seed = reader.seed();
  reader.finish();
  return std::make_shared<Plain>(name, distribution, std::move(seed));
}

}  // namespace seedproof::initializers
