"""`cmake --install` leaves a program that finds its scenarios, and a package with which another project builds and runs."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

program, source = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
failures = []


def check(holds, problem):
    if not holds:
        failures.append(problem)


def call(*words, cwd):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CMAKE_")}
    done = subprocess.run([str(word) for word in words], cwd=cwd, env=environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    check(done.returncode == 0, f"{' '.join(map(str, words))}: exit code {done.returncode}\n{done.stdout[-2000:]}\n"
                                f"{done.stderr[-2000:]}")
    return done.stdout


def installed_program(work, prefix):
    """From a folder that is no source tree, by the names that the pages use."""
    answer = json.loads(call(prefix / "bin/homeward", "run", "scenarios/baseline.yaml", "--scale", "1/500", "--to",
                             "2008", "--replicates", "2", "-o", "results", "--json", "-q", cwd=work) or "{}")
    shipped = prefix / "share/homeward/scenarios"
    check(answer.get("scenario", {}).get("file") == str(shipped / "baseline.yaml"), f"which scenario ran: {answer}")
    tables = json.loads((work / "results/manifest.json").read_text())["tables"]
    check(tables and all(pathlib.Path(path).resolve().is_relative_to(shipped) for path in tables),
          f"tables that were not installed: {sorted(tables)[:2]}")
    call(prefix / "bin/homeward", "check", "scenarios/what-if/resolution-57.yaml", cwd=work)
    check("policy.pay_growth" in call(prefix / "bin/homeward", "list", "levers", cwd=work), "the installed program lists")
    returns = [row["mean"] for row in answer.get("headline", []) if (row["year"], row["measure"]) == (2008, "returns")]
    return returns[0] if returns else None


def other_project(work, prefix):
    shutil.copytree(source / "tests/install/consumer", work / "consumer")
    call("cmake", "-G", "Ninja", "-S", "consumer", "-B", "consumer/build", f"-DCMAKE_PREFIX_PATH={prefix}", cwd=work)
    call("cmake", "--build", "consumer/build", cwd=work)
    return float(call("consumer/build/consumer", cwd=work) or "nan")


def page():
    text = (source / "docs/user/installing.md").read_text()
    for name in ("CMakeLists.txt", "main.cpp"):
        check((source / "tests/install/consumer" / name).read_text() in text, f"docs/user/installing.md has another {name}")


def main():
    page()
    with tempfile.TemporaryDirectory(prefix="homeward-install-") as folder:
        work = pathlib.Path(folder).resolve()
        call("cmake", "--install", program.parent, "--prefix", work / "first", cwd=work)
        (work / "first").rename(work / "prefix")  # what is installed may be moved
        prefix = work / "prefix"
        check((prefix / "include/homeward/homeward.h").is_file(), "no headers are installed")
        for file in prefix.rglob("*.cmake"):
            for text in (source, program.parent, work / "first"):
                check(f"{text}/" not in file.read_text(), f"{file.name} names {text}")
        if not failures:
            told, found = installed_program(work, prefix), other_project(work, prefix)
            check(told == found, f"the program says {told} returns, the other project {found}")
    for failure in failures:
        print(failure)
    print(f"{len(failures)} failures" if failures else "all held")
    sys.exit(1 if failures else 0)


main()
