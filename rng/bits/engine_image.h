// The binary image of an engine's state (format: engine.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace seedproof::detail {

std::vector<std::byte> write_engine_image(std::string_view name,
                                          std::span<const std::uint64_t> words);

/// The state words. Throws FormatError unless the image is whole, of engine `name`, and holds
/// exactly `count` words.
std::vector<std::uint64_t> read_engine_image(std::string_view name, std::size_t count,
                                             std::span<const std::byte> image);

}  // namespace seedproof::detail
