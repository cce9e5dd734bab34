// What a golden folder says about its arrays: docs/golden-format.md as C++ values.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <seedproof/rng/values/dtype.h>
#include <seedproof/rng/values/integer.h>
#include <seedproof/rng/values/seed.h>
#include <seedproof/rng/values/tensor.h>

namespace seedproof {

/// From the lowest to the highest: what a later one holds is made from the earlier ones.
enum class GoldenTier : std::uint8_t {
  inputs,
  words,
  uniforms,
  distributions,
  layers,
  gradients,
  training
};
inline constexpr int kGoldenTierCount = 7;
std::string_view to_string(GoldenTier tier);  // "inputs", "words", ...

/// How far a recomputed array may lie from the stored one. `seedproof golden verify` caps it: a
/// manifest can only ask for less than the evaluator allows (see compare.h).
struct GoldenTolerance {
  enum class Kind : std::uint8_t { bit, ulp, gamma };
  Kind kind = Kind::bit;
  /// ulp: units in the last place, a whole number in [1, 4]. gamma: factor in (0, 1] on the bound
  /// of each element that the evaluator derives. Unused for bit.
  double value = 0;
  std::string reason;  // empty for bit only
};
std::string_view to_string(GoldenTolerance::Kind kind);  // "bit", "ulp", "gamma"

/// A class of the framework with its configuration.
struct GoldenObject {
  std::string class_name;
  std::string name;           // of a layer; empty elsewhere
  std::string config = "{}";  // text of one JSON object, as get_config gives it
};

/// A distribution and all its parameters, in the order of the file.
struct GoldenDraw {
  using Number = std::variant<Integer, double>;
  std::string kind;  // "words", "uniform", ...: see kGoldenDraws
  std::vector<std::pair<std::string, Number>> params;

  /// The parameter as double. Throws ValueError naming the parameter where there is none.
  double real(std::string_view param) const;
  /// The parameter as Integer. Throws ValueError naming it where there is none or it is a float.
  Integer integer(std::string_view param) const;
};

/// A kind of draw and the names of its parameters, all of which a row must give.
struct GoldenDrawKind {
  std::string_view name;
  std::vector<std::string_view> params;
};
const std::vector<GoldenDrawKind>& golden_draw_kinds();

/// An input that anyone can recompute: element i, counted row-major, is
/// ((i * multiplier + offset) mod modulus - shift) / divisor, exact in the row's dtype.
struct GoldenLattice {
  std::int64_t multiplier = 1;
  std::int64_t offset = 0;
  std::int64_t modulus = 1;
  std::int64_t shift = 0;
  std::int64_t divisor = 1;  // a power of two
};

/// An input known by its digest only, with the rule that made it in words.
struct GoldenText {
  std::string rule;
};

struct GoldenTrain {
  GoldenObject optimizer;
  GoldenObject loss;
  std::string target;      // a file; empty where the loss needs none
  std::int64_t steps = 0;  // made before the array was taken, [1, 1000]
};

/// One call of the layers.
struct GoldenCall {
  std::vector<std::string> inputs;  // files, in the order of the arguments
  std::string mask;                 // a file, or empty
  std::optional<bool> training;     // nullopt is Python's None
};

/// One earlier draw of the same generator.
struct GoldenEarlierDraw {
  GoldenDraw draw;
  DType dtype = DType::f32;
  Shape shape;
};

// What the array of a row is. Exactly one of these:

struct GoldenInputSubject {  // "input"
  std::variant<GoldenLattice, GoldenText> rule;
};
struct GoldenDrawSubject {  // "draw": an array drawn from the generator itself
  GoldenDraw draw;
  std::vector<GoldenEarlierDraw> before;
};
struct GoldenInitializerSubject {  // "initializer": what its call with the row's shape returns
  GoldenObject initializer;
};
struct GoldenFunctionSubject {  // "function": a regulariser, constraint, activation, loss
  GoldenObject function;
  std::vector<std::string> inputs;
};
struct GoldenLayersSubject {  // "layers": one layer, or several in a row (a Sequential model)
  std::vector<GoldenObject> layers;
  std::map<std::string, std::string> weights;  // "<layer>/<weight>" -> file, set after the build
  GoldenCall call;
  std::vector<GoldenCall> before;  // the earlier calls, one by one
  std::string output = "output";   // which array of the run: see docs/golden-format.md
  std::string upstream;            // file of dL/d(output), for gradients; or empty
  std::optional<GoldenTrain> train;
};
using GoldenSubject = std::variant<GoldenInputSubject, GoldenDrawSubject, GoldenInitializerSubject,
                                   GoldenFunctionSubject, GoldenLayersSubject>;

/// State of a generator: its words, or the digest of its image where they are many.
struct GoldenState {
  std::vector<std::uint64_t> words;
  std::string digest;  // "sha256:..." or empty
  friend bool operator==(const GoldenState&, const GoldenState&) = default;
};
std::string to_string(const GoldenState& state);  // "[0x7, 0x0, 0x0]" or the digest

struct GoldenRow {
  int line = 0;  // of the manifest, counted from 1
  std::string file;
  DType dtype = DType::f32;  // what the array means
  Shape shape;
  std::string digest;   // of the stored array, see digest.h
  std::string locator;  // the same, or empty
  GoldenTier tier = GoldenTier::words;

  std::string generator;       // name in the registry; empty where nothing is drawn
  std::string options = "{}";  // of the generator: text of one JSON object
  Seed seed;                   // the root seed; ambient where none was set
  GoldenSubject subject;
  std::int64_t call = 0;  // how many equal draws or calls came before (or before.size())

  std::optional<std::uint64_t> words_drawn;        // by this draw or call
  std::map<std::string, GoldenState> state_after;  // by layer; "" is the generator of the row
  GoldenTolerance tolerance;
  std::string reason;  // why this array was accepted, for our own goldens

  /// "CustomDropout 'noise'", "Dense 'a' > Dropout 'b'", "uniform of tf-generator", ...
  std::string subject_name() const;
  /// The name of the layer whose array this is where the row has layers; empty otherwise.
  std::string layer_name() const;
};

/// Type of the elements in the NPY file: uint16 for bfloat16, which NPY cannot name.
DType stored_dtype(const GoldenRow& row);

struct GoldenManifest {
  std::filesystem::path path;
  std::string maker;
  std::map<std::string, std::string> made_with;  // package -> version
  std::string command;
  std::map<std::string, std::string> platform;  // "libc", "machine", "features", ...
  std::vector<GoldenRow> rows;

  const GoldenRow* find(std::string_view file) const;
};

}  // namespace seedproof
