#include <seedproof/layers/dtype_policy.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

DTypePolicy& global() {
  thread_local DTypePolicy policy;
  return policy;
}

}  // namespace

DTypePolicy::DTypePolicy(std::string_view name) : name_(name) {
  if (name == "mixed_float16" || name == "mixed_bfloat16") {
    variable_ = DType::f32;
    compute_ = name == "mixed_float16" ? DType::f16 : DType::bf16;
    return;
  }
  for (const DType dtype : {DType::f16, DType::bf16, DType::f32, DType::f64}) {
    if (name != keras_name(dtype)) continue;
    variable_ = dtype;
    compute_ = dtype;
    return;
  }
  throw ValueError("Cannot convert '" + std::string(name) +
                   "' to a mixed precision DTypePolicy. Valid policies include 'mixed_float16', "
                   "'mixed_bfloat16', and the name of any float dtype such as 'float32'.");
}

const DTypePolicy& dtype_policy() { return global(); }
void set_dtype_policy(const DTypePolicy& policy) { global() = policy; }

}  // namespace seedproof
