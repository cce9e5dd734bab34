// Writes arrays of `native` numbers for scripts/transcription/compare_native.py, which describes
// the format.
#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include <seedproof/rng/bits/derive_key.h>
#include <seedproof/rng/bits/engine.h>
#include <seedproof/rng/distributions/native.h>

namespace seedproof {
namespace {

namespace nat = native;

const std::vector<DType> kFloats{DType::f16, DType::bf16, DType::f32, DType::f64};
const std::vector<DType> kIntegers{DType::i8, DType::i16, DType::i32, DType::i64,
                                   DType::u8, DType::u16, DType::u32, DType::u64};

std::string hex_bytes(std::string_view bytes) {
  std::string out = "x";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += "0123456789abcdef"[byte >> 4];
    out += "0123456789abcdef"[byte & 15];
  }
  return out;
}

std::string real(double value) {
  char out[64];
  std::snprintf(out, sizeof out, "\t%a", value);
  return out;
}

struct Spell {
  std::string operator()(const nat::Words&) const { return "words"; }
  std::string operator()(const nat::Uniform&) const { return "uniform"; }
  std::string operator()(const nat::Normal&) const { return "normal"; }
  std::string operator()(const nat::TruncatedNormal&) const { return "truncated_normal"; }
  std::string operator()(const nat::KeepMask&) const { return "keep_mask"; }
  std::string operator()(const nat::Integers&) const { return "integers"; }
  std::string operator()(const nat::Permutation&) const { return "permutation"; }
};

struct SpellParameters {
  std::string operator()(const nat::Uniform& d) const { return real(d.low) + real(d.high); }
  std::string operator()(const nat::Normal& d) const { return real(d.mean) + real(d.stddev); }
  std::string operator()(const nat::TruncatedNormal& d) const {
    return real(d.mean) + real(d.stddev);
  }
  std::string operator()(const nat::KeepMask& d) const { return real(d.rate); }
  std::string operator()(const nat::Integers& d) const {
    std::string out = "\t";
    out += std::to_string(d.low);
    out += '\t';
    return out += std::to_string(d.high);
  }
  template <class Other>
  std::string operator()(const Other&) const {
    return "";
  }
};

struct StreamCase {
  Seed root;
  std::string path;
  std::string purpose;
  Seed layer;
  Counter<std::uint32_t, 4> base;

  Key<std::uint32_t, 4> key() const { return derive_key(root, path, purpose, layer); }
  std::string text() const {
    char counter[40];
    std::snprintf(counter, sizeof counter, "%08x%08x%08x%08x", base.words[3], base.words[2],
                  base.words[1], base.words[0]);
    return "philox " + hex_bytes(root.to_string()) + " " + hex_bytes(path) + " " +
           hex_bytes(purpose) + " " + hex_bytes(layer.to_string()) + " " + counter;
  }
};

std::vector<StreamCase> stream_cases() {
  constexpr std::uint32_t kMost = 0xffffffffU;
  return {
      {7, "model/dropout", "mask", Seed::ambient(), {}},
      {-7, "model/dropout", "mask", 3, {{kMost, 0, 0, 0}}},
      {Seed::integer(Integer::parse("18446744073709551623")),
       "a/bc",
       "",
       Seed::none(),
       {{kMost - 1, kMost, 5, 0}}},
      {Seed::list({Integer(1), Integer(-2)}),
       "",
       "kernel",
       Seed::integer(Integer(1)),
       {{kMost - 2, kMost, kMost, kMost}}},
      {Seed(Seed::Value(KeySeed{{1, 2, 3, ~std::uint64_t{0}}})),
       "\xc3\xa9tage/1",
       "noise",
       Seed::integer(Integer::parse("-36893488147419103232")),
       {{0, 0, 9, 8}}},
  };
}

class Dump {
 public:
  explicit Dump(const std::string& directory)
      : directory_(directory), index_(directory + "/index.tsv") {
    index_.exceptions(std::ios::failbit | std::ios::badbit);
  }

  void key(const StreamCase& stream) {
    const auto key = stream.key();
    write("key", "u32", stream.text(), 0, 4, "", key.words.data(), sizeof key.words);
  }

  void draw(const StreamCase& stream, const nat::Distribution& distribution, DType dtype,
            std::uint64_t first, std::int64_t count) {
    PhiloxWords source(philox_key(stream.key()), stream.base);
    Tensor out(dtype, {count});
    nat::fill(source, distribution, first, out.view());
    write(stream.text(), distribution, out, first);
  }

  void draw_in_order(std::uint32_t seed, const nat::Distribution& distribution, DType dtype,
                     std::int64_t count) {
    const auto engine = make_engine("mt19937");
    engine->seed(seed);
    EngineWords source(*engine);
    Tensor out(dtype, {count});
    nat::fill(source, distribution, 0, out.view());
    write("mt19937 " + std::to_string(seed), distribution, out, 0);
  }

  void close() { index_.close(); }

 private:
  void write(const std::string& source, const nat::Distribution& distribution, const Tensor& out,
             std::uint64_t first) {
    write(std::visit(Spell{}, distribution), std::string(short_name(out.dtype())), source, first,
          out.count(), std::visit(SpellParameters{}, distribution), out.data(), out.bytes());
  }

  void write(const std::string& kind, const std::string& dtype, const std::string& source,
             std::uint64_t first, std::uint64_t count, const std::string& parameters,
             const void* data, std::size_t bytes) {
    const std::string name = std::to_string(files_++) + ".bin";
    std::ofstream file;
    file.exceptions(std::ios::failbit | std::ios::badbit);
    file.open(directory_ + "/" + name, std::ios::binary);
    file.write(static_cast<const char*>(data), static_cast<std::streamsize>(bytes));
    file.close();
    index_ << name << '\t' << kind << '\t' << dtype << '\t' << source << '\t' << first << '\t'
           << count << parameters << '\n';
  }

  std::string directory_;
  std::ofstream index_;
  int files_ = 0;
};

void dump_floats(Dump& dump, const StreamCase& stream, std::int64_t count) {
  for (const DType dtype : kFloats) {
    dump.draw(stream, nat::Uniform{}, dtype, 0, count);
    dump.draw(stream, nat::Uniform{-0.3, 1.7}, dtype, 5, count + 2);
    dump.draw(stream, nat::Uniform{1.0, 1.0 + 0x1p-22}, dtype, 0, 129);  // rounds up to the bound
    dump.draw(stream, nat::Normal{}, dtype, 0, count);
    dump.draw(stream, nat::Normal{-0.7, 0.05}, dtype, 3, count);  // from the middle of a pair
    dump.draw(stream, nat::TruncatedNormal{}, dtype, 0, count);
    dump.draw(stream, nat::TruncatedNormal{0.1, 3.0}, dtype, 9, count);
  }
}

void dump_integers(Dump& dump, const StreamCase& stream, std::int64_t count) {
  for (const DType dtype : kIntegers) {
    dump.draw(stream, nat::Integers{}, dtype, 0, count);
    dump.draw(stream, nat::Integers{3, 100}, dtype, 1, count);
    dump.draw(stream, nat::Permutation{}, dtype, 0, 101);
  }
  // Half of all words are rejected here, and some of what comes in their place.
  dump.draw(stream, nat::Integers{-4611686018427387905, 4611686018427387904}, DType::i64, 0, count);
  dump.draw(stream, nat::Integers{INT64_MIN, INT64_MAX}, DType::i64, 2, count);
  dump.draw(stream, nat::Permutation{}, DType::i32, 0, 1);
  dump.draw(stream, nat::Permutation{}, DType::i64, 0, count);
}

void dump_masks_and_words(Dump& dump, const StreamCase& stream, std::int64_t count) {
  for (int i = 0; i < kDTypeCount; ++i) {
    dump.draw(stream, nat::KeepMask{0.3}, static_cast<DType>(i), 7, count);
  }
  for (const double rate : {0.0, 1.0, 0x1p-40, 1.0 / 3.0}) {
    dump.draw(stream, nat::KeepMask{rate}, DType::f32, 0, count);
  }
  dump.draw(stream, nat::Words{}, DType::u32, 1, count);
  dump.draw(stream, nat::Words{}, DType::u64, 1, count);
}

void dump_in_order(Dump& dump, std::uint32_t seed, std::int64_t count) {
  for (const DType dtype : kFloats) {
    dump.draw_in_order(seed, nat::Uniform{-1.0, 1.0}, dtype, count);
    dump.draw_in_order(seed, nat::Normal{}, dtype, count);
    dump.draw_in_order(seed, nat::TruncatedNormal{}, dtype, count);
  }
  dump.draw_in_order(seed, nat::KeepMask{0.9}, DType::boolean, count);
  dump.draw_in_order(seed, nat::Integers{-5, 6}, DType::i32, count);
  dump.draw_in_order(seed, nat::Permutation{}, DType::i64, count);
}

void dump_all(const std::string& directory) {
  Dump dump(directory);
  // Past a chunk of 1024 words, and odd.
  std::int64_t count = 701;
  for (const StreamCase& stream : stream_cases()) {
    dump.key(stream);
    dump_floats(dump, stream, count);
    dump_integers(dump, stream, count);
    dump_masks_and_words(dump, stream, count);
    count -= 2;
  }
  dump.draw(stream_cases()[0], nat::Normal{}, DType::f64, 0, 40001);
  dump.draw(stream_cases()[1], nat::TruncatedNormal{}, DType::f64, 0, 40001);
  for (const std::uint32_t seed : {0U, 1U, 0xffffffffU}) dump_in_order(dump, seed, 1031);
  dump.close();
}

}  // namespace
}  // namespace seedproof

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: " << argv[0] << " DIRECTORY\n";
    return 2;
  }
  try {
    seedproof::dump_all(argv[1]);
  } catch (const std::exception& error) {
    std::cerr << argv[0] << ": " << error.what() << '\n';
    return 1;
  }
  return 0;
}
