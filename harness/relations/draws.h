// Draws of a trace, in the order and groups that relations compare.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <seedproof/harness/relations/relation.h>

namespace seedproof {

/// All draws of one site (a layer's kernel, mask, ...), in order, those of inference passes left
/// out.
struct Series {
  std::string layer;  // node of the subject
  std::string purpose;
  std::vector<const DrawEvent*> draws;
};

std::vector<Series> series_of(const Trace& trace, const std::vector<std::string>& layers);
std::vector<Series> all_series(const Trace& trace, const Subject& subject);

/// Layers of both subjects that the variation left as they were: same class, configuration and
/// inputs, no additional draws.
std::vector<std::string> undisturbed_layers(const RunPair& runs);

std::vector<std::string> layer_names(const Subject& subject);

/// Whether the layer drew in an inference pass.
bool draws_in_inference(const Trace& trace, const std::string& layer);

/// Random bits that one number of this draw shows, from below; 0 for what cannot be said.
double bits_per_number(const DrawRecord& record);
double random_bits(const DrawRecord& record);
double random_bits(const std::vector<const DrawEvent*>& draws);

/// Bits that must have been seen before runs that agree by chance are out of the question.
inline constexpr double kEnoughBits = 128;
/// The same for one draw of many, or one run of numbers in a draw.
inline constexpr double kTellingBits = 64;

/// Equal numbers: by digest and, where both runs kept them, by bits.
bool same_numbers(const DrawEvent& a, const DrawEvent& b);

/// "mask, draw 1 of step 2", "kernel, while building".
std::string draw_text(const Series& series, std::size_t index);
/// "[1, 4]" of a draw's element, and its value; both as text. "" without numbers.
std::string element_of(const DrawEvent& draw, std::size_t flat);
std::string number_text(const Tensor& numbers, std::size_t flat);
/// "philox4x32-10[2a] words 0 to 35".
std::string interval_text(const DrawRecord& record);
/// "1 draw", "2 draws".
std::string counted(std::uint64_t count, const std::string& noun);

/// First element in which two draws of the same kind differ; the count of elements if in none, or
/// if the numbers are not there.
std::size_t first_difference(const DrawEvent& a, const DrawEvent& b);

RelationResult not_applicable(std::string reason);
/// Holds with `reason` when there are no findings; else broken, findings ordered by step.
RelationResult verdict_of(std::vector<Finding> findings, std::string reason);

}  // namespace seedproof
