// The text of a fault, the order of faults, and the nearest known name.
#include "base/fault.h"

#include <doctest/doctest.h>

using namespace homeward;

namespace {

std::string all(const Faults& faults) {
  std::string text;
  for (const Fault& fault : faults.in_order()) text += to_text(fault) + "\n";
  return text;
}

}  // namespace

TEST_CASE("a fault says place, path, problem, reason and remedy, each a sentence") {
  CHECK(to_text({{"x.yaml", 7, 13}, "policy.red_tape.recogniton", "unknown key", "It would have no effect",
                 "Did you mean 'recognition'?"}) ==
        "x.yaml:7:13: policy.red_tape.recogniton: unknown key. It would have no effect. Did you mean 'recognition'?");
  CHECK(to_text({{"t.csv", 3, 0}, "usd", "not a number", "", ""}) == "t.csv:3: usd: not a number.");
  CHECK(to_text({{"t.csv", 0, 0}, "", "is empty", "", ""}) == "t.csv: is empty.");
  CHECK(to_text({{"", 0, 0}, "--scale", "must be positive", "", ""}) == "--scale: must be positive.");
}

TEST_CASE("control characters of hostile input are written out, so that no terminal obeys them") {
  CHECK(to_text({{"a\x1b[2J.yaml", 1, 1}, "", "bad\nkey", "", ""}) == "a\\x1b[2J.yaml:1:1: bad\\x0akey.");
  CHECK(to_text({{"", 0, 0}, "", "d\x7f" "e", "", ""}) == "d\\x7fe.");
  CHECK(to_text({{"", 0, 0}, "", "Đà Nẵng", "", ""}) == "Đà Nẵng.");
}

TEST_CASE("faults come in the order of files as first met, then line, then column; a fault twice is one") {
  Faults faults;
  CHECK(faults.empty());
  faults.add({{"b.yaml", 9, 1}, "", "ninth", "", ""});
  faults.add({{"a.yaml", 2, 1}, "", "second", "", ""});
  faults.add({{"b.yaml", 3, 8}, "", "third, right", "", ""});
  faults.add({{"b.yaml", 3, 2}, "", "third, left", "", ""});
  faults.add({{"b.yaml", 9, 1}, "", "ninth", "", ""});
  faults.add({{"b.yaml", 0, 0}, "", "whole file", "", ""});
  CHECK(all(faults) ==
        "b.yaml: whole file.\nb.yaml:3:2: third, left.\nb.yaml:3:8: third, right.\nb.yaml:9:1: ninth.\n"
        "a.yaml:2:1: second.\n");
}

TEST_CASE("faults are raised together, none raises nothing") {
  Faults none;
  CHECK_NOTHROW(none.raise_if_any());
  Faults two;
  two.add({{"a", 2, 0}, "", "later", "", ""});
  two.add({{"a", 1, 0}, "", "earlier", "", ""});
  try {
    two.raise_if_any();
    FAIL("nothing was raised");
  } catch (const InputError& error) {
    CHECK(std::string(error.what()) == "a:1: earlier.\na:2: later.");
    CHECK(error.faults().size() == 2);
  }
}

TEST_CASE("the nearest name is offered where it can have been meant, and no name where it cannot") {
  const std::vector<std::string> names{"recognition", "residence", "relocation", "tax", "pay"};
  CHECK(nearest("recogniton", names) == "recognition");
  CHECK(nearest("Residense", names) == "residence");
  CHECK(nearest("realocation", names) == "relocation");
  CHECK(nearest("tex", names) == "tax");
  CHECK(nearest("zzzzzzzz", names).empty());
  CHECK(nearest("", {}).empty());
  CHECK(nearest(std::string(101, 'a'), {std::string(101, 'a')}).empty());  // nobody types that
  CHECK(did_you_mean("pai", names) == "Did you mean 'pay'?");
  CHECK(did_you_mean("zzzzzzzz", names).empty());
}
