"""Every kind of report in a browser: no error, no request, nothing cut off, and axe-core finds no serious fault.

    tests/browser/reports.py PROGRAM SOURCE [AXE]     AXE: the file axe.min.js; without it that check is left out
"""
import base64
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


def accessible(browser, page):
    for scheme in ("light", "dark"):
        browser.open(page, 1400, scheme=scheme)
        browser.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
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
        homeward("report", work / "sweep", "-q")
        homeward("compare", BASELINE, *[source / f"scenarios/what-if/{name}.yaml" for name in
                                        ("resolution-57", "red-tape-30", "money-and-paperwork")],
                 "--scale", "1/200", "--replicates", "2", "--to", "2035", "-q", "-o", work / "comparison")
        pages = sorted(work.glob("*/report.html"))
        with Chromium() as browser:
            sees_faults(browser, work)
            for page in pages:
                looks_right(browser, page)
                if axe:
                    accessible(browser, page)
    for failure in failures:
        print(failure)
    print(f"{len(pages)} pages at two widths, {'axe-core in light and dark' if axe else 'without axe-core'}; "
          f"{len(failures)} failures")
    sys.exit(1 if failures else 0)


main()
