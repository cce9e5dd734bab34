// Making a built-in layer by its name.
#pragma once

#include <memory>
#include <string_view>

#include <seedproof/layers/layer.h>

namespace seedproof {

/// A layer of builtin_layers(). Throws ValueError naming an unknown class, or an entry of `config`
/// that is unknown, missing or invalid.
std::shared_ptr<Layer> make_layer(std::string_view class_name, const Config& config = {});

}  // namespace seedproof
