#include <algorithm>
#include <iostream>

#include <seedproof/harness/cli/command.h>
#include <seedproof/harness/cli/run.h>
#include <seedproof/harness/faults/world.h>
#include <seedproof/harness/subjects/trace_process.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

#define SEEDPROOF_ITEM(name) Command register_##name(CLI::App& root, CommandContext& context);
#include <seedproof_lists/commands.inc>
#undef SEEDPROOF_ITEM

std::vector<Command> add_commands(CLI::App& root, CommandContext& context) {
  std::vector<Command> commands;
#define SEEDPROOF_ITEM(name) commands.push_back(register_##name(root, context));
#include <seedproof_lists/commands.inc>
#undef SEEDPROOF_ITEM
  return commands;
}

namespace {

constexpr const char* kAbout =
    "Tests reproducibility and random-number state of layers and models.\n"
    "\n"
    "Exit codes: 0 all promised relations hold; 1 something broke, or was promised and could not "
    "run;\n2 usage or configuration; 3 nothing ran; 4 golden missing or pending; 125 the tool "
    "itself failed.\nWhen several apply, the first of 125, 2, 1, 4, 3.";

constexpr const char* kExamples =
    "Examples:\n"
    "  seedproof check                                      every subject with every generator\n"
    "  seedproof check CustomDropout --generator philox     one pair\n"
    "  seedproof golden verify --dir golden                 the golden files\n"
    "  seedproof study                                      the experiment\n"
    "  seedproof selftest                                   every fault must be caught\n";

int dispatch(const Registry& registry, const std::vector<std::string>& arguments) {
  CommandContext context{registry, std::cout, std::cerr};
  CLI::App app(kAbout, "seedproof");
  app.footer(kExamples);
  app.set_version_flag("--version", std::string("seedproof ") + kVersion);
  app.add_option("--color", context.color, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  app.require_subcommand(1);
  app.fallthrough();
  const std::vector<Command> commands = add_commands(app, context);
  try {
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    const bool asked = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
    app.exit(error, asked ? context.out : context.err, context.err);
    return asked ? kKept : kUsage;
  }
  for (const Command& command : commands) {
    if (command.app->parsed()) return command.action();
  }
  return kUsage;
}

}  // namespace

int run(const Registry& registry, int argc, const char* const* argv) {
  const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
  try {
    if (is_trace_request(arguments)) return trace_main(faults::with_parts(registry), arguments);
    const int code = dispatch(registry, arguments);
    std::cout.flush();
    if (std::cout.fail()) throw IoError("standard output could not be written");
    return code;
  } catch (const Error& error) {
    std::cerr << "seedproof: " << to_string(error.kind()) << ": " << error.what() << "\n";
    // A bad name or value on the command line, a bad file, or the system's refusal.
    return error.kind() == ErrorKind::runtime ? kInternal : kUsage;
  } catch (const std::exception& error) {
    std::cerr << "seedproof: internal error: " << error.what() << "\n";
  }
  return kInternal;
}

}  // namespace seedproof
