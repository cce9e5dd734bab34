#include <algorithm>
#include <string>
#include <tuple>

#include <seedproof/rng/generators/tf_draw.h>
#include <seedproof/rng/generators/tf_kernels.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

constexpr std::size_t kFirstTable = 1024;

// The op that makes a distribution, from 1. Dropout draws its mask by RandomUniform, so that a mask
// and a uniform tensor with equal seeds continue each other.
std::uint16_t op_of(DistributionKind kind) {
  switch (kind) {
    case DistributionKind::uniform:
    case DistributionKind::keep_mask:
      return 1;  // RandomUniform
    case DistributionKind::normal:
      return 2;  // RandomStandardNormal
    case DistributionKind::truncated_normal:
      return 3;
    case DistributionKind::integers:
      return 4;  // RandomUniformInt
    default:
      return 5;  // RandomShuffle
  }
}
constexpr std::uint16_t kOps = 5;

std::size_t hash_of(std::uint32_t seed, std::uint16_t op, std::uint16_t dtype) {
  const std::uint64_t packed = seed | std::uint64_t{op} << 32 | std::uint64_t{dtype} << 48;
  const std::uint64_t mixed = (packed ^ (packed >> 29)) * 0x9e3779b97f4a7c15ULL;
  return static_cast<std::size_t>(mixed ^ (mixed >> 32));
}

}  // namespace

TfKernels::TfKernels(const Integer& global)
    : key_(global.floor_mod(kSeedModulus)), table_(kFirstTable) {}

PhiloxState TfKernels::first_state(std::uint32_t op_seed) const {
  // Two zero seeds would ask the kernel for a random one, and are put aside.
  return {0, key_ == 0 && op_seed == 0 ? kSeedModulus : op_seed, key_};
}

PhiloxState TfKernels::run(std::uint32_t op_seed, const Draw& draw) {
  const PhiloxState first = first_state(op_seed);
  PhiloxState past = first;
  advance_tf(past, draw);
  if (past == first && draw.distribution.kind == DistributionKind::keep_mask)
    return first;  // rate 0
  if (2 * (used_ + 1) > table_.size()) grow();
  Entry wanted{first.low, first.high, op_seed, op_of(draw.distribution.kind),
               static_cast<std::uint16_t>(draw.dtype)};
  Entry& entry = find(wanted);
  if (entry.op == 0) {
    entry = wanted;
    ++used_;
  }
  const PhiloxState before{entry.low, entry.high, key_};
  PhiloxState after = before;
  advance_tf(after, draw);
  entry.low = after.low;
  entry.high = after.high;
  return before;
}

TfKernels::Entry& TfKernels::find(const Entry& wanted) {
  const std::size_t mask = table_.size() - 1;
  std::size_t at = hash_of(wanted.seed, wanted.op, wanted.dtype) & mask;
  while (table_[at].op != 0 && !table_[at].same(wanted)) at = (at + 1) & mask;
  return table_[at];
}

void TfKernels::grow() {
  std::vector<Entry> old(2 * table_.size());
  old.swap(table_);
  for (const Entry& entry : old) {
    if (entry.op != 0) find(entry) = entry;
  }
}

void TfKernels::write(StateWriter& writer) const {
  std::vector<Entry> entries;
  for (const Entry& entry : table_) {
    if (entry.op != 0) entries.push_back(entry);
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.op, a.dtype, a.seed) < std::tie(b.op, b.dtype, b.seed);
  });
  writer.u64(key_);
  writer.u64(entries.size());
  for (const Entry& entry : entries) {
    writer.u32(entry.op);
    writer.u32(entry.dtype);
    writer.u32(entry.seed);
    writer.u64(entry.low);
    writer.u64(entry.high);
  }
}

TfKernels TfKernels::read(StateReader& reader) {
  TfKernels out;
  out.key_ = reader.u64();
  const std::uint64_t count = reader.u64();
  if (out.key_ >= kSeedModulus) {
    throw FormatError("state image: a global seed of " + std::to_string(out.key_));
  }
  for (std::uint64_t i = 0; i < count; ++i) {  // ends with the bytes, if not with the count
    const std::uint32_t op = reader.u32();
    const std::uint32_t dtype = reader.u32();
    Entry entry;
    entry.seed = reader.u32();
    entry.low = reader.u64();
    entry.high = reader.u64();
    if (op == 0 || op > kOps || dtype >= kDTypeCount || entry.seed > kSeedModulus) {
      throw FormatError("state image: kernel " + std::to_string(i) + " cannot be");
    }
    entry.op = static_cast<std::uint16_t>(op);
    entry.dtype = static_cast<std::uint16_t>(dtype);
    out.add(entry);
  }
  return out;
}

void TfKernels::add(const Entry& entry) {
  if (2 * (used_ + 1) > table_.size()) grow();
  Entry& place = find(entry);
  if (place.op != 0) throw FormatError("state image: a kernel is there twice");
  place = entry;
  ++used_;
}

}  // namespace seedproof
