// Verifies one row.
#pragma once

#include <optional>

#include <seedproof/harness/golden/verify.h>

namespace seedproof {

struct RowVerdict {
  Agreement agreement = Agreement::equal;
  std::uint64_t max_ulp = 0;
  double max_ratio = 0;
  std::optional<GoldenFinding> finding;  // where it is not equal or within bound; kind missing too
};

/// `folder` is the verified one; findings name files relative to it.
RowVerdict verify_golden_row(const std::filesystem::path& folder, const GoldenManifest& manifest,
                             const GoldenRow& row, GoldenEvaluator& evaluator, GoldenFiles& files);

}  // namespace seedproof
