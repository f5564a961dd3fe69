// What the tests of this folder share: an invented vocabulary, the invented tables, temporary files, faults as text.
#pragma once
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "scenario/loader.h"

namespace homeward::test {

// A folder that is gone at the end of the scope.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    static int count = 0;
    const std::string name = "homeward-scenario-" + std::to_string(::getpid()) + "-" + std::to_string(++count);
    path_ = std::filesystem::temp_directory_path() / name;
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string path(const std::string& name) const { return (path_ / name).string(); }
  std::string write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path(name), std::ios::binary) << text;
    return path(name);
  }
  // `text` without the name of this folder, so that expectations hold anywhere.
  std::string local(std::string text) const {
    const std::string prefix = path_.string() + "/";
    for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix))
      text.erase(at, prefix.size());
    return text;
  }

 private:
  std::filesystem::path path_;
};

// tests/fixtures/tables (three host groups, four countries, all invented) with a table of parameters beside them: a row
// for each name of the model, 0.5 in 0 to 1 where nothing else is needed.
inline std::string fixture_tables() {
  static const TemporaryFolder folder;
  static const std::string path = [] {
    std::filesystem::copy(std::string(HOMEWARD_SOURCE_DIR) + "/tests/fixtures/tables", folder.path("tables"),
                          std::filesystem::copy_options::recursive);
    std::string rows = "path,unit,value,low,high,hard_low,hard_high,basis,informed_by,source,text\n";
    for (const ParameterMember& member : parameter_members()) {
      std::string numbers = "unit,0.5,0,1,-100,100";
      if (member.path == "choice.b_pay") numbers = "logit per ln point,1.3,0.5,1.8,-10,10";
      if (member.path == "demography.mort_level") numbers = "1/year,0.000022,0.000001,0.0001,0,1";
      if (member.path == "demography.mort_slope") numbers = "1/year,0.095,0.08,0.11,0,1";
      if (member.path == "demography.mort_female") numbers = "factor,0.75,0.5,1,0,10";
      if (member.path == "demography.mort_male") numbers = "factor,1.15,1,1.5,0,10";
      rows += member.path + "," + numbers + ",assumed,prior,invented,Invented.\n";
    }
    folder.write("tables/parameters/table.csv", rows);
    return folder.path("tables");
  }();
  return path;
}

inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::logic_error("not in the text: " + from);
  return text.replace(at, from.size(), to);
}

inline const Vocabulary& vocabulary() {
  using enum Basis;
  static const Vocabulary words{
      {{"law.visa", "intensity", 0, 1, 0, 1, "law", "", "", "trust", "prior", assumed, "invented", "Visas."},
       {"money.pay", "share of pay", 0, 2, 0, 10, "money", "coverage", "posts|all", "choice", "prior", assumed,
        "invented", "Top-up \"of pay\"."},
       {"money.tax", "intensity", 0, 1, 0, 1, "money", "scope", "experts|graduates", "choice", "data", assumed,
        "invented", "Tax cut."},
       {"money.posts", "posts a year", 0, 2000, 0, 1000000, "money", "", "", "lottery", "prior", assumed, "invented",
        "Posts."},
       {"red_tape.recognition", "share cut", 0, 0.8, 0, 1, "procedures", "", "", "months", "prior", assumed, "invented",
        "Degrees."},
       {"pay_growth", "percentage points a year", -2, 3, -20, 20, "pay", "", "", "wages", "data", assumed, "invented",
        "Growth."}},
      {{"stock", "persons", "stock", "", ""}, {"returns_settled", "persons a year", "flow", "", ""}},
      {{"host", {}, ""}, {"class", {"refugee"}, ""}, {"generation", {"1"}, ""}}};
  return words;
}

inline LoadOptions options() {
  LoadOptions chosen;
  chosen.default_tables_folder = fixture_tables();
  return chosen;
}

inline const LeverSchedule& lever(const Scenario& scenario, std::string_view path) {
  for (std::size_t i = 0; i < vocabulary().levers.size(); ++i) {
    if (vocabulary().levers[i].path == path) return scenario.levers.at(i);
  }
  throw std::logic_error("no such lever");
}

inline Scenario load(const TemporaryFolder& folder, const std::string& text, const LoadOptions& chosen = options()) {
  return load_scenario(folder.write("x.yaml", text), vocabulary(), chosen);
}

// The faults of a scenario text, a line each; empty where there are none.
inline std::string faults_of(const TemporaryFolder& folder, const std::string& text,
                             const LoadOptions& chosen = options()) {
  try {
    load(folder, text, chosen);
  } catch (const InputError& error) {
    return folder.local(error.what());
  }
  return "";
}

inline std::string text_of(const Faults& faults) {
  std::string text;
  for (const Fault& fault : faults.in_order()) text += (text.empty() ? "" : "\n") + to_text(fault);
  return text;
}

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace homeward::test

// That a text has a part, showing the whole text where it has not.
#define CHECK_HAS(text, part)                          \
  do {                                                 \
    const std::string whole_text = (text);             \
    CAPTURE(whole_text);                               \
    CHECK(homeward::test::contains(whole_text, part)); \
  } while (false)
