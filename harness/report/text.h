// Small helpers of terminal reports: wrapping, padding, colour.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace seedproof {

enum class Color { none, red, green, yellow, grey, bold };

/// `text` in ANSI colour when `on`.
std::string colored(std::string_view text, Color color, bool on);

/// Pads with blanks to `width` columns; text of that width or more is left alone.
std::string padded(std::string_view text, std::size_t width);

/// Breaks at blanks so that no line is longer than `width` where that is possible. The first line
/// begins in column `column`, the others with `indent` blanks.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent,
                    std::size_t column = 0);

/// "a, b and c".
std::string listed(const std::vector<std::string>& items);

/// "1 layer", "2 layers".
std::string counted(std::size_t count, std::string_view singular);

}  // namespace seedproof
