#include <seedproof/rng/generators/family.h>

namespace seedproof {

Seed read_seed(StateReader& reader) {
  const std::string text = reader.text();
  try {
    return Seed::parse(text);
  } catch (const ValueError& error) {
    throw FormatError(std::string("state image: ") + error.what());
  }
}

bool check_image(const StateImage& image, std::string_view name, bool checkpoint_keeps) {
  if (image.generator != name) {
    throw FormatError("state of generator '" + image.generator + "', not of " + std::string(name));
  }
  if (image.version != 1) {
    throw FormatError("state of " + std::string(name) + ", version " +
                      std::to_string(image.version) + ", not 1");
  }
  const std::string first = image.sections.empty() ? "" : image.sections[0].name;
  if (first == "root") return true;
  if (!checkpoint_keeps && first == kEmptyCheckpoint && image.sections.size() == 1 &&
      image.sections[0].bytes.empty()) {
    return false;
  }
  throw FormatError("state of " + std::string(name) + ": section 'root' does not come first");
}

}  // namespace seedproof
