// The state of a random.Random in a state image.
#pragma once

#include <seedproof/rng/bits/python_random.h>
#include <seedproof/rng/generators/state_image.h>

namespace seedproof {

void write_python(StateWriter& writer, const PythonRandom& random);

/// Throws FormatError for words that are no state.
PythonRandom read_python(StateReader& reader);

}  // namespace seedproof
