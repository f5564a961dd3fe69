"""A sweep survives kill -9, torn files, Ctrl-C and a full disk; any split gives the same table, nothing is run twice."""
import json
import pathlib
import resource
import signal
import subprocess
import time

from _homeward import check, entries, finish, folder, homeward, program, source

# 24 runs of a few hundred people over eight years: half a second in all.
PLAN = """scenarios: {base: BASE, other: OTHER}
scale: 1/1000
to: 2011
replicates: 2
design:
  - grid: {policy.red_tape.papers.2008: [0, 0.2, 0.4]}
  - sobol: {points: 2, axes: {parameters.choice.b_pay: prior}}
measures: [stock, returns_settled]
years: [2010, 2011]
"""


def plan(work, name="plan.yaml", **changes):
    text = PLAN.replace("BASE", str(source / "scenarios/baseline.yaml"))
    text = text.replace("OTHER", str(source / "scenarios/what-if/red-tape-30.yaml"))
    for old, new in changes.values():
        check(old in text, f"the plan has no '{old}'")
        text = text.replace(old, new)
    (work / name).write_text(text)
    return work / name


def status(out):
    return json.loads(homeward("sweep", "status", out, "--json").stdout)


def store(out):
    return sorted(pathlib.Path(out, "store").glob("*.runs"))


def records(out):
    return sum(path.read_bytes().count(b"\nRUN1") for path in store(out))


def whole(work, file):
    """The table of one process and one thread, with which all others are compared."""
    out = work / "whole"
    homeward("sweep", file, "-o", out, "--threads", "1", "-q")
    state = status(out)
    check(state["done"] == state["runs"] == 24, f"whole: {state}")
    check(state["twice"] == 0, "whole: runs done twice")
    check(len(store(out)) == 1, "whole: one file for one process")
    check(sorted(entries(out)) == ["merged.csv", "store", "sweep.json"], f"whole: left {entries(out)}")
    return (out / "merged.csv").read_bytes()


def tidy(table):
    lines = table.decode().splitlines()
    check(lines[0] == "scenario,point,policy.red_tape.papers.2008,parameters.choice.b_pay,replicate,year,measure,unit,"
                      "value", f"header: {lines[0]}")
    check(len(lines) == 1 + 24 * 2 * 2, f"{len(lines)} lines")
    check([line.split(",")[0] for line in lines[1:]] == ["base"] * 48 + ["other"] * 48, "order of scenarios")


def shards(work, file, table):
    """Seven shards in any order, two at a time, then merged: the same bytes."""
    out = work / "shards"
    waiting = [3, 0, 6, 1, 5, 2, 4]
    while waiting:
        pair = [subprocess.Popen([program, "sweep", file, "-o", out, "--shard", f"{waiting.pop()}/7", "-q"])
                for _ in range(min(2, len(waiting)))]
        for process in pair:
            check(process.wait() == 0, "a shard failed")
        if waiting:
            missing = homeward("sweep", "merge", out, code=3)
            check("not done yet" in missing.stderr and not (out / "merged.csv").exists(), "merged what is not whole")
    homeward("sweep", "merge", out, "-q")
    check((out / "merged.csv").read_bytes() == table, "seven shards give another table")
    check(status(out)["twice"] == 0, "shards: runs done twice")
    homeward("sweep", file, "-o", out, "--shard", "0/2", "-q")
    check(len(store(out)) == 7, "another split found its runs done")


def killed(work, file, table):
    """kill -9 again and again until all is done: no finished run is lost or done again."""
    out = work / "killed"
    finished = 0
    for attempt in range(60):
        process = subprocess.Popen([program, "sweep", file, "-o", out, "--threads", "2", "-q"],
                                   stderr=subprocess.DEVNULL)
        began = time.monotonic()
        while process.poll() is None and records(out) < finished + 4 and time.monotonic() < began + 60:
            time.sleep(0.002)
        process.kill()
        if process.wait() == 0:
            break
        state = status(out)
        check(state["done"] >= finished, "killed: finished runs were lost")
        check(state["running"] == 0, "killed: nobody is at work")
        finished = state["done"]
    check(attempt >= 2, "killed: was never killed")
    check(attempt < 59, "killed: never came to an end")
    check((out / "merged.csv").read_bytes() == table, "killed: another table")
    check(status(out)["twice"] == 0, "killed: runs done twice")


def torn(work, file, table):
    """A tail cut anywhere is detected, and only its run is done again."""
    out = work / "torn"
    homeward("sweep", file, "-o", out, "--threads", "1", "-q")
    path = store(out)[0]
    with open(path, "r+b") as opened:
        opened.truncate(path.stat().st_size - 60)  # the word that the file is ended, and some of the last run
    state = status(out)
    check(state["done"] == 23 and state["damaged"] == 1, f"torn: {state}")
    done = homeward("sweep", file, "-o", out)
    check("1 done now, 23 before" in done.stdout, f"torn: {done.stdout}")
    check("cut short" in done.stderr, "torn: not told")
    check((out / "merged.csv").read_bytes() == table, "torn: another table")


def stopped(work, file, table):
    """Ctrl-C and SIGTERM: exit 4, how to go on, and going on."""
    for number in (signal.SIGINT, signal.SIGTERM):
        out = work / f"stopped-{number}"
        process = subprocess.Popen([program, "sweep", file, "-o", out, "--threads", "1"], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE, text=True)
        while process.poll() is None and records(out) < 3:
            time.sleep(0.002)
        process.send_signal(number)
        _, told = process.communicate(timeout=60)
        check(process.returncode == 4, f"stopped: exit code {process.returncode}")
        check("kept in" in told and "homeward sweep" in told, f"stopped: {told}")
        homeward("sweep", file, "-o", out, "-q")
        check((out / "merged.csv").read_bytes() == table, "stopped: another table")
        check(status(out)["twice"] == 0, "stopped: runs done twice")


def grown(work, file):
    """More replicates, points and levels: what was done stays, only the rest is run."""
    out = work / "grown"
    homeward("sweep", file, "-o", out, "-q")
    larger = plan(work, "larger.yaml", a=("replicates: 2", "replicates: 3"), b=("points: 2", "points: 4"),
                  c=("[0, 0.2, 0.4]", "[0, 0.2, 0.3, 0.4]"))
    done = homeward("sweep", larger, "-o", out)
    check("96 runs: 72 done now, 24 before" in done.stdout, f"grown: {done.stdout}")
    homeward("sweep", larger, "-o", work / "grown-anew", "-q")
    check((out / "merged.csv").read_bytes() == (work / "grown-anew/merged.csv").read_bytes(), "grown: another table")


def single_run(work, table):
    """A row of the table is what `homeward run` says of the same scenario, seed and replicate."""
    rows = [line.split(",") for line in table.decode().splitlines()[1:]]
    row = next(one for one in rows if one[0] == "other" and one[2] == "0.2" and one[4] == "0" and one[6] == "stock")
    homeward("run", source / "scenarios/what-if/red-tape-30.yaml", "--scale", "1/1000", "--to", "2011", "--replicates",
             "1", "--set", "policy.red_tape.papers.2008=0.2", "--set", f"parameters.choice.b_pay={row[3]}", "-o",
             work / "single", "-q")
    line = next(one for one in (work / "single/summary.csv").read_text().splitlines()
                if one.startswith(f"{row[5]},stock,"))
    check(line.split(",")[3] == row[8], f"run says {line}, the sweep {row}")


def failed(work):
    """Runs without enough memory fail, are recorded and kept apart; --retry-failed mends them."""
    out = work / "failed"
    file = work / "large.yaml"
    file.write_text(f"scenarios: [{source / 'scenarios/baseline.yaml'}]\nscale: 1/40\nto: 2006\nreplicates: 3\n")

    def little_memory():
        resource.setrlimit(resource.RLIMIT_AS, (48 << 20, 48 << 20))

    done = homeward("sweep", file, "-o", out, "--threads", "1", code=3, preexec_fn=little_memory)
    check("3 runs failed" in done.stderr and "out of memory" in done.stderr, f"48 MB were enough: {done.stderr}")
    check(status(out)["failed"] == 3, "failed runs are not recorded")
    again = homeward("sweep", file, "-o", out, code=3)
    check("0 done now" in again.stdout, "failed runs were tried again without being asked")
    check("out of memory" in homeward("sweep", "status", out).stdout, "status: why runs failed")
    homeward("sweep", file, "-o", out, "--retry-failed", "-q")
    check(status(out)["failed"] == 0 and status(out)["done"] == 3, "failed runs were not mended")


def refused(work, file):
    """Exit 2 before anything is run or written."""
    for words in (["sweep"], ["sweep", file, "--shard", "7/7"], ["sweep", file, "--memory", "much"],
                  ["sweep", file, "--time", "1:00"], ["sweep", "status", work]):
        homeward(*words, code=2)
    other = work / "foreign"
    other.mkdir()
    (other / "thesis.tex").write_text("mine")
    homeward("sweep", file, "-o", other, code=2)
    check(entries(other) == ["thesis.tex"], "a refused folder was written to")
    broken = plan(work, "broken.yaml", a=("red_tape.papers", "red_tape.papesr"), b=("points: 2", "points: two"))
    told = homeward("sweep", broken, "-o", work / "broken", code=2).stderr
    check(":7:" in told and "whole number" in told, f"fault of the plan: {told}")
    check(not (work / "broken").exists(), "a plan at fault made a folder")


def dry(work, file):
    told = homeward("sweep", file, "-o", work / "dry", "--dry-run").stdout
    for word in ("24 runs: 2 scenarios x 6 points x 2 replicates", "Time", "Memory", "Disk", "First rows"):
        check(word in told, f"dry run: no '{word}' in {told}")
    check(not (work / "dry").exists(), "a dry run wrote something")


def full_disk(work, file, table):
    """A store that may not grow: exit 3, what fits is kept and whole."""
    out = work / "full"

    def small_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))

    done = homeward("sweep", file, "-o", out, code=3, preexec_fn=small_files)
    check("cannot write" in done.stderr and "kept" in done.stderr, f"full disk: {done.stderr}")
    state = status(out)
    check(0 < state["done"] < 24 and state["damaged"] == 0, f"full disk: {state}")
    homeward("sweep", file, "-o", out, "-q")
    check((out / "merged.csv").read_bytes() == table, "full disk: another table")


def main():
    with folder() as work:
        file = plan(work)
        table = whole(work, file)
        tidy(table)
        shards(work, file, table)
        killed(work, file, table)
        torn(work, file, table)
        stopped(work, file, table)
        grown(work, file)
        single_run(work, table)
        failed(work)
        full_disk(work, file, table)
        refused(work, file)
        dry(work, file)
    finish()


main()
