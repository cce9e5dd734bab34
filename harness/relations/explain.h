// Why a draw is not the one that was expected: hypotheses, each tested on the numbers and records
// of both runs, the first that fits.
#pragma once

#include <string>

#include <seedproof/harness/subjects/trace.h>

namespace seedproof {

/// `expected` is a draw of `plain`, `found` its counterpart in `varied`. "unknown cause" when
/// nothing that was tested fits.
std::string explain(const DrawEvent& expected, const DrawEvent& found, const Trace& plain,
                    const Trace& varied);

/// How two runs of equal numbers lie to each other: "shifted by 4 numbers".
std::string shift_text(std::size_t expected_at, std::size_t found_at);

}  // namespace seedproof
