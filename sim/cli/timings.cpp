// Medians, spreads, and what may be said of two of them.
#include "timings.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace homeward::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string file_name(const std::string& file) { return std::filesystem::path(file).filename().string(); }

TimingComparison compared(const std::string& scenario, const std::string& figure, const Samples& before, const Samples& now,
                    double gain) {
  TimingComparison result{scenario, figure, before.median(), now.median(), gain, noise_of(before, now),
                    Verdict::within_noise};
  if (gain > 1 + result.noise) result.verdict = Verdict::faster;
  if (gain < 1 / (1 + result.noise)) result.verdict = Verdict::slower;
  return result;
}

}  // namespace

double Samples::median() const {
  if (values.empty()) return 0;
  std::vector<double> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  const std::size_t middle = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
double Samples::lowest() const { return values.empty() ? 0 : *std::min_element(values.begin(), values.end()); }
double Samples::highest() const { return values.empty() ? 0 : *std::max_element(values.begin(), values.end()); }

std::string word(Verdict verdict) {
  return verdict == Verdict::faster ? "faster" : verdict == Verdict::slower ? "slower" : "within noise";
}

double noise_of(const Samples& before, const Samples& now) {
  double ratio = 1;
  for (const Samples* one : {&before, &now}) {
    if (one->lowest() > 0) ratio *= std::sqrt(one->highest() / one->lowest());
  }
  return std::max(ratio - 1, std::min(before.values.size(), now.values.size()) < 3 ? 0.10 : 0.02);
}

std::optional<std::string> EarlierTimings::read(const std::string& file) {
  std::ifstream in(file);
  if (!in) return "cannot be read";
  const Json json = Json::parse(in, nullptr, false);
  const std::string wanted = "is no result of `homeward bench --json`";
  try {
    if (json.is_discarded()) return wanted;
    const std::string processor = json.at("machine").at("processor").get<std::string>();
    for (const Json& one : json.at("scenarios")) {
      Earlier earlier;
      earlier.file = file_name(one.at("file").get<std::string>());
      earlier.scale = one.at("scale").get<double>();
      earlier.to_year = one.at("to_year").get<int>();
      earlier.threads = one.at("threads").get<int>();
      earlier.rate.values = one.at("agent_years_per_second").at("repetitions").get<std::vector<double>>();
      earlier.total.values = one.at("wall_seconds").at("total").at("repetitions").get<std::vector<double>>();
      for (const double value : earlier.rate.values) {
        if (!(value > 0)) return wanted;
      }
      if (earlier.rate.values.empty() || earlier.total.values.size() != earlier.rate.values.size()) return wanted;
      scenarios_.push_back(std::move(earlier));
    }
    processors_.push_back(processor);
  } catch (const Json::exception&) {
    return wanted;
  }
  return std::nullopt;
}

std::vector<TimingComparison> EarlierTimings::compare(const ScenarioTimings& now) const {
  Samples rate, total;
  for (const Earlier& one : scenarios_) {
    if (one.file != file_name(now.file) || std::abs(one.scale - now.scale) > 1e-9 || one.to_year != now.to_year ||
        one.threads != now.threads) {
      continue;
    }
    rate.values.insert(rate.values.end(), one.rate.values.begin(), one.rate.values.end());
    total.values.insert(total.values.end(), one.total.values.begin(), one.total.values.end());
  }
  if (rate.values.empty()) return {};
  return {compared(now.name, "stepping", rate, now.rate, now.rate.median() / rate.median()),
          compared(now.name, "file to files", total, now.total, total.median() / now.total.median())};
}

std::vector<std::string> EarlierTimings::other_machines(const std::string& processor) const {
  std::vector<std::string> others;
  for (const std::string& one : processors_) {
    if (one != processor && std::find(others.begin(), others.end(), one) == others.end()) others.push_back(one);
  }
  return others;
}

}  // namespace homeward::cli
