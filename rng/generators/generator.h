// The pluggable generator: an addressing rule, a bit generator, distribution rules, and the state
// between them. Layers see this interface only.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <seedproof/rng/generators/ledger.h>
#include <seedproof/rng/generators/promises.h>
#include <seedproof/rng/generators/site.h>
#include <seedproof/rng/generators/state_image.h>
#include <seedproof/rng/generators/stream.h>

namespace seedproof {

/// Something that happens to a model and may move state without a draw.
struct Event {
  enum class Kind : std::uint8_t { construct, trace, step, evaluate, fork, copy };
  Kind kind = Kind::construct;
  Scope scope{};
  std::uint64_t number = 0;  // the step, the trace
};

/// How a framework's dropout scales what it keeps: x * f(1 / (1 - rate)), the quotient rounded to
/// the dtype once, or x / f(1 - rate).
enum class KeepScale : std::uint8_t { multiply, divide };

class Generator {
 public:
  virtual ~Generator() = default;
  Generator() = default;
  Generator(const Generator&) = delete;
  Generator& operator=(const Generator&) = delete;

  virtual std::string_view name() const = 0;  // as the registry lists it, mode included
  virtual Promises promises() const = 0;
  /// What it vouches for at one site: more where the framework gives a seeded layer a generator of
  /// its own, less where an initialiser makes the same numbers at every call. By default
  /// promises().
  virtual Promises site_promises(const Site& site, const Seed& seed) const;
  virtual KeepScale keep_scale() const { return KeepScale::multiply; }

  /// Takes the root seed and forgets everything: as a fresh generator with that seed. Throws the
  /// framework's kind of error for a seed that it refuses. Streams already open are dead
  /// afterwards: drawing from one throws RuntimeError.
  virtual void seed(const Seed& root) = 0;

  /// Opens the stream of a site. `seed` is the layer's own: ambient when it has none to give. The
  /// stream must not outlive the generator. Throws as seed() does for a refused seed. When an image
  /// was loaded that holds the site, the stream starts from there, once.
  virtual std::unique_ptr<Stream> open(const Site& site, const Seed& seed) = 0;

  /// Hears of an event; by default nothing moves.
  virtual void on(const Event& event);

  /// The state of the root and of every open stream.
  virtual StateImage save(SaveScope scope = SaveScope::everything) const = 0;
  /// Replaces the state of the root, of open streams that the image names, and of streams opened
  /// later. Throws FormatError for an image of another generator or version or of the wrong size;
  /// nothing has changed then.
  virtual void load(const StateImage& image) = 0;

  /// An independent copy: same root seed, and streams opened in it start where the streams of the
  /// same sites are here.
  virtual std::unique_ptr<Generator> clone() const = 0;

  void set_ledger(Ledger* ledger) { ledger_ = ledger; }
  Ledger* ledger() const { return ledger_; }

 private:
  Ledger* ledger_ = nullptr;
};

/// One row of the list of generators.
struct GeneratorEntry {
  std::string name;                        // "philox", "base-random-layer:stateless"
  std::string family;                      // "counter-based, per layer", ...
  std::string description;                 // one line
  std::string framework;                   // "" or "TensorFlow 2.21.0": whose numbers it makes
  std::vector<std::string> distributions;  // as to_string(DistributionKind), those it has
  std::vector<std::string> dtypes;         // short names
  std::string checkpoint_loses;            // what SaveScope::checkpoint leaves out; "" if nothing
  std::unique_ptr<Generator> (*make)() = nullptr;
};

/// The built-in generators, in the order of their list.
std::vector<GeneratorEntry> builtin_generators();

/// Makes a generator by name and seeds it. Throws ValueError naming an unknown name and the names
/// that exist.
std::unique_ptr<Generator> make_generator(std::string_view name, const Seed& root);

}  // namespace seedproof
