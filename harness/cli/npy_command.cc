// seedproof npy: reads strictly, prints what an array is, or why it is refused.
#include <memory>
#include <ostream>

#include <seedproof/harness/cli/command.h>
#include <seedproof/harness/golden/npy_read.h>

namespace seedproof {

namespace {

int act(CommandContext& context, const std::vector<std::string>& files) {
  int code = kKept;
  for (const std::string& file : files) {
    const NpyInspection inspection = inspect_npy(file);
    context.out << inspection.line() << "\n";
    if (!inspection.accepted) code = kBroken;
  }
  return code;
}

}  // namespace

Command register_npy_command(CLI::App& root, CommandContext& context) {
  auto files = std::make_shared<std::vector<std::string>>();
  CLI::App* app = root.add_subcommand(
      "npy", "Read NPY files strictly: print dtype, shape, order and digest, or the refusal");
  app->add_option("FILE", *files, "NPY files")->required();
  return {app, [&context, files] { return act(context, *files); }};
}

}  // namespace seedproof
