// Between the promise and the layers: errors translated, handles opened.
#pragma once
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "base/fault.h"
#include "homeward/error.h"
#include "homeward/scenario.h"
#include "scenario/scenario.h"

namespace homeward::v1 {

struct Scenario::Parts {
  homeward::Scenario scenario;
};

// Levers, measures and dimensions as the loader wants them.
const Vocabulary& vocabulary();

// The file itself; where there is none and its name starts with `scenarios/`, the one that ships with the program.
std::string here_or_shipped(const std::string& file);

std::vector<Fault> to_faults(const std::vector<homeward::Fault>& faults);

// Runs `work`; errors of the layers come out as errors of the promise.
template <typename Work>
auto translated(const Work& work) -> decltype(work()) {
  try {
    return work();
  } catch (const homeward::InputError& error) {
    throw InputError(error.what(), to_faults(error.faults()));
  } catch (const homeward::RunError& error) {
    throw RunError(error.what());
  } catch (const std::bad_alloc&) {
    throw RunError("out of memory");
  }
}

}  // namespace homeward::v1
