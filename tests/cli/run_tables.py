"""What a run leaves: files, columns, intervals, the manifest's keys, and the same bytes however it is computed."""
import json
import re

from _homeward import SMALL, baseline, check, entries, finish, folder, homeward, manifest, rows, same_tables

KEYS = """homeward scenario scenario_hash seed replicates threads scale wall_seconds agent_years agent_years_per_second
    bytes_per_agent peak_rss_bytes command tables libraries machine""".split()
MEASURES = """stock official_stock stock_contract stock_student stock_irregular stock_returned returns_settled
    returns_student returns_contract returns_all re_emigration visits expert_visits network_members advanced_degrees
    arrivals births deaths attentive intending preparing abandoned remittances mean_trust mean_belief_lag
    spending""".split()


def header(path):
    return path.read_text(encoding="utf-8").split("\n", 1)[0]


def files_and_columns(work):
    done = homeward("run", baseline, *SMALL, cwd=work)
    out = work / "baseline-results"
    check(entries(out) == [".homeward", "assumptions.csv", "datapackage.json", "flows.csv", "hosts.csv",
                            "manifest.json", "pipeline.csv",
                            "report.html", "results.nc", "summary.csv"],
          f"the default folder holds {entries(out)}")
    check(header(out / "summary.csv") == "year,measure,unit,mean,sd,lo95,hi95,replicates", "columns of summary.csv")
    check(header(out / "pipeline.csv") == "year,stage,entered,completed,abandoned,mean_months,lo95,hi95",
          "columns of pipeline.csv")
    check(re.fullmatch("replicate,year,host,origin_province,class,generation,education,sector,age_group,sex,mode"
                       "(,duration_group)?,measure,value", header(out / "flows.csv")), "columns of flows.csv")
    summary = rows(out / "summary.csv")
    check(not set(MEASURES) - {row["measure"] for row in summary}, "a promised measure is missing from summary.csv")
    check({row["year"] for row in summary} == {str(year) for year in range(2004, 2011)}, "years of summary.csv")
    check(all(row["sd"] and row["lo95"] and row["hi95"] and row["replicates"] == "2" for row in summary),
          "with two replicates every row of summary.csv has an interval")
    check(all(float(row["lo95"]) <= float(row["mean"]) <= float(row["hi95"]) for row in summary), "lo95, mean, hi95")
    check(len(done.stdout.splitlines()) <= 15, "at most 15 lines after a run")
    check("settled only" in done.stdout and "Monte Carlo only" in done.stdout, "the headline names its definitions")
    check(not re.search(r"[\x00-\x09\x0b-\x1f]", done.stdout + done.stderr), "a control character in a pipe")
    facts = manifest(out)
    for key in KEYS:
        check(key in facts, f"manifest.json has no {key}")
    check(set(facts["wall_seconds"]) >= {"total", "synthesis", "stepping", "output"}, "wall_seconds of the manifest")
    check(all(re.fullmatch("[0-9a-f]{64}", value) for value in facts["tables"].values()), "SHA-256 of the tables")
    check(facts["synthesis_fit"], "the fit of the synthesis is in the manifest")
    check(facts["agent_years"] > 0 and facts["scale"] == 1 / 500, "agent-years and scale in the manifest")


def same_bytes(work):
    homeward("run", baseline, *SMALL, "-o", "one", "-j", "1", "-q", cwd=work)
    for name, options in (("two", ["-j", "2"]), ("seven", ["-j", "7", "--block-slots", "1000"])):
        homeward("run", baseline, *SMALL, "-o", name, *options, "-q", cwd=work)
        same_tables(work / "one", work / name, f"threads and blocks {options}")
    longer = [word for word in SMALL if word != "2010"] + ["2012"]
    homeward("run", baseline, *longer, "-o", "longer", "-q", cwd=work)
    early = [row for row in rows(work / "longer/summary.csv") if int(row["year"]) <= 2010]
    check(early == rows(work / "one/summary.csv"), "a longer run changes its first years")


def intervals(work):
    done = homeward("run", baseline, *SMALL, "--replicates", "1", "-o", "single", cwd=work, code=None)
    check(done.returncode == 2, "an option given twice is a fault")
    homeward("run", baseline, "--scale", "1/500", "--to", "2008", "--from", "2006", "--replicates", "1", "-o", "single",
             "-q", cwd=work)
    summary = rows(work / "single/summary.csv")
    check(all(row["sd"] == row["lo95"] == row["hi95"] == "" for row in summary), "one replicate has no interval")
    check({row["year"] for row in summary} == {"2006", "2007", "2008"}, "--from and --to")
    done = homeward("run", baseline, "--scale", "1/500", "--to", "2008", "--until-halfwidth", "stock@2008=1e9", "-o",
                    "until", "--json", cwd=work)
    answer = json.loads(done.stdout)
    check(answer["replicates"] == 4 and answer["half_width"]["met"], "--until-halfwidth stops at the fourth replicate")
    done = homeward("run", baseline, "--scale", "1/500", "--to", "2008", "--until-halfwidth", "returns@2008=0.1",
                    "--replicates", "5", "-o", "until", "--json", cwd=work)
    answer = json.loads(done.stdout)
    check(answer["replicates"] == 5 and not answer["half_width"]["met"], "--until-halfwidth says what it reached")


def priors(work):
    homeward("run", baseline, *SMALL, "--draw-priors", "--set", "parameters.choice.k0=-3.1", "-o", "drawn", "-q",
             cwd=work)
    drawn = rows(work / "drawn/priors.csv")
    check(all(float(row["low"]) <= float(row["value"]) <= float(row["high"]) for row in drawn), "draws in their range")
    check("choice.b_pay" in {row["parameter"] for row in drawn}, "priors.csv names what was drawn")
    check("choice.k0" not in {row["parameter"] for row in drawn}, "a parameter that is set is not drawn")
    check(manifest(work / "drawn")["intervals"]["kind"] == "parameters and Monte Carlo", "the kind of the intervals")
    check(manifest(work / "drawn")["priors_kept"] == ["choice.k0"], "the manifest says what was kept")
    homeward("run", baseline, *SMALL, "-o", "drawn", "-q", cwd=work)
    check("priors.csv" not in entries(work / "drawn"), "a folder is replaced whole")


def stamps(work):
    done = homeward("run", baseline, "--scale", "1/500", "--replicates", "2", "--to", "2036", "--set",
                    "policy.pay_growth=5", "--force-range", "-o", "forced", "--returns", "all", cwd=work)
    check("policy.pay_growth" in done.stdout, "a value outside its range is stamped on the headline")
    check("extrapolation" in done.stdout, "years past 2035 are stamped")
    check("contract workers" in done.stdout, "--returns all is named")
    facts = manifest(work / "forced")
    check(facts["forced"] == ["policy.pay_growth"], "`forced` of the manifest")
    check(facts["extrapolated_years"] == [2036] and facts["returns"] == "all", "stamps of the manifest")


def levers_in_force(work):
    options = ["--scale", "1/500", "--replicates", "1", "--to", "2010"]
    tax, posts = "policy.resolution_57.tax", "policy.resolution_57.posts"
    laws = [f"policy.resolution_36.{name}" for name in ("reconciliation", "nationality", "visa", "housing")]
    def run(*more):
        words = homeward("run", baseline, *options, *more, "-o", "levers", "--force", cwd=work).stdout
        answer = json.loads(homeward("run", baseline, *options, *more, "-o", "levers", "--json", cwd=work).stdout)
        check(answer["levers_in_force"] == manifest(work / "levers")["levers_in_force"], "levers: --json and manifest")
        return [line for line in words.splitlines() if line.startswith("Levers in force")], answer["levers_in_force"]
    lines, found = run("--set", f"{tax}={{2008: 0, 2009: 1}}", "--set", f"{posts}={{2010: 0, 2011: 10}}")
    check(found == {"data": [tax], "prior": laws}, f"a lever at 0 in every written year is not in force: {found}")
    check(lines == ["Levers in force, informed by data: tax; by a prior only: reconciliation, nationality, visa, "
                    "housing."], f"what the levers rest on: {lines}")
    lines, found = run("--set", f"{posts}={{announced: 2010, enacted: 2012, delivered: 2012, value: 10}}")
    check(found == {"data": [], "prior": [*laws, posts]}, f"a promise is in force: {found}")
    cuts = [word for name in ("papers", "residence", "recognition", "position", "licence", "relocation")
            for word in ("--set", f"policy.red_tape.{name}=0.3")]
    lines, found = run(*cuts)
    check(lines[0].endswith("prior only: resolution_36 (4 levers), red_tape (6 levers)."),
          f"many are told by family: {lines}")
    bare = work / "bare.yaml"
    bare.write_text(f"tables: {baseline.parent / 'data'}\n")
    done = homeward("run", bare, *options, "-o", "levers", cwd=work)
    check("No lever is in force in these years." in done.stdout, "a scenario without levers")


def small_cells(work):
    homeward("run", baseline, *SMALL, "-o", "pooled", "-q", cwd=work)
    homeward("run", baseline, *SMALL, "-o", "shown", "--show-small-cells", "-q", cwd=work)
    sums = []
    for name in ("pooled", "shown"):
        sums.append({})
        for row in rows(work / name / "flows.csv"):
            key = (row["replicate"], row["year"], row["measure"])
            sums[-1][key] = sums[-1].get(key, 0) + float(row["value"])
    check(sums[0] == sums[1], "sums of flows.csv do not close when small cells are pooled")
    dimensions = ("host", "class", "age_group", "education", "mode")
    pooled, shown = ([row for row in rows(work / name / "flows.csv") if "other" in [row[d] for d in dimensions]]
                     for name in ("pooled", "shown"))
    check(pooled and not shown, "small cells are pooled into `other` unless asked for")
    small = [row for row in rows(work / "pooled/flows.csv")
             if row["measure"] == "stock" and float(row["value"]) < 10 * 500 and row not in pooled]
    check(not small, "a small cell is shown")


with folder() as place:
    files_and_columns(place)
    same_bytes(place)
    intervals(place)
    priors(place)
    stamps(place)
    levers_in_force(place)
    small_cells(place)
finish()
