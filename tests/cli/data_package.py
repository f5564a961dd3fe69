"""datapackage.json names every CSV and every column, with a type that its cells have."""
import json
import re

from _homeward import SMALL, baseline, check, entries, finish, folder, homeward, rows

FITS = {"integer": r"-?\d+", "number": r"-?\d+(\.\d+)?", "string": r".*"}
ALTERNATIVE = baseline.parent / "what-if/resolution-57.yaml"


def described(out, what):
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    check(package["profile"] == "tabular-data-package", f"{what}: profile")
    resources = {resource["path"]: resource for resource in package["resources"]}
    tables = [name for name in entries(out) if name.endswith(".csv")]
    check(sorted(resources) == tables, f"{what}: describes {sorted(resources)}, the folder holds {tables}")
    names = [resource["name"] for resource in resources.values()]
    check(len(set(names)) == len(names) and all(re.fullmatch("[a-z0-9._-]+", name) for name in names), f"names {names}")
    for path, resource in resources.items():
        check(resource.get("description"), f"{what}: {path} has no description")
        table, fields = rows(out / path), resource["schema"]["fields"]
        header = (out / path).read_text(encoding="utf-8").split("\n", 1)[0].split(",")
        check([field["name"] for field in fields] == header, f"{what}: columns of {path}")
        for field in fields:
            name, kind = field["name"], field["type"]
            check(kind in FITS and field.get("description"), f"{what}: {path}, {name} is of type {kind}")
            check(kind == "string" or name in ("replicate", "point") or field.get("unit"), f"{what}: {path}, {name} has no unit")
            bad = [row[name] for row in table if row[name] != "" and not re.fullmatch(FITS.get(kind, ""), row[name])]
            check(not bad, f"{what}: {path}, {name} is no {kind}: {bad[:3]}")


PLAN = """name: Tiny & small
scenarios: {base: base.yaml, less: less.yaml}
contrasts: base
scale: 1/1000
to: 2027
replicates: 1
design:
  - grid: {policy.resolution_57.tax.scope: [experts, graduates], parameters.choice.b_pay: [1, 1.5]}
measures: [stock, returns_settled]
years: [2026, 2027]
"""


def swept(work):
    tax = "policy:\n  resolution_57:\n    tax: {scope: experts, value: {2025: 0, 2026: 1}}\n"
    (work / "base.yaml").write_text(f"extends: {baseline}\n{tax}")
    (work / "less.yaml").write_text(f"extends: {baseline}\n{tax}    fast_track: {{2026: 0, 2027: 1}}\n")
    (work / "plan.yaml").write_text(PLAN)
    homeward("sweep", work / "plan.yaml", "-q", "-o", work / "sweep")
    described(work / "sweep", "sweep")
    package = json.loads((work / "sweep/datapackage.json").read_text(encoding="utf-8"))
    types = {field["name"]: field["type"] for field in package["resources"][0]["schema"]["fields"]}
    check(package["title"] == "Tiny & small" and types["policy.resolution_57.tax.scope"] == "string" and
          types["parameters.choice.b_pay"] == "number" and types["difference"] == "number", f"axes: {types}")
    homeward("sweep", work / "plan.yaml", "-q", "-o", work / "sweep")  # nothing stands in its way


with folder() as place:
    swept(place)
    homeward("run", baseline, *SMALL, "--draw-priors", "-q", "-o", place / "run")
    described(place / "run", "run")
    homeward("compare", baseline, ALTERNATIVE, "--scale", "1/500", "--replicates", "2", "--to", "2030", "-q", "-o",
             place / "comparison")
    described(place / "comparison", "comparison")
finish()
