#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <seedproof/harness/checks/interference_matrix.h>
#include <seedproof/harness/subjects/subjects.h>

#include "tests/harness/fakes.h"

namespace seedproof {
namespace {

using fakes::Wrong;
using testing::HasSubstr;

Registry registry() {
  return fakes::registry_with({fakes::generator_entry<Wrong::nothing>("healthy"),
                               fakes::generator_entry<Wrong::shared>("shared"),
                               fakes::generator_entry<Wrong::keyed_by_order>("keyed-by-order")},
                              {fakes::layer_entry<>("Noise"),
                               fakes::layer_entry<fakes::WrongLayer::fails_at_step_1>("Fails")});
}

InterferenceMatrix measure(const std::string& generator, const std::string& layer = "Noise") {
  return measure_interference(subject_of(registry().layer(layer)), generator, 42, registry());
}

using Cells = InterferenceMatrix::Cells;

const Cells& of(const std::vector<Cells>& all, Disturbance disturbance) {
  return all.at(static_cast<std::size_t>(disturbance));
}

TEST(MatrixTest, LayersOfTheirOwnDisturbNobody) {
  const InterferenceMatrix matrix = measure("healthy");
  EXPECT_EQ(matrix.layers, (std::vector<std::string>{"noise_before", "noise", "noise_after"}));
  EXPECT_EQ(describe(matrix.any_at_step_0()), "diagonal");
  EXPECT_EQ(describe(matrix.any_later()), "diagonal");
  for (const Disturbance disturbance :
       {Disturbance::extra_draws, Disturbance::removal, Disturbance::other_seed}) {
    EXPECT_EQ(describe(of(matrix.at_step_0, disturbance)), "diagonal") << to_string(disturbance);
  }
  EXPECT_EQ(describe(of(matrix.at_step_0, Disturbance::insertion)), "empty");
  EXPECT_THAT(describe(matrix), HasSubstr("stays in that layer"));
}

TEST(MatrixTest, OneSequenceForAllIsTriangularThenFull) {
  const InterferenceMatrix matrix = measure("shared");
  const Cells first = matrix.any_at_step_0();
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) EXPECT_EQ(first[i][j], j >= i) << i << j;
  }
  EXPECT_EQ(describe(first), "lower triangular");
  EXPECT_EQ(describe(matrix.any_later()), "full");
  EXPECT_EQ(describe(of(matrix.later, Disturbance::other_seed)), "empty");
  EXPECT_THAT(describe(matrix), HasSubstr("lower triangular"));
  EXPECT_THAT(describe(matrix), HasSubstr("full"));
}

TEST(MatrixTest, KeysByOrderAreDisturbedByStructureOnly) {
  const InterferenceMatrix matrix = measure("keyed-by-order");
  EXPECT_EQ(describe(of(matrix.at_step_0, Disturbance::extra_draws)), "diagonal");
  EXPECT_EQ(describe(of(matrix.at_step_0, Disturbance::insertion)), "lower triangular");
}

TEST(MatrixTest, ARunThatEndsEarlyIsTold) {
  const InterferenceMatrix matrix = measure("healthy", "Fails");
  EXPECT_THAT(matrix.problem, HasSubstr("step 1, layer 'fails_before': TypeError"));
  EXPECT_THAT(describe(matrix), HasSubstr("no matrix"));
}

TEST(MatrixTest, ShapesInWords) {
  EXPECT_EQ(describe(Cells{}), "empty");
  EXPECT_EQ(describe(Cells{{false, false}, {false, false}}), "empty");
  EXPECT_EQ(describe(Cells{{true}}), "diagonal");
  EXPECT_EQ(describe(Cells{{true, true}, {true, true}}), "full");
  EXPECT_EQ(describe(Cells{{true, true}, {false, true}}), "lower triangular");
  EXPECT_THAT(describe(Cells{{true, false}, {true, true}}), HasSubstr("neither"));
  EXPECT_THAT(describe(Cells{{true, false}, {false, false}}), HasSubstr("0 of 2 pairs"));
}

TEST(MatrixTest, LayersThatDrawOnceAreLeftOutAfterStep0) {
  InterferenceMatrix matrix;
  matrix.layers = {"kernel", "a", "b"};
  matrix.draws_later = {false, true, true};
  matrix.at_step_0 = {{{true, true, true}, {false, true, true}, {false, false, true}}};
  matrix.later = {{{false, true, true}, {false, true, true}, {false, true, true}}};
  EXPECT_EQ(describe(matrix.any_at_step_0()), "lower triangular");
  EXPECT_EQ(describe(matrix.later_square()), "full");
}

}  // namespace
}  // namespace seedproof
