// Interference: what is done to one layer leaves the draws of the others alone.
#include <seedproof/harness/checks/check.h>

namespace seedproof {

std::vector<Check> register_interference() {
  const std::string family = "interference";
  return {
      {family,
       "interference/insertion",
       "a layer inserted before it changes no other's draws",
       Promise::isolated,
       "insert-layer",
       "same-draws",
       {}},
      {family,
       "interference/removal",
       "a layer taken out changes no other's draws",
       Promise::isolated,
       "remove-sibling",
       "same-draws",
       {}},
      {family,
       "interference/extra-draws",
       "a layer that draws more changes no other's draws",
       Promise::isolated,
       "extra-draws",
       "same-draws",
       {}},
      {family,
       "interference/other-seed",
       "a layer's other seed changes no other's draws",
       Promise::isolated,
       "sibling-seed",
       "same-draws",
       {}},
      {family,
       "interference/reorder",
       "the order of the layers changes no draws",
       Promise::order_free,
       "reorder",
       "same-draws",
       {}},
      {family,
       "interference/evaluation",
       "inference between the steps changes no draws",
       Promise::isolated,
       "evaluate-between",
       "same-draws",
       {}},
      {family,
       "interference/distinct",
       "no two layers share words of a stream",
       Promise::distinct,
       "",
       "distinct",
       {}},
  };
}

}  // namespace seedproof
