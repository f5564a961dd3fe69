// Timings as lines for a reader and as JSON for tracking.
#include <chrono>
#include <ctime>
#include <nlohmann/json.hpp>

#include "text.h"
#include "timings.h"

namespace homeward::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string millions(double value) { return brief(value / 1e6); }

std::string spread_text(const Samples& samples, double unit) {
  if (samples.values.size() < 2) return brief(samples.median() / unit);
  return brief(samples.median() / unit) + " (" + brief(samples.lowest() / unit) + " to " +
         brief(samples.highest() / unit) + ")";
}

Json to_json(const Samples& samples) {
  return {{"median", samples.median()}, {"lowest", samples.lowest()}, {"highest", samples.highest()},
          {"repetitions", samples.values}};
}

// The share of what the machine can do that the least possible work takes up.
struct Shares {
  double memory = 0, random = 0;
};
Shares shares_of(const ScenarioTimings& timings, const MachineLimits& limits) {
  const LeastWork least = least_work_of_an_agent_year();
  const double rate = timings.rate.median();
  Shares shares;
  if (limits.triad_bytes_per_second > 0) shares.memory = rate * least.bytes / limits.triad_bytes_per_second;
  if (limits.philox_words_per_second > 0) shares.random = rate * least.random_words / limits.philox_words_per_second;
  return shares;
}

std::string percent(double share) { return brief(100 * share) + " %"; }

double phases_total(const ScenarioTimings& timings) {
  double sum = 0;
  for (const PhaseSeconds& phase : timings.phases) sum += phase.seconds;
  return sum;
}

void add_scenario(const ScenarioTimings& s, const MachineLimits& limits, std::vector<std::string>& lines) {
  const std::size_t width = 24;
  lines.push_back(s.name + ", " + scale_text(s.scale) + " to " + std::to_string(s.to_year) + ", " +
                  std::to_string(s.threads) + (s.threads == 1 ? " thread, " : " threads, ") +
                  std::to_string(s.rate.values.size()) + " repetitions with the same totals; medians (lowest to highest)");
  lines.push_back(padded("  agent-years/s", width) + spread_text(s.rate, 1e6) + " million");
  lines.push_back(padded("  file to files", width) + spread_text(s.total, 1) + " s: reading " + brief(s.load.median()) +
                  ", synthesis " + brief(s.synthesis.median()) + ", stepping " + brief(s.stepping.median()) +
                  ", output " + brief(s.output.median()));
  const double all = phases_total(s);
  std::string phases;
  for (const PhaseSeconds& phase : s.phases) {
    phases += (phases.empty() ? "" : ", ") + phase.phase + ' ' + percent(all > 0 ? phase.seconds / all : 0);
  }
  const std::vector<std::string> wrapped_phases = wrapped(phases, 90);
  for (std::size_t i = 0; i < wrapped_phases.size(); ++i) {
    lines.push_back(padded(i == 0 ? "  of the stepping" : "", width) + wrapped_phases[i]);
  }
  lines.push_back(padded("  memory", width) + brief(s.bytes_per_agent) + " bytes of state an agent, peak " +
                  brief(static_cast<double>(s.peak_bytes) / 1e6) + " MB");
  const Shares shares = shares_of(s, limits);
  lines.push_back(padded("  of this machine", width) + percent(shares.memory) + " of its memory bandwidth, " +
                  percent(shares.random) + " of its random numbers (the least that a person's year needs)");
  for (const ThreadTimings& at : s.by_threads) {
    const double speedup = at.rate.median() / s.by_threads.front().rate.median();
    lines.push_back(padded("  " + std::to_string(at.threads) + (at.threads == 1 ? " thread" : " threads"), width) +
                    spread_text(at.rate, 1e6) + " million/s, " + brief(speedup) + " times one thread, efficiency " +
                    percent(speedup / at.threads));
  }
}

std::string utc_now() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

Json to_json(const ScenarioTimings& s, const MachineLimits& limits) {
  Json phases = Json::array();
  const double all = phases_total(s);
  for (const PhaseSeconds& phase : s.phases) {
    phases.push_back({{"phase", phase.phase},
                      {"seconds", phase.seconds},
                      {"share", all > 0 ? phase.seconds / all : 0},
                      {"nanoseconds_per_agent_year", phase.seconds / static_cast<double>(s.agent_years) * 1e9}});
  }
  Json scaling = Json::array();
  for (const ThreadTimings& at : s.by_threads) {
    const double speedup = at.rate.median() / s.by_threads.front().rate.median();
    scaling.push_back({{"threads", at.threads},
                       {"agent_years_per_second", to_json(at.rate)},
                       {"speedup", speedup},
                       {"efficiency", speedup / at.threads}});
  }
  const Shares shares = shares_of(s, limits);
  return {{"scenario", s.name},
          {"file", s.file},
          {"scenario_hash", s.hash},
          {"scale", s.scale},
          {"to_year", s.to_year},
          {"threads", s.threads},
          {"agent_years", s.agent_years},
          {"agent_years_per_second", to_json(s.rate)},
          {"wall_seconds",
           {{"load", to_json(s.load)},
            {"synthesis", to_json(s.synthesis)},
            {"stepping", to_json(s.stepping)},
            {"output", to_json(s.output)},
            {"total", to_json(s.total)}}},
          {"phases", phases},
          {"bytes_per_agent", s.bytes_per_agent},
          {"peak_rss_bytes", s.peak_bytes},
          {"thread_scaling", scaling},
          {"share_of_machine", {{"memory_bandwidth", shares.memory}, {"philox", shares.random}}}};
}

}  // namespace

std::vector<std::string> bench_text(const BenchReport& report, const std::vector<TimingComparison>& comparisons) {
  std::vector<std::string> lines;
  const BuildFacts build = build_facts();
  lines.push_back("homeward " + build.version + " " + build.revision + ", " + build.compiler + ", " +
                  build.instruction_set + "; " + report.machine.processor + ", " +
                  std::to_string(report.machine.processors) + " processors");
  lines.push_back("This machine, " + std::to_string(report.limits.threads) +
                  (report.limits.threads == 1 ? " thread: " : " threads: ") +
                  brief(report.limits.triad_bytes_per_second / 1e9) + " GB/s of memory (triad), " +
                  millions(report.limits.philox_words_per_second) + " million random words/s (Philox)");
  for (const ScenarioTimings& scenario : report.scenarios) add_scenario(scenario, report.limits, lines);
  for (const TimingComparison& one : comparisons) {
    lines.push_back(one.scenario + ", " + one.figure + ": " + word(one.verdict) + ", " + brief(one.gain) +
                    " times as fast as before (noise " + percent(one.noise) + ")");
  }
  return lines;
}

std::string bench_json(const BenchReport& report, const std::vector<TimingComparison>& comparisons) {
  const BuildFacts build = build_facts();
  Json scenarios = Json::array();
  for (const ScenarioTimings& scenario : report.scenarios) scenarios.push_back(to_json(scenario, report.limits));
  Json against = Json::array();
  for (const TimingComparison& one : comparisons) {
    against.push_back({{"scenario", one.scenario},
                       {"figure", one.figure},
                       {"before", one.before},
                       {"now", one.now},
                       {"gain", one.gain},
                       {"noise", one.noise},
                       {"verdict", word(one.verdict)}});
  }
  Json json{{"homeward", {{"version", build.version}, {"revision", build.revision}, {"compiler", build.compiler}}},
            {"measured_at", utc_now()},
            {"machine",
             {{"processor", report.machine.processor},
              {"system", report.machine.system},
              {"processors", report.machine.processors},
              {"memory_bytes", report.machine.memory_bytes},
              {"instruction_set", build.instruction_set}}},
            {"limits",
             {{"threads", report.limits.threads},
              {"triad_bytes_per_second", report.limits.triad_bytes_per_second},
              {"philox_words_per_second", report.limits.philox_words_per_second}}},
            {"scenarios", scenarios}};
  if (!against.empty()) json["against"] = against;
  return json.dump(2);
}

}  // namespace homeward::cli
