// What a report is made of: the record of a run and its tables, as they stand in a folder.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/result_table.h"
#include "scenario/presentation.h"

namespace homeward {

// A sum of returns over years, alternative less base, as the terminal tells it.
struct HeadlineSum {
  int from_year = 0, to_year = 0;
  double difference = 0;
  std::optional<double> low, high, relative, relative_low, relative_high;
};

struct AlternativeRecord {
  std::string code, name, note, file;  // code: in the tables
  std::vector<std::string> differences, parted_by;
  std::vector<HeadlineSum> sums;       // the last is the headline
};

struct ClaimRecord {
  std::string text, verdict, measure;
  int from_year = 0, to_year = 0;
  bool relative = true, at_least = true;
  double threshold = 0;
  std::optional<double> value, low, high;
};

// What manifest.json says, less times, threads and machine: they are in no report.
struct RunRecord {
  std::string name, note, file, canonical;
  std::string version, revision, model_version;
  std::string hash, seed, returns, interval_kind;
  int replicates = 0, from_year = 0, to_year = 0;
  double scale = 1;
  bool draw_priors = false;
  std::vector<std::string> forced, priors_kept, files;
  std::vector<std::pair<std::string, std::string>> tables;  // path, SHA-256
  std::vector<Caution> cautions;
  std::vector<AlternativeRecord> alternatives;  // of a comparison
  std::optional<ClaimRecord> claim;
  std::vector<std::pair<std::string, std::string>> details;  // of a sweep: what, and its value, for people
};

// Throws InputError where the text is no manifest of this program.
RunRecord read_record(std::string_view manifest, const std::string& file);
// The record of a sweep, from the note in its folder.
RunRecord read_sweep_record(std::string_view note, const std::string& file);

struct ReportInput {
  RunRecord record;
  std::map<std::string, ResultTable> tables;     // by file name; those that are there
  std::vector<std::vector<Location>> land;

  const ResultTable* find(const std::string& file) const;
};

// The files that a report reads beside the manifest.
const std::vector<std::string>& report_tables();

// A mean with its interval, as in a row of a table.
struct Figured {
  double mean = 0;
  std::optional<double> low, high;
};

// summary.csv, looked up.
class SummaryTable {
 public:
  explicit SummaryTable(const ResultTable& table);
  std::optional<Figured> at(const std::string& measure, int year) const;  // empty where not defined

 private:
  std::map<std::pair<std::string, int>, Figured> rows_;
};

// The year the answer is about: the last one written, not past the extrapolation.
int headline_year(const RunRecord& record);

// The home country, from hosts.csv; nameless where the tables do not name it.
std::optional<Location> home_of(const ReportInput& input);
std::string home_name(const ReportInput& input);

}  // namespace homeward
