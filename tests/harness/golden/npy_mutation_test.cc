// Every flipped bit, every cut and every added byte of valid files is noticed.
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <seedproof/harness/golden/npy_read.h>
#include <seedproof/harness/golden/npy_write.h>
#include <seedproof/rng/values/error.h>

#include "npy_bytes.h"

namespace seedproof {
namespace {

using test::bytes_of;
using test::npy_dict;
using test::npy_file;

struct Sample {
  const char* what;
  std::string file;
};

/// No run of elements here reads the same backwards, so that a flipped byte order shows.
std::vector<Sample> samples() {
  std::string data;
  for (int i = 0; i < 120; ++i) data += static_cast<char>(7 * i + 3);
  const auto cut = [&](std::size_t n) { return data.substr(0, n); };
  const std::string bools = std::string("\1\0\0\1\1\0", 6);
  return {
      {"f4 C", npy_file(npy_dict("<f4", "(3, 5)"), cut(60))},
      {"f4 C, version 2", npy_file(npy_dict("<f4", "(3, 5)"), cut(60), 2)},
      {"f4 C, version 3", npy_file(npy_dict("<f4", "(3, 5)"), cut(60), 3)},
      {"f8 Fortran big", npy_file(npy_dict(">f8", "(5, 3)", "True"), cut(120))},
      {"i2 rank 4", npy_file(npy_dict("<i2", "(2, 1, 3, 10)"), cut(120))},
      {"u8 1-d", npy_file(npy_dict("<u8", "(10,)"), cut(80))},
      {"f2 0-d", npy_file(npy_dict("<f2", "()"), cut(2))},
      {"bool", npy_file(npy_dict("|b1", "(2, 3)"), bools)},
      {"i1 of a long side", npy_file(npy_dict("|i1", "(100,)"), cut(100))},
      {"u4 empty", npy_file(npy_dict("<u4", "(0, 7)"), "")},
      {"no padding", npy_file("{'descr':'<u2','fortran_order':False,'shape':(4,)}\n", cut(8))},
      {"written by us",
       [] {
         const Tensor a = Tensor::from<float>({2, 3}, {1, -2, 3.5F, 4, 5, 6});
         const std::vector<std::byte> bytes = npy_bytes(a);
         return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
       }()},
  };
}

std::optional<NpyArray> read(const std::string& file) {
  try {
    return parse_npy(bytes_of(file), "mutant");
  } catch (const FormatError&) {
    return std::nullopt;
  }
}

/// The two changes that leave the same array: versions 2 and 3 differ only in the encoding of a
/// header that is ASCII here, and an array without elements has no byte order.
bool is_known_twin(const NpyArray& original, const NpyArray& mutant) {
  const bool versions = original.form.major + mutant.form.major == 5;
  const bool order = original.value.count() == 0 && original.form.order != mutant.form.order;
  return versions != order;
}

TEST(NpyMutation, EveryFlippedBitIsRefusedOrReadsAsAnotherArray) {
  std::size_t flipped = 0;
  std::size_t refused = 0;
  std::size_t twins = 0;
  for (const Sample& sample : samples()) {
    const std::optional<NpyArray> original = read(sample.file);
    ASSERT_TRUE(original) << sample.what;
    for (std::size_t bit = 0; bit < 8 * sample.file.size(); ++bit) {
      std::string mutant = sample.file;
      mutant[bit / 8] = static_cast<char>(mutant[bit / 8] ^ (1 << (bit % 8)));
      ++flipped;
      const std::optional<NpyArray> found = read(mutant);
      if (!found) {
        ++refused;
      } else if (bit_equal(original->value, found->value)) {
        ++twins;
        EXPECT_TRUE(is_known_twin(*original, *found)) << sample.what << ", bit " << bit;
      }
    }
  }
  EXPECT_GT(flipped, 10'000u);
  EXPECT_GT(refused, flipped / 4);
  EXPECT_EQ(twins, 3u);  // versions 2 and 3, and the empty array's byte order
}

TEST(NpyMutation, EveryByteOfMagicAndLengthMatters) {
  for (const Sample& sample : samples()) {
    const std::optional<NpyArray> original = read(sample.file);
    ASSERT_TRUE(original) << sample.what;
    const std::size_t prefix = sample.file[6] == 1 ? 10 : 12;
    for (std::size_t at = 0; at < prefix; ++at) {
      for (int value = 0; value < 256; ++value) {
        std::string mutant = sample.file;
        if (static_cast<unsigned char>(mutant[at]) == value) continue;
        mutant[at] = static_cast<char>(value);
        const std::optional<NpyArray> found = read(mutant);
        if (!found) continue;
        EXPECT_TRUE(at == 6 && is_known_twin(*original, *found))
            << sample.what << ", byte " << at << " = " << value;
      }
    }
  }
}

TEST(NpyMutation, EveryByteOfTheHeaderMatters) {
  for (const Sample& sample : samples()) {
    const std::optional<NpyArray> original = read(sample.file);
    ASSERT_TRUE(original) << sample.what;
    const std::size_t begin = sample.file[6] == 1 ? 10 : 12;
    const std::size_t end = sample.file.find('\n', begin) + 1;
    for (std::size_t at = begin; at < end; ++at) {
      for (int value = 0; value < 256; ++value) {
        std::string mutant = sample.file;
        if (static_cast<unsigned char>(mutant[at]) == value) continue;
        mutant[at] = static_cast<char>(value);
        const std::optional<NpyArray> found = read(mutant);
        if (!found || !bit_equal(original->value, found->value)) continue;
        // The comma before the closing brace may be left out, so a blank may stand there. Only the
        // wording tells, which is why golden files must have NumPy's.
        const bool comma = at == sample.file.rfind(", }") && value == ' ';
        EXPECT_TRUE(comma ? original->numpy_wording && !found->numpy_wording
                          : is_known_twin(*original, *found))
            << sample.what << ", byte " << at << " = " << value;
      }
    }
  }
}

TEST(NpyMutation, EveryCutAndEveryAddedByteIsRefused) {
  for (const Sample& sample : samples()) {
    for (std::size_t length = 0; length < sample.file.size(); ++length) {
      ASSERT_FALSE(read(sample.file.substr(0, length))) << sample.what << ", " << length;
    }
    for (const std::string& tail : {std::string(1, '\0'), std::string(" "), std::string("\n"),
                                    std::string(8, '\0'), std::string(4096, 'x')}) {
      ASSERT_FALSE(read(sample.file + tail)) << sample.what;
    }
  }
}

TEST(NpyMutation, EveryDroppedOrDoubledByteIsRefusedOrReadsAsAnotherArray) {
  for (const Sample& sample : samples()) {
    const std::optional<NpyArray> original = read(sample.file);
    ASSERT_TRUE(original);
    for (std::size_t at = 0; at < sample.file.size(); ++at) {
      std::string dropped = sample.file;
      dropped.erase(at, 1);
      std::string doubled = sample.file;
      doubled.insert(at, 1, sample.file[at]);
      for (const std::string& mutant : {dropped, doubled}) {
        const std::optional<NpyArray> found = read(mutant);
        ASSERT_FALSE(found && bit_equal(original->value, found->value))
            << sample.what << ", " << at;
      }
    }
  }
}

}  // namespace
}  // namespace seedproof
