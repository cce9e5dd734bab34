// What every check fills in of its result.
#pragma once

#include <string>

#include <seedproof/harness/checks/check.h>

namespace seedproof {

/// Names, promise and replay line; verdict could_not_run until it is settled.
CheckResult begin_result(const Check& check, const Subject& subject,
                         const GeneratorEntry& generator, const CheckContext& context);

/// holds and not applicable as they are; broken is `broken` where promised, else `unpromised`.
void settle(CheckResult& result, RelationResult relation);

/// For a run that ended early: `not applicable` where the generator never claimed to have the draw,
/// else `could not run` where promised and `unpromised` where not.
void settle(CheckResult& result, const RunError& error);

/// "the plain run ended in build, layer 'x': ValueError: ...".
std::string error_text(const RunError& error);

/// The plan that variations start from: three steps of training mode.
Plan base_plan(const Subject& subject, const GeneratorEntry& generator,
               const CheckContext& context);

}  // namespace seedproof
