"""Command lines at fault: exit code 2, a line that says what and what to do, nothing run, nothing written."""
from _homeward import baseline, check, entries, finish, folder, homeward

# Words after `run BASELINE`, and what the message must contain.
RUN = [
    (["--scale", "2"], "--scale"), (["--scale", "1/0"], "--scale"), (["--scale", "nan"], "1/20"),
    (["--scale", ""], "--scale"), (["--scale", "0"], "--scale"), (["--scale", "-1/2"], "--scale"),
    (["--scale", "1e-400"], "--scale"), (["--scale", "1/1/1"], "--scale"), (["--seed", "-1"], "--seed"),
    (["--seed", "99999999999999999999"], "--seed"), (["--seed", "0x10"], "--seed"), (["--seed"], "exactly one value"),
    (["--seed", "1", "--seed", "2"], "exactly one value"), (["--replicates", "0"], "--replicates"),
    (["--replicates", "1e3"], "--replicates"), (["--threads", "0"], "--threads"), (["-j", "many"], "--threads"),
    (["--from", "2050"], "2004 to 2045"), (["--to", "1990"], "2004 to 2045"),
    (["--from", "2030", "--to", "2020"], "after --to"), (["--returns", "setled"], "Did you mean 'settled'"),
    (["--until-halfwidth", "returns"], "MEASURE@YEAR=N"), (["--until-halfwidth", "returns@2030=-5"], "MEASURE@YEAR=N"),
    (["--until-halfwidth", "retuns@2030=5"], "Did you mean 'returns'"),
    (["--until-halfwidth", "returns@2040=5", "--to", "2030"], "2040"),
    (["--until-halfwidth", "returns@2030=5", "--replicates", "3"], "at least 4"),
    (["--set", "policy.pay_growth"], "PATH=VALUE"), (["--set", "=1"], "PATH=VALUE"),
    (["--set", "policy.pay_grwth=1"], "Did you mean 'pay_growth'"), (["--set", "policy.pay_growth=99"], "-20 to 20"),
    (["--set", "pay_growth=1"], "Did you mean 'policy.pay_growth'"), (["--set", "seeds=1"], "Did you mean 'seed'"),
    (["--set", "resolution_57.tax=1"], "Did you mean 'policy.resolution_57'"),
    (["--set", "b_pay=1"], "Did you mean 'parameters.choice.b_pay'"),
    (["--set", "choice.b_pay=1"], "Did you mean 'parameters.choice'"),
    (["--set", "job_loss=0.1"], "Did you mean 'hosts.GROUP.job_loss'"),
    (["--set", "contract_home_offset=1"], "Did you mean 'economy.contract_home_offset' or 'hosts.GROUP.contract_home"),
    (["--set", "campaing=1"], "Did you mean 'policy.resolution_57.campaign'"),
    (["--set", "policy.resolution_57.licence=0.1"], "Did you mean 'policy.red_tape.licence'"),
    (["--set", "policy.pay_growth=5"], "--force-range"), (["--replicatse", "3"], "Did you mean '--replicates'"),
    (["--tables", "/nonexistent"], "/nonexistent"), (["--tables", ""], "--tables"), (["-o", ""], "-o"),
    (["-o", "/dev/null"], "folder"), (["--block-slots", "1"], "--block-slots"), (["--quiet=maybe"], "no value"),
    (["another.yaml"], "one scenario"), (["--scale", "9" * 100000], "--scale"), (["--\x1b[31mred", "x"], "\\x1b"),
]
OTHER = [
    ([""], "unknown verb"), (["rum"], "Did you mean 'run'"), (["--quiet", "run"], "follow the verb"),
    (["run"], "baseline"), (["run", "nope.yaml"], "nope.yaml"), (["run", "."], "folder"), (["check"], "no file"),
    (["check", "/dev/zero"], "/dev/zero"), (["list", "levres"], "Did you mean 'levers'"),
    (["list", "hosts", "--tables", "/nonexistent"], "/nonexistent"), (["explain"], "one name"),
    (["explain", "b_py"], "Did you mean 'choice.b_pay'"), (["explain", "xyzzyxyzzy"], "homeward list"),
    (["explain", "stock", "births"], "one name"), (["diff", "a"], "two scenarios"),
    (["diff", str(baseline), "nope.yaml"], "nope.yaml"), (["schema", "extra"], "nothing is expected"),
    (["completion", "tcsh"], "bash, zsh or fish"), (["completion"], "bash, zsh or fish"),
]


def told(done, wanted, words):
    shown = " ".join(words)[:80]
    check(wanted in done.stderr, f"{shown}: stderr does not say {wanted!r}: {done.stderr[:300]}")
    check(done.stdout == "", f"{shown}: stdout holds {done.stdout[:200]}")
    check("\x1b" not in done.stderr, f"{shown}: a control character reaches the terminal")


with folder() as place:
    for words, wanted in RUN:
        told(homeward("run", baseline, *words, code=2, cwd=place), wanted, words)
    for words, wanted in OTHER:
        told(homeward(*words, code=2, cwd=place), wanted, words)
    check(entries(place) == [], f"faults leave {entries(place)}")
    # All faults of a command line at once.
    done = homeward("run", baseline, "--scale", "2", "--seed", "x", "--returns", "none", code=2, cwd=place)
    check(len(done.stderr.splitlines()) == 3, f"three faults, one line each: {done.stderr}")
    # All faults of several files at once; good files are told too.
    (place / "bad.yaml").write_text(f"name: bad\nextends: {baseline}\npolicy:\n  pay_grwth: 1\nsed: 2\n")
    done = homeward("check", baseline, "bad.yaml", "none.yaml", code=2, cwd=place)
    check("ok" in done.stdout and "bad.yaml:4:3" in done.stderr and "bad.yaml:5:1" in done.stderr
          and "none.yaml" in done.stderr, f"faults of all files: {done.stdout}{done.stderr}")
    # Thousands of unknown keys: the first 200 are told, with what was meant, the others counted.
    (place / "many.yaml").write_text("pay_growth: 1\n" + "".join(f"key_of_some_length_{i}: 1\n" for i in range(9000)))
    lines = homeward("check", "many.yaml", code=2, cwd=place).stderr.splitlines()
    check("Did you mean 'policy.pay_growth'" in lines[0] and len(lines) == 201 and "8801 more" in lines[-1],
          f"many unknown keys: {lines[:1]} ... {lines[-1:]}, {len(lines)} lines")
    done = homeward("check", "bad.yaml", "--json", code=2, cwd=place)
    check('"line": 4' in done.stdout and '"ok": false' in done.stdout, "faults as JSON")
finish()
