#include <clocale>
#include <cstring>
#include <fstream>
#include <locale>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <seedproof/harness/golden/file_io.h>
#include <seedproof/harness/golden/npy_read.h>
#include <seedproof/harness/golden/npy_write.h>
#include <seedproof/rng/values/error.h>

#include "temp_folder.h"

namespace seedproof {
namespace {

using test::TempFolder;
using ::testing::HasSubstr;

constexpr DType kStored[] = {DType::boolean, DType::i8,  DType::i16, DType::i32,
                             DType::i64,     DType::u8,  DType::u16, DType::u32,
                             DType::u64,     DType::f16, DType::f32, DType::f64};

Tensor sample(DType dtype, Shape shape) {
  Tensor out(dtype, std::move(shape));
  for (std::size_t i = 0; i < out.bytes(); ++i) {
    out.data()[i] = static_cast<std::byte>(dtype == DType::boolean ? i % 3 == 1 : 31 * i + 5);
  }
  return out;
}

std::string text_of(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// The 128 bytes that numpy.save of NumPy 1.24.2 writes before the data of a (3, 5) float32 array.
TEST(NpyWrite, HeaderIsNumpys) {
  const std::string file = text_of(npy_bytes(Tensor(DType::f32, {3, 5})));
  std::string expected("\x93NUMPY\x01\0v\0", 10);
  expected += "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 5), }";
  expected += std::string(58, ' ') + "\n";
  EXPECT_EQ(file.substr(0, 128), expected);
  EXPECT_EQ(file.size(), 128u + 60u);
}

TEST(NpyWrite, ReadsBackInEveryForm) {
  int compared = 0;
  for (const DType dtype : kStored) {
    for (const Shape& shape : {Shape{}, Shape{7}, Shape{3, 5}, Shape{2, 3, 1, 4}, Shape{0, 3}}) {
      const Tensor value = sample(dtype, shape);
      for (const int major : {1, 2, 3}) {
        for (const ByteOrder order : {ByteOrder::little, ByteOrder::big}) {
          for (const bool fortran : {false, true}) {
            const std::vector<std::byte> bytes = npy_bytes(value, {major, order, fortran});
            const NpyArray back = parse_npy(bytes, "x");
            ASSERT_TRUE(bit_equal(back.value, value));
            ASSERT_EQ(back.form.major, major);
            ASSERT_EQ(back.form.fortran, fortran);
            ASSERT_EQ(back.form.order, size_of(dtype) == 1 ? ByteOrder::none : order);
            ++compared;
          }
        }
      }
    }
  }
  EXPECT_EQ(compared, 12 * 5 * 12);
}

TEST(NpyWrite, RankIsCappedAt64AndOnesAreQuick) {
  Shape ones(64, 1);
  ones[0] = 1000;
  const Tensor value = sample(DType::f64, ones);
  const std::vector<std::byte> bytes = npy_bytes(value, {1, ByteOrder::big, true});
  EXPECT_TRUE(bit_equal(parse_npy(bytes, "x").value, value));
  EXPECT_THROW(npy_bytes(Tensor(DType::f32, Shape(65, 1))), ValueError);
}

TEST(NpyWrite, RefusesBfloat16AndOtherVersions) {
  EXPECT_THROW(npy_bytes(Tensor(DType::bf16, {2})), TypeError);
  EXPECT_THROW(npy_bytes(Tensor(DType::f32, {2}), {4, ByteOrder::little, false}), ValueError);
  EXPECT_THROW(npy_bytes(Tensor(DType::f32, {2}), {0, ByteOrder::little, false}), ValueError);
}

TEST(NpyWrite, Bfloat16TravelsAsItsBits) {
  Tensor halves(DType::bf16, {3});
  const std::uint16_t bits[] = {0x3f80, 0xc049, 0x7fc1};
  std::memcpy(halves.data(), bits, sizeof bits);
  const Tensor stored = stored_form(halves);
  EXPECT_EQ(stored.dtype(), DType::u16);
  EXPECT_EQ(stored.as<std::uint16_t>()[2], 0x7fc1);
  EXPECT_TRUE(bit_equal(meant_form(stored, DType::bf16), halves));
  EXPECT_THROW(meant_form(stored, DType::f16), TypeError);
  EXPECT_THROW(meant_form(Tensor(DType::f16, {3}), DType::bf16), TypeError);
}

/// A locale that groups digits and writes a decimal comma, whatever the machine has installed.
struct Grouping : std::numpunct<char> {
  char do_thousands_sep() const override { return ','; }
  std::string do_grouping() const override { return "\3"; }
  char do_decimal_point() const override { return ','; }
};

TEST(NpyWrite, LocaleDoesNotMatter) {
  const Tensor value = sample(DType::u8, {2621, 401});
  const std::vector<std::byte> plain = npy_bytes(value);
  const std::locale before = std::locale::global(std::locale(std::locale(), new Grouping));
  const std::vector<std::byte> grouped = npy_bytes(value);
  const NpyArray back = parse_npy(grouped, "x");
  std::locale::global(before);
  EXPECT_EQ(plain, grouped);
  EXPECT_EQ(back.value.shape(), (Shape{2621, 401}));
}

TEST(NpyWrite, ReplacesAtomicallyAndLeavesNothingBehind) {
  const TempFolder folder;
  const auto path = folder.path() / "a.npy";
  write_npy(path, sample(DType::f32, {2, 2}));
  write_npy(path, sample(DType::f64, {3}));
  EXPECT_EQ(read_npy(path).value.shape(), (Shape{3}));
  EXPECT_THROW(write_npy(folder.path() / "none" / "a.npy", sample(DType::f32, {1})), IoError);
  {
    // Staged and never committed: the old file stays, the temporary one goes.
    const StagedFile staged(path, std::as_bytes(std::span("junk")));
  }
  EXPECT_EQ(read_npy(path).value.shape(), (Shape{3}));
  int files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    ++files;
  }
  EXPECT_EQ(files, 1);
}

TEST(NpyRead, RefusesWhatIsNoFile) {
  const TempFolder folder;
  EXPECT_THROW(read_npy(folder.path() / "none.npy"), IoError);
  EXPECT_THROW(read_npy(folder.path()), IoError);
  EXPECT_THROW(read_npy("/dev/zero"), IoError);
  const auto pipe = folder.path() / "pipe.npy";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_THROW(read_npy(pipe), IoError);  // and does not wait for a writer
}

TEST(NpyRead, RefusesFilesBeyondTheCap) {
  const TempFolder folder;
  const auto path = folder.path() / "a.npy";
  write_npy(path, sample(DType::u8, {1000}));
  EXPECT_EQ(read_npy(path, 1128).value.count(), 1000u);
  try {
    read_npy(path, 1127);
    FAIL();
  } catch (const FormatError& error) {
    EXPECT_THAT(error.what(), HasSubstr("a.npy"));
    EXPECT_THAT(error.what(), HasSubstr("1128 bytes"));
  }
}

TEST(NpyInspect, SaysWhatItIsOrWhyNot) {
  const TempFolder folder;
  const auto path = folder.path() / "a.npy";
  write_npy(path, Tensor::from<float>({2, 3}, {0, 1, 2, 3, 4, 5}), {2, ByteOrder::big, true});
  const NpyInspection good = inspect_npy(path);
  EXPECT_TRUE(good.accepted);
  EXPECT_EQ(good.line(), path.string() +
                             ": float32 (2, 3), NPY 2.0, big endian, Fortran order, sha256:"
                             "9bb6eceb12595c8f0eea9484208a98c17d2a98313ab6ced86a1a4a95b6ddc2b7");
  test::put_file(path, "no array");
  const NpyInspection bad = inspect_npy(path);
  EXPECT_FALSE(bad.accepted);
  EXPECT_EQ(bad.line(), path.string() + ": byte 0: not an NPY file: the magic is wrong");
  EXPECT_FALSE(inspect_npy(folder.path() / "none.npy").accepted);
}

}  // namespace
}  // namespace seedproof
