// All draws of a run. A stream is named by its bit generator and its key (or the digest of its
// first state), and positions count words from the stream's canonical beginning, so that two names
// for one stream are seen to be one.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <seedproof/rng/generators/draw.h>
#include <seedproof/rng/generators/site.h>

namespace seedproof {

/// 128-bit position in words, least significant first.
struct Position {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  Position plus(std::uint64_t words) const {
    const std::uint64_t sum = low + words;
    return {sum, high + (sum < low ? 1 : 0)};
  }
  friend bool operator==(const Position&, const Position&) = default;
  friend auto operator<=>(const Position& a, const Position& b) {
    return a.high != b.high ? a.high <=> b.high : a.low <=> b.low;
  }
};

struct StreamName {
  std::string bit_generator;           // "philox4x32-10", "mt19937", ...
  std::array<std::uint64_t, 4> key{};  // the key, or a digest of the first state

  std::string to_string() const;  // "philox4x32-10[00000000deadbeef]": trailing zero words left out
  friend bool operator==(const StreamName&, const StreamName&) = default;
};

/// One draw: words [first, last) of `stream` became `count` numbers.
struct DrawRecord {
  Site site;
  Moment moment;
  StreamName stream;
  Position first;
  Position last;
  Distribution distribution;
  std::uint64_t count = 0;
  DType dtype = DType::f32;
};

/// Where a generator reports its draws. A generator without a ledger pays one null test a tensor.
class Ledger {
 public:
  virtual ~Ledger() = default;
  virtual void record(const DrawRecord& record) = 0;
};

class VectorLedger final : public Ledger {
 public:
  void record(const DrawRecord& record) override { records_.push_back(record); }
  const std::vector<DrawRecord>& records() const { return records_; }
  void clear() { records_.clear(); }

 private:
  std::vector<DrawRecord> records_;
};

}  // namespace seedproof
