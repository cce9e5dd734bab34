// The kernels of TensorFlow's stateful random ops in eager mode. A kernel is made at the first run
// of an op with its seeds, dtype and attributes, and every later run with equal ones continues it,
// whichever layer runs it. TensorFlow keeps all of them until set_seed; so does this, with 24 bytes
// a kernel: an op without a seed gets a new seed, and so a new kernel, at every run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <seedproof/rng/generators/draw.h>
#include <seedproof/rng/generators/philox_state.h>
#include <seedproof/rng/values/integer.h>

namespace seedproof {

/// The modulus of seeds: 2^31 - 1.
inline constexpr std::uint64_t kSeedModulus = 2147483647;

/// An op seed, of any size, modulo 2^31 - 1.
inline std::uint32_t op_seed(const Integer& seed) {
  return static_cast<std::uint32_t>(seed.floor_mod(kSeedModulus));
}

class TfKernels {
 public:
  /// Of tf.random.set_seed(global): no kernels.
  explicit TfKernels(const Integer& global = 0);

  /// The state of a kernel that runs for the first time, with an op seed below 2^31 - 1.
  PhiloxState first_state(std::uint32_t op_seed) const;

  /// The state that a draw with this op seed starts from; moves the kernel past it. A keep_mask of
  /// rate 0 runs no kernel. Allocates when the number of kernels has doubled.
  PhiloxState run(std::uint32_t op_seed, const Draw& draw);

  /// The key of every kernel's stream.
  std::uint64_t key() const { return key_; }
  std::size_t size() const { return used_; }

  void write(StateWriter& writer) const;
  /// Throws FormatError for a kernel that cannot be or is there twice.
  static TfKernels read(StateReader& reader);

 private:
  // Empty when `op` is 0.
  struct Entry {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    std::uint32_t seed = 0;
    std::uint16_t op = 0;
    std::uint16_t dtype = 0;

    bool same(const Entry& other) const {
      return seed == other.seed && op == other.op && dtype == other.dtype;
    }
  };

  Entry& find(const Entry& wanted);
  void add(const Entry& entry);
  void grow();

  std::uint64_t key_ = 0;
  std::size_t used_ = 0;
  std::vector<Entry> table_;  // open addressing, a power of two, at most half full
};

}  // namespace seedproof
