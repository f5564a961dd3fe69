// What is wrong with an input and where: every fault is collected, sorted by place and shown in one go.
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace homeward {

// A position in a text file; line and column count from 1, 0 means the file (or the command line) as a whole.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
};

struct Fault {
  Place place;
  std::string path;     // dotted path of the key or column, empty where there is none
  std::string problem;  // what is wrong
  std::string reason;   // why it is wrong; may be empty
  std::string remedy;   // what to do; may be empty
};

// `scenarios/x.yaml:7:13: policy.red_tape.recogniton: unknown key. Reason. Did you mean 'recognition'?`
std::string to_text(const Fault& fault);

// A growing list of faults.
class Faults {
 public:
  void add(Fault fault);
  bool empty() const { return list_.empty(); }
  // In order of file (as first met), line and column; duplicates removed.
  std::vector<Fault> in_order() const;
  // Throws InputError if there is any.
  void raise_if_any() const;

 private:
  std::vector<Fault> list_;
};

// The command line or an input file is at fault: exit code 2. what() holds one line a fault.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Fault> faults);
  explicit InputError(Fault fault) : InputError(std::vector<Fault>{std::move(fault)}) {}
  const std::vector<Fault>& faults() const { return faults_; }

 private:
  std::vector<Fault> faults_;
};

// The run itself failed (disk full, memory, unwritable folder): exit code 3.
class RunError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The candidate nearest to `word` by edit distance, or "" where none is near enough to be meant.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

// "Did you mean 'x'?" or "" ; ready to be a remedy.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace homeward
