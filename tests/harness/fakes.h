// The parts that faults are made of, as tests of single checks use them.
#pragma once

#include <seedproof/harness/faults/parts.h>

namespace seedproof {
namespace fakes = faults;
}
