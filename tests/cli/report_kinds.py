"""The pages of comparisons and sweeps show what their tables say: sentences, cells, bars and points."""
import json
import random
import re
import time

from _homeward import baseline, check, entries, finish, folder, homeward, rows
from _page import Page, shown, shown_interval, table_of

CONTRAST = """alt,year,measure,unit,difference,lo95,hi95,relative,relative_lo95,relative_hi95,paired_sd,unpaired_sd,runs_saved,replicates
a & b,2005,returns,persons a year,0,0,0,0,0,0,0,10,,2
a & b,2006,returns,persons a year,120,100,140,0.1,0.08,0.12,5,50,99,2
quiet,2005,returns,persons a year,0,0,0,0,0,0,0,10,,2
quiet,2006,returns,persons a year,-3,-9,3,-0.0025,-0.0075,0.0025,2,50,99,2
a & b,2006,spending,USD a year,1500000,1400000,1600000,,,,5,50,99,2
"""
LEDGER = """alt,year,host,class,generation,education,category,base_returns,alt_returns,lo95,hi95
a & b,2006,USA,family,1,tertiary,always,500,500,0,0
a & b,2006,USA,family,1,tertiary,additional,0,150,130,170
a & b,2006,USA,student,1,advanced,deterred,30,0,-40,-20
"""
ATTRIBUTION = """alt,measure,lever,shapley,lo95,hi95,informed_by
a & b,returns,policy.resolution_57,90,80,100,mixed
a & b,returns,policy.red_tape,30,20,40,prior
a & b,stock,policy.red_tape,-30,-40,-20,prior
"""
INTERACTIONS = """alt,measure,lever_a,lever_b,value,lo95,hi95
a & b,returns,policy.resolution_57,policy.red_tape,-12,-20,-4
"""
COST = """alt,lever,claimants,deadweight_share,additional,retained_3y,spend_usd,usd_per_additional,lo95,hi95
a & b,policy.resolution_57.tax,400,0.7,120,110,1500000,13636.4,12000,15000
quiet,all,400,0.7,-3,-3,20000,,,
"""
FRONTIER = """alt,spend_usd,spend_lo95,spend_hi95,retained_3y,retained_lo95,retained_hi95,dominated_by,sure
a & b,1500000,1400000,1600000,110,90,130,,
quiet,20000,10000,30000,-3,-9,3,BASE,no
"""
TABLES = {"contrast": CONTRAST, "ledger": LEDGER, "attribution": ATTRIBUTION, "interactions": INTERACTIONS,
          "cost": COST, "frontier": FRONTIER}
PLAN = """name: tiny
scenarios:
  base: {baseline}
scale: 1/1000
to: 2027
replicates: 2
design:
  - grid:
      policy.pay_growth.2026: [0, 2]
      parameters.choice.b_pay: [1, 1.5]
measures: [stock, returns_settled]
years: [2026, 2027]
"""


def bars(figure):
    """The rows of a bar chart as (name, from, to), read off its axis."""
    ticks = [(float(tick.attributes["x"]), float(tick.text().replace(",", ""))) for tick in
             figure.one("svg").all("text", class_="tick x")]
    (x0, low), (x1, high) = ticks[0], ticks[-1]
    found = []
    for rect in figure.all("rect"):
        if "data-row" in rect.attributes:
            start = float(rect.attributes["x"])
            ends = [low + (x - x0) / (x1 - x0) * (high - low) for x in (start, start + float(rect.attributes["width"]))]
            found.append((rect.attributes["data-row"], *ends))
    return found, abs((high - low) / (x1 - x0)) * 0.21


def comparison(work):
    out = work / "compared"
    homeward("run", baseline, "--scale", "1/500", "--replicates", "2", "--to", "2006", "-q", "-o", out)
    for name, text in TABLES.items():
        (out / f"{name}.csv").write_text(text)
    homeward("report", out, "--figures", "-q")
    page = Page((out / "report.html").read_text(encoding="utf-8"))
    check(not page.faults, f"not well formed: {page.faults[:3]}")
    first, second = [p.text() for p in page.root.one("section", id="answer").all("p", class_="lead")]
    check("120 more returns" in first and "in 2006" in first and "+100 to +140" in first and "+10 %" in first, first)
    check("3 fewer returns" in second and "cannot be told" in second, second)
    check("a & b" in page.root.one("h1").text(), "the name of an alternative is text")
    lines = page.root.one("figure", id="difference")
    check(table_of(lines)[-1] == ["2006", "120 (100 to 140)", "-3 (-9 to 3)"], f"differences: {table_of(lines)}")
    who = page.root.one("figure", id="ledger-a---b-1")
    check(["always: in the same year in both", "500", "500"] in table_of(who), f"ledger: {table_of(who)}")
    drawn, error = bars(who)
    expected = {"additional": (0, 150), "deterred": (-30, 0)}
    check({name for name, *_ in drawn} == set(expected) and
          all(abs(a - expected[name][0]) <= error and abs(b - expected[name][1]) <= error for name, a, b in drawn),
          f"bars of the ledger: {drawn}")
    waterfall, error = bars(page.root.one("figure", id="attribution-a---b-1"))
    expected = [("resolution_57", 0, 90), ("red_tape", 90, 120), ("all together", 0, 120)]
    check(len(waterfall) == 3 and all(name == as_name and abs(a - low) <= error and abs(b - high) <= error
                                      for (name, a, b), (as_name, low, high) in zip(waterfall, expected)),
          f"waterfall: {waterfall}")
    check(["resolution_57 + red_tape", "-12 (-20 to -4)"] in
          table_of(page.root.one("figure", id="interactions-a---b-1")), "interactions")
    frontier = page.root.one("figure", id="frontier")
    check(len(frontier.all("circle", class_="hollow sc0")) == 1, "one dominated point")
    check(["quiet", "20,000 (10,000 to 30,000)", "-3 (-9 to 3)", "the base, not surely"] in table_of(frontier),
          f"frontier: {table_of(frontier)}")
    cost = table_of(page.root.one("section", id="cost"))
    check(cost[1][1:] == ["a & b", "400", "70", "120", "110", "1,500,000", "13,636 (12,000 to 15,000)"], f"cost: {cost}")
    check(cost[2][-1] == "cannot be told", "a price that cannot be told is not told")
    check("figure-ledger-a---b-1.svg" in entries(out), f"files of figures: {entries(out)}")


def headline(work):
    """The page of a comparison answers as the terminal does, and says what was compared and how a claim came out."""
    alternative, claim, out = work / "alt.yaml", work / "claim.yaml", work / "claimed"
    alternative.write_text(f"name: \"Less & <b>paper\"\nnote: It asks\nextends: {baseline}\n"
                           "policy:\n  red_tape:\n    papers: {2026: 0, 2027: 0.8}\n    position: {2026: 0, 2027: 0.8}\n")
    claim.write_text(f"claim: Less paper brings people home\ncompare: [{baseline}, alt.yaml]\nmeasure: returns\n"
                     "at_least: {relative: 0.5, by: 2030}\n")
    done = homeward("compare", "--claim", claim, "--scale", "1/500", "--replicates", "2", "--to", "2037", "-o", out, code=5)
    told = dict(re.findall(r"(20\d\d-20\d\d)[* ] +([+-][\d,.]+ \[[+-][\d,.]+, [+-][\d,.]+\])", done.stdout))
    check(sorted(told) == ["2027-2031", "2027-2035", "2027-2037"], f"the terminal tells {done.stdout}")
    page = Page((out / "report.html").read_text(encoding="utf-8"))
    answer = page.root.one("section", id="answer")
    cells = {row[1] for row in table_of(answer) if row[0] == "returns, summed"}
    for years, numbers in told.items():
        mean, low, high = re.findall(r"[+-][\d,.]+\d", numbers)
        wanted = f"{mean} ({low} to {high}) from {years[:4]} to {years[-4:]}"
        check(wanted in cells, f"the terminal tells {wanted}, the page {cells}")
        lead = answer.one("p", class_="lead").text()
        check(years == "2027-2031" or mean.lstrip("+-") in lead and f"{low} to {high}" in lead, f"{numbers} in: {lead}")
    verdict = re.search("The claim (holds|fails|cannot tell):", done.stdout)[1]
    stamp = answer.one("p", class_="stamp").text()
    check(stamp.startswith(f"The claim {verdict}: Less paper brings people home. returns, 2027 to 2030: ") and
          stamp.endswith("claimed is at least +50 %."), stamp)
    compared = page.root.one("section", id="scenarios")
    lines = [line for line in homeward("diff", baseline, alternative).stdout.splitlines()
             if not line.startswith(("name:", "note:"))]
    check([item.text() for item in compared.all("li")] == lines and len(lines) == 2, "the page tells what diff tells")
    check("Less & <b>paper" in compared.text() and "It asks" in compared.text(), "name and note of the alternative")
    page = (out / "report.html").read_bytes()
    homeward("report", out, "-q")
    check((out / "report.html").read_bytes() == page, "rebuilt from the tables, the page is the same")


def sweep(work):
    plan = work / "tiny.yaml"
    plan.write_text(PLAN.format(baseline=baseline))
    out = work / "swept"
    homeward("sweep", plan, "-o", out, "-q")
    homeward("report", out, "--figures", "-q")
    again = (out / "report.html").read_bytes()
    page = Page(again.decode())
    check(not page.faults, f"not well formed: {page.faults[:3]}")
    explored = json.loads(page.root.all("script")[0].text())["chosen"]
    titles = [column["title"] for column in explored["columns"]]
    check(titles == ["policy.pay_growth.2026", "parameters.choice.b_pay", "scenario", "stock, persons",
                     "returns_settled, persons a year"] and explored["axes"] == [0, 1] and explored["first"] == 4,
          f"what can be chosen: {titles}")
    merged = [row for row in rows(out / "merged.csv") if row["year"] == "2027" and row["measure"] == "returns_settled"]
    means = {}
    for row in merged:
        means.setdefault(row["point"], []).append(float(row["value"]))
    means = {point: sum(values) / len(values) for point, values in means.items()}
    check([row[4] for row in explored["rows"]] == [float(f"{mean:.7g}") for mean in means.values()], "points to choose")
    lead = page.root.one("p", class_="lead").text()
    check("4 points" in lead and shown(min(means.values())) in lead and shown(max(means.values())) in lead, lead)
    figures = [figure for figure in page.root.all("figure") if figure.attributes["id"].startswith("sweep-")]
    check(len(figures) == 2, f"{len(figures)} figures for two axes")
    for figure, axis in zip(figures, ("policy.pay_growth.2026", "parameters.choice.b_pay")):
        check(axis in figure.one("h3").text() and len(figure.all("circle")) == 4, f"the figure of {axis}")
        axis_of = {row["point"]: row[axis] for row in merged}
        for point, value, mean in table_of(figure)[1:]:
            number = point.split()[-1]
            check(value == axis_of[number] and mean.split(" (")[0] == shown(means[number]), f"{axis}, {point}")
    ticks = [(float(t.attributes["y"]) - 4, float(t.text().replace(",", ""))) for t in
             figures[0].all("text", class_="tick y")]
    (y0, low), (y1, high) = ticks[0], ticks[-1]
    heights = [low + (float(c.attributes["cy"]) - y0) / (y1 - y0) * (high - low) for c in figures[0].all("circle")]
    error = abs((high - low) / (y1 - y0)) * 0.11
    check(all(abs(a - b) <= error for a, b in zip(heights, means.values())), f"points at {heights}, not {means}")
    with open(out / "figure-sweep-1.csv", encoding="utf-8") as file:
        check(file.readline() == "scenario,point,policy.pay_growth.2026,mean,lo95,hi95\n", "columns of a sweep's figure")
    check(shown_interval(rows(out / "figure-sweep-1.csv")[0]) == table_of(figures[0])[1][2], "a sweep's figure as CSV")
    homeward("sweep", plan, "-o", out, "-q")
    homeward("report", out, "-q")
    check((out / "report.html").read_bytes() == again, "a sweep goes on in a folder with a report, and it is the same")
    (out / "merged.csv").unlink()
    done = homeward("report", out, code=2)
    check(re.search("sweep merge", done.stderr), done.stderr)


def many_points(work):
    """A sweep of 1,000 points over 24 axes, of which one matters much and one a little: a page of its own size."""
    out, draw = work / "many", random.Random(7)
    out.mkdir()
    (out / "sweep.json").write_text('{"plan": "many.yaml"}')
    axes, measures = [f"parameters.choice.x{i}" for i in range(24)], ["returns_settled", "stock", "spending"]
    with open(out / "merged.csv", "w", encoding="utf-8") as file:
        file.write(f"scenario,point,{','.join(axes)},replicate,year,measure,unit,value\n")
        for point in range(1000):
            values = [round(draw.random(), 6) for _ in axes]
            for replicate in range(2):
                for measure in measures:
                    value = round(10000 * (1 + values[20] - 0.3 * values[3] + 0.1 * draw.random()))
                    file.write(f"base,{point},{','.join(map(str, values))},{replicate},2030,{measure},persons,{value}\n")
    start = time.monotonic()
    homeward("report", out, "-q")
    took = time.monotonic() - start
    text = (out / "report.html").read_text(encoding="utf-8")
    print(f"a sweep of 1,000 points over 24 axes: report in {took:.2f} s, {len(text)} bytes")
    check(len(text) < 1.5e6, f"{len(text)} bytes")
    page = Page(text)
    figures = [f for f in page.root.all("figure") if f.attributes["id"].startswith("sweep-")]
    check(len(figures) == 6 and {"sweep-4", "sweep-21"} <= {f.attributes["id"] for f in figures}, "the strongest axes")
    strong = page.root.one("figure", id="sweep-21")
    check(strong.one("path", class_="dots sc0").attributes["d"].count("M") == 1000, "a dot for each point")
    groups = table_of(strong)
    check(len(groups) == 6 and sum(int(row[1]) for row in groups[1:]) == 1000, f"groups of points: {groups}")
    means = [float(row[2].replace(",", "")) for row in groups[1:]]
    check(means == sorted(means) and means[-1] > 1.4 * means[0], f"means rise along the axis: {means}")
    axes_table = [table for table in page.root.all("table") if table.all("th")[0].text() == "axis"][0]
    strengths = [[cell.text() for cell in row.all("th") + row.all("td")] for row in axes_table.all("tr")][1:]
    check([row[0] for row in strengths[:2]] == [axes[20], axes[3]] and float(strengths[0][1]) > 0.85 and
          -0.5 < float(strengths[1][1]) < -0.15 and len(strengths) == 24, f"strengths: {strengths[:3]}")
    explored = json.loads(page.root.all("script")[0].text())["chosen"]
    check(len(explored["rows"]) == 1000 and explored["across"] == 20, "the page's script has all points")


with folder() as place:
    comparison(place)
    headline(place)
    sweep(place)
    many_points(place)
finish()
