// A trace as lines of JSON, without its numbers, from another process.
#pragma once

#include <string>

#include <seedproof/harness/subjects/trace.h>

namespace seedproof {

/// The first line of every trace: what prints another one is no trace.
inline constexpr const char* kTraceHeader = "{\"seedproof-trace\":1}";

/// Header, a line an item, and a last line that says how many there were.
std::string trace_to_lines(const Trace& trace);

/// Reads a trace line by line. Each throws FormatError naming the line.
class TraceReader {
 public:
  void line(const std::string& text);
  /// The whole trace; throws when its last line has not come.
  Trace take();

 private:
  void item(const std::string& text);

  Trace trace_;
  std::uint64_t lines_ = 0;
  bool ended_ = false;
};

}  // namespace seedproof
