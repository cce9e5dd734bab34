#include <string>

#include <seedproof/rng/generators/python_state.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

void write_python(StateWriter& writer, const PythonRandom& random) {
  for (const std::uint32_t word : random.state().words) writer.u32(word);
  writer.u32(random.state().index);
}

PythonRandom read_python(StateReader& reader) {
  PythonRandom::State state;
  for (std::uint32_t& word : state.words) word = reader.u32();
  state.index = reader.u32();
  try {
    return PythonRandom(state);
  } catch (const ValueError& error) {
    throw FormatError(std::string("state image: ") + error.what());
  }
}

}  // namespace seedproof
