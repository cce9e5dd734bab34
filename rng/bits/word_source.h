// Where distribution rules take their words from: one call a chunk of many words, never one a
// number.
#pragma once

#include <cstdint>
#include <span>

#include <seedproof/rng/values/words.h>

namespace seedproof {

class Engine;

class WordSource {
 public:
  virtual ~WordSource() = default;

  /// Writes the words first, first + 1, ... of this source. A sequential source must be asked for
  /// them in order, without gaps, from 0; it throws RuntimeError otherwise.
  virtual void words(std::uint64_t first, std::span<std::uint32_t> out) = 0;
};

/// Addressed: word i is word i % 4 of philox4x32-10(base + floor(i / 4), key), the counter modulo
/// 2^128. Any part can be had alone, in any order.
class PhiloxWords final : public WordSource {
 public:
  explicit PhiloxWords(const Key<std::uint32_t, 2>& key, const Counter<std::uint32_t, 4>& base = {})
      : key_(key), base_(base) {}
  void words(std::uint64_t first, std::span<std::uint32_t> out) override;

 private:
  Key<std::uint32_t, 2> key_;
  Counter<std::uint32_t, 4> base_;
};

/// Sequential: word 0 is the 32-bit word that the engine gives next. Counts what it hands out.
class EngineWords final : public WordSource {
 public:
  explicit EngineWords(Engine& engine) : engine_(&engine) {}
  void words(std::uint64_t first, std::span<std::uint32_t> out) override;
  std::uint64_t taken() const { return taken_; }

 private:
  Engine* engine_;
  std::uint64_t taken_ = 0;
};

}  // namespace seedproof
