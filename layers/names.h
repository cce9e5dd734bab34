// Automatic names: "dense", "dense_1", ..., numbered by the order of construction. A layer's class
// is not known while its base is under construction, so names are settled when one is first asked
// for, all that are due at once. Internal.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace seedproof {

class Layer;

/// Keras's rule: "SpatialDropout1D" -> "spatial_dropout1d".
std::string to_snake_case(std::string_view name);

/// One a thread; a layer keeps the one of the thread that made it.
class NameRegistry {
 public:
  static std::shared_ptr<NameRegistry> current();

  void add(Layer& layer);
  /// A layer that goes before its name was asked for takes no number.
  void remove(const Layer& layer);
  /// Names all layers that wait, in the order of their construction.
  void settle();
  /// The next name of a class: "variable", "variable_1", ...
  std::string next(std::string_view class_name);
  void clear();

 private:
  void settle_locked();
  std::string next_locked(std::string_view class_name);

  std::mutex mutex_;
  std::vector<Layer*> waiting_;
  std::map<std::string, unsigned, std::less<>> counts_;
};

}  // namespace seedproof
