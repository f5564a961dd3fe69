"""What the tests of the program share: calling it, folders of their own, telling what failed."""
import contextlib
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

program, source = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
baseline = source / "scenarios/baseline.yaml"
failures = []
# Two replicates of a few hundred people over seven years: a fifth of a second.
SMALL = ["--scale", "1/500", "--replicates", "2", "--to", "2010"]


def check(holds, problem):
    if not holds:
        failures.append(problem)


def homeward(*words, code=0, cwd=None, env=None, **more):
    """Runs the program and checks its exit code; returns what subprocess does."""
    words = [str(word) for word in words]
    done = subprocess.run([str(program), *words], cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, timeout=600, **more)
    if code is not None:
        check(done.returncode == code, f"homeward {' '.join(words)}: exit code {done.returncode}, not {code}\n"
                                       f"  stdout: {done.stdout[-400:]}\n  stderr: {done.stderr[-400:]}")
    return done


@contextlib.contextmanager
def folder():
    with tempfile.TemporaryDirectory(prefix="homeward-cli-") as path:
        yield pathlib.Path(path)


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def manifest(path):
    return json.loads((path / "manifest.json").read_text(encoding="utf-8"))


def same_tables(a, b, what):
    for name in ("summary.csv", "flows.csv", "pipeline.csv"):
        check((a / name).read_bytes() == (b / name).read_bytes(), f"{what}: {name} differs")


def entries(path):
    return sorted(os.listdir(path)) if path.is_dir() else []


def finish():
    for failure in failures:
        print(failure)
    print(f"{len(failures)} failures" if failures else "all held")
    sys.exit(1 if failures else 0)
