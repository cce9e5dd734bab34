#include <cstring>

#include <seedproof/rng/generators/philox_state.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

constexpr std::string_view kPhilox = "philox4x32-10";

using Kept = std::array<std::uint64_t, 3>;

}  // namespace

void PhiloxState::write(StateWriter& writer) const {
  writer.u64(low);
  writer.u64(high);
  writer.u64(key);
}

PhiloxState PhiloxState::read(StateReader& reader) {
  PhiloxState out;
  out.low = reader.u64();
  out.high = reader.u64();
  out.key = reader.u64();
  return out;
}

StreamName philox_name(std::uint64_t key) { return {std::string(kPhilox), {key}}; }

void write_receipt(Receipt& receipt, const PhiloxState& state, std::uint64_t words) {
  receipt.stream.bit_generator = kPhilox;
  receipt.stream.key = {state.key};
  receipt.first = state.position();
  receipt.last = receipt.first.plus(words);
  const Kept kept = {state.low, state.high, state.key};
  receipt.state_before.resize(sizeof kept);
  std::memcpy(receipt.state_before.data(), kept.data(), sizeof kept);
}

PhiloxState state_of(const Receipt& receipt) {
  Kept kept;
  if (receipt.stream.bit_generator != kPhilox || receipt.state_before.size() != sizeof kept) {
    throw ValueError("the receipt of a draw from " + receipt.stream.to_string() +
                     " is not one of this generator");
  }
  std::memcpy(kept.data(), receipt.state_before.data(), sizeof kept);
  return {kept[0], kept[1], kept[2]};
}

}  // namespace seedproof
