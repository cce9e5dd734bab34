#include <string>

#include <seedproof/rng/bits/counter_stream.h>
#include <seedproof/rng/bits/engine.h>
#include <seedproof/rng/bits/word_source.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

void PhiloxWords::words(std::uint64_t first, std::span<std::uint32_t> out) {
  PhiloxStream stream(key_, base_);
  stream.skip(first);
  stream.fill(out);
}

void EngineWords::words(std::uint64_t first, std::span<std::uint32_t> out) {
  if (first != taken_) {
    throw RuntimeError("the sequential source " + std::string(engine_->name()) +
                       " stands at word " + std::to_string(taken_) + " and was asked for word " +
                       std::to_string(first));
  }
  engine_->fill(out);
  taken_ += out.size();
}

}  // namespace seedproof
