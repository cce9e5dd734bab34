#include <cstdlib>
#include <filesystem>
#include <ostream>

#include <sys/ioctl.h>
#include <unistd.h>

#include <seedproof/harness/cli/command.h>
#include <seedproof/harness/golden/file_io.h>

namespace seedproof {

namespace {

bool is_set(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' && std::string_view(value) != "0";
}

}  // namespace

bool use_color(const CommandContext& context) {
  if (context.color == "always") return true;
  if (context.color == "never") return false;
  const char* no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  if (is_set("CLICOLOR_FORCE")) return true;
  return isatty(STDOUT_FILENO) == 1;
}

std::size_t terminal_width() {
  constexpr std::size_t kDefault = 100;
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 40) return kDefault;
  return size.ws_col;
}

void write_report(CommandContext& context, const std::string& path, const std::string& text) {
  if (path == "-") {
    context.out << text;
    return;
  }
  write_file_atomically(std::filesystem::path(path), std::string_view(text));
}

std::string find_golden_directory(const std::string& given) {
  if (!given.empty()) return given;
  std::error_code error;
  for (const char* place : {"golden", SEEDPROOF_GOLDEN_INSTALLED}) {
    if (std::filesystem::is_directory(place, error)) return place;
  }
  return "";
}

std::string shell_quoted(const std::string& text) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=,+@%";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string::npos) return text;
  std::string out = "'";
  for (const char character : text) {
    if (character == '\'')
      out += "'\\''";
    else
      out += character;
  }
  return out + "'";
}

}  // namespace seedproof
