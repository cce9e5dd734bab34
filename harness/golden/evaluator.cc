#include <limits>
#include <utility>

#include <seedproof/harness/golden/evaluator.h>
#include <seedproof/harness/golden/layer_run.h>
#include <seedproof/layers/constraint.h>
#include <seedproof/layers/error_bounds.h>
#include <seedproof/layers/initializer.h>
#include <seedproof/layers/regularizer.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

std::int64_t bounded_integer(const GoldenDraw& draw, std::string_view param) {
  return draw.integer(param).to_i64();
}

Distribution distribution_of(const GoldenDraw& draw) {
  switch (parse_distribution(draw.kind)) {
    case DistributionKind::words:
      return Distribution::words();
    case DistributionKind::uniform:
      return Distribution::uniform(draw.real("low"), draw.real("high"));
    case DistributionKind::normal:
      return Distribution::normal(draw.real("mean"), draw.real("stddev"));
    case DistributionKind::truncated_normal:
      return Distribution::truncated_normal(draw.real("mean"), draw.real("stddev"));
    case DistributionKind::keep_mask:
      return Distribution::keep_mask(draw.real("rate"));
    case DistributionKind::integers:
      return Distribution::integers(bounded_integer(draw, "low"), bounded_integer(draw, "high"));
    case DistributionKind::permutation:
      break;
  }
  return Distribution::permutation();
}

/// How a draw row opens its stream: on the ambient state, with an operation's seed, or as an
/// initialiser whose own seed is the row's.
struct Opening {
  Role role = Role::global;
  Seed seed = Seed::ambient();
  Seed root;
};

Opening opening_of(const GoldenRow& row) {
  Opening out;
  out.root = row.seed;
  const Config options = Config::from_json(row.options);
  for (const auto& [name, value] : options.entries()) {
    if (name == "op_seed") {
      out.seed = value.as_seed("options.op_seed");
    } else if (name == "role" && value.as_text("options.role") == "initializer") {
      out.role = Role::initializer;
      out.seed = row.seed;
      out.root = 0;  // an initialiser with a seed of its own hears nothing of the root
    } else {
      throw ValueError("unknown option '" + name + "' " + value.to_json());
    }
  }
  return out;
}

class Evaluator final : public GoldenEvaluator {
 public:
  explicit Evaluator(const Registry& registry) : registry_(&registry) {}

  Evaluation evaluate(const GoldenManifest&, const GoldenRow& row, GoldenFiles& files) override {
    if (const auto* draw = std::get_if<GoldenDrawSubject>(&row.subject)) return drawn(row, *draw);
    if (const auto* made = std::get_if<GoldenInitializerSubject>(&row.subject)) {
      return initialized(row, *made);
    }
    if (const auto* function = std::get_if<GoldenFunctionSubject>(&row.subject)) {
      return applied(*function, files);
    }
    LayerRun run(*registry_, row, files);
    run.run();
    return run.result();
  }

 private:
  std::unique_ptr<Generator> generator(const GoldenRow& row, const Seed& root) const {
    std::unique_ptr<Generator> out = registry_->generator(row.generator).make();
    out->seed(root);
    return out;
  }

  Evaluation drawn(const GoldenRow& row, const GoldenDrawSubject& subject) const {
    const Opening opening = opening_of(row);
    const std::unique_ptr<Generator> owner = generator(row, opening.root);
    const std::unique_ptr<Stream> stream =
        owner->open({{"golden"}, "draw", opening.role}, opening.seed);
    Moment moment;
    const auto one = [&](const GoldenDraw& draw, DType dtype, const Shape& shape) {
      Tensor out = Tensor::uninitialized(dtype, shape);
      stream->draw({distribution_of(draw), dtype, {shape}, {}}, moment, out.data());
      ++moment.step;
      return out;
    };
    for (const GoldenEarlierDraw& earlier : subject.before) {
      one(earlier.draw, earlier.dtype, earlier.shape);
    }
    if (subject.before.empty()) {
      for (std::int64_t k = 0; k < row.call; ++k) one(subject.draw, row.dtype, row.shape);
    }
    const std::uint64_t words = stream->counts().words;
    Evaluation out;
    out.value = one(subject.draw, row.dtype, row.shape);
    out.words_drawn = stream->counts().words - words;
    const std::vector<std::uint64_t> state = stream->shown_state();
    if (!state.empty()) out.state_after[""] = {state, ""};
    return out;
  }

  Evaluation initialized(const GoldenRow& row, const GoldenInitializerSubject& subject) const {
    const auto initializer =
        make_initializer(Config{{"class_name", subject.initializer.class_name},
                                {"config", Config::from_json(subject.initializer.config)}});
    Evaluation out;
    if (!initializer->random()) {
      out.value = initializer->make(row.shape, row.dtype, nullptr);
      return out;
    }
    const std::unique_ptr<Generator> owner = generator(row, row.seed);
    const std::unique_ptr<Stream> stream =
        owner->open({{"golden"}, "initializer", Role::initializer}, initializer->seed());
    for (std::int64_t k = 0; k <= row.call; ++k) {
      out.value = initializer->make(row.shape, row.dtype, stream.get());
    }
    return out;
  }

  /// Constraints and regularisers of one array. Sums of at most all its elements, then a quotient
  /// and a root: their errors stay below gamma_(n + 8) of the result.
  Evaluation applied(const GoldenFunctionSubject& subject, GoldenFiles& files) const {
    if (subject.inputs.size() != 1) throw ValueError("a golden function takes one input");
    const Tensor input = files.load(subject.inputs.front());
    const ConfigValue identifier = Config{{"class_name", subject.function.class_name},
                                          {"config", Config::from_json(subject.function.config)}};
    Evaluation out;
    try {
      out.value = make_constraint(identifier)->project(input);
    } catch (const ValueError&) {
      out.value = make_regularizer(identifier)->loss(input);
    }
    out.bound = bounds::rounded(bounds::zero(out.value.shape()), out.value,
                                bounds::gamma(input.count() + 8, input.dtype()));
    return out;
  }

  const Registry* registry_;
};

}  // namespace

std::unique_ptr<GoldenEvaluator> make_golden_evaluator(const Registry& registry) {
  return std::make_unique<Evaluator>(registry);
}

}  // namespace seedproof
