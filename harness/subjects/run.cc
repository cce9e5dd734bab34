#include <algorithm>

#include <seedproof/harness/subjects/model.h>
#include <seedproof/harness/subjects/recording_generator.h>
#include <seedproof/harness/subjects/run.h>
#include <seedproof/harness/subjects/trace_process.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

/// A generator and the layers that it drives; destroyed in the reverse order.
struct World {
  World(const Plan& plan, const Registry& registry, Recording& recording)
      : generator(registry.generator(plan.generator).make(), recording),
        model(plan, registry, generator) {}
  RecordingGenerator generator;
  Model model;
};

class Run {
 public:
  Run(const Plan& plan, const Registry& registry) : plan_(plan), registry_(registry) {
    recording_.extra_draws = plan.extra_draws;
  }

  Trace trace() {
    try {
      run();
    } catch (const Error& error) {
      fail(error.kind(), error.what());
    } catch (const std::exception& error) {
      fail(ErrorKind::runtime, error.what());
    }
    trace_.draws = std::move(recording_.draws);
    trace_.costs = recording_.costs;
    trace_.extra_numbers = recording_.extra_numbers;
    return std::move(trace_);
  }

 private:
  void run() {
    start();
    digest_state(0);
    for (std::uint64_t step = 0; step < plan_.steps; ++step) {
      if (plan_.resume_at == step) resume();
      if (std::find(plan_.evaluate_before.begin(), plan_.evaluate_before.end(), step) !=
          plan_.evaluate_before.end()) {
        evaluate(step);
      }
      run_step(step);
      digest_state(step + 1);
    }
  }

  void start() {
    stage_ = "construct";
    world_ = std::make_unique<World>(plan_, registry_, recording_);
    world_->generator.seed(plan_.root);
    world_->model.construct();
    trace_.paths = recording_.paths = world_->model.paths();
    if (!recording_.muted) trace_.config_changes = world_->model.config_changes();
    stage_ = "build";
    world_->model.build();
  }

  void run_step(std::uint64_t step) {
    stage_ = "step " + std::to_string(step);
    world_->generator.on({Event::Kind::step, {}, step});
    recording_.costs = {};
    // The costs are those of the last step: nothing else may happen inside its draws.
    world_->generator.listen(step + 1 < plan_.steps);
    world_->model.forward(step, Phase::train, plan_.training);
    for (std::size_t i = 0; i < plan_.subject.layers.size(); ++i) {
      const Tensor& value = world_->model.output(i);
      trace_.outputs.push_back(
          {plan_.subject.layers[i].name, step, digest_bytes(value.data(), value.bytes()), value});
    }
    if (plan_.train) {
      stage_ = "backward pass of step " + std::to_string(step);
      world_->model.train();
    }
  }

  void evaluate(std::uint64_t step) {
    stage_ = "inference before step " + std::to_string(step);
    world_->generator.on({Event::Kind::evaluate, {}, step});
    world_->model.forward(step, Phase::evaluate, false);
  }

  // What a user does: save, then in a fresh program make the model again, build it, and load.
  void resume() {
    stage_ = "save";
    const std::vector<std::byte> image = world_->generator.save(SaveScope::everything).serialize();
    const std::vector<std::vector<Tensor>> weights = world_->model.weights();
    recording_.muted = true;
    world_.reset();
    start();
    stage_ = "load";
    world_->model.set_weights(weights);
    world_->generator.load(StateImage::deserialize(image, "saved state"));
    recording_.muted = false;
  }

  void digest_state(std::uint64_t after_step) {
    stage_ = "save";
    const std::vector<std::byte> image = world_->generator.save(SaveScope::everything).serialize();
    trace_.states.push_back({after_step, digest_bytes(image.data(), image.size())});
  }

  void fail(ErrorKind kind, const std::string& message) {
    const GeneratorEntry& entry = registry_.generator(plan_.generator);
    RunError error{kind, stage_, world_ == nullptr ? "" : world_->model.at_hand(), message, false};
    // A draw that the generator never claimed to have is no failure of a promise.
    const auto lacks = [](const std::vector<std::string>& list, std::string_view name) {
      return !list.empty() && std::find(list.begin(), list.end(), name) == list.end();
    };
    const std::optional<Draw>& asked = recording_.in_progress;
    error.unsupported =
        asked.has_value() && (lacks(entry.distributions, to_string(asked->distribution.kind)) ||
                              lacks(entry.dtypes, short_name(asked->dtype)));
    trace_.error = std::move(error);
  }

  const Plan& plan_;
  const Registry& registry_;
  Recording recording_;
  std::unique_ptr<World> world_;
  Trace trace_;
  std::string stage_ = "construct";
};

void require_known(const Plan& plan, const Registry& registry) {
  try {
    registry.generator(plan.generator);
    for (const LayerSpec& spec : plan.subject.layers) registry.layer(spec.class_name);
  } catch (const Error& error) {
    throw ConfigError("subject '" + plan.subject.name + "': " + error.what());
  }
}

}  // namespace

Trace run_plan(const Plan& plan, const Registry& registry, const RunOptions& options) {
  require_known(plan, registry);
  if (plan.fresh_process) return run_in_process(plan, options);
  return Run(plan, registry).trace();
}

// Floats: odd multiples of 2^-10, exact in f16 too. Integers: odd, below 128. Signs alternate, and
// begin with the other one at the next step.
Tensor subject_input(const Subject& subject, std::uint64_t step) {
  const DType dtype = subject.input_dtype;
  const bool is_signed = is_float(dtype) || (dtype >= DType::i8 && dtype <= DType::i64);
  Tensor values(DType::f64, subject.input_shape);
  const std::span<double> out = values.as<double>();
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::uint64_t place = i * 7 + step * 13;
    const double size = is_float(dtype) ? static_cast<double>(2 * (place % 509) + 1) / 1024.0
                                        : static_cast<double>(2 * (place % 61) + 1);
    out[i] = is_signed && i % 2 != step % 2 ? -size : size;
  }
  return dtype == DType::f64 ? values : values.cast(dtype);
}

}  // namespace seedproof
