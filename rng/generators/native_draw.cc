#include <string>

#include <seedproof/rng/generators/native_draw.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

native::Distribution native_distribution(const Distribution& d) {
  switch (d.kind) {
    case DistributionKind::words:
      return native::Words{};
    case DistributionKind::uniform:
      return native::Uniform{d.a, d.b};
    case DistributionKind::normal:
      return native::Normal{d.a, d.b};
    case DistributionKind::truncated_normal:
      return native::TruncatedNormal{d.a, d.b};
    case DistributionKind::keep_mask:
      return native::KeepMask{d.a};
    case DistributionKind::integers:
      return native::Integers{d.low, d.high};
    case DistributionKind::permutation:
      break;
  }
  return native::Permutation{};
}

Abilities native_abilities(bool parts) {
  using K = DistributionKind;
  return {{K::words, K::uniform, K::normal, K::truncated_normal, K::keep_mask, K::integers,
           K::permutation},
          {DType::i8, DType::i16, DType::i32, DType::i64, DType::u8, DType::u16, DType::u32,
           DType::u64, DType::f16, DType::bf16, DType::f32, DType::f64},
          parts};
}

void check_native(const Abilities& abilities, std::string_view generator, const Draw& draw) {
  abilities.check(generator, draw);
  native::validate(native_distribution(draw.distribution), draw.dtype);
}

void require_root(std::string_view generator, const Seed& root) {
  if (!root.is_ambient() && !root.is_none()) return;
  throw ValueError(std::string(generator) + " needs a root seed, not " + root.to_string());
}

}  // namespace seedproof
