// homeward completion: scripts for bash, zsh and fish, written from the table of verbs.
#include <iostream>

#include "command_line.h"
#include "homeward/homeward.h"
#include "values.h"
#include "verbs.h"

namespace homeward::cli {
namespace {

// What can follow `explain`; hosts, parameters and keys only where the tables are at hand.
std::vector<std::string> entry_names() {
  std::vector<std::string> names;
  for (const EntryKind kind : {EntryKind::lever, EntryKind::parameter, EntryKind::measure, EntryKind::dimension,
                               EntryKind::key}) {
    try {
      for (const Entry& entry : entries(kind, "")) names.push_back(entry.name);
    } catch (const Error&) {
      continue;
    }
  }
  return names;
}

// The words that follow a verb; empty where files do.
std::vector<std::string> words_after(const VerbWords& verb) {
  if (verb.names == "KIND") return {"levers", "parameters", "measures", "hosts", "dimensions", "keys"};
  if (verb.names == "NAME") return entry_names();
  if (verb.names == "SHELL") return {"bash", "zsh", "fish"};
  return {};
}

bool takes_files(const VerbWords& verb) { return verb.names == "FILE" || verb.names == "FILES" || verb.names == "DIR"; }

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string option_words(const VerbWords& verb) {
  std::vector<std::string> words;
  for (const OptionWords& option : verb.options) {
    for (const std::string& name : option.names) words.push_back(name);
  }
  return joined(words);
}

// Inside single quotes of a shell; fish and zsh agree on this.
std::string single_quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'') {
      result += "'\\''";
    } else if (c == '[' || c == ']' || c == ':') {
      result += c == ':' ? ',' : c == '[' ? '(' : ')';  // they mean something to zsh
    } else {
      result += c;
    }
  }
  return result + '\'';
}

void bash() {
  std::string verbs;
  std::cout << "# bash completion of homeward; source it, or put it into /etc/bash_completion.d\n"
               "_homeward() {\n"
               "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words= files=\n"
               "  case $before in\n"
               "    -o|--output|--tables) COMPREPLY=($(compgen -d -- \"$word\")); return ;;\n"
               "    --returns) COMPREPLY=($(compgen -W 'settled students all' -- \"$word\")); return ;;\n"
               "  esac\n"
               "  case ${COMP_WORDS[1]} in\n";
  for (const VerbWords& verb : verb_words()) {
    verbs += verb.verb + ' ';
    std::cout << "    " << verb.verb << ")\n"
              << "      [[ $word == -* ]] && words='" << option_words(verb) << "' || words='"
              << joined(words_after(verb)) << "'\n"
              << (takes_files(verb) ? "      [[ $word == -* ]] || files=1\n" : "") << "      ;;\n";
  }
  std::cout << "  esac\n"
               "  ((COMP_CWORD == 1)) && words='" << verbs << "--help --version' files=\n"
               "  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
               "  [[ $files ]] && COMPREPLY+=($(compgen -f -- \"$word\"))\n"
               "}\n"
               "complete -o filenames -F _homeward homeward\n";
}

void zsh() {
  std::cout << "#compdef homeward\n"
               "# zsh completion of homeward; put it as _homeward into a folder of $fpath, or source it\n"
               "_homeward() {\n"
               "  local -a verbs\n"
               "  verbs=(\n";
  for (const VerbWords& verb : verb_words()) {
    std::cout << "    " << single_quoted(verb.verb).substr(0, verb.verb.size() + 1) << ':'
              << single_quoted(verb.text).substr(1) << '\n';
  }
  std::cout << "  )\n"
               "  if ((CURRENT == 2)); then\n"
               "    _describe verb verbs\n"
               "    return\n"
               "  fi\n"
               "  local verb=$words[2]\n"
               "  shift words\n"
               "  ((CURRENT--))\n"
               "  case $verb in\n";
  for (const VerbWords& verb : verb_words()) {
    std::cout << "    " << verb.verb << ")\n      _arguments";
    for (const OptionWords& option : verb.options) {
      for (const std::string& name : option.names) {
        std::cout << " \\\n        " << single_quoted(name).substr(0, name.size() + 1) << '['
                  << single_quoted(option.text).substr(1, single_quoted(option.text).size() - 2) << ']';
        if (option.value == "DIR") {
          std::cout << ":folder:_files -/";
        } else if (!option.value.empty()) {
          std::cout << ":value:" << (name == "--returns" ? "(settled students all)" : "");
        }
        std::cout << '\'';
      }
    }
    const std::string words = joined(words_after(verb));
    if (takes_files(verb)) std::cout << " \\\n        '*:file:_files'";
    if (!words.empty()) std::cout << " \\\n        '*:word:(" << words << ")'";
    std::cout << "\n      ;;\n";
  }
  std::cout << "  esac\n"
               "}\n"
               "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n"
               "  _homeward \"$@\"\n"
               "else\n"
               "  compdef _homeward homeward\n"
               "fi\n";
}

void fish() {
  std::cout << "# fish completion of homeward; put it into ~/.config/fish/completions/homeward.fish\n"
               "complete -c homeward -f\n"
               "complete -c homeward -n __fish_use_subcommand -l help -d 'Print help'\n"
               "complete -c homeward -n __fish_use_subcommand -l version -d 'Print the version'\n";
  for (const VerbWords& verb : verb_words()) {
    const std::string when = " -n '__fish_seen_subcommand_from " + verb.verb + "'";
    std::cout << "complete -c homeward -n __fish_use_subcommand -a " << verb.verb << " -d " << single_quoted(verb.text)
              << '\n';
    if (takes_files(verb)) std::cout << "complete -c homeward" << when << " -F\n";
    const std::string words = joined(words_after(verb));
    if (!words.empty()) std::cout << "complete -c homeward" << when << " -a '" << words << "'\n";
    for (const OptionWords& option : verb.options) {
      std::cout << "complete -c homeward" << when;
      for (const std::string& name : option.names) {
        std::cout << (name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1));
      }
      if (option.value == "DIR") {
        std::cout << " -x -a '(__fish_complete_directories)'";
      } else if (!option.value.empty()) {
        std::cout << " -x" << (option.names.back() == "--returns" ? " -a 'settled students all'" : "");
      }
      std::cout << " -d " << single_quoted(option.text) << '\n';
    }
  }
}

}  // namespace

int completion_verb(const Request& request) {
  Values values;
  const std::string shell = request.names.size() == 1 ? request.names.front() : "";
  if (shell != "bash" && shell != "zsh" && shell != "fish") {
    values.add("name one shell: bash, zsh or fish. To use it at once: source <(homeward completion bash)");
  }
  if (!values.sound("completion")) return exit_input;
  if (shell == "bash") bash();
  if (shell == "zsh") zsh();
  if (shell == "fish") fish();
  return exit_done;
}

}  // namespace homeward::cli
