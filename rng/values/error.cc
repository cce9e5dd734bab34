#include <seedproof/rng/values/error.h>

namespace seedproof {

std::string_view to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::value:
      return "ValueError";
    case ErrorKind::type:
      return "TypeError";
    case ErrorKind::overflow:
      return "OverflowError";
    case ErrorKind::runtime:
      return "RuntimeError";
    case ErrorKind::format:
      return "FormatError";
    case ErrorKind::io:
      return "IoError";
    case ErrorKind::config:
      break;
  }
  return "ConfigError";
}

}  // namespace seedproof
