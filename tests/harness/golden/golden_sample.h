// A small golden folder, put together by hand, and an evaluator that knows its arrays.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <seedproof/harness/golden/digest.h>
#include <seedproof/harness/golden/manifest_read.h>
#include <seedproof/harness/golden/manifest_write.h>
#include <seedproof/harness/golden/npy_write.h>
#include <seedproof/harness/golden/verify.h>
#include <seedproof/rng/values/error.h>

#include "temp_folder.h"

namespace seedproof::test {

inline const std::string kHeader =
    R"({"schema": "seedproof-golden", "version": 1, "maker": "tensorflow", )"
    R"("made_with": {"tensorflow-cpu": "2.21.0"}, "command": "make it", )"
    R"("platform": {"libc": "glibc 2.36", "machine": "x86_64"}, "rows": )";

inline std::string header(std::size_t rows) { return kHeader + std::to_string(rows) + "}\n"; }

/// A row: file, dtype, shape and digest of `array`, then the text of the other keys.
inline std::string row(const std::string& file, const Tensor& array, const std::string& rest) {
  std::string shape;
  for (const std::int64_t extent : array.shape()) {
    shape += (shape.empty() ? "" : ", ") + std::to_string(extent);
  }
  return R"({"file": ")" + file + R"(", "dtype": ")" + std::string(keras_name(array.dtype())) +
         R"(", "shape": [)" + shape + R"(], "digest": ")" + array_digest(stored_form(array)) +
         R"(", )" + rest + "}\n";
}

/// Gives the arrays that it was told, by file; anything else is unknown.
class KnownEvaluator final : public GoldenEvaluator {
 public:
  std::map<std::string, Evaluation> known;

  Evaluation evaluate(const GoldenManifest&, const GoldenRow& golden, GoldenFiles&) override {
    const auto found = known.find(golden.file);
    if (found == known.end()) throw ValueError("unknown generator '" + golden.generator + "'");
    return found->second;
  }
};

inline Evaluation evaluation(Tensor value) {
  Evaluation out;
  out.value = std::move(value);
  return out;
}

/// Five arrays: a lattice, words, a bfloat16 uniform, a layer's output, and a gradient compared
/// within a bound, as "tf/manifest.jsonl" below `folder`.
class SampleFolder {
 public:
  SampleFolder() {
    input_ = Tensor::from<float>({2, 3}, {-1.875F, -1, -0.125F, 0.75F, 1.625F, -1.375F});
    words_ = Tensor::from<std::uint32_t>({5}, {1, 20, 300, 4000, 50000});
    halves_ = Tensor::from<float>({3}, {0.5F, 0.25F, 0.125F}).cast(DType::bf16);
    output_ = Tensor::from<float>({2, 3}, {0, -2, 0, 1.5F, 3.25F, 0});
    gradient_ = Tensor::from<float>({3}, {1.5F, 2.5F, 1e-3F});
    const std::vector<std::pair<std::string, const Tensor*>> arrays{{"in/x.npy", &input_},
                                                                    {"words.npy", &words_},
                                                                    {"uniform.npy", &halves_},
                                                                    {"layers/drop.npy", &output_},
                                                                    {"gradient.npy", &gradient_}};
    for (const auto& [file, array] : arrays) {
      std::filesystem::create_directories((root() / file).parent_path());
      write_npy(root() / file, stored_form(*array));
    }
    put_file(root() / "manifest.jsonl", manifest());
    evaluator.known["words.npy"] = evaluation(words_);
    evaluator.known["words.npy"].words_drawn = 5;
    evaluator.known["words.npy"].state_after[""] = {{0x507, 0, 0}, {}};
    evaluator.known["uniform.npy"] = evaluation(halves_);
    evaluator.known["layers/drop.npy"] = evaluation(output_);
    Tensor near = gradient_;
    near.as<float>()[1] = 2.5000002F;
    evaluator.known["gradient.npy"] = evaluation(near);
    evaluator.known["gradient.npy"].bound = Tensor::full(DType::f64, {3}, 1e-6);
  }

  std::string manifest() const {
    const std::string layer =
        R"("layers": [{"class": "CustomDropout", "name": "drop", "config": {"rate": 0.5, "seed": 7}}], )"
        R"("inputs": ["in/x.npy"], "training": true)";
    return header(5) +
           row("in/x.npy", input_,
               R"("tier": "inputs", "input": {"multiplier": 7, "offset": 0, "modulus": 31, )"
               R"("shift": 15, "divisor": 8})") +
           row("words.npy", words_,
               R"("tier": "words", "generator": "tf-generator", "seed": "7", )"
               R"("draw": {"kind": "words"}, "words_drawn": 5, )"
               R"("state_after": ["0x507", "0x0", "0x0"])") +
           row("uniform.npy", halves_,
               R"("tier": "uniforms", "generator": "tf-generator", "seed": "7", )"
               R"("draw": {"kind": "uniform", "low": 0.0, "high": 1.0}, "call": 1)") +
           row("layers/drop.npy", output_,
               R"("tier": "layers", "generator": "tf-generator", "seed": "ambient", )" + layer) +
           row("gradient.npy", gradient_,
               R"("tier": "gradients", "locator": ")" + array_locator(gradient_) + R"(", )" +
                   layer +
                   R"(, "upstream": "in/x.npy", "output": "gradient/drop/kernel", )"
                   R"("tolerance": {"kind": "gamma", "value": 1, "reason": "a sum"})");
  }

  std::filesystem::path root() const { return folder_.path() / "tf"; }
  const std::filesystem::path& path() const { return folder_.path(); }
  GoldenReport verify() { return verify_golden(path(), evaluator); }

  static constexpr const char* kFiles[] = {"in/x.npy", "words.npy", "uniform.npy",
                                           "layers/drop.npy", "gradient.npy"};
  KnownEvaluator evaluator;

 private:
  TempFolder folder_;
  Tensor input_, words_, halves_, output_, gradient_;
};

}  // namespace seedproof::test
