// A generator of one's own: counter-based SplitMix64, one stream a site.
#pragma once

#include <seedproof/rng/generators/generator.h>

seedproof::GeneratorEntry splitmix_entry();
