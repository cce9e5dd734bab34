// The initialisers' makers, one a class. Internal: users go through make_initializer.
#pragma once

#include <memory>
#include <string_view>

#include <seedproof/layers/initializer.h>

namespace seedproof::initializers {

using Made = std::shared_ptr<const Initializer>;

// Each takes the class's name and its arguments, and throws ValueError naming an unknown one.
Made make_filled(std::string_view name, const Config& config);  // Zeros, Ones, Constant
Made make_identity(std::string_view name, const Config& config);
Made make_plain(std::string_view name,
                const Config& config);  // RandomNormal, ...Uniform, Truncated
Made make_variance_scaling(std::string_view name, const Config& config);
Made make_scaled(std::string_view name, const Config& config);  // Glorot, He, Lecun
Made make_orthogonal(std::string_view name, const Config& config);

}  // namespace seedproof::initializers
