"""Every kind of report in a browser: no error, no request, nothing cut off, marks that are the numbers, and axe-core
finds no serious fault; the same once everything that can be explored is drawn.

    tests/browser/reports.py PROGRAM SOURCE [AXE]     AXE: the file axe.min.js; without it that check is left out
"""
import base64
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

from _chromium import Chromium

program, source = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
axe = pathlib.Path(sys.argv[3]).read_text(encoding="utf-8") if len(sys.argv) > 3 else ""
BASELINE = source / "scenarios/baseline.yaml"
failures = []


def check(holds, problem):
    if not holds:
        failures.append(problem)


def homeward(*words):
    subprocess.run([program, *map(str, words)], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def looks_right(browser, page):
    for width in (380, 1400):
        browser.open(page, width)
        for complaint in browser.complaints(page):
            check(False, f"{page.parent.name} at {width}: {complaint}")
        wide = browser.evaluate("document.documentElement.scrollWidth")
        check(wide <= width, f"{page.parent.name}: {wide} pixels wide on a screen of {width}")
        # Texts of a drawing stay inside it.
        outside = browser.evaluate("""[...document.querySelectorAll('svg')].flatMap(svg => {
            const box = svg.getBoundingClientRect();
            return [...svg.querySelectorAll('text')].filter(text => {
                const one = text.getBoundingClientRect();
                return one.width > 0 && (one.left < box.left - 1 || one.right > box.right + 1);
            }).map(text => svg.querySelector('title').textContent + ': ' + text.textContent);
        })""")
        check(not outside, f"{page.parent.name} at {width}: cut off: {outside}")
        shot = browser.ask("Page.captureScreenshot")["data"]
        check(len(base64.b64decode(shot)) > 10000, f"{page.parent.name} at {width}: an empty picture")
    check(not browser.evaluate("[...document.querySelectorAll('[onerror],[onclick]')].length"), "a handler got in")


# Draws all that can be explored; then each choice of each list once. Gives the ids that were drawn.
EXPLORE = """(async () => {
    const all = selector => [...document.querySelectorAll(selector)];
    const wait = async until => {
        for (let i = 0; i < 400 && !until(); ++i) await new Promise(done => setTimeout(done, 25));
        return until();
    };
    all('figure > button').forEach(one => one.click());
    const places = all('.explore, .explorer');
    for (const place of places) {
        place.scrollIntoView();
        if (!await wait(() => place.dataset.drawn && place.querySelector('svg'))) return 'not drawn: ' + place.outerHTML;
    }
    for (const place of CHOOSE ? places : []) {
        for (let list = 0; list < place.querySelectorAll('select').length; ++list) {
            for (const value of [...place.querySelectorAll('select')[list].options].map(one => one.value)) {
                const chosen = place.querySelectorAll('select')[list], before = Number(place.dataset.drawn);
                chosen.value = value;
                chosen.dispatchEvent(new Event('change'));
                if (!await wait(() => Number(place.dataset.drawn) > before)) return 'not redrawn: ' + value;
            }
        }
        const year = place.querySelector('input[type=range]');
        if (year) { year.value = year.min; year.dispatchEvent(new Event('input')); }
    }
    return places.map(one => one.dataset.explore ?? one.parentElement.id).join(' ');
})()"""
# The ends of lines and the middles of points of a Vega drawing: [[x, y], ...].
MARKS = """(() => {
    const svg = document.querySelector('PLACE svg');
    const lines = [...svg.querySelectorAll('.mark-line path')].map(path =>
        path.getAttribute('d').split(/[ML]/).slice(1).map(point => point.split(',').map(Number)));
    const points = [...svg.querySelectorAll('.mark-symbol.role-mark path')].map(path =>
        path.getAttribute('transform').match(/-?[\\d.]+/g).map(Number));
    return JSON.stringify(lines.length ? lines.flat() : points);
})()"""


def on_one_scale(places, values):
    """Whether places on a screen are the values on some linear scale, to a third of a pixel."""
    pairs = sorted(zip(values, places))
    (low, start), (high, end) = pairs[0], pairs[-1]
    return high > low and all(abs(start + (value - low) / (high - low) * (end - start) - place) < 0.34
                              for value, place in pairs)


def marks_are_numbers(browser, page, figure, place):
    marks = json.loads(browser.evaluate(MARKS.replace("PLACE", place)))
    with open(page.parent / f"figure-{figure}.csv", encoding="utf-8", newline="") as file:
        wanted = [float(row["mean"]) for row in csv.DictReader(file)]
    check(len(marks) == len(wanted) and on_one_scale([y for _, y in marks], wanted),
          f"{page.parent.name}, {figure}: {len(marks)} marks are not the {len(wanted)} numbers of its table")


def explores(browser, page):
    for width in (380, 1400):
        browser.open(page, width)
        drawn = browser.evaluate(EXPLORE.replace("CHOOSE", "false"), wait=True)
        check("chosen" in drawn.split(), f"{page.parent.name} at {width}: {drawn[:300]}")
        if page.parent.name == "run":
            marks_are_numbers(browser, page, "returns", "#returns .explore")
            marks_are_numbers(browser, page, "by-class", "#by-class .explore")
        if page.parent.name == "sweep":
            marks_are_numbers(browser, page, "sweep-1", "[data-explore=chosen]")
        drawn = browser.evaluate(EXPLORE.replace("CHOOSE", "true"), wait=True)
        check("chosen" in drawn.split(), f"{page.parent.name} at {width}: {drawn[:300]}")
        wide = browser.evaluate("document.documentElement.scrollWidth")
        check(wide <= width, f"{page.parent.name}, explored: {wide} pixels wide on a screen of {width}")
        for complaint in browser.complaints(page):
            check(False, f"{page.parent.name}, explored at {width}: {complaint}")


def stands_without_scripts(browser, page):
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(page, 1400)
    check(not browser.complaints(page), f"{page.parent.name} without scripts: {browser.complaints(page)}")
    check(browser.evaluate("document.querySelectorAll('figure > svg').length > 0 && "
                           "!document.querySelector('figure > button, select')"), "pictures stand without scripts")
    browser.ask("Emulation.setScriptExecutionDisabled", value=False)


def accessible(browser, page):
    for scheme in ("light", "dark"):
        browser.open(page, 1400, scheme=scheme)
        browser.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        browser.evaluate(EXPLORE.replace("CHOOSE", "false"), wait=True)
        browser.evaluate(axe)
        found = browser.evaluate("axe.run(document, {resultTypes: ['violations']}).then(result => JSON.stringify("
                                 "result.violations.map(one => [one.impact, one.id, one.nodes.length, "
                                 "one.nodes[0].html.slice(0, 160)])))", wait=True)
        for impact, rule, count, where in json.loads(found):
            print(f"{page.parent.name}, {scheme}: {impact} {rule}, {count} times, as {where}")
            check(impact not in ("serious", "critical"), f"{page.parent.name}, {scheme}: {impact} {rule}: {where}")


def sees_faults(browser, work):
    """The checks above can fail: a page with a request, a script error and a picture without words is caught."""
    page = work / "faulty.html"
    page.write_text("<!DOCTYPE html><html lang=en><title>x</title><main><h1>x</h1>"
                    "<img src='other.png' width=900 height=9><script>fall()</script></main>")
    browser.open(page, 380)
    found = " ".join(browser.complaints(page))
    check("other.png" in found and "fall is not defined" in found, f"a faulty page passed: {found}")
    check(browser.evaluate("document.documentElement.scrollWidth") > 380, "a page too wide passed")
    if axe:
        browser.evaluate(axe)
        rules = browser.evaluate("axe.run().then(result => result.violations.map(one => one.id).join())", wait=True)
        check("image-alt" in rules, f"axe-core found {rules}")


def main():
    with tempfile.TemporaryDirectory(prefix="homeward-browser-") as folder:
        work = pathlib.Path(folder)
        hostile = work / "hostile.yaml"
        hostile.write_text('name: "</script><img src=x onerror=alert(1)>' + "long" * 60 + f'"\nextends: {BASELINE}\n')
        homeward("run", BASELINE, "--scale", "1/100", "--replicates", "2", "-q", "-o", work / "run")
        homeward("run", hostile, "--scale", "1/500", "--replicates", "1", "--to", "2005", "-q", "-o", work / "hostile")
        homeward("sweep", source / "scenarios/sweeps/small.yaml", "--scale", "1/1000", "--replicates", "2", "-q",
                 "-o", work / "sweep")
        for name in ("run", "sweep"):
            homeward("report", work / name, "--figures", "-q")
        homeward("compare", BASELINE, *[source / f"scenarios/what-if/{name}.yaml" for name in
                                        ("resolution-57", "red-tape-30", "money-and-paperwork")],
                 "--scale", "1/200", "--replicates", "2", "--to", "2035", "-q", "-o", work / "comparison")
        pages = sorted(work.glob("*/report.html"))
        with Chromium() as browser:
            sees_faults(browser, work)
            for page in pages:
                looks_right(browser, page)
                explores(browser, page)
                stands_without_scripts(browser, page)
                if axe:
                    accessible(browser, page)
    for failure in failures:
        print(failure)
    print(f"{len(pages)} pages at two widths, {'axe-core in light and dark' if axe else 'without axe-core'}; "
          f"{len(failures)} failures")
    sys.exit(1 if failures else 0)


main()
