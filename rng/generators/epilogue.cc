#include <functional>
#include <string>
#include <type_traits>

#include <seedproof/rng/generators/epilogue.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

void check_rows(const Region& region) {
  element_count(region.shape);
  if (region.whole()) return;
  const std::string text = to_string(region.shape);
  if (region.shape.empty()) throw ValueError("a scalar has no rows to draw a part of");
  if (!region.row_ids.empty()) {
    if (region.row_begin != 0 || region.row_end != -1) {
      throw ValueError("a region of shape " + text + " has both row ids and a range of rows");
    }
    for (const std::int64_t id : region.row_ids) {
      if (id < 0) throw ValueError("row id " + std::to_string(id) + " is negative");
    }
    return;
  }
  const std::int64_t end = region.row_end == -1 ? region.shape[0] : region.row_end;
  if (region.row_begin < 0 || region.row_begin > end || end > region.shape[0]) {
    throw ValueError("rows [" + std::to_string(region.row_begin) + ", " + std::to_string(end) +
                     ") are not rows of shape " + text);
  }
}

bool overlap(const void* a, const void* b, std::size_t bytes) {
  const auto* x = static_cast<const std::byte*>(a);
  const auto* y = static_cast<const std::byte*>(b);
  const std::less<> before;
  return before(x, y + bytes) && before(y, x + bytes);
}

void check_epilogue(const Draw& draw, const void* out, std::size_t count) {
  if (draw.epilogue.kind == Epilogue::Kind::none) return;
  if (!is_float(draw.dtype)) {
    throw ValueError("an epilogue needs a float dtype, not " + std::string(short_name(draw.dtype)));
  }
  if (draw.epilogue.kind != Epilogue::Kind::add || count == 0) return;
  if (draw.epilogue.addend == nullptr) throw ValueError("the addend of a draw is null");
  if (out != nullptr && overlap(draw.epilogue.addend, out, count * size_of(draw.dtype))) {
    throw ValueError("the addend of a draw overlaps its output");
  }
}

// f16 and bf16 compute in float.
template <class T>
using Computed = std::conditional_t<std::is_floating_point_v<T>, T, float>;

template <class T>
void apply(const Epilogue& epilogue, T* out, std::size_t count) {
  using C = Computed<T>;
  const auto threshold = static_cast<C>(static_cast<T>(epilogue.threshold));
  const T one(1.0F);
  const T zero(0.0F);
  switch (epilogue.kind) {
    case Epilogue::Kind::none:
      return;
    case Epilogue::Kind::greater:
      for (std::size_t i = 0; i < count; ++i) out[i] = C(out[i]) > threshold ? one : zero;
      return;
    case Epilogue::Kind::greater_equal:
      for (std::size_t i = 0; i < count; ++i) out[i] = C(out[i]) >= threshold ? one : zero;
      return;
    case Epilogue::Kind::add:
      break;
  }
  const T* addend = static_cast<const T*>(epilogue.addend);
  for (std::size_t i = 0; i < count; ++i) out[i] = T(C(addend[i]) + C(out[i]));
}

}  // namespace

void check_draw(const Draw& draw, const void* out) {
  check_rows(draw.region);
  const std::size_t count = draw.region.count();
  if (out == nullptr && count != 0) throw ValueError("the output of a draw is null");
  check_epilogue(draw, out, count);
}

void apply_epilogue(const Draw& draw, void* out, std::size_t count) {
  switch (draw.dtype) {
    case DType::f16:
      return apply(draw.epilogue, static_cast<f16*>(out), count);
    case DType::bf16:
      return apply(draw.epilogue, static_cast<bf16*>(out), count);
    case DType::f32:
      return apply(draw.epilogue, static_cast<float*>(out), count);
    case DType::f64:
      return apply(draw.epilogue, static_cast<double*>(out), count);
    default:
      return;  // check_draw lets no other dtype have an epilogue
  }
}

}  // namespace seedproof
