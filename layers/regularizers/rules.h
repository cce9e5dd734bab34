// What the regularisers' files share. Internal: users go through make_regularizer.
#pragma once

#include <memory>

#include <seedproof/layers/config_reader.h>
#include <seedproof/layers/regularizer.h>

namespace seedproof::regularizers {

/// A factor in Keras's words: finite and not negative. Throws ValueError naming the argument.
double read_factor(ConfigReader& reader, std::string_view name, double otherwise);

std::shared_ptr<const Regularizer> make_orthogonal(const Config& config);

}  // namespace seedproof::regularizers
