// A plan as one line of JSON, to be handed to another process.
#pragma once

#include <string>
#include <string_view>

#include <seedproof/harness/subjects/plan.h>

namespace seedproof {

std::string plan_to_json(const Plan& plan);
/// Throws FormatError saying what is wrong.
Plan plan_from_json(std::string_view text);

}  // namespace seedproof
