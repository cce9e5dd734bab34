#include <memory>
#include <new>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include <seedproof/harness/checks/allocation_counter.h>

namespace seedproof {
namespace {

struct alignas(128) Wide {
  double values[16];
};

/// Where pointers are seen by more than the compiler: a pair of new and delete that nobody sees may
/// be left out.
void* volatile last_seen;
void* seen(void* pointer) {
  last_seen = pointer;
  return pointer;
}

class AllocationTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!allocations_are_counted()) GTEST_SKIP() << "another operator new came first";
  }
};

template <class Act>
std::uint64_t allocations_in(Act act) {
  const std::uint64_t before = allocations_of_this_thread();
  act();
  return allocations_of_this_thread() - before;
}

TEST_F(AllocationTest, EveryFormCountsOnce) {
  EXPECT_EQ(allocations_in([] { ::operator delete(seen(::operator new(0))); }), 1u);
  EXPECT_EQ(allocations_in([] { ::operator delete[](seen(::operator new[](9))); }), 1u);
  EXPECT_EQ(allocations_in([] { ::operator delete(seen(::operator new(9, std::nothrow))); }), 1u);
  EXPECT_EQ(allocations_in([] { ::operator delete[](seen(::operator new[](9, std::nothrow))); }),
            1u);
  EXPECT_EQ(allocations_in([] { seen(std::make_unique<Wide>().get()); }), 1u);
  EXPECT_EQ(allocations_in([] { seen(std::make_unique<Wide[]>(3).get()); }), 1u);
  EXPECT_EQ(allocations_in([] { seen(std::string(100, 'x').data()); }), 1u);
  EXPECT_EQ(allocations_in([] {}), 0u);
}

TEST_F(AllocationTest, AlignmentIsKept) {
  for (const std::size_t align : {8, 16, 64, 4096}) {
    const auto alignment = static_cast<std::align_val_t>(align);
    void* const memory = ::operator new(5, alignment);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(memory) % align, 0u);
    ::operator delete(memory, alignment);
  }
}

TEST_F(AllocationTest, OtherThreadsAreNotCounted) {
  std::thread other;
  const std::uint64_t starting = allocations_in([&] {
    other = std::thread([] {
      for (int i = 0; i < 1000; ++i) ::operator delete(seen(::operator new(16)));
    });
    other.join();
  });
  EXPECT_LT(starting, 100u);
}

TEST_F(AllocationTest, ZeroBytesGiveDistinctPointers) {
  void* const a = ::operator new(0);
  void* const b = ::operator new(0);
  EXPECT_NE(a, nullptr);
  EXPECT_NE(a, b);
  ::operator delete(a);
  ::operator delete(b);
}

}  // namespace
}  // namespace seedproof
