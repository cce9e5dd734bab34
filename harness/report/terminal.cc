// The summary a person understands in ten seconds, then the findings.
#include <algorithm>
#include <map>

#include <seedproof/harness/report/report.h>
#include <seedproof/harness/report/text.h>

namespace seedproof {

namespace {

struct Mark {
  char symbol;
  Color color;
  int weight;  // the heaviest verdict of a family stands for it
};

Mark mark_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::holds:
      return {'+', Color::green, 3};
    case Verdict::broken:
      return {'X', Color::red, 6};
    case Verdict::unpromised:
      return {'~', Color::yellow, 4};
    case Verdict::not_applicable:
      return {'.', Color::grey, 1};
    case Verdict::no_oracle:
      return {'o', Color::grey, 2};
    case Verdict::could_not_run:
      break;
  }
  return {'!', Color::red, 5};
}

template <class Get>
std::vector<std::string> in_order(const CheckReport& report, Get get) {
  std::vector<std::string> out;
  for (const CheckResult& result : report.results) {
    const std::string& value = get(result);
    if (std::find(out.begin(), out.end(), value) == out.end()) out.push_back(value);
  }
  return out;
}

/// The results as a grid: subject x generator x family -> heaviest verdict.
class Grid {
 public:
  explicit Grid(const CheckReport& report)
      : subjects(in_order(
            report, [](const CheckResult& r) -> auto& { return r.subject; })),
        generators(in_order(
            report, [](const CheckResult& r) -> auto& { return r.generator; })),
        families(in_order(
            report, [](const CheckResult& r) -> auto& { return r.family; })) {
    for (const CheckResult& result : report.results) {
      const Mark mark = mark_of(result.verdict);
      auto [place, fresh] =
          cells_.try_emplace({result.subject, result.generator, result.family}, mark);
      if (!fresh && mark.weight > place->second.weight) place->second = mark;
    }
  }

  std::string cell(const std::string& subject, const std::string& generator, bool color) const {
    std::string out;
    for (const std::string& family : families) {
      const auto found = cells_.find({subject, generator, family});
      out += found == cells_.end()
                 ? std::string(" ")
                 : colored(std::string(1, found->second.symbol), found->second.color, color);
    }
    return out;
  }

  std::vector<std::string> subjects, generators, families;

 private:
  std::map<std::tuple<std::string, std::string, std::string>, Mark> cells_;
};

/// A column head broken at '-' and ':' into lines of at most `width` characters.
std::vector<std::string> head_lines(const std::string& name, std::size_t width) {
  std::vector<std::string> lines(1);
  std::string piece;
  for (std::size_t i = 0; i <= name.size(); ++i) {
    if (i < name.size()) piece += name[i];
    const bool ends = i == name.size() || name[i] == '-' || name[i] == ':';
    if (!ends) continue;
    if (!lines.back().empty() && lines.back().size() + piece.size() > width) lines.emplace_back();
    lines.back() += piece;
    piece.clear();
  }
  return lines;
}

std::string table(const Grid& grid, const TerminalOptions& options) {
  constexpr std::size_t kColumn = 11;
  std::size_t first = 0;
  for (const std::string& subject : grid.subjects) first = std::max(first, subject.size());
  std::vector<std::vector<std::string>> heads;
  std::size_t height = 0;
  for (const std::string& generator : grid.generators) {
    heads.push_back(head_lines(generator, kColumn - 1));
    height = std::max(height, heads.back().size());
  }
  std::string out;
  for (std::size_t row = 0; row < height; ++row) {
    std::string line = padded("", first + 2);
    for (const std::vector<std::string>& head : heads) {
      line += padded(row < head.size() ? head[row] : "", kColumn);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  for (const std::string& subject : grid.subjects) {
    out += padded(subject, first + 2);
    for (std::size_t g = 0; g < grid.generators.size(); ++g) {
      out += grid.cell(subject, grid.generators[g], options.color);
      if (g + 1 < grid.generators.size()) {
        out += std::string(kColumn - std::min(kColumn, grid.families.size()), ' ');
      }
    }
    out += "\n";
  }
  return out;
}

std::string legend(const Grid& grid) {
  return "each cell: " + listed(grid.families) +
         "\n  + holds   X broken   ! could not run   ~ broken but never promised"
         "   o no oracle   . not applicable\n";
}

std::string finding_block(const CheckResult& result, const TerminalOptions& options) {
  const Mark mark = mark_of(result.verdict);
  std::string out = colored(std::string(to_string(result.verdict)), mark.color, options.color) +
                    "  " + result.check + "  " + result.subject + " x " + result.generator + "\n";
  out += "  " + wrapped(result.detail, options.width, 2, 2) + "\n";
  for (const Finding& finding : result.findings) {
    std::string line = "layer " + finding.layer + ", step " + std::to_string(finding.step);
    if (!finding.draw.empty()) line += ", " + finding.draw;
    if (!finding.element.empty()) line += ", element " + finding.element;
    line += ": expected " + finding.expected + ", found " + finding.found;
    out += "  " + wrapped(line, options.width, 4, 2) + "\n";
    if (!finding.explanation.empty()) {
      out += "    " + wrapped("because: " + finding.explanation, options.width, 4, 4) + "\n";
    }
  }
  return out + "  replay: " + result.replay + "\n";
}

/// What was observed without having been promised, by generator and check.
std::string unpromised_lines(const CheckReport& report, const TerminalOptions& options) {
  std::map<std::string, std::map<std::string, std::vector<std::string>>> seen;
  for (const CheckResult& result : report.results) {
    if (result.verdict == Verdict::unpromised) {
      seen[result.generator][result.check].push_back(result.subject);
    }
  }
  if (seen.empty()) return "";
  std::string out = "\nNever promised, and not so (told, not failed):\n";
  for (const auto& [generator, checks] : seen) {
    std::vector<std::string> parts;
    for (const auto& [check, subjects] : checks) {
      parts.push_back(check + " (" + counted(subjects.size(), "subject") + ")");
    }
    out += "  " + wrapped(generator + ": " + listed(parts), options.width, 4, 2) + "\n";
  }
  return out;
}

std::string interference_lines(const CheckReport& report, const TerminalOptions& options) {
  if (report.matrices.empty()) return "";
  std::string out = "\nWho disturbs whom:\n";
  for (const InterferenceMatrix& matrix : report.matrices) {
    out += "  " + wrapped(matrix.generator + ": " + describe(matrix), options.width, 4, 2) + "\n";
  }
  return out;
}

std::string closing_line(const CheckReport& report, const TerminalOptions& options) {
  const CheckSummary s = summarize(report);
  std::string line = std::to_string(s.checks) + " checks: " + std::to_string(s.holds) + " hold, " +
                     std::to_string(s.broken) + " broken, " + std::to_string(s.could_not_run) +
                     " could not run, " + std::to_string(s.unpromised) + " unpromised, " +
                     std::to_string(s.no_oracle) + " without oracle, " +
                     std::to_string(s.not_applicable) + " not applicable";
  const int code = exit_code(report);
  const Color color = code == 0 ? Color::green : Color::red;
  const char* verdict = code == 0   ? "every promise that was checked is kept"
                        : code == 3 ? "nothing ran"
                        : code == 4 ? "golden files are missing"
                                    : "promises are broken";
  return "\n" + line + "\n" + colored(verdict, color, options.color) + "\n";
}

}  // namespace

std::string terminal_report(const CheckReport& report, const TerminalOptions& options) {
  const Grid grid(report);
  std::string out = colored("seedproof " + report.version, Color::bold, options.color) + ": " +
                    counted(grid.subjects.size(), "subject") + " x " +
                    counted(grid.generators.size(), "generator") + ", root seed " +
                    report.root_seed + "\n\n";
  if (!report.results.empty()) out += table(grid, options) + "\n" + legend(grid);
  out += interference_lines(report, options);
  out += unpromised_lines(report, options);
  std::string findings;
  for (const CheckResult& result : report.results) {
    const bool bad = result.verdict == Verdict::broken || result.verdict == Verdict::could_not_run;
    if (bad) findings += "\n" + finding_block(result, options);
    if (!bad && options.verbose) {
      findings += padded(std::string(to_string(result.verdict)), 15) + padded(result.check, 28) +
                  result.subject + " x " + result.generator + ": " + result.detail + "\n";
    }
  }
  if (!findings.empty()) out += "\nFindings:\n" + findings;
  return out + closing_line(report, options) + "replay: " + report.command + "\n";
}

}  // namespace seedproof
