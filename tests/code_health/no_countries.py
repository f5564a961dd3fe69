"""No country is named in sim/: what is peculiar to one is a row of scenarios/data, so another diaspora is another folder."""
import csv
import re

import _health as health

DATA = health.root / "scenarios/data"
# The home country of the tables that ship; hosts/table.csv lists the others.
HOME_NAMES = ["Viet Nam", "Vietnam", "Hanoi", "Ho Chi Minh"]
HOME_CODES = ["VNM", "VN"]


def rows(table):
    with open(DATA / table / "table.csv", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def patterns():
    """(what is named, pattern) for names in any case, and for codes as words or as string literals."""
    hosts, groups = rows("hosts"), rows("host_groups")
    found = []
    # "Korea, Republic of" and "Bolivia (Plurinational State)" are looked for as Korea and Bolivia.
    names = HOME_NAMES + [re.split(r" *[,(]", host["name"])[0] for host in hosts] + [group["name"] for group in groups]
    for text in sorted(set(names)):
        if len(text) >= 4 and not text.lower().startswith(("other", "rest of")):
            found.append((text, re.compile(r"\b" + re.escape(text), re.IGNORECASE)))
    for iso3 in sorted(set(HOME_CODES[:1] + [host["iso3"] for host in hosts])):
        found.append((iso3, re.compile(r"\b" + re.escape(iso3) + r"\b")))
    codes = [group["group"] for group in groups if group["group"] != "other"]
    for literal in sorted(set(HOME_CODES + [host["iso2"] for host in hosts] + codes)):
        found.append((literal, re.compile('"' + re.escape(literal) + '"')))
    return found


def main():
    looked_for = patterns()
    any_of = re.compile("|".join(f"(?i:{p.pattern})" if p.flags & re.IGNORECASE else p.pattern for _, p in looked_for))
    sources = health.files("sim", suffixes={".h", ".cpp"})
    for path in sources:
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if not any_of.search(line):
                continue
            for what, pattern in looked_for:
                if pattern.search(line):
                    health.breach(path, number, f"names {what}.",
                                  "Make it a column or a row of a table in scenarios/data and read it from there.")
                    break
    health.finish(len(sources))


main()
