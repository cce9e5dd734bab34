#include <seedproof/rng/generators/digest.h>
#include <seedproof/rng/generators/epilogue.h>
#include <seedproof/rng/generators/stream.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

// Of all that a replay must have in common with its draw.
std::uint64_t fingerprint(const Site& site, const Draw& draw) {
  Digest digest;
  digest.text(site.scope.path);
  digest.text(site.purpose);
  digest.byte(static_cast<std::uint8_t>(site.role));
  digest.byte(static_cast<std::uint8_t>(draw.distribution.kind));
  digest.byte(static_cast<std::uint8_t>(draw.dtype));
  digest.f64(draw.distribution.a);
  digest.f64(draw.distribution.b);
  digest.u64(static_cast<std::uint64_t>(draw.distribution.low));
  digest.u64(static_cast<std::uint64_t>(draw.distribution.high));
  digest.u64(draw.region.shape.size());
  for (const std::int64_t extent : draw.region.shape) {
    digest.u64(static_cast<std::uint64_t>(extent));
  }
  digest.u64(static_cast<std::uint64_t>(draw.region.row_begin));
  digest.u64(static_cast<std::uint64_t>(draw.region.row_end));
  digest.u64(draw.region.row_ids.size());
  for (const std::int64_t id : draw.region.row_ids) digest.u64(static_cast<std::uint64_t>(id));
  return digest.value();
}

void report(Ledger& ledger, const Site& site, const Draw& draw, const Receipt& receipt) {
  ledger.record({site, receipt.moment, receipt.stream, receipt.first, receipt.last,
                 draw.distribution, draw.region.count(), draw.dtype});
}

}  // namespace

void Stream::draw(const Draw& draw, const Moment& moment, void* out, Receipt* receipt) {
  check_draw(draw, out);
  validate(draw, moment);
  Receipt& filled = receipt != nullptr ? *receipt : scratch_;
  filled.moment = moment;
  if (receipt != nullptr) filled.fingerprint = fingerprint(site(), draw);
  fill(draw, moment, out, filled);
  apply_epilogue(draw, out, draw.region.count());
  ++counts_.draws;
  counts_.words += filled.words();
  if (Ledger* const book = ledger()) report(*book, site(), draw, filled);
}

void Stream::replay(const Receipt& receipt, const Draw& draw, void* out) {
  check_draw(draw, out);
  validate(draw, receipt.moment);
  if (receipt.fingerprint != fingerprint(site(), draw)) {
    throw ValueError("the receipt is not of a draw of " + draw.distribution.to_string() +
                     ", shape " + to_string(draw.region.shape) + ", dtype " +
                     std::string(short_name(draw.dtype)) + ", by " + site().to_string());
  }
  refill(receipt, draw, out);
  apply_epilogue(draw, out, draw.region.count());
  ++counts_.draws;
}

void Stream::skip(const Draw& draw, const Moment& moment) {
  Draw plain = draw;
  plain.epilogue = {};
  constexpr std::byte kAnywhere{};  // nothing is written
  check_draw(plain, &kAnywhere);
  validate(plain, moment);
  scratch_.moment = moment;
  advance(plain, moment, scratch_);
}

StreamWords::result_type StreamWords::operator()() {
  if (next_ == kBlock) {
    constexpr std::array<std::int64_t, 1> kShape = {static_cast<std::int64_t>(kBlock)};
    stream_->draw({Distribution::words(), DType::u32, {kShape}}, moment_, words_.data());
    ++moment_.call;  // an address of its own for each block, where draws are addressed by moment
    next_ = 0;
  }
  return words_[next_++];
}

}  // namespace seedproof
