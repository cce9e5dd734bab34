// Makes golden arrays anew on the registry's generators and layers.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include <seedproof/harness/golden/verify.h>
#include <seedproof/harness/golden/workflow.h>
#include <seedproof/harness/registry.h>

namespace seedproof {

/// The registry must outlive the evaluator.
std::unique_ptr<GoldenEvaluator> make_golden_evaluator(const Registry& registry);

/// Our own goldens: the generators without a framework and the layers that no framework's golden
/// holds, recomputed. `version` is the program's.
GoldenManifest own_golden_header(std::string_view version);
std::vector<GoldenProposal> own_golden_proposals(const Registry& registry);

}  // namespace seedproof
