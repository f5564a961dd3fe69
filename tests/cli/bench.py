"""homeward bench measures what it says, as text and as JSON, and compares with earlier results. No time is asserted."""
import json
import os

from _homeward import baseline, check, finish, folder, homeward, source

SHORT = ["--scale", "1/500", "--to", "2008", "--threads", "2"]


def changed(result, factor):
    """The same result of a machine `factor` times as fast."""
    result = json.loads(json.dumps(result))
    for scenario in result["scenarios"]:
        rate, total = scenario["agent_years_per_second"], scenario["wall_seconds"]["total"]
        rate["repetitions"] = [value * factor for value in rate["repetitions"]]
        total["repetitions"] = [value / factor for value in total["repetitions"]]
    return result


def figures(work):
    done = homeward("bench", baseline, *SHORT, "--repeat", "3", "--json", cwd=work)
    result = json.loads(done.stdout)
    scenario = result["scenarios"][0]
    check(scenario["scenario"] == "baseline" and scenario["scale"] == 1 / 500 and scenario["to_year"] == 2008, "settings")
    for samples in (scenario["agent_years_per_second"], *scenario["wall_seconds"].values()):
        check(len(samples["repetitions"]) == 3, "every repetition is kept")
        check(0 < samples["lowest"] <= samples["median"] <= samples["highest"], "the median lies in the spread")
        check(samples["median"] == sorted(samples["repetitions"])[1], "the median of three is the second")
    check([at["threads"] for at in scenario["thread_scaling"]] == [1, 2], "threads 1 to N")
    check(scenario["thread_scaling"][0]["efficiency"] == 1, "one thread is what others are compared with")
    check(abs(sum(phase["share"] for phase in scenario["phases"]) - 1) < 1e-9, "shares of the phases add up")
    check(scenario["agent_years"] > 0 and scenario["bytes_per_agent"] > 0, "agent-years and bytes an agent")
    check(10e6 < scenario["peak_rss_bytes"] < 2e9, f"peak memory {scenario['peak_rss_bytes']}")
    check(result["limits"]["triad_bytes_per_second"] > 0 and result["limits"]["philox_words_per_second"] > 0, "limits")
    check(all(0 < share < 1 for share in scenario["share_of_machine"].values()), "shares of the machine's limits")
    check(not os.listdir(work), "bench leaves nothing in the current folder")
    run = homeward("run", baseline, "--scale", "1/500", "--to", "2008", "--replicates", "1", "--json", "-o", "run", cwd=work)
    check(run.returncode == 0, "the same scenario runs")
    facts = json.loads((work / "run/manifest.json").read_text(encoding="utf-8"))
    check(facts["agent_years"] == scenario["agent_years"], "bench steps the people that run steps")
    check(facts["scenario_hash"] == scenario["scenario_hash"], "bench times the scenario that run runs")
    return result


def verdicts(work, result):
    for factor, word in ((1e-6, "faster"), (1e6, "slower")):  # far beyond any noise
        (work / "before.json").write_text(json.dumps(changed(result, factor)), encoding="utf-8")
        done = homeward("bench", baseline, *SHORT, "--repeat", "3", "--against", "before.json", "--json", cwd=work)
        answers = {one["figure"]: one["verdict"] for one in json.loads(done.stdout)["against"]}
        check(answers == {"stepping": word, "file to files": word}, f"{factor} times as fast before: {answers}")
    # Pooled with results a million times faster and slower, nothing can be told.
    for name, factor in (("slow.json", 1e-6), ("same.json", 1), ("fast.json", 1e6)):
        (work / name).write_text(json.dumps(changed(result, factor)), encoding="utf-8")
    done = homeward("bench", baseline, *SHORT, "--repeat", "3", "--against", "slow.json", "--against", "same.json",
                    "--against", "fast.json", cwd=work)
    lines = [line for line in done.stdout.splitlines() if "as fast as before" in line]
    check(len(lines) == 2 and all("within noise" in line for line in lines), f"pooled: {lines}")
    done = homeward("bench", baseline, "--scale", "1/1000", "--to", "2005", "--repeat", "1", "--threads", "1", "--against",
                    "slow.json", cwd=work)
    check("nothing to compare" in done.stderr and "as fast" not in done.stdout, "another scale is not compared")


def several_and_faults(work):
    what_if = source / "scenarios/what-if/resolution-57.yaml"
    done = homeward("bench", baseline, what_if, "--scale", "1/1000", "--to", "2005", "--repeat", "2", "--threads", "1",
                    cwd=work)
    for word in ("baseline, 1:1,000", "resolution-57, 1:1,000", "GB/s of memory", "agent-years/s", "efficiency", "peak"):
        check(word in done.stdout, f"no '{word}' in:\n{done.stdout}")
    (work / "wrong.json").write_text("[1, 2]", encoding="utf-8")
    (work / "wrong.yaml").write_text("name: x\nextent: y\n", encoding="utf-8")
    done = homeward("bench", "--repeat", "0", "--against", "absent.json", "--against", "wrong.json", code=2, cwd=work)
    for word in ("no scenario given", "--repeat", "absent.json cannot be read", "wrong.json is no result"):
        check(word in done.stderr, f"no '{word}' in: {done.stderr}")
    done = homeward("bench", baseline, "wrong.yaml", *SHORT, code=2, cwd=work)
    check("unknown key" in done.stderr and done.stdout == "", "faults of any file are told before anything is timed")


def main():
    with folder() as scratch, folder() as work:
        os.environ["TMPDIR"] = str(scratch)
        result = figures(work)
        verdicts(work, result)
        several_and_faults(work)
        check(not os.listdir(scratch), "bench leaves nothing in its scratch folder")
    finish()


main()
