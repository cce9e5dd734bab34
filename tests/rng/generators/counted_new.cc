#include "counted_new.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::uint64_t> taken{0};

}  // namespace

namespace seedproof::test {

std::uint64_t allocations() { return taken; }

}  // namespace seedproof::test

void* operator new(std::size_t size) {
  ++taken;
  if (void* const pointer = std::malloc(size == 0 ? 1 : size)) return pointer;
  throw std::bad_alloc();
}
void operator delete(void* pointer) noexcept { std::free(pointer); }
void operator delete(void* pointer, std::size_t /*size*/) noexcept { std::free(pointer); }
