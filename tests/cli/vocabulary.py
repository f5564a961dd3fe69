"""Help, version, list, explain, diff, schema and completions say what exists, in the forms that are promised."""
import json
import shutil
import subprocess

from _homeward import baseline, check, finish, folder, homeward, program, source

VERBS = ["run", "check", "list", "explain", "diff", "schema", "bench", "completion"]
MEASURES = {"stock", "returns_settled", "returns_all", "remittances", "mean_trust", "mean_belief_lag", "spending"}


def help_and_version():
    text = homeward("--help").stdout
    check(len(text.splitlines()) <= 24, "homeward --help fits a screen")
    check(all(f"\n  {verb} " in text for verb in VERBS), "homeward --help shows every verb")
    check(sum(line.startswith("  homeward ") for line in text.splitlines()) == 5, "the five things people do first")
    for verb in VERBS:
        text = homeward(verb, "--help").stdout
        check(text.rstrip().splitlines()[-2].strip() == "Example", f"homeward {verb} --help ends with an example")
    text = homeward("--version").stdout
    for word in ("homeward 0.", "revision", "compiler", "instruction set", "yaml-cpp"):
        check(word in text, f"homeward --version names no {word}")
    check(homeward(code=2).stderr == homeward("--help").stdout, "without words the help is shown")


def lists():
    for kind in ("levers", "parameters", "measures", "hosts", "dimensions", "keys"):
        entries = json.loads(homeward("list", kind, "--json").stdout)[kind]
        lines = homeward("list", kind).stdout.splitlines()
        check(len(entries) > 5 and len(lines) >= len(entries), f"list {kind}")
        for entry in entries:
            found = json.loads(homeward("explain", entry["name"], "--json").stdout) if len(entries) < 30 else entry
            check(found == entry, f"explain {entry['name']} says what list says")
        if kind in ("levers", "parameters"):
            for entry in entries:
                for field in ("unit", "low", "high", "default", "class", "source", "acts", "informed_by"):
                    check(entry.get(field) not in (None, ""), f"{entry['name']} has no {field}")
                check(entry["hard_low"] <= entry["low"] <= entry["default"] <= entry["high"] <= entry["hard_high"],
                      f"{entry['name']}: its range does not hold its default")
    levers = {entry["name"] for entry in json.loads(homeward("list", "levers", "--json").stdout)["levers"]}
    check({"policy.resolution_57.tax", "policy.red_tape.licence", "policy.pay_growth"} <= levers, "names of levers")
    measures = {entry["name"] for entry in json.loads(homeward("list", "measures", "--json").stdout)["measures"]}
    check(MEASURES <= measures, "names of measures")
    words = {entry["name"]: entry["words"]
             for entry in json.loads(homeward("list", "dimensions", "--json").stdout)["dimensions"]}
    check(words["sex"] == ["female", "male"] and words["age_group"][-1] == "85+", "words of sex and age group")
    check(len(words["origin_province"]) in (34, 63) and "research" in words["sector"], "words of province and sector")
    everything = homeward("list").stdout
    check("85+" in everything and "policy.pay_growth" in everything, "`homeward list` shows everything")


def explanations():
    text = homeward("explain", "policy.red_tape.recognition").stdout
    for word in ("unit", "range", "default", "class", "source", "acts on", "informed by"):
        check(f"  {word}" in text, f"explain shows no {word}")
    for name in ("tax", "resolution_57.tax", "POLICY.resolution_57.TAX"):
        check("policy.resolution_57.tax (lever)" in homeward("explain", name).stdout, f"explain {name}")
    text = homeward("explain", "parameters.choice.b_pay").stdout
    check("choice.b_pay (parameter)" in text, "parameters. is understood")
    check(homeward("explain", "jpn").stdout == homeward("explain", "JP").stdout, "hosts by either ISO code")


def keys(work):
    """Every key explains itself, and its example is a scenario without fault."""
    (work / "above").mkdir()
    for name in ("baseline.yaml", "data"):
        (work / name).symlink_to(source / "scenarios" / name)
    entries = {entry["name"]: entry for entry in json.loads(homeward("list", "keys", "--json").stdout)["keys"]}
    top = json.loads(homeward("schema").stdout)["properties"]
    check([name for name in entries if "." not in name] == list(top), "the keys are those of the schema, in its order")
    for section, declared in (("economy", top["economy"]["properties"]),
                              ("hosts.GROUP", next(iter(top["hosts"]["patternProperties"].values()))["properties"]),
                              ("outputs", top["outputs"]["items"]["properties"])):
        check([name for name in entries if name.startswith(section + ".")] == [f"{section}.{name}" for name in declared],
              f"the keys of {section} are those of the schema")
    for option in ("policy.resolution_57.tax.scope", "policy.resolution_57.pay.coverage"):
        check(entries[option]["words"][0] == entries[option]["default"], f"{option}: its first word is its default")
    for number, (name, entry) in enumerate(entries.items()):
        for field in ("form", "text", "default", "example"):
            check(entry.get(field), f"{name} has no {field}")
        check(name.split(".")[-1] + ":" in entry["example"], f"the example of {name} does not show it")
        (work / f"above/{number}.yaml").write_text(entry["example"] + "\n")
    homeward("check", "-q", *(work / "above").glob("*.yaml"), cwd=work)


def names_and_groups():
    for name, words in (("returns", "returns_settled + returns_student"), ("hosts.JPN.job_loss", "probability a year"),
                        ("job_loss", "hosts.GROUP.job_loss (key)"), ("scope", "policy.resolution_57.tax.scope (key)"),
                        ("resolution_57.tax.announced", "policy.LEVER.announced (key)"), ("seed", "18446744073709551615"),
                        ("outputs[0].by", "outputs.by (key)"), ("red_tape", "policy.red_tape.licence"),
                        ("resolution_57", "policy.resolution_57.campaign"), ("money", "policy.resolution_57.posts"),
                        ("choice", "choice.b_pay"), ("pay", "policy.resolution_57.pay (lever)")):
        text = homeward("explain", name).stdout
        check(words in text, f"explain {name} does not say {words}: {text[:200]}")
    done = homeward("explain", "home_growth", code=2)
    check("macro.home_growth, economy.home_growth" in done.stderr, f"two meanings are both told: {done.stderr}")


def differences(work):
    (work / "other.yaml").write_text(f"name: other\nextends: {baseline}\npolicy:\n  pay_growth: 1\n")
    text = homeward("diff", baseline, work / "other.yaml").stdout
    check("policy.pay_growth" in text, f"diff names what differs: {text}")
    check("No difference" in homeward("diff", baseline, baseline).stdout, "diff of a file with itself")
    answer = json.loads(homeward("diff", baseline, work / "other.yaml", "--json").stdout)
    check(not answer["same_results"] and answer["differences"], "diff as JSON")


def schema():
    document = json.loads(homeward("schema").stdout)
    check("2020-12" in document["$schema"], "the schema is JSON Schema 2020-12")
    check("policy" in document["properties"], "the schema has the keys of a scenario")


def completions(work):
    for shell in ("bash", "zsh", "fish"):
        script = work / f"completion.{shell}"
        script.write_text(homeward("completion", shell).stdout)
        for word in VERBS + ["until-halfwidth", "policy.resolution_57.tax"]:
            check(word in script.read_text(), f"{shell} does not complete {word}")
        if shutil.which(shell):
            done = subprocess.run([shell, "-n", str(script)], stderr=subprocess.PIPE, text=True)
            check(done.returncode == 0, f"{shell} cannot read its completions: {done.stderr}")
    typed = f"""source {work / 'completion.bash'}
complete_words() {{ COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _homeward; echo "${{COMPREPLY[@]}}"; }}
complete_words homeward ex
complete_words homeward run --sc
complete_words homeward explain policy.red_tape.li
complete_words homeward run --returns st
cd {work}; complete_words homeward run completion.z
"""
    done = subprocess.run(["bash", "-c", typed], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    check(done.stdout.split() == ["explain", "--scale", "policy.red_tape.licence", "students", "completion.zsh"],
          f"bash completes to {done.stdout}")


def full_standard_output():
    with open("/dev/full", "w") as full:
        done = subprocess.run([str(program), "list", "levers"], stdout=full, stderr=subprocess.PIPE, text=True)
    check(done.returncode == 3 and "standard output" in done.stderr, "standard output that cannot be written")


help_and_version()
lists()
explanations()
names_and_groups()
schema()
with folder() as place:
    keys(place)
with folder() as place:
    differences(place)
    completions(place)
full_standard_output()
finish()
