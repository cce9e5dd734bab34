// The commands of the program, one file each.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include <seedproof/harness/registry.h>

namespace seedproof {

inline constexpr const char* kVersion = SEEDPROOF_VERSION;

enum ExitCode : int {
  kKept = 0,
  kBroken = 1,
  kUsage = 2,
  kNothingRan = 3,
  kGoldenMissing = 4,
  kInternal = 125
};

/// What every command is given.
struct CommandContext {
  const Registry& registry;
  std::ostream& out;  // the result
  std::ostream& err;  // progress and errors
  std::string color = "auto";
};

/// A subcommand and what it does when it was named.
struct Command {
  CLI::App* app = nullptr;
  std::function<int()> action;
};

/// The built-in commands, in the order of their list.
std::vector<Command> add_commands(CLI::App& root, CommandContext& context);

/// Whether to colour: the option first, then NO_COLOR, then CLICOLOR_FORCE, then whether standard
/// output is a terminal.
bool use_color(const CommandContext& context);
std::size_t terminal_width();

/// Writes `text` to a file atomically, or to the context's output for "-".
void write_report(CommandContext& context, const std::string& path, const std::string& text);

/// The folder of goldens: `given` if not empty; else ./golden, else the installed one, else "".
std::string find_golden_directory(const std::string& given);

/// Quotes for a POSIX shell where needed.
std::string shell_quoted(const std::string& text);

}  // namespace seedproof
