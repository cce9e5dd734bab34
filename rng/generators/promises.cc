#include <array>

#include <seedproof/rng/generators/promises.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

constexpr std::array<std::string_view, kPromiseCount> kNames = {
    "repeatable",      "sensitive", "distinct",     "isolated",        "order-free",
    "fresh",           "resumable", "recomputable", "batch-invariant", "thread-invariant",
    "shard-invariant", "portable"};

}  // namespace

std::string_view to_string(Promise promise) { return kNames[static_cast<std::size_t>(promise)]; }

Promise parse_promise(std::string_view text) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == text) return static_cast<Promise>(i);
  }
  throw ValueError("unknown promise '" + std::string(text) + "'");
}

std::vector<Promise> Promises::list() const {
  std::vector<Promise> out;
  for (int i = 0; i < kPromiseCount; ++i) {
    const auto promise = static_cast<Promise>(i);
    if (has(promise)) out.push_back(promise);
  }
  return out;
}

}  // namespace seedproof
