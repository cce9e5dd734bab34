#include <exception>
#include <system_error>
#include <utility>

#include <seedproof/harness/golden/digest.h>
#include <seedproof/harness/golden/lattice.h>
#include <seedproof/harness/golden/manifest_row.h>
#include <seedproof/harness/golden/npy_read.h>
#include <seedproof/harness/golden/npy_write.h>
#include <seedproof/harness/golden/verify_row.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

namespace fs = std::filesystem;

class RowVerifier {
 public:
  RowVerifier(const fs::path& folder, const GoldenManifest& manifest, const GoldenRow& row,
              GoldenEvaluator& evaluator, GoldenFiles& files)
      : folder_(folder), manifest_(manifest), row_(row), evaluator_(evaluator), files_(files) {}

  RowVerdict run() {
    if (is_missing(row_.file)) return found(GoldenFinding::Kind::missing, "the file is missing");
    NpyArray array;
    try {
      array = read_npy(path_of(row_.file));
    } catch (const Error& error) {
      return found(GoldenFinding::Kind::refused, error.what());
    }
    if (const std::string fault = form_fault(array); !fault.empty()) return unequal(fault);
    check_sums(array.value);
    golden_ = meant_form(std::move(array.value), row_.dtype);
    return std::holds_alternative<GoldenInputSubject>(row_.subject) ? verify_input()
                                                                    : verify_made();
  }

 private:
  fs::path path_of(const std::string& file) const { return manifest_.path.parent_path() / file; }

  bool is_missing(const std::string& file) const {
    std::error_code code;
    return fs::symlink_status(path_of(file), code).type() == fs::file_type::not_found;
  }

  /// Golden files have one form, so that every bit of them counts.
  std::string form_fault(const NpyArray& array) const {
    const DType wanted = stored_dtype(row_);
    if (array.value.dtype() != wanted) {
      return "the file holds " + std::string(keras_name(array.value.dtype())) +
             ", the manifest says " + std::string(keras_name(row_.dtype));
    }
    if (array.value.shape() != row_.shape) {
      return "the file has shape " + to_string(array.value.shape()) + ", the manifest says " +
             to_string(row_.shape);
    }
    if (array.form.major != 1) {
      return "the file is NPY " + std::to_string(array.form.major) + ".0, golden files are 1.0";
    }
    if (array.form.order == ByteOrder::big)
      return "the file is big endian, golden files are little";
    if (array.form.fortran) return "the file is in Fortran order, golden files are in C order";
    if (!array.numpy_wording) return "the header is not worded as NumPy words it";
    return {};
  }

  /// Compares the stored array with what the manifest says of its content.
  void check_sums(const Tensor& stored) {
    const std::string digest = array_digest(stored);
    if (digest != row_.digest) {
      fault_ = "the file is not the one that the manifest describes: its digest is " + digest +
               ", the manifest says " + row_.digest;
      if (!row_.locator.empty()) changed_ = locate_change(stored, row_.locator);
    } else if (!row_.locator.empty() && array_locator(stored) != row_.locator) {
      fault_ = "the locator of the manifest does not fit its digest: it says " + row_.locator +
               ", the array has " + array_locator(stored);
    }
  }

  RowVerdict verify_input() {
    const auto& input = std::get<GoldenInputSubject>(row_.subject);
    const auto* lattice = std::get_if<GoldenLattice>(&input.rule);
    if (lattice == nullptr) return conclude({}, nullptr);
    Tensor value;
    try {
      value = make_lattice(*lattice, row_.dtype, row_.shape);
    } catch (const Error& error) {
      return not_recomputed(error.what());
    }
    return conclude(compare_bits(golden_, value), &value);
  }

  RowVerdict verify_made() {
    for (const std::string& file : files_used(row_)) {
      if (is_missing(file)) {
        return found(GoldenFinding::Kind::missing, "needs '" + file + "', which is missing");
      }
    }
    try {
      const Evaluation made = evaluator_.evaluate(manifest_, row_, files_);
      Comparison comparison = compare_golden(row_, golden_, made);
      add_count_fault(made);
      return conclude(std::move(comparison), &made.value);
    } catch (const std::exception& error) {
      return not_recomputed(error.what());
    }
  }

  void add_fault(const std::string& text) { fault_ += (fault_.empty() ? "" : "; ") + text; }

  /// Words and states are integers: they are equal or wrong.
  void add_count_fault(const Evaluation& made) {
    if (row_.words_drawn && made.words_drawn != row_.words_drawn) {
      add_fault("words drawn: expected " + std::to_string(*row_.words_drawn) + ", found " +
                (made.words_drawn ? std::to_string(*made.words_drawn) : "none told"));
    }
    for (const auto& [layer, state] : row_.state_after) {
      const auto it = made.state_after.find(layer);
      if (it != made.state_after.end() && it->second == state) continue;
      add_fault("state " + (layer.empty() ? std::string() : "of '" + layer + "' ") +
                "after: expected " + to_string(state) + ", found " +
                (it == made.state_after.end() ? "none told" : to_string(it->second)));
    }
  }

  RowVerdict conclude(Comparison comparison, const Tensor* value) {
    if (fault_.empty() && comparison.agreement != Agreement::unequal) {
      return {comparison.agreement, comparison.max_ulp, comparison.max_ratio, std::nullopt};
    }
    std::string message = fault_;
    if (comparison.agreement == Agreement::unequal) {
      message = comparison.reason + (message.empty() ? "" : "; " + message);
    }
    RowVerdict out = unequal(message);
    GoldenFinding& finding = *out.finding;
    name_element(finding, comparison, value);
    finding.comparison = std::move(comparison);
    return out;
  }

  /// The altered element where the locator knows it, else the first that differs beyond what is
  /// allowed, else the one that differs most.
  void name_element(GoldenFinding& finding, const Comparison& comparison, const Tensor* value) {
    std::optional<ElementPair> pair =
        comparison.agreement == Agreement::unequal ? comparison.first : comparison.worst;
    const bool located = changed_ && *changed_ < golden_.count();
    if (located) {
      pair = ElementPair{
          *changed_, index_text(golden_.shape(), *changed_), element_text(golden_, *changed_), {}};
      if (value != nullptr && *changed_ < value->count()) {
        pair->found = element_text(*value, *changed_);
      }
    }
    if (!pair) return;
    finding.element = pair->index;
    finding.expected = pair->expected;
    finding.found = pair->found;
    finding.message += std::string(located ? "; altered at " : "; at ") + pair->index +
                       ": golden " + pair->expected +
                       (pair->found.empty() ? "" : ", recomputed " + pair->found);
  }

  RowVerdict not_recomputed(const std::string& reason) {
    RowVerdict out =
        found(GoldenFinding::Kind::not_recomputed,
              "could not be recomputed: " + reason + (fault_.empty() ? "" : "; " + fault_));
    name_element(*out.finding, {}, nullptr);
    return out;
  }

  RowVerdict unequal(const std::string& message) {
    return found(GoldenFinding::Kind::unequal, message);
  }

  RowVerdict found(GoldenFinding::Kind kind, const std::string& message) {
    GoldenFinding finding;
    finding.kind = kind;
    finding.maker = manifest_.maker;
    finding.file = path_of(row_.file).lexically_relative(folder_).generic_string();
    finding.manifest = manifest_.path.lexically_relative(folder_).generic_string();
    finding.line = row_.line;
    finding.tier = row_.tier;
    finding.layer = row_.layer_name();
    finding.subject = row_.subject_name();
    std::string what = std::string(to_string(row_.tier)) + ", " + finding.subject;
    if (const auto* stack = std::get_if<GoldenLayersSubject>(&row_.subject)) {
      what += ", " + stack->output;
    }
    if (row_.call != 0) what += ", call " + std::to_string(row_.call);
    finding.message = finding.file + " (" + what + "): " + message;
    RowVerdict out;
    out.agreement = Agreement::unequal;
    out.finding = std::move(finding);
    return out;
  }

  const fs::path& folder_;
  const GoldenManifest& manifest_;
  const GoldenRow& row_;
  GoldenEvaluator& evaluator_;
  GoldenFiles& files_;
  Tensor golden_;
  std::string fault_;
  std::optional<std::size_t> changed_;
};

}  // namespace

RowVerdict verify_golden_row(const fs::path& folder, const GoldenManifest& manifest,
                             const GoldenRow& row, GoldenEvaluator& evaluator, GoldenFiles& files) {
  return RowVerifier(folder, manifest, row, evaluator, files).run();
}

}  // namespace seedproof
