"""Every number of scenarios/data says where it comes from, and baseline.yaml holds the policy history of its table."""
import csv
import re

import _health as health

DATA = health.root / "scenarios/data"
BASES = {"sourced", "derived", "tuned", "recalled", "assumed"}
YEARS = range(2004, 2046)


def check_table(folder):
    table, source = folder / "table.csv", folder / "source.yaml"
    if not table.is_file():
        health.breach(folder, 0, "has no table.csv.", "A set of data is a folder with table.csv and source.yaml.")
        return
    if not source.is_file():
        health.breach(folder, 0, "has no source.yaml.", "Write it: title, licence, note, sources.")
    else:
        for key in ("title", "licence", "note", "sources"):
            if not re.search(rf"^{key}:", source.read_text(encoding="utf-8"), re.MULTILINE):
                health.breach(source, 0, f"has no `{key}`.", "Say it: title, licence, note, sources.")
    raw = table.read_bytes()
    if b"\r" in raw or raw.startswith(b"\xef\xbb\xbf") or not raw.endswith(b"\n"):
        health.breach(table, 0, "is not plain UTF-8 with LF line ends.", "Save it without BOM and CR, with a last newline.")
    rows = list(csv.reader(raw.decode("utf-8").splitlines()))
    if not {"basis", "source"} <= set(rows[0]):
        health.breach(table, 1, "has no columns basis and source.", "Add them to every row.")
        return
    basis, origin = rows[0].index("basis"), rows[0].index("source")
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(rows[0]):
            health.breach(table, number, f"has {len(row)} cells of {len(rows[0])}.", "Fill the row.")
        elif row[basis] not in BASES:
            health.breach(table, number, f"has the basis '{row[basis]}'.", f"Use one of {', '.join(sorted(BASES))}.")
        elif not row[origin].strip():
            health.breach(table, number, "names no source.", "Name the original source, or the page of docs/theory.")


def history():
    """lever -> intensity by year, from policy_history: `added`, linearly over ramp_years from `year`."""
    values = {}
    with open(DATA / "policy_history/table.csv", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            series = values.setdefault(row["lever"], dict.fromkeys(YEARS, 0.0))
            for year in YEARS:
                passed = (year - int(row["year"]) + 1) / max(1, int(row["ramp_years"]))
                series[year] += float(row["added"]) * min(1, max(0, passed))
    return values


def baseline():
    """(lever -> {year: value}, line of the key) from `policy:` of baseline.yaml, block maps around year maps."""
    values, lines, parents, inside = {}, {}, [], False
    text = re.sub(r"\{[^{}]*\}", lambda match: " ".join(match[0].split()),
                  (health.root / "scenarios/baseline.yaml").read_text(encoding="utf-8"))
    for number, line in enumerate(text.splitlines(), 1):
        line = re.sub(r"(^|\s)#.*", "", line).rstrip()
        match = re.match(r"( *)([\w.]+):\s*(.*)$", line)
        if not match:
            continue
        depth, key, value = len(match[1]), match[2], match[3]
        if depth == 0:
            inside, parents = key == "policy", []
            continue
        if not inside:
            continue
        while parents and parents[-1][0] >= depth:
            parents.pop()
        if not value:
            parents.append((depth, key))
            continue
        lever = ".".join([name for _, name in parents] + [key])
        pairs = re.findall(r"(\d{4}):\s*([-+.\deE]+)", value)
        values[lever] = {int(y): float(v) for y, v in pairs} if pairs else {YEARS[0]: float(value)}
        lines[lever] = number
    return values, lines


def in_year(points, year):
    """Linear between the years given, neutral before, held after."""
    before = [y for y in points if y <= year]
    after = [y for y in points if y > year]
    if not before:
        return 0.0
    low = max(before)
    if not after:
        return points[low]
    high = min(after)
    return points[low] + (points[high] - points[low]) * (year - low) / (high - low)


def check_history():
    path = health.root / "scenarios/baseline.yaml"
    wanted, (given, lines) = history(), baseline()
    for lever in sorted(set(wanted) | set(given)):
        expected = wanted.get(lever, dict.fromkeys(YEARS, 0.0))
        for year in YEARS:
            value = in_year(given.get(lever, {}), year)
            if abs(value - expected[year]) > 1e-3:
                health.breach(path, lines.get(lever, 0),
                              f"policy.{lever} is {value:g} in {year}; policy_history says {expected[year]:g}.",
                              "Mend the one that is wrong: the table carries the source.")
                break


def main():
    folders = sorted(path for path in DATA.iterdir() if path.is_dir())
    for folder in folders:
        check_table(folder)
    check_history()
    health.finish(len(folders))


main()
