// The only door to the task scheduler: a loop over blocks whose result cannot depend on who runs which.
#pragma once
#include <cstddef>
#include <functional>
#include <memory>

namespace homeward {

// A team of threads that stays together from loop to loop: whoever runs short loops again and again keeps one, since
// bringing threads together takes longer (20 to 300 microseconds) than a short loop does.
//
// Each worker begins with its own share of the blocks, the same in every loop, so that it finds in its caches, and on a
// machine with several memories in its own, what it wrote before; then it helps the others.
class Workers {
 public:
  explicit Workers(int threads);
  ~Workers();
  Workers(Workers&&) noexcept;
  Workers& operator=(Workers&&) noexcept;

  // Runs body(0, .) .. body(count - 1, .), each once; returns when all are done. `worker` (0 .. threads - 1) never runs
  // two bodies at a time, so that it can use that worker's own scratch and integer tallies (which add up to the same
  // whichever worker held them). Bodies must not touch each other's data. The first exception thrown is passed on.
  void for_each_block(std::size_t count,
                      const std::function<void(std::size_t block, std::size_t worker)>& body) const;

 private:
  struct Team;
  std::unique_ptr<Team> team_;  // none where one thread does it all
};

// The same with a team for this loop only.
void for_each_block(std::size_t count, int threads, const std::function<void(std::size_t)>& body);
void for_each_block_by_worker(std::size_t count, int threads,
                              const std::function<void(std::size_t block, std::size_t worker)>& body);

// Threads this process may use: affinity and the machine, at least 1.
int available_threads();

}  // namespace homeward
