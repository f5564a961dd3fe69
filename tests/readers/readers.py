"""The lines in Python and R of docs/user/reading.md give the numbers of the report's figures.

    tests/readers/readers.py PROGRAM SOURCE     needs pandas, xarray, netCDF4; R with ncdf4
"""
import csv
import io
import pathlib
import re
import subprocess
import sys
import tempfile

program, source = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
BLOCK = re.compile(r"^```(python|r)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What is put behind a block so that it tells what it found.
TELL = {"python": "\nimport sys\nprint('--- table ---')\n{}.to_csv(sys.stdout)\n",
        "r": "\ncat('--- table ---\\n')\nx <- {}\nwrite.csv(if (is.data.frame(x)) x else as.data.frame.matrix(x), "
             "row.names = !is.data.frame(x))\n"}
CALL = {"python": ["/usr/bin/python3", "-c"], "r": ["Rscript", "-e"]}
NAMES = {"small cells": "other", "born abroad": "host_born"}
failures = []


def check(holds, problem):
    if not holds:
        failures.append(problem)


def figure(path):
    """(series, year) -> row of a figure's numbers, under the words of the tables."""
    with open(path, encoding="utf-8", newline="") as file:
        return {(NAMES.get(row["series"], row["series"]), row["year"]): row for row in csv.DictReader(file)}


def table_of(language, code, variable, work):
    done = subprocess.run([*CALL[language], code + TELL[language].format(variable)], cwd=work, text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        failures.append(f"{language}: {done.stderr[-800:]}\n{code}")
        return []
    return list(csv.DictReader(io.StringIO(done.stdout.split("--- table ---\n")[1])))


def same(a, b):
    return abs(float(a) - float(b)) <= 1e-9 * max(1.0, abs(float(b)))


def check_settled(table, expected, what):
    check(len(table) == 9, f"{what}: {len(table)} years")
    for row in table:
        wanted = expected["settled", row["year"]]
        check("mean" in row and all(same(row[column], wanted[column]) for column in set(row) - {"year"}), f"{what}: {row}")


def check_by_class(table, expected, what):
    check(len(table) == 9, f"{what}: {len(table)} years")
    seen = set()
    for row in table:
        year = row.get("year") or row[""]
        for word, value in row.items():
            if word in ("year", "") or ((word, year) not in expected and same(value, 0)):
                continue
            check((word, year) in expected and same(value, expected[word, year]["mean"]),
                  f"{what}: {word} {year}: {value}, the figure has {expected.get((word, year), {}).get('mean')}")
            seen.add(word)
    check("family" in seen and len(seen) > 2, f"{what}: only {seen}")


def main():
    page = (source / "docs/user/reading.md").read_text(encoding="utf-8")
    blocks, count = BLOCK.findall(page), {"python": 0, "r": 0}
    with tempfile.TemporaryDirectory(prefix="homeward-readers-") as folder:
        work = pathlib.Path(folder)
        for words in (["run", source / "scenarios/baseline.yaml", "--scale", "1/20", "--replicates", "2", "--to", "2012",
                       "-q", "-o", work / "out/reading"], ["report", work / "out/reading", "--figures", "-q"]):
            subprocess.run([program, *map(str, words)], check=True)
        settled = figure(work / "out/reading/figure-settled.csv")
        by_class = figure(work / "out/reading/figure-by-class.csv")
        for language, code in blocks:
            count[language] += 1
            what = f"{language} block {count[language]}"
            if re.search(r"^by_class\b", code, re.MULTILINE):
                check_by_class(table_of(language, code, "by_class", work), by_class, what)
            else:
                check_settled(table_of(language, code, "settled", work), settled, what)
    check(count["python"] >= 3 and count["r"] >= 3, f"blocks found: {count}")
    for failure in failures:
        print(failure)
    print(f"{count['python']} blocks of Python and {count['r']} of R run; {len(failures)} failures")
    sys.exit(1 if failures else 0)


main()
