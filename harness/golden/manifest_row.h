// One row of a manifest from its JSON. Internal: includes nlohmann/json.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <seedproof/harness/golden/json_fields.h>
#include <seedproof/harness/golden/manifest.h>

namespace seedproof {

/// Throws FormatError naming place, key and value.
GoldenRow read_golden_row(const Json& value, const std::string& place);

/// Reads the one of the subject's keys that the row has, and the keys that go with it.
GoldenSubject read_golden_subject(JsonFields& row);

/// Keys "dtype" and "shape" of a row or of an earlier draw.
DType read_dtype(JsonFields& fields);
Shape read_shape(JsonFields& fields);

/// Files that a row needs beside its own, in the order of the row.
std::vector<std::string> files_used(const GoldenRow& row);

/// Empty where `path` may stand in a manifest, else what is wrong with it.
std::string path_fault(std::string_view path);

/// Text without control characters, at most 256 bytes, not empty.
bool is_plain_name(std::string_view text);

}  // namespace seedproof
