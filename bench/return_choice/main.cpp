// return_choice: the reference workload on which agent-based frameworks are compared.
//
//   return_choice [--agents N] [--steps T] [--threads P] [--seed S] [--repeat R] [--ties stored|drawn] [--scaling]
//
// Prints a line a repetition, `rep=<i> loop_s=<sec> returns=<total> returned_end=<n>`, then the best rate in million
// agent-steps a second. --scaling does so for 1 .. P threads, with the efficiency of each.
#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <string>

#include "base/fault.h"
#include "parallel/blocks.h"
#include "random/batch.h"
#include "return_choice/stepper.h"

namespace {

using namespace homeward;
using namespace homeward::yardstick;

enum class Sweep { one_number_of_threads, each_number_of_threads };

struct Request {
  Settings settings;
  int repeat = 3;
  Sweep threads = Sweep::one_number_of_threads;
};

template <typename Number>
Number number(const char* option, const char* text, Number from, Number to) {
  Number value{};
  const char* end = text == nullptr ? text : text + std::strlen(text);
  if (text == nullptr || std::from_chars(text, end, value).ptr != end || end == text || value < from || value > to) {
    std::fprintf(stderr, "return_choice: %s: '%s' is no whole number from %s to %s\n", option, text ? text : "",
                 std::to_string(from).c_str(), std::to_string(to).c_str());
    std::exit(2);
  }
  return value;
}

Request request_of(int count, char** words) {
  Request request;
  request.settings.threads = available_threads();
  for (int i = 1; i < count; ++i) {
    const std::string option = words[i];
    const char* value = i + 1 < count ? words[i + 1] : nullptr;
    if (option == "--scaling") {
      request.threads = Sweep::each_number_of_threads;
      continue;
    }
    if (option == "--agents") {
      request.settings.agents = number<std::uint32_t>("--agents", value, 1, 4'000'000'000);
    } else if (option == "--steps") {
      request.settings.steps = number("--steps", value, 1, most_steps);
    } else if (option == "--threads") {
      request.settings.threads = number("--threads", value, 1, 1024);
    } else if (option == "--seed") {
      request.settings.seed = number<std::uint64_t>("--seed", value, 0, ~std::uint64_t{0});
    } else if (option == "--repeat") {
      request.repeat = number("--repeat", value, 1, 1000);
    } else if (option == "--ties" && value != nullptr && (!std::strcmp(value, "stored") || !std::strcmp(value, "drawn"))) {
      request.settings.ties = std::strcmp(value, "drawn") == 0 ? Ties::drawn : Ties::stored;
    } else {
      std::fprintf(stderr, "return_choice: %s: unknown, or its value is. Usage: return_choice [--agents N] [--steps T]"
                   " [--threads P] [--seed S] [--repeat R] [--ties stored|drawn] [--scaling]\n", option.c_str());
      std::exit(2);
    }
    ++i;
  }
  return request;
}

// The best time of the loop; every repetition must give the same answer.
double best_seconds(const Request& request) {
  Stepper stepper(request.settings);
  double best = 0;
  std::int64_t answer = -1;
  for (int rep = 0; rep < request.repeat; ++rep) {
    if (rep > 0) stepper.start_again();
    std::int64_t returns = 0;
    const auto start = std::chrono::steady_clock::now();
    for (int t = 0; t < request.settings.steps; ++t) {
      for (const std::int64_t count : stepper.step()) returns += count;
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    best = rep == 0 ? seconds : std::min(best, seconds);
    std::printf("rep=%d loop_s=%.6f returns=%lld returned_end=%lld\n", rep, seconds, static_cast<long long>(returns),
                static_cast<long long>(stepper.returned()));
    if (rep > 0 && returns != answer) throw RunError("the repetitions do not give the same answer");
    answer = returns;
  }
  return best;
}

}  // namespace

int main(int count, char** words) try {
  Request request = request_of(count, words);
  const int most = request.settings.threads;
  double alone = 0;
  for (int threads = request.threads == Sweep::each_number_of_threads ? 1 : most; threads <= most; ++threads) {
    request.settings.threads = threads;
    const double seconds = best_seconds(request);
    if (threads == 1) alone = seconds;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("rate_m_per_s=%.1f threads=%d instructions=%s peak_rss_mb=%.1f",
                static_cast<double>(request.settings.agents) * request.settings.steps / seconds / 1e6, threads,
                instruction_set(), static_cast<double>(usage.ru_maxrss) / 1024);
    if (alone > 0) std::printf(" speedup=%.2f efficiency=%.3f", alone / seconds, alone / seconds / threads);
    std::printf("\n");
  }
  return 0;
} catch (const RunError& error) {
  std::fprintf(stderr, "return_choice: %s\n", error.what());
  return 3;
}
