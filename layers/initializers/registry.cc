// Keras's names of the initialisers, and the way to and from configurations.
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <seedproof/layers/config_reader.h>
#include <seedproof/layers/initializers/rules.h>

namespace seedproof {
namespace {

using initializers::Made;

struct Row {
  std::string_view class_name;
  std::string_view snake_name;
  std::string_view alias;  // "" if none
  Made (*make)(std::string_view name, const Config& config);
};

constexpr std::array<Row, 15> kRows{{
    {"Zeros", "zeros", "zero", initializers::make_filled},
    {"Ones", "ones", "one", initializers::make_filled},
    {"Constant", "constant", "", initializers::make_filled},
    {"RandomNormal", "random_normal", "normal", initializers::make_plain},
    {"RandomUniform", "random_uniform", "uniform", initializers::make_plain},
    {"TruncatedNormal", "truncated_normal", "", initializers::make_plain},
    {"VarianceScaling", "variance_scaling", "", initializers::make_variance_scaling},
    {"GlorotNormal", "glorot_normal", "", initializers::make_scaled},
    {"GlorotUniform", "glorot_uniform", "", initializers::make_scaled},
    {"HeNormal", "he_normal", "", initializers::make_scaled},
    {"HeUniform", "he_uniform", "", initializers::make_scaled},
    {"LecunNormal", "lecun_normal", "", initializers::make_scaled},
    {"LecunUniform", "lecun_uniform", "", initializers::make_scaled},
    {"Orthogonal", "orthogonal", "OrthogonalInitializer", initializers::make_orthogonal},
    {"Identity", "identity", "IdentityInitializer", initializers::make_identity},
}};

}  // namespace

std::shared_ptr<const Initializer> make_initializer(const ConfigValue& identifier) {
  const auto [name, config] = read_identifier("initializer", identifier);
  for (const Row& row : kRows) {
    if (name == row.class_name || name == row.snake_name || (!name.empty() && name == row.alias)) {
      return row.make(row.class_name, config);
    }
  }
  refuse_identifier("initializer", name);
}

ConfigValue serialize(const Initializer& initializer) {
  return Config{{"class_name", std::string(initializer.class_name())},
                {"config", initializer.get_config()}};
}

std::vector<std::string> initializer_names() {
  std::vector<std::string> names;
  for (const Row& row : kRows) names.emplace_back(row.snake_name);
  return names;
}

}  // namespace seedproof
