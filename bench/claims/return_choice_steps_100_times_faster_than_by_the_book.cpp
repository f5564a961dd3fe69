// The claim that the file is named after, measured in one run: both programs take turns, the medians are compared.
//
//   claim_return_choice_steps_100_times_faster_than_by_the_book [AGENTS] [THREADS]     default: 1 million, all threads
//
// Both answers must lie within the intervals of the specification first. Exit code 5 where the claim fails.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "parallel/blocks.h"
#include "random/batch.h"
#include "return_choice/by_the_book.h"
#include "return_choice/stepper.h"

namespace {

using namespace homeward;
using namespace homeward::yardstick;

constexpr int steps = 20, repetitions = 5;
constexpr double claimed = 100;

Answer screened(Stepper& stepper) {
  Answer answer;
  stepper.start_again();
  const auto start = std::chrono::steady_clock::now();
  for (int t = 0; t < steps; ++t) {
    for (const std::int64_t count : stepper.step()) answer.returns += count;
  }
  answer.loop_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  answer.returned_end = stepper.returned();
  return answer;
}

bool as_specified(const Answer& answer, double agents) {
  const double returns = static_cast<double>(answer.returns) / agents;
  const double home = static_cast<double>(answer.returned_end) / agents;
  return returns > 0.2060 && returns < 0.2100 && home > 0.2145 && home < 0.2180;
}

struct Spread {
  double median, lowest, highest;
};
Spread spread_of(std::vector<double> rates) {
  std::sort(rates.begin(), rates.end());
  return {rates[rates.size() / 2], rates.front(), rates.back()};
}

}  // namespace

int main(int count, char** words) {
  const auto agents = static_cast<std::uint32_t>(count > 1 ? std::atol(words[1]) : 1000000);
  const int threads = count > 2 ? std::atoi(words[2]) : available_threads();
  if (agents < 1000000 || threads < 1) {
    std::fputs("the intervals of the answer are those of a million agents or more, on at least one thread\n", stderr);
    return 2;
  }
  Stepper stepper({agents, steps, threads, 1, Ties::stored});
  std::vector<double> ours, the_books;
  for (int rep = 0; rep < repetitions; ++rep) {
    const Answer mine = screened(stepper);
    const Answer book = by_the_book(agents, steps, threads, static_cast<std::uint64_t>(rep));
    if (!as_specified(mine, agents) || !as_specified(book, agents)) {
      std::puts("an answer lies outside the intervals of the specification");
      return 1;
    }
    ours.push_back(static_cast<double>(agents) * steps / mine.loop_seconds / 1e6);
    the_books.push_back(static_cast<double>(agents) * steps / book.loop_seconds / 1e6);
  }
  const Spread fast = spread_of(ours), slow = spread_of(the_books);
  std::printf("return-choice, %u agents, %d steps, %d threads, %s, medians of %d repetitions taking turns\n", agents, steps,
              threads, instruction_set(), repetitions);
  std::printf("screened     rate_m_per_s=%.1f (%.1f to %.1f)\n", fast.median, fast.lowest, fast.highest);
  std::printf("by the book  rate_m_per_s=%.1f (%.1f to %.1f)\n", slow.median, slow.lowest, slow.highest);
  std::printf("ratio=%.1f claimed=%.0f\n", fast.median / slow.median, claimed);
  return fast.median / slow.median >= claimed ? 0 : 5;
}
