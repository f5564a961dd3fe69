"""A sweep survives kill -9, torn files, Ctrl-C, a full disk; any split gives the same table, nothing is run twice."""
import functools
import json
import pathlib
import resource
import signal
import subprocess
import time

import netCDF4

from _homeward import check, entries, finish, folder, homeward, program, rows, source

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
    check(sorted(entries(out)) == ["datapackage.json", "merged.csv", "report.html", "results.nc", "store", "sweep.json"],
          f"whole: left {entries(out)}")
    return (out / "merged.csv").read_bytes()


def cubes(work):
    """results.nc holds the numbers of merged.csv, a sequence along `point`, a grid along its axes."""
    data = netCDF4.Dataset(work / "whole/results.nc")
    check(data["stock"].dimensions == ("scenario", "point", "replicate", "year"), f"{data['stock'].dimensions}")
    for row in rows(work / "whole/merged.csv"):
        at = (list(data["scenario"][:]).index(row["scenario"]), int(row["point"]), int(row["replicate"]),
              list(data["year"][:]).index(int(row["year"])))
        check(data[row["measure"]][at] == float(row["value"]), f"results.nc differs from {row}")
        check(data["parameters.choice.b_pay"][at[1]] == float(row["parameters.choice.b_pay"]), f"axis of {row}")
    grid = work / "grid.yaml"
    grid.write_text(f"scenarios: [{source / 'scenarios/baseline.yaml'}]\nscale: 1/1000\nto: 2005\nreplicates: 1\n"
                    "measures: [stock]\ndesign:\n  - grid: {policy.pay_growth: [0, {2004: 1}]}\n"
                    "  - grid: {policy.red_tape.papers: [0.1, 0.2, 0.3]}\n")
    homeward("sweep", grid, "-o", work / "grid", "-q")
    data = netCDF4.Dataset(work / "grid/results.nc")
    check(data["stock"].dimensions == ("scenario", "policy.pay_growth", "policy.red_tape.papers", "replicate", "year"),
          f"grid: {data['stock'].dimensions}")
    check(list(data["policy.pay_growth"][:]) == ["0", "{2004: 1}"], "grid: values that are maps")
    check(list(data["policy.red_tape.papers"][:]) == [0.1, 0.2, 0.3], "grid: values that are numbers")
    table = rows(work / "grid/merged.csv")
    check([float(row["value"]) for row in table] == list(data["stock"][:].flatten()), "grid: other values")


def tidy(table):
    lines = table.decode().splitlines()
    check(lines[0] == "scenario,point,policy.red_tape.papers.2008,parameters.choice.b_pay,replicate,year,measure,unit,"
                      "value", f"header: {lines[0]}")
    check(len(lines) == 1 + 24 * 2 * 2, f"{len(lines)} lines")
    check([line.split(",")[0] for line in lines[1:]] == ["base"] * 48 + ["other"] * 48, "order of scenarios")


def record(work, file):
    """sweep.json says what was run; the page shows it, with what may not be claimed."""
    note = json.loads((work / "whole/sweep.json").read_text())["record"]
    check(note["runs"] == 24 and note["points"] == 6 and note["scale"] == 0.001 and note["to_year"] == 2011, f"{note}")
    check(note["plan"] == file.read_text(), "record: another plan")
    check([one["scenario"] for one in note["scenarios"]] == ["base", "other"], "record: scenarios")
    check([axis["path"] for axis in note["axes"]] == ["policy.red_tape.papers.2008", "parameters.choice.b_pay"],
          f"record: {note['axes']}")
    check(note["cautions"] and all(len(hash) == 64 for hash in note["tables"].values()), "record: cautions, tables")
    page = (work / "whole/report.html").read_text()
    for word in ("one person in 1,000 simulated", note["cautions"][0]["claim"], note["scenarios"][0]["scenario_hash"],
                 "24 runs at 6 points", "Along the axes"):
        check(word in page, f"report.html has no '{word}'")
    homeward("sweep", "merge", work / "whole", "-q")
    check((work / "whole/report.html").read_text() == page, "merge writes another page")
    told = homeward("check", file, work / "broken-plan.yaml", code=2)
    check(f"{file}: ok" in told.stdout, f"check: {told.stdout}")
    check("broken-plan.yaml:7:" in told.stderr and "papesr" in told.stderr and "'two'" in told.stderr,
          f"check: {told.stderr}")
    told = homeward("check", source / "scenarios/claims/resolution-57-advanced-degrees.yaml")
    check(": ok" in told.stdout, f"check of a claim: {told.stdout}")
    (work / "odd.yaml").write_text(f"extends: {source / 'scenarios/baseline.yaml'}\npolcy: {{}}\n")
    for measure, fault in (("retruns", "claim.yaml:3:"), ("returns", "odd.yaml:2:1: polcy: unknown key")):
        (work / "claim.yaml").write_text(f"claim: wrong\ncompare: [{source / 'scenarios/baseline.yaml'}, odd.yaml]\n"
                                         f"measure: {measure}\nat_least: {{relative: 0.1, by: 2030}}\n")
        told = homeward("check", work / "claim.yaml", code=2).stderr
        check(fault in told, f"check of a claim: {told}")
    homeward("check", file, "--set", "policy.pay_growth=1", code=2)


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
    lines = [line.split(",") for line in table.decode().splitlines()[1:]]
    row = next(one for one in lines if one[0] == "other" and one[2] == "0.2" and one[4] == "0" and one[6] == "stock")
    homeward("run", source / "scenarios/what-if/red-tape-30.yaml", "--scale", "1/1000", "--to", "2011", "--replicates",
             "1", "--set", "policy.red_tape.papers.2008=0.2", "--set", f"parameters.choice.b_pay={row[3]}", "-o",
             work / "single", "-q")
    line = next(one for one in (work / "single/summary.csv").read_text().splitlines()
                if one.startswith(f"{row[5]},stock,"))
    check(line.split(",")[3] == row[8], f"run says {line}, the sweep {row}")


def limit_memory(megabytes):
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


def failed(work):
    """Runs without enough memory fail, are recorded and kept apart; --retry-failed mends them."""
    out = work / "failed"
    file = work / "large.yaml"
    file.write_text(f"scenarios: [{source / 'scenarios/baseline.yaml'}]\nscale: 1/8\nto: 2004\nreplicates: 3\n")
    # The program as such, libraries and all, and then half of what a run at 1/8 takes.
    least = next(size for size in range(20, 4000, 10)
                 if subprocess.run([program, "check", source / "scenarios/baseline.yaml"], check=False,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   preexec_fn=functools.partial(limit_memory, size)).returncode == 0)

    def little_memory():
        limit_memory(least + 40)

    done = homeward("sweep", file, "-o", out, "--threads", "1", code=3, preexec_fn=little_memory)
    check("3 runs failed" in done.stderr and "memory" in done.stderr, f"{least + 40} MB: {done.stderr}")
    check(status(out)["failed"] == 3, "failed runs are not recorded")
    again = homeward("sweep", file, "-o", out, code=3)
    check("0 done now" in again.stdout, "failed runs were tried again without being asked")
    check("memory" in homeward("sweep", "status", out).stdout, "status: why runs failed")
    homeward("sweep", file, "-o", out, "--retry-failed", "-q")
    check(status(out)["failed"] == 0 and status(out)["done"] == 3, "failed runs were not mended")


def refused(work, file):
    """Exit 2 before anything is run or written."""
    for words in (["sweep"], ["sweep", file, "--shard", "7/7"], ["sweep", file, "--memory", "much"],
                  ["sweep", file, "--time", "1:00"], ["sweep", "status", work]):
        homeward(*words, code=2)
    for words, told in ((["sweep", "stauts", file], "Did you mean 'status'?"), (["sweep", "merge"], "no sweep given"),
                        (["sweep", "status", work / "nowhere"], "no plan and no folder"),
                        (["sweep", work], "is a folder"),
                        (["sweep", source / "scenarios/baseline.yaml"], "this file is a scenario"),
                        (["sweep", source / "scenarios/claims/resolution-57-advanced-degrees.yaml"], "is a claim")):
        check(told in homeward(*words, code=2).stderr, f"{words}: not told that {told}")
    moved = plan(work, "moved.yaml")
    homeward("sweep", moved, "-o", work / "moved", "--shard", "0/1", "--scale", "1/5000", "-q")
    check("homeward sweep merge" in homeward("sweep", "status", work / "moved").stdout, "status: how to merge")
    moved.unlink()
    check("which is gone" in homeward("sweep", "status", work / "moved", code=2).stderr, "status: the plan is gone")
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


def scripts(work, file):
    """What submit would send: whole scripts that bash reads, only tasks with work to do, options passed on."""
    told = homeward("sweep", "submit", file, "-o", work / "a folder", "--dry-run", "--array-size", "10", "--time",
                    "2:00:00", "--mem", "2G", "--partition", "long", "--account", "me", "--max-running", "3",
                    "--slurm=--qos=low", "--scale", "1/2000").stdout
    for line in ("#SBATCH --array=0-9%3", "#SBATCH --time=2:00:00", "#SBATCH --signal=B:USR1@90", "#SBATCH --mem=2G",
                 "#SBATCH --partition=long", "#SBATCH --account=me", "#SBATCH --qos=low", "#SBATCH --requeue",
                 "#SBATCH --dependency=afterany:JOBS"):
        check(line in told.splitlines(), f"submit: no line '{line}' in {told}")
    check("--scale 1/2000" in told and f"-o '{work}/a folder'" in told and '--shard "$task/10"' in told,
          f"submit: {told}")
    check(told.count("#!/bin/bash") == 2, f"submit: {told}")
    read = subprocess.run(["bash", "-n"], input=told, text=True, stderr=subprocess.PIPE, check=False)
    check(read.returncode == 0, f"submit: bash does not read it: {read.stderr}")
    check(not (work / "a folder").exists(), "submit --dry-run wrote something")
    out = work / "half"
    for shard in (0, 1, 2, 5):
        homeward("sweep", file, "-o", out, "--shard", f"{shard}/8", "-q")
    told = homeward("sweep", "submit", file, "-o", out, "--dry-run", "--array-size", "8").stdout
    check("#SBATCH --array=0-1,3-4" in told and "task=$((3 + SLURM_ARRAY_TASK_ID))" in told, f"submit: {told}")
    homeward("sweep", "submit", file, "-o", out, "--time", "soon", code=2)
    homeward("sweep", "submit", file, "-o", out, "--slurm=qos", code=2)
    no_slurm = homeward("sweep", "submit", file, "-o", out, code=3, env={"PATH": "/nonexistent"})
    check("--shard" in no_slurm.stderr, f"submit without Slurm: {no_slurm.stderr}")


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


def page():
    """The plan that docs/user/sweep.md shows is one."""
    text = (source / "docs/user/sweep.md").read_text()
    shown = text.split("```yaml\n", 1)[1].split("```", 1)[0].replace("../", f"{source}/scenarios/")
    with folder() as work:
        (work / "shown.yaml").write_text(shown.replace("replicates: 4", "replicates: 1"))
        told = homeward("sweep", work / "shown.yaml", "--dry-run", "--scale", "1/5000").stdout
        check("2 scenarios x 1,920 points x 1 replicate" in told, f"the plan of the page: {told}")


def effects(work):
    """contrasts: one past for all scenarios of a point; the differences are those of compare; shards, kill and growth
    change nothing."""
    base, other = source / "scenarios/baseline.yaml", source / "scenarios/what-if/red-tape-30.yaml"
    text = (f"scenarios: {{base: {base}, other: {other}, third: {source / 'scenarios/what-if/resolution-57.yaml'}}}\n"
            "contrasts: base\nscale: 1/1000\nto: 2029\nreplicates: 2\nmeasures: [stock, returns_settled]\n"
            "years: [2028, 2029]\ndesign: [{sobol: {points: 3, axes: {parameters.choice.b_pay: prior}}}]\n")
    file = work / "effects.yaml"
    file.write_text(text.replace("replicates: 2", "replicates: 1"))
    out = work / "effects"
    homeward("sweep", file, "-o", out, "-q")  # 9 runs
    file.write_text(text)
    done = homeward("sweep", file, "-o", out)
    check("18 runs: 9 done now, 9 before" in done.stdout, f"effects: more replicates: {done.stdout}")
    check(status(out)["twice"] == 0, "effects: runs done twice")
    table, spread = (out / "merged.csv").read_bytes(), (out / "effects.csv").read_bytes()
    # Of every run the difference to its base; the base has none.
    merged = rows(out / "merged.csv")
    values = {(row["scenario"], row["point"], row["replicate"], row["year"], row["measure"]): float(row["value"])
              for row in merged}
    for row in merged:
        of_base = values["base", row["point"], row["replicate"], row["year"], row["measure"]]
        expected = "" if row["scenario"] == "base" else float(row["value"]) - of_base
        check(row["difference"] == expected or float(row["difference"]) == expected, f"difference of {row}")
    # The mean over points of the mean over replicates.
    for row in rows(out / "effects.csv"):
        if row["span"] == "by":
            continue
        found = [float(one["difference"]) for one in merged if one["scenario"] == row["alt"]
                 and one["year"] == row["year"] and one["measure"] == row["measure"]]
        check(abs(sum(found) / len(found) - float(row["mean"])) < 1e-6, f"mean of {row} is not that of {found}")
        check(row["points"] == "3" and row["sd"] != "" and row["chance_sd"] != "", f"spread of {row}")
    # compare says the same of a point.
    axis = next(row["parameters.choice.b_pay"] for row in merged if row["point"] == "1")
    homeward("compare", base, other, "--scale", "1/1000", "--to", "2029", "--replicates", "2", "--set",
             f"parameters.choice.b_pay={axis}", "-o", work / "compared", "-q", "--no-report")
    contrast = next(row for row in rows(work / "compared/contrast.csv")
                    if row["year"] == "2029" and row["measure"] == "stock")
    found = [float(row["difference"]) for row in merged if row["scenario"] == "other" and row["point"] == "1"
             and row["year"] == "2029" and row["measure"] == "stock"]
    check(float(contrast["difference"]) == sum(found) / 2, f"compare says {contrast}, the sweep {found}")
    page = (out / "report.html").read_text()
    check(page.count('id="effects"') == 1 and 'id="effect-lines"' in page, "effects: no figure")
    # Shards in any order; a kill on the way; runs that were done without contrasts.
    for shard in (2, 0, 3, 1):
        homeward("sweep", file, "-o", work / "effect-shards", "--shard", f"{shard}/4", "-q")
    homeward("sweep", "merge", work / "effect-shards", "-q")
    levels = work / "levels.yaml"
    levels.write_text(text.replace("contrasts: base\n", ""))
    homeward("sweep", levels, "-o", work / "effect-levels", "--shard", "1/3", "-q")
    process = subprocess.Popen([program, "sweep", file, "-o", work / "effect-levels", "--threads", "1", "-q"],
                               stderr=subprocess.DEVNULL)
    while process.poll() is None and records(work / "effect-levels") < 10:
        time.sleep(0.002)
    process.kill()
    process.wait()
    homeward("sweep", file, "-o", work / "effect-levels", "-q")
    for name in ("effect-shards", "effect-levels"):
        check((work / name / "merged.csv").read_bytes() == table, f"{name}: another merged.csv")
        check((work / name / "effects.csv").read_bytes() == spread, f"{name}: another effects.csv")
        check(status(work / name)["twice"] == 0, f"{name}: runs done twice")


def main():
    with folder() as work:
        file = plan(work)
        table = whole(work, file)
        tidy(table)
        cubes(work)
        plan(work, "broken-plan.yaml", a=("red_tape.papers", "red_tape.papesr"), b=("points: 2", "points: two"))
        record(work, file)
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
        scripts(work, file)
        effects(work)
    page()
    finish()


main()
