"""Counts the instructions of the kernels under callgrind and fails where one takes over 5 % more than recorded.

  guard.py PROGRAM SOURCE            compares with tests/instructions/counts.csv
  guard.py PROGRAM SOURCE --record   writes that file anew; say in the commit why a count went up

Valgrind knows no AVX-512, so that the AVX2 form of the kernels is counted on every machine that has AVX2. Counts are
those of Debian 12's g++ at -O3, as CI builds: instructions do not depend on how busy the machine is. Only functions of
the program itself count, without the C library, whose choice of memcpy depends on the machine.
"""
import csv
import pathlib
import re
import subprocess
import sys
import tempfile

TOLERANCE = 0.05
FEWEST = 200_000  # kernels that take less are not worth a guard
program, source = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
COUNTS = source / "tests/instructions/counts.csv"
KERNEL = re.compile(r"homeward::(?:\w+::)*N_AVX2::(\w+)\(")
LINE = re.compile(r"^\s*([\d,]+) \([ \d.]+%\)\s+\S*?:(.*?) \[(.*)\]$")


def fail(problem):
    print(problem)
    sys.exit(1)


def counted(work, name, *command):
    """Instructions by function of the program, without what the functions call."""
    profile = work / f"{name}.out"
    done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}", *map(str, command)], cwd=work,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        fail(f"{name}: exit code {done.returncode}\n{done.stdout[-2000:]}")
    table = subprocess.run(["callgrind_annotate", "--threshold=100", "--auto=no", str(profile)], check=True, text=True,
                           stdout=subprocess.PIPE).stdout
    counts = {}
    for line in table.splitlines():
        match = LINE.match(line)
        if match and pathlib.Path(match[3]).name == pathlib.Path(command[0]).name:
            counts[match[2]] = counts.get(match[2], 0) + int(match[1].replace(",", ""))
    return counts


def measured(work):
    runs = {
        "baseline": (program, "run", source / "scenarios/baseline.yaml", "--scale", "1/500", "--replicates", "1",
                     "--threads", "1", "--no-report", "--quiet", "-o", work / "out"),
        "return_choice": (program.parent / "bench/return_choice", "--agents", "65536", "--steps", "5", "--threads", "1",
                          "--seed", "1", "--repeat", "1"),
    }
    counts = {}
    for name, command in runs.items():
        by_function = counted(work, name, *command)
        for function, count in by_function.items():
            kernel = KERNEL.search(function)
            if kernel:
                key = f"{name}: {kernel[1]}"
                counts[key] = counts.get(key, 0) + count
        counts[f"{name}: the whole program"] = sum(by_function.values())
    if not any("whole" not in key for key in counts):
        fail("No AVX2 kernel ran: this machine has none, and the counts are those of AVX2.")
    return {key: count for key, count in counts.items() if count >= FEWEST}


def main():
    with tempfile.TemporaryDirectory(prefix="homeward-instructions-") as folder:
        counts = measured(pathlib.Path(folder))
    if "--record" in sys.argv:
        with open(COUNTS, "w", encoding="utf-8", newline="") as file:
            file.write("kernel,instructions\n" + "".join(f"{key},{counts[key]}\n" for key in sorted(counts)))
        print(f"{len(counts)} counts recorded in {COUNTS}")
        return
    with open(COUNTS, encoding="utf-8", newline="") as file:
        recorded = {row["kernel"]: int(row["instructions"]) for row in csv.DictReader(file)}
    failures = []
    for key in sorted({*recorded, *counts}):
        before, now = recorded.get(key), counts.get(key)
        if before is None or now is None:
            failures.append(f"{key}: {'not recorded' if before is None else 'did not run, but is recorded'}")
            continue
        change = now / before - 1
        print(f"{key:50} {before:>13,} {now:>13,} {change:+7.1%}")
        if change > TOLERANCE:
            failures.append(f"{key}: {change:.1%} more instructions than recorded, {TOLERANCE:.0%} are allowed")
    for failure in failures:
        print(failure)
    if failures:
        fail(f"{len(failures)} faults. Mend the kernel; where more work was meant, record it with its reason:\n"
             "  tests/instructions/guard.py build/release/homeward . --record")


main()
