#include <map>

#include <seedproof/harness/report/report.h>

namespace seedproof {

namespace {

bool is_xml_character(unsigned char byte) {
  return byte >= 0x20 || byte == '\t' || byte == '\n' || byte == '\r';
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char character : text) {
    switch (character) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\n':
        out += "&#10;";
        break;
      default:
        out += is_xml_character(static_cast<unsigned char>(character)) ? character : '?';
    }
  }
  return out;
}

std::string finding_text(const CheckResult& result) {
  std::string text = result.detail;
  for (const Finding& finding : result.findings) {
    text += "\nlayer " + finding.layer + ", step " + std::to_string(finding.step) + ", " +
            finding.draw + " " + finding.element + ": expected " + finding.expected + ", found " +
            finding.found + "; " + finding.explanation;
  }
  return text + "\nreplay: " + result.replay;
}

std::string outcome(const CheckResult& result) {
  const std::string message = " message=\"" + escaped(result.detail) + "\"";
  switch (result.verdict) {
    case Verdict::holds:
      return "";
    case Verdict::broken:
      return "      <failure" + message + ">" + escaped(finding_text(result)) + "</failure>\n";
    case Verdict::could_not_run:
      return "      <error" + message + ">" + escaped(finding_text(result)) + "</error>\n";
    case Verdict::unpromised:
    case Verdict::not_applicable:
    case Verdict::no_oracle:
      break;
  }
  return "      <skipped message=\"" + std::string(to_string(result.verdict)) + ": " +
         escaped(result.detail) + "\"/>\n";
}

struct Suite {
  std::string cases;
  std::uint64_t tests = 0, failures = 0, errors = 0, skipped = 0;
};

void add_case(Suite& suite, const CheckResult& result) {
  ++suite.tests;
  if (result.verdict == Verdict::broken)
    ++suite.failures;
  else if (result.verdict == Verdict::could_not_run)
    ++suite.errors;
  else if (result.verdict != Verdict::holds)
    ++suite.skipped;
  suite.cases += "    <testcase classname=\"" + escaped(result.generator + "." + result.subject) +
                 "\" name=\"" + escaped(result.check) + "\">\n      <properties>\n" +
                 "        <property name=\"promised\" value=\"" +
                 (result.promised ? "true" : "false") + "\"/>\n      </properties>\n" +
                 outcome(result) + "    </testcase>\n";
}

std::string counts(const Suite& suite) {
  return " tests=\"" + std::to_string(suite.tests) + "\" failures=\"" +
         std::to_string(suite.failures) + "\" errors=\"" + std::to_string(suite.errors) +
         "\" skipped=\"" + std::to_string(suite.skipped) + "\"";
}

}  // namespace

std::string junit_report(const CheckReport& report) {
  std::vector<std::string> order;
  std::map<std::string, Suite> suites;
  Suite all;
  for (const CheckResult& result : report.results) {
    if (!suites.contains(result.generator)) order.push_back(result.generator);
    add_case(suites[result.generator], result);
    add_case(all, result);
  }
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"seedproof\"" +
                    counts(all) + ">\n";
  for (const std::string& generator : order) {
    const Suite& suite = suites.at(generator);
    out += "  <testsuite name=\"" + escaped(generator) + "\"" + counts(suite) + ">\n" +
           "    <properties>\n      <property name=\"root_seed\" value=\"" +
           escaped(report.root_seed) + "\"/>\n      <property name=\"version\" value=\"" +
           escaped(report.version) + "\"/>\n    </properties>\n" + suite.cases + "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

}  // namespace seedproof
