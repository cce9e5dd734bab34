// A layer of one's own: adds uniform noise that the layer before it does not see.
#pragma once

#include <seedproof/layers/layer.h>

/// x + amplitude * u in training, u uniform on [0, 1); x otherwise. The deaf one opens its
/// stream with a seed of its own choice: the bug that the gate must catch.
seedproof::LayerEntry echo_noise_entry();
seedproof::LayerEntry deaf_noise_entry();
