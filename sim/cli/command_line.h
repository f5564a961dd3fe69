// From argv to a request; help and completions come from the same table of verbs.
#pragma once
#include <string>
#include <vector>

#include "request.h"

namespace homeward::cli {

struct Parsed {
  Request request;
  bool proceed = false;  // otherwise help was printed or a fault told
  int exit_code = 0;
};

// Prints help where it is asked for and faults where there are any.
Parsed parse_command_line(int argc, char** argv);

// What a shell may complete.
struct OptionWords {
  std::vector<std::string> names;  // -o, --output
  std::string value;               // DIR, FILE, N ...; empty for a switch
  std::string text;
};
struct VerbWords {
  std::string verb, text;
  std::vector<OptionWords> options;
  std::string names;  // FILE, FILES, KIND, NAME, SHELL or nothing
};
std::vector<VerbWords> verb_words();

}  // namespace homeward::cli
