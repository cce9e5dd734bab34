// Runs a fuzz target over the files of a corpus and over every one of their one-byte neighbours:
//   replay FOLDER...
// Ends 1 where a folder holds no file: a corpus that was lost tests nothing.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void run(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

/// Each byte flipped, dropped, doubled, and the input cut there. Long inputs are sampled.
std::size_t run_neighbours(const std::string& input) {
  const std::size_t step = input.size() / 512 + 1;
  std::size_t runs = 0;
  for (std::size_t at = 0; at < input.size(); at += step) {
    for (int bit = 0; bit < 8; ++bit, ++runs) {
      std::string flipped = input;
      flipped[at] = static_cast<char>(flipped[at] ^ (1 << bit));
      run(flipped);
    }
    std::string dropped = input;
    run(dropped.erase(at, 1));
    std::string doubled = input;
    run(doubled.insert(at, 1, input[at]));
    run(input.substr(0, at));
    runs += 3;
  }
  return runs;
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t files = 0;
  std::size_t runs = 0;
  for (int i = 1; i < argc; ++i) {
    const std::size_t before = files;
    for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string input{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
      run(input);
      runs += 1 + run_neighbours(input);
      ++files;
    }
    if (files == before) {
      std::fprintf(stderr, "no corpus in %s\n", argv[i]);
      return 1;
    }
  }
  std::printf("%zu files, %zu inputs\n", files, runs);
  return files == 0 ? 1 : 0;
}
