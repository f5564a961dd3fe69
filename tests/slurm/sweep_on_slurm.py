"""Sweeps on a real Slurm of four nodes: nodes die, half an array is cancelled, the disk fills; nothing finished is lost
or run twice, and the merged table has the bytes of a sweep in one process. Takes about three minutes."""
import json
import pathlib
import subprocess
import sys
import tempfile
import time

from _cluster import Cluster, wait_for

program, source = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
only = sys.argv[3:]
failures = []
# 24 runs of about a second.
PLAN = f"""scenarios: {{base: {source}/scenarios/baseline.yaml, other: {source}/scenarios/what-if/red-tape-30.yaml}}
scale: 1/30
to: 2020
replicates: 2
design: [{{sobol: {{points: 6, axes: {{parameters.choice.b_pay: prior}}}}}}]
measures: [stock, returns_settled]
years: [2010, 2020]
"""


def check(holds, problem):
    if not holds:
        failures.append(problem)
        print("FAILED:", problem, flush=True)


class Case:
    """One sweep into a folder of its own on a cluster."""

    def __init__(self, name, work, cluster, table, folder=None, plan="plan.yaml"):
        self.name, self.cluster, self.table = name, cluster, table
        self.plan, self.out = work / plan, folder or work / name
        self.began = time.monotonic()

    def homeward(self, *words, code=0):
        done = subprocess.run([program, "sweep", *map(str, words)], env=self.cluster.env, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=300)
        check(code is None or done.returncode == code,
              f"{self.name}: homeward sweep {words}: exit {done.returncode}: {done.stdout} {done.stderr}")
        return done

    def submit(self, *words):
        done = self.homeward("submit", self.plan, "-o", self.out, "--json", *words)
        if done.returncode == 0:
            return json.loads(done.stdout)
        return {"arrays": ["0"], "next": "0", "submitted": 0, "runs": 0}

    def status(self):
        return json.loads(self.homeward("status", self.out, "--json").stdout)

    def running(self, array):
        """Task and node of what runs of an array."""
        rows = [line.split() for line in self.cluster.queue()]
        return [(row[0].partition("_")[2], row[2]) for row in rows if row[0].startswith(array + "_") and row[1] == "R"]

    def wait(self, seconds=240):
        check(wait_for(lambda: not self.cluster.queue(), seconds), f"{self.name}: still queued: {self.cluster.queue()}")

    def wait_for_runs(self, count):
        check(wait_for(lambda: self.status()["done"] >= count, 120), f"{self.name}: no {count} runs in two minutes")

    def log(self):
        return "".join(path.read_text() for path in sorted((self.out / "slurm").glob("*.log")))

    def finish(self):
        self.wait()
        state = self.status()
        check(state["done"] == state["runs"] == 24, f"{self.name}: {state}\n{self.log()}")
        check(state["twice"] == 0, f"{self.name}: {state['twice']} runs done twice")
        merged = self.out / "merged.csv"
        check(merged.exists() and merged.read_bytes() == self.table,
              f"{self.name}: another table, or none\n{self.log()}")
        print(f"{self.name}: {time.monotonic() - self.began:.0f} s", flush=True)


def plain(case):
    """An array and a job that merges after it; a second submission has nothing to do."""
    sent = case.submit("--array-size", "8")
    check(len(sent["arrays"]) == 1, f"plain: {sent}")
    refused = case.homeward("submit", case.plan, "-o", case.out, code=2)
    check("still in the queue" in refused.stderr, f"plain: a second submission was not refused: {refused.stderr}")
    case.finish()
    told = case.homeward("submit", case.plan, "-o", case.out).stdout
    check("Nothing is missing" in told, f"plain: submitted for nothing: {told}")


def contrasts(case, spread):
    """Scenarios of a point share their past in one task; half of the array is cancelled on the way."""
    sent = case.submit("--array-size", "6")
    case.wait_for_runs(2)
    subprocess.run(["scancel", f"{sent['arrays'][0]}_[0-2]", sent["next"]], env=case.cluster.env, check=True)
    case.wait()
    case.submit("--array-size", "6")
    case.finish()
    check((case.out / "effects.csv").read_bytes() == spread, f"contrasts: another effects.csv\n{case.log()}")


def node_down(case):
    """A node that is set down: Slurm stops what runs there and queues it again."""
    sent = case.submit("--array-size", "8")
    case.wait_for_runs(1)
    tasks = case.running(sent["arrays"][0])
    node = tasks[0][1] if tasks else "n1"
    case.cluster.run("scontrol", "update", f"nodename={node}", "state=down", "reason=test")
    time.sleep(3)
    case.cluster.run("scontrol", "update", f"nodename={node}", "state=resume", check=False)  # it may be back already
    case.finish()
    check(tasks, "node_down: nothing was running")


def node_killed(case):
    """kill -9 of a slurmd: its task goes on out of sight and is started anew elsewhere."""
    sent = case.submit("--array-size", "8")
    case.wait_for_runs(1)
    tasks = case.running(sent["arrays"][0])
    node = tasks[0][1] if tasks else "n1"
    case.cluster.kill_node(node)
    check(wait_for(lambda: any(state.startswith("down") for state in case.cluster.states()), 120),
          "node_killed: nobody noticed")
    case.finish()
    case.cluster.start_node(node)
    wait_for(lambda: case.cluster.states().count("idle") == 4, 60)
    check(tasks, "node_killed: nothing was running")


def half_cancelled(case):
    """scancel of half the array: the merge says what is missing, submitting again does only that."""
    sent = case.submit("--array-size", "8")
    case.wait_for_runs(2)
    case.cluster.run("scancel", f"{sent['arrays'][0]}_[4-7]")
    case.wait()
    state = case.status()
    check(state["done"] < 24, "half_cancelled: all was done already")
    check(not (case.out / "merged.csv").exists(), "half_cancelled: merged what is not whole")
    check("not done yet" in case.log(), f"half_cancelled: the merge did not say so: {case.log()}")
    again = case.submit("--array-size", "8")
    check(again["runs"] == 24 - state["done"], f"half_cancelled: {again} after {state}")
    case.finish()


def asked_to_end(case):
    """TERM before the time limit: the task stops and queues itself again."""
    sent = case.submit("--array-size", "4", "--time", "30")
    case.wait_for_runs(2)
    tasks = case.running(sent["arrays"][0])
    for task, _ in tasks:
        case.cluster.run("scancel", "--batch", "--signal=TERM", f"{sent['arrays'][0]}_{task}")
    time.sleep(2)
    shown = case.cluster.run("scontrol", "-o", "show", "job", sent["arrays"][0])
    check(shown.count("Restarts=1") == len(tasks) > 0, f"asked_to_end: {len(tasks)} tasks were asked: {shown}")
    case.finish()


def waves(case):
    """Arrays no larger than MaxArraySize, waves no larger than the jobs a cluster takes."""
    sent = case.submit("--array-size", "12", "--max-running", "3")
    check(len(sent["arrays"]) >= 2, f"waves: one array of more than MaxArraySize: {sent}")
    check(sent["submitted"] < 12, f"waves: all at once beyond MaxJobCount: {sent}")
    case.finish()


def full_disk(case):
    """A store on a small file system: what fits is kept, with more room the rest is done."""
    case.submit("--array-size", "4")
    case.wait()
    state = case.status()
    check(0 < state["done"] < 24 and state["failed"] == 0, f"full_disk: {state}")
    check("cannot write" in case.log() or "No space" in case.log() or case.log() == "", f"full_disk: {case.log()}")
    subprocess.run(["mount", "-o", "remount,size=16m", str(case.out)], check=True)
    case.submit("--array-size", "4")
    case.finish()


def main():
    with tempfile.TemporaryDirectory(prefix="hw-slurm-", dir="/tmp") as folder:
        work = pathlib.Path(folder)
        work.chmod(0o755)  # munge wants to reach its socket
        (work / "plan.yaml").write_text(PLAN)
        (work / "contrasts.yaml").write_text(PLAN + "contrasts: base\n")
        for name in ("plan", "contrasts"):
            subprocess.run([program, "sweep", work / f"{name}.yaml", "-o", work / f"{name}-here", "-q"], check=True)
        table = (work / "plan-here/merged.csv").read_bytes()
        cluster = Cluster(work / "cluster")
        try:
            for test in (plain, node_down, half_cancelled, asked_to_end, node_killed):
                if not only or test.__name__ in only:
                    test(Case(test.__name__, work, cluster, table))
            if not only or "contrasts" in only:
                contrasts(Case("contrasts", work, cluster, (work / "contrasts-here/merged.csv").read_bytes(),
                               plan="contrasts.yaml"), (work / "contrasts-here/effects.csv").read_bytes())
            if not only or "full_disk" in only:
                small = work / "small"
                small.mkdir()
                mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", small]
                if subprocess.run(mount, check=False).returncode == 0:
                    try:
                        full_disk(Case("full_disk", work, cluster, table, small))
                    finally:
                        subprocess.run(["umount", "-l", small], check=False)
                else:
                    print("full_disk: left out, no file system may be mounted here")
        finally:
            cluster.close()
        if not only or "waves" in only:
            cluster = Cluster(work / "cluster", max_array_size=5, max_job_count=12, min_job_age=2)
            try:
                waves(Case("waves", work, cluster, table))
            finally:
                cluster.close()
    print("\n".join(failures) or "all held")
    sys.exit(1 if failures else 0)


main()
