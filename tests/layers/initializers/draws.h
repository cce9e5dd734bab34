// Streams of a generator, opened by hand, for tests.
#pragma once

#include <memory>

#include <seedproof/rng/generators/generator.h>

namespace seedproof::test {

/// A generator and one open stream of it, which is destroyed first.
struct Opened {
  std::unique_ptr<Generator> generator;
  std::unique_ptr<Stream> stream;
};

inline Opened open(std::string_view generator, const Seed& seed, Role role = Role::initializer) {
  Opened out;
  out.generator = make_generator(generator, 1);
  Site site;
  site.scope.path = "layer";
  site.purpose = "kernel";
  site.role = role;
  out.stream = out.generator->open(site, seed);
  return out;
}

inline Tensor drawn(Stream& stream, const Distribution& distribution, const Shape& shape,
                    DType dtype = DType::f32) {
  Tensor out(dtype, shape);
  Moment moment;
  moment.phase = Phase::build;
  stream.draw(Draw{distribution, dtype, Region{shape}}, moment, out.data());
  return out;
}

}  // namespace seedproof::test
