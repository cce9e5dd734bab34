// The one family of typed errors that the library throws. Each message names the place and the
// offending value; kinds carry the names of Python's, because frameworks' errors are reproduced.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace seedproof {

enum class ErrorKind {
  value,     // a value outside its domain
  type,      // a value of the wrong type
  overflow,  // an integer that does not fit
  runtime,   // an operation that the object's state forbids
  format,    // bytes of a file, frame or state image that break their grammar
  io,        // the operating system refused
  config     // command line or configuration file
};

std::string_view to_string(ErrorKind kind);  // "ValueError", "TypeError", ...

class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
  ErrorKind kind() const { return kind_; }

 private:
  ErrorKind kind_;
};

template <ErrorKind K>
class ErrorOf : public Error {
 public:
  explicit ErrorOf(const std::string& message) : Error(K, message) {}
};

using ValueError = ErrorOf<ErrorKind::value>;
using TypeError = ErrorOf<ErrorKind::type>;
using OverflowError = ErrorOf<ErrorKind::overflow>;
using RuntimeError = ErrorOf<ErrorKind::runtime>;
using FormatError = ErrorOf<ErrorKind::format>;
using IoError = ErrorOf<ErrorKind::io>;
using ConfigError = ErrorOf<ErrorKind::config>;

}  // namespace seedproof
