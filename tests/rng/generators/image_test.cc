// State images as files: strict.
#include <gtest/gtest.h>

#include <seedproof/rng/generators/state_image.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {
namespace {

using Bytes = std::vector<std::byte>;

StateImage sample() {
  return {"philox", 3, {{"root", {std::byte{1}, std::byte{2}}}, {"a/b:mask", {}}}};
}

// The checksum of the format: FNV-1a, 64 bits, low byte first, over all before it.
Bytes resealed(Bytes file) {
  file.resize(file.size() - 8);
  std::uint64_t state = 14695981039346656037ULL;
  for (const std::byte b : file) {
    state = (state ^ std::to_integer<std::uint64_t>(b)) * 1099511628211ULL;
  }
  for (int i = 0; i < 64; i += 8) file.push_back(static_cast<std::byte>(state >> i));
  return file;
}

TEST(StateImage, RoundTrip) {
  for (const StateImage& image : {sample(), StateImage{}, StateImage{"x", 0, {{"", {}}}}}) {
    EXPECT_EQ(StateImage::deserialize(image.serialize(), "here"), image);
    EXPECT_EQ(resealed(image.serialize()), image.serialize());
  }
}

TEST(StateImage, FindsSectionsByName) {
  const StateImage image = sample();
  ASSERT_NE(image.find("root"), nullptr);
  EXPECT_EQ(image.find("root")->bytes.size(), 2U);
  EXPECT_EQ(image.find("a/b:"), nullptr);
}

TEST(StateImage, EveryTruncationIsRefused) {
  const Bytes file = sample().serialize();
  for (std::size_t size = 0; size < file.size(); ++size) {
    EXPECT_THROW(StateImage::deserialize(std::span(file).first(size), "here"), FormatError) << size;
    if (size < 16) continue;
    Bytes cut(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_THROW(StateImage::deserialize(resealed(cut), "here"), FormatError) << size;
  }
}

TEST(StateImage, BytesLeftOverAreRefused) {
  Bytes file = sample().serialize();
  file.push_back(std::byte{0});
  EXPECT_THROW(StateImage::deserialize(file, "here"), FormatError);
  EXPECT_THROW(StateImage::deserialize(resealed(file), "here"), FormatError);
}

// With a checksum that fits, the grammar alone must refuse or give another image: no crash, and no
// allocation by a forged length.
TEST(StateImage, EverySealedChangeIsAnotherImageOrRefused) {
  const Bytes file = sample().serialize();
  for (std::size_t i = 0; i + 8 < file.size(); ++i) {
    for (int value = 0; value < 256; ++value) {
      Bytes changed = file;
      changed[i] = static_cast<std::byte>(value);
      if (changed[i] == file[i]) continue;
      try {
        EXPECT_NE(StateImage::deserialize(resealed(changed), "here"), sample());
      } catch (const FormatError& error) {
        EXPECT_EQ(std::string(error.what()).rfind("here", 0), 0U) << error.what();
      }
    }
  }
}

TEST(StateImage, ASectionTwiceIsRefused) {
  StateImage image = sample();
  image.sections.push_back({"root", {}});
  EXPECT_THROW(StateImage::deserialize(image.serialize(), "here"), FormatError);
}

TEST(StateReader, ReadsWhatTheWriterWrote) {
  StateWriter writer;
  writer.u32(0x01020304);
  writer.u64(0x0102030405060708);
  writer.text("né");
  writer.bytes({});
  const Bytes bytes = writer.take();
  EXPECT_EQ(bytes[0], std::byte{4});  // little endian
  StateReader reader(bytes, "image");
  EXPECT_EQ(reader.u32(), 0x01020304U);
  EXPECT_EQ(reader.u64(), 0x0102030405060708U);
  EXPECT_EQ(reader.text(), "né");
  EXPECT_THROW(reader.finish(), FormatError);
  EXPECT_TRUE(reader.bytes().empty());
  reader.finish();
  EXPECT_THROW(reader.u32(), FormatError);
}

TEST(StateReader, ALengthBeyondTheBytesIsRefused) {
  StateWriter writer;
  writer.u64(~std::uint64_t{0});
  const Bytes bytes = writer.take();
  EXPECT_THROW(StateReader(bytes, "image").bytes(), FormatError);
  EXPECT_THROW(StateReader(bytes, "image").text(), FormatError);
}

}  // namespace
}  // namespace seedproof
