// The program: a request, its verb, an exit code.
#include <algorithm>
#include <array>
#include <iostream>
#include <new>

#include "command_line.h"
#include "homeward/homeward.h"
#include "text.h"
#include "verbs.h"

namespace homeward::cli {
namespace {

struct Verb {
  const char* name;
  int (*act)(const Request&);
};

constexpr std::array verbs{
    Verb{"run", run_verb},         Verb{"check", check_verb},     Verb{"list", list_verb},
    Verb{"explain", explain_verb}, Verb{"diff", diff_verb},       Verb{"report", report_verb},
    Verb{"schema", schema_verb},   Verb{"version", version_verb}, Verb{"completion", completion_verb},
    Verb{"sweep", sweep_verb},     Verb{"compare", compare_verb},
    Verb{"bench", bench_verb},
};

int act(const Request& request) {
  const auto verb = std::find_if(verbs.begin(), verbs.end(), [&](const Verb& one) { return request.verb == one.name; });
  try {
    return verb->act(request);
  } catch (const InputError& error) {
    std::cerr << error.what() << '\n';
    return exit_input;
  } catch (const std::bad_alloc&) {
    std::cerr << "homeward " << request.verb << ": out of memory.\n";
    return exit_failed;
  } catch (const std::exception& error) {
    std::cerr << "homeward " << request.verb << ": " << printable(error.what()) << '\n';
    return exit_failed;
  }
}

int act_and_flush(int argc, char** argv) {
  const Parsed parsed = parse_command_line(argc, argv);
  const int code = parsed.proceed ? act(parsed.request) : parsed.exit_code;
  std::cout.flush();
  if (!std::cout) {
    std::cerr << "homeward: cannot write to standard output; what was printed there is not complete.\n";
    return code == exit_done ? exit_failed : code;
  }
  return code;
}

}  // namespace
}  // namespace homeward::cli

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  return homeward::cli::act_and_flush(argc, argv);
}
