// Threads that a cgroup allows, from made-up file systems.
#include "api/machine.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace homeward;
namespace fs = std::filesystem;

namespace {

class FakeRoot {
 public:
  FakeRoot() : path_(fs::temp_directory_path() / ("homeward-root-test-" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
  }
  ~FakeRoot() { fs::remove_all(path_); }
  FakeRoot& put(const std::string& name, const std::string& text) {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name) << text;
    return *this;
  }
  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

}  // namespace

TEST_CASE("cgroup v2: the least quota on the way up counts, parts of a processor round up") {
  FakeRoot root;
  root.put("proc/self/cgroup", "0::/user/job\n")
      .put("sys/fs/cgroup/user/cpu.max", "350000 100000\n")
      .put("sys/fs/cgroup/user/job/cpu.max", "max 100000\n");
  CHECK(cgroup_threads(root.path()) == 4);
  root.put("sys/fs/cgroup/user/job/cpu.max", "50000 100000\n");
  CHECK(cgroup_threads(root.path()) == 1);
}

TEST_CASE("cgroup v1: the quota of the cpu controller") {
  FakeRoot root;
  root.put("proc/self/cgroup", "5:memory:/job\n4:cpu,cpuacct:/job\n")
      .put("sys/fs/cgroup/cpu/job/cpu.cfs_quota_us", "200000\n")
      .put("sys/fs/cgroup/cpu/job/cpu.cfs_period_us", "100000\n");
  CHECK(cgroup_threads(root.path()) == 2);
  root.put("sys/fs/cgroup/cpu/job/cpu.cfs_quota_us", "-1\n");
  CHECK(cgroup_threads(root.path()) == 0);
}

TEST_CASE("the least memory limit on the way up counts") {
  FakeRoot root;
  root.put("proc/self/cgroup", "0::/user/job\n")
      .put("sys/fs/cgroup/user/memory.max", "1073741824\n")
      .put("sys/fs/cgroup/user/job/memory.max", "max\n");
  CHECK(cgroup_memory(root.path()) == 1073741824);
  FakeRoot old;
  old.put("proc/self/cgroup", "5:memory:/job\n").put("sys/fs/cgroup/memory/job/memory.limit_in_bytes", "4096\n");
  CHECK(cgroup_memory(old.path()) == 4096);
  CHECK(usable_memory() > 0);
}

TEST_CASE("nonsense and absence mean no quota") {
  FakeRoot root;
  CHECK(cgroup_threads(root.path()) == 0);
  root.put("proc/self/cgroup", "0::/../..\nno colons\n").put("sys/fs/cgroup/cpu.max", "lots");
  CHECK(cgroup_threads(root.path()) == 0);
}

TEST_CASE("Slurm's number of processors is a ceiling") {
  ::setenv("SLURM_CPUS_PER_TASK", "1", 1);
  CHECK(usable_threads() == 1);
  ::setenv("SLURM_CPUS_PER_TASK", "nonsense", 1);
  CHECK(usable_threads() >= 1);
  ::unsetenv("SLURM_CPUS_PER_TASK");
}
