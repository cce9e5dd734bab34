// The replacements are weak: a program that defines its own operators links, and is not counted.
// They forward to malloc and free, which sanitizers watch.
#include <cstdlib>
#include <new>

#include <seedproof/harness/checks/allocation_counter.h>

namespace {

thread_local std::uint64_t allocation_count = 0;

// operator new must give a distinct pointer for zero bytes, and ask the handler before it fails.
template <class Allocate>
void* allocate_or_throw(Allocate allocate) {
  ++allocation_count;
  for (;;) {
    if (void* const pointer = allocate()) return pointer;
    const std::new_handler handler = std::get_new_handler();
    if (handler == nullptr) throw std::bad_alloc();
    handler();
  }
}

void* allocate(std::size_t size) {
  return allocate_or_throw([size] { return std::malloc(size == 0 ? 1 : size); });
}

void* allocate(std::size_t size, std::align_val_t align) {
  // posix_memalign wants at least a pointer's alignment.
  const std::size_t wanted = static_cast<std::size_t>(align);
  const std::size_t alignment = wanted < sizeof(void*) ? sizeof(void*) : wanted;
  return allocate_or_throw([=]() -> void* {
    void* pointer = nullptr;
    return posix_memalign(&pointer, alignment, size == 0 ? 1 : size) == 0 ? pointer : nullptr;
  });
}

template <class... Arguments>
void* allocate_or_null(Arguments... arguments) noexcept {
  try {
    return ::operator new(arguments...);
  } catch (...) {
    return nullptr;
  }
}

}  // namespace

// Only the two plain pairs allocate; the other forms call them, as the standard has it, so that a
// program may replace any of them alone.
#define SEEDPROOF_WEAK __attribute__((weak))
using Size = std::size_t;
using Align = std::align_val_t;
using Nothrow = std::nothrow_t;

SEEDPROOF_WEAK void* operator new(Size n) { return allocate(n); }
SEEDPROOF_WEAK void* operator new(Size n, Align a) { return allocate(n, a); }
SEEDPROOF_WEAK void* operator new[](Size n) { return ::operator new(n); }
SEEDPROOF_WEAK void* operator new[](Size n, Align a) { return ::operator new(n, a); }
SEEDPROOF_WEAK void* operator new(Size n, const Nothrow&) noexcept { return allocate_or_null(n); }
SEEDPROOF_WEAK void* operator new[](Size n, const Nothrow&) noexcept { return allocate_or_null(n); }
SEEDPROOF_WEAK void* operator new(Size n, Align a, const Nothrow&) noexcept {
  return allocate_or_null(n, a);
}
SEEDPROOF_WEAK void* operator new[](Size n, Align a, const Nothrow&) noexcept {
  return allocate_or_null(n, a);
}

SEEDPROOF_WEAK void operator delete(void* p) noexcept { std::free(p); }
SEEDPROOF_WEAK void operator delete(void* p, Align) noexcept { std::free(p); }
SEEDPROOF_WEAK void operator delete[](void* p) noexcept { ::operator delete(p); }
SEEDPROOF_WEAK void operator delete[](void* p, Align a) noexcept { ::operator delete(p, a); }
SEEDPROOF_WEAK void operator delete(void* p, Size) noexcept { ::operator delete(p); }
SEEDPROOF_WEAK void operator delete[](void* p, Size) noexcept { ::operator delete(p); }
SEEDPROOF_WEAK void operator delete(void* p, Size, Align a) noexcept { ::operator delete(p, a); }
SEEDPROOF_WEAK void operator delete[](void* p, Size, Align a) noexcept { ::operator delete(p, a); }
SEEDPROOF_WEAK void operator delete(void* p, const Nothrow&) noexcept { ::operator delete(p); }
SEEDPROOF_WEAK void operator delete[](void* p, const Nothrow&) noexcept { ::operator delete(p); }
SEEDPROOF_WEAK void operator delete(void* p, Align a, const Nothrow&) noexcept {
  ::operator delete(p, a);
}
SEEDPROOF_WEAK void operator delete[](void* p, Align a, const Nothrow&) noexcept {
  ::operator delete(p, a);
}

namespace seedproof {

std::uint64_t allocations_of_this_thread() { return allocation_count; }

bool allocations_are_counted() {
  static const bool counted = [] {
    const std::uint64_t before = allocation_count;
    void* volatile probe = ::operator new(1);  // volatile: the pair must not be left out
    ::operator delete(probe);
    return allocation_count != before;
  }();
  return counted;
}

}  // namespace seedproof
