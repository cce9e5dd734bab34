#pragma once

#include <seedproof/harness/registry.h>

/// What this test program's traces in other processes are made with.
seedproof::Registry traced_registry();
