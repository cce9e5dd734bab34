#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include <seedproof/harness/golden/sha256.h>

namespace seedproof {
namespace {

std::string hash(std::string_view text) {
  Sha256 sha;
  sha.update(text);
  return to_hex(sha.finish());
}

// FIPS 180-4 examples and NIST's SHA256ShortMsg vectors.
TEST(Sha256, MatchesNistVectors) {
  EXPECT_EQ(hash(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(hash("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqk"
                 "lmnopqrlmnopqrsmnopqrstnopqrstu"),
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  EXPECT_EQ(hash("\xd3"), "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1");
}

TEST(Sha256, MatchesNistMillion) {
  Sha256 sha;
  const std::string piece(997, 'a');  // no multiple of the block, so that every offset occurs
  std::size_t left = 1'000'000;
  while (left != 0) {
    const std::size_t n = std::min(left, piece.size());
    sha.update(std::string_view(piece).substr(0, n));
    left -= n;
  }
  EXPECT_EQ(to_hex(sha.finish()),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PiecesDoNotMatterAndFinishStartsOver) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += static_cast<char>(i);
  for (std::size_t length = 0; length <= text.size(); ++length) {
    Sha256 sha;
    for (std::size_t i = 0; i < length; ++i) sha.update(std::string_view(text).substr(i, 1));
    const std::string once = hash(std::string_view(text).substr(0, length));
    ASSERT_EQ(to_hex(sha.finish()), once) << length;
    sha.update("abc");
    ASSERT_EQ(to_hex(sha.finish()),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }
}

}  // namespace
}  // namespace seedproof
