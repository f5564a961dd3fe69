"""homeward compare: arms are the runs they stand for, tables close, the null contrast is zero, claims set the exit code,
Ctrl-C and a kept trunk change no byte, faults are told."""
import signal
import subprocess
import time

from _homeward import baseline, check, entries, finish, folder, homeward, manifest, program, rows, source

QUICK = ["--scale", "1/500", "--replicates", "3", "--to", "2034"]
RED_TAPE = source / "scenarios/what-if/red-tape-30.yaml"
DECREE = source / "scenarios/what-if/decree-249.yaml"
SHOCK = source / "scenarios/what-if/host-shock.yaml"
TABLES = ["contrast.csv", "ledger.csv", "attribution.csv", "interactions.csv", "cost.csv", "frontier.csv", "spend.csv",
          "horizon.csv", "fiscal.csv", "cumulative.csv", "summary.csv", "flows.csv", "pipeline.csv"]
CATEGORIES = {"always", "accelerated", "delayed", "additional", "deterred", "displaced", "induced", "unmatched"}


def same(a, b, what):
    for name in TABLES:
        check((a / name).read_bytes() == (b / name).read_bytes(), f"{what}: {name} differs")


def number(text):
    return float(text) if text else None


def whole(work):
    """One comparison, looked at from all sides."""
    out = work / "whole"
    done = homeward("compare", baseline, RED_TAPE, DECREE, *QUICK, "-o", out, "-j", 1)
    check(len(done.stdout.splitlines()) <= 15, f"more than 15 lines: {done.stdout}")
    check(done.stderr == "", f"progress in a pipe: {done.stderr}")
    for arm, scenario in (("", baseline), (".red-tape-30", RED_TAPE), (".decree-249", DECREE)):
        alone = work / f"alone{arm}"
        homeward("run", scenario, *QUICK, "-o", alone, "-q")
        for stem in ("summary", "flows", "pipeline"):
            check((alone / f"{stem}.csv").read_bytes() == (out / f"{stem}{arm}.csv").read_bytes(),
                  f"{stem}{arm}.csv is not that of the run")
    facts = manifest(out)["comparison"]
    check([one["first_year_that_differs"] for one in facts["alternatives"]] == [2027, 2025], "first years that differ")
    check(facts["years_stepped"] < facts["years_unforked"], "no year was shared")
    closes(out)
    for threads, blocks in ((2, 8192), (2, 1000)):
        again = work / f"again-{blocks}"
        homeward("compare", baseline, RED_TAPE, DECREE, *QUICK, "-o", again, "-j", threads, "--block-slots", blocks, "-q")
        same(out, again, f"{threads} threads, blocks of {blocks}")
    # Where only some arms have no common past, the others' results stay as they are.
    more = work / "more"
    homeward("compare", baseline, RED_TAPE, DECREE, SHOCK, *QUICK, "-o", more, "-q")
    check(manifest(more)["comparison"]["alternatives"][2]["no_common_past"] != [], "the shock has no common past")
    kept = [row for row in rows(more / "contrast.csv") if row["alt"] != "host-shock"]
    check(kept == rows(out / "contrast.csv"), "another alternative changes the contrasts of the first")
    ledger_closes(more)


def ledger_closes(out):
    contrast = {(row["alt"], row["year"]): float(row["difference"]) for row in rows(out / "contrast.csv")
                if row["measure"] == "returns"}
    sums, named = {}, {}
    for row in rows(out / "ledger.csv"):
        where = (row["alt"], row["year"])
        sums[where] = sums.get(where, 0) + float(row["alt_returns"]) - float(row["base_returns"])
        named.setdefault(where, set()).add(row["category"])
    for where, total in sums.items():
        check(abs(total - contrast[where]) < 1e-6, f"the ledger of {where} sums to {total}, not {contrast[where]}")
        check(named[where] == CATEGORIES, f"categories of {where}: {named[where]}")
    check(len(sums) > 10, "a ledger by year")


def closes(out):
    ledger_closes(out)
    differences = {}
    for row in rows(out / "contrast.csv"):
        if row["measure"] == "returns" and int(row["year"]) >= 2025:
            differences[row["alt"]] = differences.get(row["alt"], 0) + float(row["difference"])
        check(row["replicates"] in ("0", "3"), f"replicates of {row}")
    shares = {}
    for row in rows(out / "attribution.csv"):
        check(row["informed_by"] in ("data", "prior", "mixed", ""), f"informed by: {row}")
        if row["measure"] == "returns":
            shares[row["alt"]] = shares.get(row["alt"], 0) + float(row["shapley"])
    for alt, total in shares.items():
        check(abs(total - differences[alt]) < 1e-6, f"Shapley values of {alt} sum to {total}, not {differences[alt]}")
    check(set(shares) == {"red-tape-30", "decree-249"}, "attribution of every alternative")
    sums = {(row["alt"], row["to_year"]): float(row["difference"]) for row in rows(out / "cumulative.csv")
            if row["measure"] == "returns"}
    for alt, total in differences.items():
        check(abs(total - sums[alt, "2034"]) < 1e-6, f"cumulative.csv of {alt}: {sums[alt, '2034']}, not {total}")
    fiscal = {(row["alt"], row["item"]): float(row["usd"]) for row in rows(out / "fiscal.csv")}
    for alt in differences:
        net = fiscal[alt, "spend"] - fiscal[alt, "income_tax"]
        check(abs(net - fiscal[alt, "net"]) < 1, f"fiscal.csv of {alt} does not add up")
    for row in rows(out / "cost.csv"):
        if row["lever"] == "all":
            check(abs(float(row["spend_usd"]) - fiscal[row["alt"], "spend"]) < 1, f"two prices: {row}")
        share = number(row["deadweight_share"])
        check(share is None or 0 <= share <= 1, f"deadweight: {row}")
        if row["lever"].startswith("policy.resolution_36"):
            check(row["claimants"] == "", f"not claimed by returnees: {row}")


def prices(work):
    """What the tables give no price of is not costed, whatever it does to the spending on others."""
    out = work / "prices"
    pay = source / "scenarios/what-if/pay-convergence.yaml"
    done = homeward("compare", baseline, pay, "--scale", "1/100", "--to", "2034", "--replicates", "2", "-o", out)
    check("Price: not costed" in done.stdout and "pay_growth" in done.stdout, f"a price of pay: {done.stdout}")
    cost = {row["lever"]: row for row in rows(out / "cost.csv")}
    check(cost["policy.pay_growth"]["spend_usd"] == "" and cost["all"]["spend_usd"] == "", f"cost.csv: {cost}")
    check(rows(out / "fiscal.csv") == [], "fiscal.csv of what is not costed")
    both = work / "both.yaml"
    both.write_text(f"extends: {pay}\npolicy: {{red_tape: {{position: {{2027: 0.3}}}}}}\n")
    done = homeward("compare", baseline, both, DECREE, "--scale", "1/100", "--to", "2034", "--replicates", "2",
                    "--attribution", "none", "-o", out)
    check(len(done.stdout.splitlines()) <= 15, f"more than 15 lines: {done.stdout}")
    check("% deadweight" in done.stdout and "persons more" in done.stdout and "mostly prior" in done.stdout,
          f"several alternatives say less than one: {done.stdout}")
    dominated = {row["alt"]: row["dominated_by"] for row in rows(out / "frontier.csv")}
    check(dominated == {"both": "", "decree-249": dominated["decree-249"]} and dominated["decree-249"] != "both",
          f"a package without a full price beats or is beaten: {dominated}")
    done = homeward("compare", baseline, source / "scenarios/what-if/resolution-57.yaml", "--scale", "1/500", "--to", "2030",
                    "--replicates", "2", "-o", out)
    check("Rests on assumptions: no data inform 7 of the 8 levers" in done.stdout and "lever.sandbox_value" in done.stdout,
          f"assumptions are not told: {done.stdout}")


def names(work):
    """Names and texts that a terminal or a spreadsheet would take for something else."""
    odd = work / "=cmd.yaml"
    odd.write_text("name: \"of \u202e its own\"\npolicy: {pay_growth: {2028: 1}}\n")
    out = work / "names"
    done = homeward("compare", baseline, odd, "--scale", "1/1000", "--to", "2030", "--replicates", "2", "-o", out)
    check("\u202e" not in done.stdout and "\\xe2\\x80\\xae" in done.stdout, f"a mark of direction: {done.stdout!r}")
    check("extends no scenario" in done.stdout, f"a scenario of its own: {done.stdout}")
    check({row["alt"] for row in rows(out / "contrast.csv")} == {"_=cmd"}, "a formula in a table")


def null(work):
    out = work / "null"
    homeward("compare", baseline, baseline, "--scale", "1/500", "--replicates", "2", "--to", "2012", "-o", out, "-q")
    for row in rows(out / "contrast.csv"):
        check(number(row["difference"]) in (0, None) and number(row["paired_sd"]) in (0, None), f"not null: {row}")
    check(rows(out / "ledger.csv") == [], "a ledger of nothing")


def claims(work):
    def judged(bound, code, word, replicates=4):
        path = work / "claim.yaml"
        path.write_text(f"claim: it does\ncompare: [{baseline}, {RED_TAPE}]\nmeasure: returns\n{bound}\n")
        done = homeward("compare", "--claim", path, "--scale", "1/200", "--replicates", replicates, "--to", "2034", "-o",
                        work / "claim", code=code)
        check(f"The claim {word}: it does" in done.stdout, f"{bound}: {done.stdout}")
        return done.stdout

    judged("at_least: {absolute: 100, by: 2034}", 0, "holds")
    judged("at_most: {absolute: 100, by: 2034}", 5, "fails")
    told = judged("at_least: {relative: 0.08, in: 2034}", 5, "cannot tell", 2)
    check("more replicates would decide" in told or "No affordable" in told, f"how many more: {told}")
    def refused(measure, bound, words):
        path = work / "claim.yaml"
        path.write_text(f"claim: it does\ncompare: [{baseline}, {RED_TAPE}]\nmeasure: '{measure}'\n{bound}\n")
        done = homeward("compare", "--claim", path, "--scale", "1/200", "-o", work / "refused-claim", code=2)
        check(words in done.stderr, f"{measure}, {bound}: {done.stderr}")

    refused("returns{origin_province=Atlantis}", "at_least: {absolute: 1, by: 2034}", "is not a word of origin_province")
    refused("returns{host=JPM}", "at_least: {absolute: 1, by: 2034}", "is not a word of host")
    refused("returns", "at_least: {relative: 0.1, by: 2026}", "differ from 2027 on")
    for file in sorted((source / "scenarios/claims").glob("*.yaml")):
        done = homeward("compare", "--claim", file, "--scale", "1/2000", "--replicates", "2", "--no-report", "-o",
                        work / "each", code=None)
        check(done.returncode in (0, 5) and done.stdout.startswith("The claim "), f"{file}: {done.stdout}{done.stderr}")
    shipped = source / "scenarios/claims/resolution-57-advanced-degrees.yaml"
    homeward("compare", "--claim", shipped, "--scale", "1/50", "--to", "2030", "-o", work / "shipped", "-q", code=None)
    check(manifest(work / "shipped")["comparison"]["attribution"] == "none", "a claim asks for no attribution")


def resumed(work):
    command = [str(program), "compare", str(baseline), str(RED_TAPE), "--scale", "1/100", "--replicates", "6", "--to", "2030"]
    homeward(*command[1:], "-o", work / "uninterrupted", "-q")
    out = work / "stopped"
    process = subprocess.Popen([*command, "-o", str(out)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
    for _ in range(3000):
        if "compared-0001.bin" in entries(out / ".homeward-partial") or process.poll() is not None:
            break
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    check(process.returncode == 4 and "kept in" in err, f"Ctrl-C: {process.returncode}, {err}")
    homeward(*command[1:], "-o", out, "-q")
    same(work / "uninterrupted", out, "resumed")
    check(manifest(out)["replicates_resumed"] >= 2, "complete replicates were taken up")
    check(".homeward-partial" not in entries(out), "nothing partial is left")


def trunk(work):
    command = ["compare", baseline, RED_TAPE, *QUICK, "--keep-trunk", work / "trunk", "-q"]
    homeward(*command, "-o", work / "first")
    check(len(entries(work / "trunk")) == 3, f"a trunk a replicate: {entries(work / 'trunk')}")
    homeward(*command, "-o", work / "second")
    same(work / "first", work / "second", "from a kept trunk")
    check(manifest(work / "second")["comparison"]["trunks_reused"] == 3, "trunks were taken")
    homeward("compare", baseline, source / "scenarios/what-if/pay-convergence.yaml", *QUICK, "--keep-trunk",
             work / "trunk", "-o", work / "third", "-q")
    check(manifest(work / "third")["comparison"]["trunks_reused"] == 3, "another future of the same past")
    for words, part in ((["--set", "policy.pay_growth={2020: 1}"], "policy"), (["--seed", "9"], "seed"),
                        (["--set", "parameters.choice.b_peer=0.5"], "parameters")):
        done = homeward(*command, *words, "-o", work / "refused", code=2)
        check("another past" in done.stderr and part in done.stderr, f"{words}: {done.stderr}")
    kept = work / "trunk/trunk-0001.bin"
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    kept.write_bytes(content)
    done = homeward(*command, "-o", work / "refused", code=2)
    check("damaged" in done.stderr, f"a damaged trunk: {done.stderr}")
    kept.write_bytes(b"nothing")
    done = homeward(*command, "-o", work / "refused", code=2)
    check("no trunk" in done.stderr, f"no trunk at all: {done.stderr}")


def faults(work):
    def told(*words):
        done = homeward("compare", *words, "-o", work / "none", code=2)
        check(not (work / "none").exists(), f"{words}: something was written")
        return done.stderr

    check("alternative is missing" in told(baseline), "one scenario")
    check("Did you mean 'groups'" in told(baseline, RED_TAPE, "--attribution", "group"), "--attribution")
    check("leave BASE and ALT out" in told(baseline, RED_TAPE, "--claim",
                                            source / "scenarios/claims/resolution-57-advanced-degrees.yaml"), "--claim")
    broken = work / "broken.yaml"
    broken.write_text("extends: nowhere.yaml\npolicy: {pay: 1}\n")
    err = told(baseline, broken, work / "missing.yaml")
    check("broken.yaml" in err and "missing.yaml" in err, f"faults of all files at once: {err}")
    check("not a measure" in told(baseline, RED_TAPE, "--until-halfwidth", "retuns@2030=5"), "--until-halfwidth")


def until(work):
    out = work / "until"
    done = homeward("compare", baseline, RED_TAPE, "--scale", "1/100", "--to", "2030", "--until-halfwidth",
                    "returns@2030=3000", "--attribution", "none", "-o", out)
    check("reached." in done.stdout, done.stdout)
    row = [r for r in rows(out / "contrast.csv") if r["year"] == "2030" and r["measure"] == "returns"][0]
    check(float(row["hi95"]) - float(row["lo95"]) <= 6000, f"half width: {row}")


with folder() as work:
    for test in (whole, prices, names, null, claims, resumed, trunk, faults, until):
        test(work)
finish()
