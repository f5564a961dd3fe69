// A scenario file read once, from which any number of scenarios follow that differ in a few settings.
#pragma once
#include <string>
#include <vector>

#include "scenario/inheritance.h"
#include "scenario/loader.h"

namespace homeward {

// The text after inheritance is long; where only results are wanted it is left out.
enum class CanonicalText { written, left_out };

class ScenarioSource {
 public:
  // Reads the chain of files and the tables, and checks them. Throws InputError with all faults at once.
  // `vocabulary` must outlive the source.
  ScenarioSource(std::string file, const Vocabulary& vocabulary, LoadOptions options);

  // The scenario with `settings` laid over it, later ones over earlier ones (see setting_document()).
  // Throws InputError with the faults of the settings and of what they make together.
  Scenario with(const std::vector<Document>& settings, CanonicalText text) const;
  // What is wrong with a setting by itself: its path, its value.
  Faults faults_of(const Document& setting) const;

  const std::string& file() const { return file_; }
  const Tables& tables() const { return tables_; }

 private:
  std::string file_;
  const Vocabulary& vocabulary_;
  LoadOptions options_;
  bool extends_ = false;
  YamlNode whole_;  // after inheritance and --set
  std::string tables_folder_;  // where one is named; empty for the default
  Tables tables_;
  std::string tables_hash_;  // of the tables with the file's economy: and hosts:
};

}  // namespace homeward
