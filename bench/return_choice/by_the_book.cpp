#include "return_choice/by_the_book.h"

#include <algorithm>
#include <chrono>
#include <random>
#include <vector>

#include "parallel/blocks.h"
#include "return_choice/specification.h"

namespace homeward::yardstick {
namespace {

struct Migrant {
  int host, skill, age, tenure;
  bool returned, was_returned;
  std::uint32_t nearest[neighbours];
};

struct Worker {
  std::mt19937_64 dice;
  std::int64_t count[hosts][skills] = {};
};

void step(std::vector<Migrant>& all, std::size_t from, std::size_t to, int now, Worker& worker) {
  std::uniform_real_distribution<double> uniform(0, 1);
  for (std::size_t i = from; i < to; ++i) {
    Migrant& one = all[i];
    const double u = uniform(worker.dice);
    if (!one.returned) {
      int peers = 0;
      for (const std::uint32_t other : one.nearest) peers += all[other].was_returned ? 1 : 0;
      if (u < return_hazard(one.host, one.skill, now, one.age, one.tenure, peers)) {
        one.returned = true;
        one.tenure = 0;
        ++worker.count[one.host][one.skill];
      }
    } else if (u < leaves_again) {
      one.returned = false;
      one.tenure = 0;
    }
    ++one.age;
    ++one.tenure;
    if (one.age > oldest) {
      one.age = starts_anew_at;
      one.tenure = 0;
      one.returned = false;
    }
  }
}

}  // namespace

Answer by_the_book(std::uint32_t agents, int steps, int threads, std::uint64_t seed) {
  std::mt19937_64 dice(seed);
  const auto among = [&](int from, int to) { return std::uniform_int_distribution<int>(from, to)(dice); };
  std::vector<Migrant> all(agents);
  for (Migrant& one : all) {
    one = {among(0, hosts - 1), among(0, skills - 1), among(youngest, oldest), among(0, longest_tenure),
           std::bernoulli_distribution(returned_at_start)(dice), false, {}};
    for (std::uint32_t& other : one.nearest) other = std::uniform_int_distribution<std::uint32_t>(0, agents - 1)(dice);
  }
  std::vector<Worker> workers(static_cast<std::size_t>(threads));
  for (std::size_t w = 0; w < workers.size(); ++w) workers[w].dice.seed(seed + 1 + w);
  const auto share = [&](std::size_t w) { return agents * w / workers.size(); };

  const Workers team(threads);
  const auto start = std::chrono::steady_clock::now();
  for (int now = 0; now < steps; ++now) {
    team.for_each_block(workers.size(), [&](std::size_t w, std::size_t) {
      for (std::size_t i = share(w); i < share(w + 1); ++i) all[i].was_returned = all[i].returned;
    });
    team.for_each_block(workers.size(), [&](std::size_t w, std::size_t) {
      step(all, share(w), share(w + 1), now, workers[w]);
    });
  }
  Answer answer;
  answer.loop_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  for (const Worker& worker : workers) {
    for (const auto& host : worker.count) {
      for (const std::int64_t count : host) answer.returns += count;
    }
  }
  answer.returned_end = std::count_if(all.begin(), all.end(), [](const Migrant& one) { return one.returned; });
  return answer;
}

}  // namespace homeward::yardstick
