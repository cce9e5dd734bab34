#include <array>
#include <string>

#include <seedproof/rng/values/dtype.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

struct Names {
  std::string_view brief;
  std::string_view keras;
  std::size_t size;
};

constexpr std::array<Names, kDTypeCount> kNames{{{"bool", "bool", 1},
                                                 {"i8", "int8", 1},
                                                 {"i16", "int16", 2},
                                                 {"i32", "int32", 4},
                                                 {"i64", "int64", 8},
                                                 {"u8", "uint8", 1},
                                                 {"u16", "uint16", 2},
                                                 {"u32", "uint32", 4},
                                                 {"u64", "uint64", 8},
                                                 {"f16", "float16", 2},
                                                 {"bf16", "bfloat16", 2},
                                                 {"f32", "float32", 4},
                                                 {"f64", "float64", 8}}};

const Names& names(DType dtype) { return kNames[static_cast<std::size_t>(dtype)]; }

}  // namespace

std::size_t size_of(DType dtype) { return names(dtype).size; }
std::string_view short_name(DType dtype) { return names(dtype).brief; }
std::string_view keras_name(DType dtype) { return names(dtype).keras; }

DType parse_dtype(std::string_view text) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (text == kNames[i].brief || text == kNames[i].keras) return static_cast<DType>(i);
  }
  throw ValueError("unknown dtype '" + std::string(text) + "'");
}

}  // namespace seedproof
