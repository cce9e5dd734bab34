#include <set>
#include <span>
#include <string>
#include <vector>

#include <seedproof/harness/golden/file_io.h>
#include <seedproof/harness/golden/json_fields.h>
#include <seedproof/harness/golden/manifest_read.h>
#include <seedproof/harness/golden/manifest_row.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

std::string place_of(const std::filesystem::path& path, std::size_t line) {
  return path.string() + ":" + std::to_string(line);
}

/// Takes the next line off `text`; it must have its line feed.
std::string_view next_line(std::string_view& text, const std::string& place) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) throw FormatError(place + ": the last line has no line feed");
  if (end > kMaxManifestLine) {
    throw FormatError(place + ": a line of " + std::to_string(end) + " bytes, at most " +
                      std::to_string(kMaxManifestLine) + " are read");
  }
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

bool is_maker(std::string_view text) {
  return !text.empty() && text.size() <= 64 && text[0] != '.' &&
         text.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") ==
             std::string_view::npos;
}

/// Reads the header into `out` and gives the number of rows it tells.
std::size_t read_header(std::string_view line, const std::string& place, GoldenManifest& out) {
  const Json value = parse_json(line, place);
  JsonFields fields(value, place);
  if (const std::string schema = fields.text("schema"); schema != "seedproof-golden") {
    fields.fail("schema", "'seedproof-golden' expected, found '" + schema + "'");
  }
  fields.integer("version", 1, 1);
  out.maker = fields.text("maker");
  if (!is_maker(out.maker)) fields.fail("maker", "no maker's name: " + shown(Json(out.maker)));
  out.made_with = fields.texts("made_with");
  if (out.made_with.empty()) fields.fail("made_with", "at least one package expected");
  out.command = fields.text("command");
  out.platform = fields.texts("platform");
  for (const char* key : {"libc", "machine"}) {
    if (!out.platform.contains(key))
      fields.fail("platform", "'" + std::string(key) + "' is missing");
  }
  const std::int64_t rows = fields.integer("rows", 0, static_cast<std::int64_t>(kMaxManifestRows));
  fields.finish();
  return static_cast<std::size_t>(rows);
}

/// Files that rows need are rows themselves, else nothing would guard them.
void check_files(const GoldenManifest& manifest, GoldenReferences references) {
  std::set<std::string_view> known;
  for (const GoldenRow& row : manifest.rows) {
    if (known.insert(row.file).second) continue;
    throw FormatError(place_of(manifest.path, static_cast<std::size_t>(row.line)) +
                      ": key 'file': '" + row.file + "' has a row already");
  }
  if (references == GoldenReferences::open) return;
  for (const GoldenRow& row : manifest.rows) {
    for (const std::string& file : files_used(row)) {
      if (known.contains(file)) continue;
      throw FormatError(place_of(manifest.path, static_cast<std::size_t>(row.line)) + ": row '" +
                        row.file + "' uses '" + file + "', which has no row");
    }
  }
}

}  // namespace

GoldenManifest parse_golden_manifest(std::string_view text, const std::filesystem::path& path,
                                     GoldenReferences references) {
  GoldenManifest out;
  out.path = path;
  if (text.empty()) throw FormatError(place_of(path, 1) + ": the manifest is empty");
  const std::size_t told = read_header(next_line(text, place_of(path, 1)), place_of(path, 1), out);
  for (std::size_t line = 2; !text.empty(); ++line) {
    const std::string place = place_of(path, line);
    if (out.rows.size() == told) {
      throw FormatError(place + ": more rows than the " + std::to_string(told) +
                        " that the header tells");
    }
    const Json value = parse_json(next_line(text, place), place);
    out.rows.push_back(read_golden_row(value, place));
    out.rows.back().line = static_cast<int>(line);
  }
  if (out.rows.size() != told) {
    throw FormatError(path.string() + ": " + std::to_string(out.rows.size()) +
                      " rows, the header tells " + std::to_string(told));
  }
  check_files(out, references);
  return out;
}

GoldenManifest read_golden_manifest(const std::filesystem::path& path,
                                    GoldenReferences references) {
  const std::vector<std::byte> bytes = read_file(path, kMaxManifestBytes);
  return parse_golden_manifest({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, path,
                               references);
}

}  // namespace seedproof
