#include <seedproof/rng/distributions/tf_legacy.h>

namespace seedproof::tf {
namespace {

constexpr std::uint64_t kModulus = 2147483647;  // 2^31 - 1

}  // namespace

State op_state(const Integer& global_seed, const Integer& op_seed) {
  const std::uint64_t key = global_seed.floor_mod(kModulus);
  const std::uint64_t counter = op_seed.floor_mod(kModulus);
  // Two zero seeds would ask the kernel for a random one.
  return {0, key == 0 && counter == 0 ? kModulus : counter, key};
}

std::int64_t next_op_seed(PythonRandom& source) {
  return source.randint(0, static_cast<std::int64_t>(kModulus));
}

std::int64_t next_keras_seed(PythonRandom& source) { return source.randint(1, 1000000000); }

}  // namespace seedproof::tf
