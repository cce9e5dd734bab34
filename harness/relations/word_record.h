// Whether what a trace says of words is consistent in itself.
#pragma once

#include <string>
#include <vector>

#include <seedproof/harness/relations/draws.h>

namespace seedproof {

/// Every draw takes words and is in the ledger, and from step to step a site's stream moves on by
/// equal amounts, other draws' recorded words left out: nothing is consumed beside the record.
std::vector<Finding> check_word_record(const Trace& trace, const Subject& subject);

/// Words that a draw took, by its record.
std::uint64_t words_of(const DrawRecord& record);

}  // namespace seedproof
