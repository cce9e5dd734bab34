// Counts what `operator new` is asked for in this program.
#pragma once

#include <cstddef>

namespace seedproof::test {
std::size_t allocation_count();
}
