// What the tests of generators share.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <seedproof/rng/generators/generator.h>

namespace seedproof::test {

using Bytes = std::vector<std::byte>;

inline std::vector<std::string> generator_names() {
  std::vector<std::string> out;
  for (const GeneratorEntry& entry : builtin_generators()) out.push_back(entry.name);
  return out;
}

inline GeneratorEntry entry_of(const std::string& name) {
  for (GeneratorEntry& entry : builtin_generators()) {
    if (entry.name == name) return entry;
  }
  return {};
}

inline Site site(std::string path, Role role = Role::layer, std::string purpose = "noise") {
  return {{std::move(path)}, std::move(purpose), role};
}

/// The moment of the `call`-th draw of a site: identity-addressed generators need it.
inline Moment moment(std::uint64_t call) {
  Moment out;
  out.call = call;
  return out;
}

inline Bytes draw(Stream& stream, const Distribution& distribution, DType dtype, const Shape& shape,
                  const Moment& at = {}, Receipt* receipt = nullptr, Epilogue epilogue = {}) {
  const Draw what{distribution, dtype, {shape}, epilogue};
  Bytes out(what.region.count() * size_of(dtype));
  stream.draw(what, at, out.data(), receipt);
  return out;
}

template <class T>
std::vector<T> values(const Bytes& bytes) {
  std::vector<T> out(bytes.size() / sizeof(T));
  if (!out.empty()) std::memcpy(out.data(), bytes.data(), out.size() * sizeof(T));
  return out;
}

template <class T>
std::vector<T> drawn(Stream& stream, const Distribution& distribution, const Shape& shape,
                     const Moment& at = {}, Receipt* receipt = nullptr) {
  return values<T>(draw(stream, distribution, dtype_of<T>::value, shape, at, receipt));
}

/// Draws that differ in all ways, as every generator has them; odd counts cut blocks and pairs.
struct Step {
  Distribution distribution;
  DType dtype;
  Shape shape;
};
inline std::vector<Step> mixed_steps() {
  return {{Distribution::uniform(), DType::f32, {3, 5}},
          {Distribution::truncated_normal(0.5, 2.0), DType::f32, {7}},
          {Distribution::normal(), DType::f64, {3}},
          {Distribution::keep_mask(0.3), DType::f32, {2, 3, 5}},
          {Distribution::truncated_normal(), DType::f64, {5}},
          {Distribution::normal(-1.0, 0.1), DType::f16, {9}},
          {Distribution::uniform(-2.0, 3.0), DType::bf16, {}},
          {Distribution::normal(), DType::f32, {1, 13}}};
}

/// Every distribution with a dtype that it has at all.
inline std::vector<std::pair<Distribution, DType>> all_draws() {
  const Distribution list[] = {Distribution::words(),          Distribution::uniform(-1.0, 2.0),
                               Distribution::normal(1.0, 2.0), Distribution::truncated_normal(),
                               Distribution::keep_mask(0.25),  Distribution::integers(-3, 11),
                               Distribution::integers(0, 11),  Distribution::integers(0, 0),
                               Distribution::permutation()};
  std::vector<std::pair<Distribution, DType>> out;
  for (const Distribution& distribution : list) {
    for (int i = 0; i < kDTypeCount; ++i) {
      out.emplace_back(distribution, static_cast<DType>(i));
    }
  }
  return out;
}

}  // namespace seedproof::test
