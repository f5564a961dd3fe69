// What can go wrong, in four kinds; each is an exit code of the program.
#pragma once
#include <stdexcept>
#include <string>
#include <vector>

namespace homeward::v1 {

// One thing that is wrong with an input. Line and column count from 1; 0 means the file as a whole.
struct Fault {
  std::string file;
  int line = 0;
  int column = 0;
  std::string path;     // dotted path of the key or column; may be empty
  std::string problem;  // what is wrong
  std::string reason;   // why it is wrong; may be empty
  std::string remedy;   // what to do; may be empty
  std::string text;     // all of it as one line, without control characters
};

// The base of all errors of the library.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// An input is at fault: nothing was run, nothing was written (exit code 2). what() holds one line a fault.
class InputError : public Error {
 public:
  InputError(const std::string& text, std::vector<Fault> faults) : Error(text), faults_(std::move(faults)) {}
  const std::vector<Fault>& faults() const { return faults_; }

 private:
  std::vector<Fault> faults_;
};

// The run failed: disk full, out of memory, unwritable folder (exit code 3). what() says what failed.
class RunError : public Error {
 public:
  using Error::Error;
};

// The caller asked to stop through RunSettings::stop; complete replicates are kept (exit code 4).
class Stopped : public Error {
 public:
  explicit Stopped(int complete_replicates)
      : Error("stopped on request"), complete_replicates_(complete_replicates) {}
  int complete_replicates() const { return complete_replicates_; }

 private:
  int complete_replicates_;
};

}  // namespace homeward::v1
