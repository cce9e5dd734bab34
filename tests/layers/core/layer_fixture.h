// What the tests of Layer have in common.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/layers/core/sample_layers.h"

namespace seedproof::testing {

inline std::vector<std::string> paths(const std::vector<Variable*>& variables) {
  std::vector<std::string> out;
  for (const Variable* variable : variables) out.push_back(variable->path());
  return out;
}

class LayerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    clear_session();
    set_dtype_policy(DTypePolicy());
  }
  std::unique_ptr<Generator> generator_ = make_generator("philox", 7);
};

}  // namespace seedproof::testing
