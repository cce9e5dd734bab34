// From a root seed to the key of one stream.
#pragma once

#include <cstdint>
#include <string_view>

#include <seedproof/rng/values/seed.h>
#include <seedproof/rng/values/words.h>

namespace seedproof {

/// Four words that belong to (root, path, purpose, layer seed) alone: 128 bits, for a Philox key
/// (words 0 and 1) with 64 bits to spare for the high half of its counter (words 2 and 3), or a
/// whole Threefry4x32 key.
///
/// Construction. The arguments are spelled as 32-bit words M; M is cut into blocks of four, and
///     H = le32("seedproof/derive")                       16 ASCII bytes, four words
///     for each block B:  H = threefry4x32-20(counter = B, key = H) xor B
/// (Matyas, Meyer and Oseas's compression). H after the last block is the result.
/// M is, in this order,
///     seed(root)  text(path)  text(purpose)  seed(layer)
/// then zeros until a word before the end of a block, then the number of words before the zeros,
/// plus 2^31, so that the last word names the length. Spelling:
///     text(t)        = [4, bytes of t, the bytes as UTF-8 in little endian words, zero-filled]
///     seed(ambient)  = [0]
///     seed(None)     = [1]
///     seed(integer)  = [2, 1 if negative else 0, words of |n|, words..., least significant first]
///     seed(list)     = [3, length, the integers as above...]
///     seed(key)      = [5, eight words, least significant first]
/// Every field says its kind and length, so no two argument lists are spelled alike: `a/bc` differs
/// from `ab/c`, ("a", "bc") from ("ab", "c"), 2^32 from 0, -1 from 2^64 - 1, 7 from [7].
/// Nothing is cut off, whatever the size of an integer or a text below 2^31 words.
Key<std::uint32_t, 4> derive_key(const Seed& root, std::string_view path, std::string_view purpose,
                                 const Seed& layer = Seed::ambient());

/// Words 0 and 1: the key of a Philox4x32 stream.
inline Key<std::uint32_t, 2> philox_key(const Key<std::uint32_t, 4>& derived) {
  return {{derived.words[0], derived.words[1]}};
}

}  // namespace seedproof
