// What is done to drawn numbers before a draw returns, and what is checked of every draw before it
// begins.
#pragma once

#include <cstddef>

#include <seedproof/rng/generators/draw.h>

namespace seedproof {

/// Checks region, epilogue and pointers. Throws ValueError naming what is wrong.
void check_draw(const Draw& draw, const void* out);

/// In place over `count` numbers of the draw's dtype, each operation rounded once: f16 and bf16
/// are added in f32, which is exact for them but for the last rounding.
void apply_epilogue(const Draw& draw, void* out, std::size_t count);

}  // namespace seedproof
