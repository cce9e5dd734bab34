// TensorFlow's fills as draws: what the families tf-generator, tf-global and base-random-layer have
// in common.
#pragma once

#include <cstdint>
#include <string_view>

#include <seedproof/rng/generators/abilities.h>
#include <seedproof/rng/generators/draw.h>
#include <seedproof/rng/generators/philox_state.h>

namespace seedproof {

/// Abilities::check, and what TensorFlow's ops refuse: bounds that do not fit, u32 and u64 in
/// bounded integers, shuffles of 2^32 elements. `full_integers`: equal bounds ask for the op
/// uniform_full_int, which the legacy ops lack.
void check_tf(const Abilities& abilities, std::string_view generator, const Draw& draw,
              bool full_integers);

/// The numbers of a draw from `state` on.
void fill_tf(const PhiloxState& state, const Draw& draw, void* out);

/// Moves the state past a draw: by 256 blocks an element, for a shuffle by those it reads, for a
/// keep_mask of rate 0 not at all.
void advance_tf(PhiloxState& state, const Draw& draw);

/// Words from the state's counter to the last one that the draw reads. A truncated normal reads an
/// unknown part of what its groups reserve, and the whole reservation is counted: 256 blocks for
/// each group of four elements (f64: 128 for each two).
std::uint64_t words_of_tf(const Draw& draw);

}  // namespace seedproof
