"""report.html: safe, whole, the numbers of the tables, the same bytes again; `homeward report` and its figures."""
import base64
import csv
import gzip
import hashlib
import json
import re
import xml.etree.ElementTree

from _homeward import baseline, check, entries, finish, folder, homeward, manifest, rows
from _page import Page, interval_texts, lines_of, shown, shown_interval, table_of

RUN = ["--scale", "1/100", "--replicates", "2", "--to", "2012"]
HOSTILE = "</script><img src=x onerror=alert(1)> Phạm & \"Ngân\" 'x' ]]> \u2028 {{7*7}}"
LARGEST = 1.5e6


def page_of(path):
    return Page(path.read_text(encoding="utf-8"))


def hash_of(data):
    return "'sha256-" + base64.b64encode(hashlib.sha256(data).digest()).decode() + "'"


def scripts(page, policy):
    """Two scripts and no other may run: the bundle as it is vendored, and the page's own; numbers are data."""
    numbers, packed, own = page.root.all("script")
    check(numbers.attributes == {"type": "application/json", "id": "explorations"} and own.attributes == {} and
          packed.attributes == {"type": "text/plain", "id": "vega"}, "a script of another kind")
    vendored = baseline.parent.parent / "sim/report/vega"
    bundle = gzip.decompress(base64.b64decode(packed.text()))
    check(bundle == (vendored / "vega_bundle.js").read_bytes(), "the bundle is the vendored one")
    check(own.text() == (vendored / "page_script.js").read_text(encoding="utf-8"), "the page's own script")
    allowed = re.search("script-src ([^;]*)", policy)[1].split()
    check(sorted(allowed) == sorted([hash_of(bundle), hash_of(own.text().encode())]), f"scripts allowed: {allowed}")
    return json.loads(numbers.text())


def safe(work):
    scenario = work / "hostile.yaml"
    scenario.write_text(f"name: {json.dumps(HOSTILE, ensure_ascii=False)}\nnote: \"<b onclick=x>\"\nextends: {baseline}\n",
                        encoding="utf-8")
    homeward("run", scenario, *RUN, "-q", "-o", work / "hostile")
    text = (work / "hostile/report.html").read_text(encoding="utf-8")
    page = Page(text)
    check(not page.faults, f"not well formed: {page.faults[:3]}")
    check(page.root.one("h1").text() == HOSTILE, f"the name is text: {page.root.one('h1').text()}")
    check(page.root.all("title")[0].text().startswith(HOSTILE), "the title is text")
    check(not page.root.all("img") and not page.root.all("b"), "markup got in")
    check(len(text.encode()) < LARGEST, f"{len(text)} bytes")
    policy = page.root.one("meta", http_equiv="Content-Security-Policy").attributes["content"]
    style = page.root.one("style").text()
    check(f"style-src {hash_of(style.encode())};" in policy and policy.startswith("default-src 'none'"), f"policy: {policy}")
    check("unsafe" not in policy and "url(" not in style and "@import" not in style, "nothing is fetched")

    explored = scripts(page, policy)
    check({"returns", "stock", "chosen", "map"} <= set(explored), f"what can be explored: {sorted(explored)}")
    check(set(explored) <= {f.attributes["id"] for f in page.root.all("figure")} | {"chosen"}, "each has its place")

    def walk(element):
        for child in element.children:
            if not isinstance(child, str) and child.tag != "script":
                for name, value in child.attributes.items():
                    check(not name.startswith("on") and name not in ("src", "style", "action"), f"attribute {name}")
                    check(name != "href" or value.startswith("#"), f"a link out of the page: {value}")
                walk(child)
    walk(page.root)
    check("<" not in page.root.all("script")[0].text(), "no markup in data")
    targets = {a.attributes["href"][1:] for a in page.root.all("a")}
    ids = [e.attributes["id"] for tag in ("section", "figure", "title", "desc") for e in page.root.all(tag)
           if "id" in e.attributes]
    check(targets <= set(ids) and len(ids) == len(set(ids)), "anchors lead somewhere, ids are unique")
    check(page.root.one("html").attributes["lang"] == "en" and page.root.one("main"), "language and landmark")
    for svg in page.root.all("svg"):
        names = svg.attributes["aria-labelledby"].split()
        check(svg.attributes["role"] == "img" and set(names) <= set(ids) and svg.one("desc").text(), "a figure in words")


def explored(out):
    """What the page's script draws are the numbers of the tables, to seven digits."""
    data = json.loads(page_of(out / "report.html").root.all("script")[0].text())
    close = lambda a, b: a is None and b == "" or b != "" and abs(a - float(b)) <= 1e-6 * abs(float(b))
    summary = rows(out / "summary.csv")
    chosen = {one["name"]: one for one in data["chosen"]["measures"]}
    for name, one in chosen.items():
        expected = [row for row in summary if row["measure"] == name and row["mean"] != ""]
        check(one["unit"] == expected[0]["unit"] and len(one["rows"]) == len(expected), f"{name}: {len(one['rows'])} rows")
        check(all(year == int(row["year"]) and close(mean, row["mean"]) and close(low, row["lo95"]) and
                  close(high, row["hi95"]) for (_, year, mean, low, high), row in zip(one["rows"], expected)), name)
    check({row["measure"] for row in summary if float(row["mean"] or 0)} == set(chosen), f"measures: {sorted(chosen)}")
    settled = {row["year"]: row for row in summary if row["measure"] == "returns_settled"}
    for series, year, mean, *_ in data["returns"]["rows"]:
        check(series != 0 or close(mean, settled[str(year)]["mean"]), f"the line of settled returns in {year}")
    check(data["map"]["home"][2] == "Viet Nam" and data["map"]["year"] == 2012 and
          all(len(host[3]) == 9 for host in data["map"]["hosts"]), "years of the map")


def numbers(out):
    page = page_of(out / "report.html")
    summary = {(row["measure"], row["year"]): row for row in rows(out / "summary.csv")}
    lead = page.root.one("p", class_="lead").text()
    answer = summary["returns_settled", "2012"]
    number, bounds = interval_texts(*(float(answer[column]) for column in ("mean", "lo95", "hi95")))
    check(number in lead and "2012" in lead and "Viet Nam" in lead and f"(95 % interval {bounds})" in lead, f"lead: {lead}")
    for name, columns in (("returns", ["returns_settled", "returns_student", "returns_contract"]),
                          ("stock", ["stock", "official_stock", "stock_contract"])):
        figure = page.root.one("figure", id=name)
        table = table_of(figure)
        check([row[0] for row in table[1:]] == [str(year) for year in range(2004, 2013)], f"years of {name}")
        for year, *cells in table[1:]:
            expected = [shown_interval(summary[column, year]) for column in columns]
            check(cells == expected, f"{name} {year}: {cells}, not {expected}")
        lines, error = lines_of(figure)
        for line, column in zip(lines.values(), columns):
            means = [float(summary[column, str(year)]["mean"]) for year in range(2004, 2013)]
            check(len(line) == len(means) and all(abs(y - mean) <= error for (_, y), mean in zip(line, means)),
                  f"the line of {column} is not that of summary.csv")
    stages = table_of(page.root.one("figure", id="stages"))
    pipeline = [row for row in rows(out / "pipeline.csv") if row["year"] == "2012"]
    check(stages[1:] == [[row["stage"]] + [shown(float(row[column])) for column in ("entered", "completed", "abandoned")]
                         for row in pipeline], "the stages of pipeline.csv")
    tiles = {tile.one("dt").text(): tile.one("dd").text() for tile in page.root.one("dl").all("div")}
    check(tiles["people abroad, 31 December"].startswith(shown_interval(summary["stock", "2012"]).split(" (")[0]), "tiles")


def splits(out):
    """Sums by class and by host, taken from flows.csv anew."""
    page = page_of(out / "report.html")
    flows = [row for row in rows(out / "flows.csv") if row["measure"] == "returns_settled" and row["year"] == "2012"]
    by_class = {}
    for row in flows:
        if row["class"] != "all":
            by_class[row["class"]] = by_class.get(row["class"], 0) + float(row["value"]) / 2
    table = table_of(page.root.one("figure", id="by-class"))
    last = dict(zip(table[0], table[-1]))
    names = {"other": "small cells", "host_born": "born abroad"}
    for word, value in by_class.items():
        check(last[names.get(word, word)].split(" (")[0] == shown(value), f"class {word}: {last}, not {value}")
    check("family" in last and "small cells" in last, f"classes: {table[0]}")
    by_host = {}
    for row in flows:
        if row["class"] == "all" and row["host"] != "all":
            by_host[row["host"]] = by_host.get(row["host"], 0) + float(row["value"]) / 2
    place = {row["iso3"]: row["name"] for row in rows(out / "hosts.csv")}
    hosts = {row[0]: row[1].split(" (")[0] for row in table_of(page.root.one("figure", id="map"))[1:]}
    for iso3, value in by_host.items():
        name = place.get(iso3, "small cells, pooled")
        check(hosts[name] == shown(value), f"{name}: {hosts.get(name)}, not {value}")
    check("Türkiye" in hosts, "letters of names")
    widths = {path.attributes["data-host"]: float(path.attributes["stroke-width"])
              for path in page.root.one("figure", id="map").all("path", class_="flow")}
    check(max(widths, key=widths.get) == max((h for h in by_host if h != "other"), key=by_host.get), "widest line")
    text = page.root.one("section", id="assumptions").text()
    check(all(row["name"] in text for row in rows(out / "assumptions.csv") if row["kind"] == "parameter"), "parameters")
    counts = table_of(page.root.one("figure", id="bases"))
    assumed = [row for row in rows(out / "assumptions.csv") if row["kind"] == "parameter" and row["basis"] == "assumed"]
    check(["assumed"] + [str(sum(row["informed_by"] == word for row in assumed)) for word in ("data", "prior", "fixed")]
          in counts, f"bases: {counts}")
    check(len(page.root.one("section", id="cautions").all("li")) == 9, "what may not be claimed")


def same_again(work, out):
    page = (out / "report.html").read_bytes()
    check(b"thread" not in page[:page.index(b"<script")].replace(b"threads and the machine are in manifest.json", b""), "threads are in no page")
    homeward("run", baseline, *RUN, "-q", "-j", "1", "--block-slots", "1000", "-o", work / "again")
    check((work / "again/report.html").read_bytes() == page, "the same run gives the same page")
    done = homeward("report", out)
    check(done.stdout.split() == [str(out / "report.html")], f"files named: {done.stdout}")
    check((out / "report.html").read_bytes() == page, "rebuilt from the tables, the page is the same")


def figures(out):
    homeward("report", out, "--figures", "-q")
    names = [name for name in entries(out) if name.startswith("figure-")]
    check(len(names) == 26 and "figure-map.svg" in names, f"{len(names)} files of figures")
    for name in names:
        text = (out / name).read_text(encoding="utf-8")
        if name.endswith(".svg"):
            svg = xml.etree.ElementTree.fromstring(text)
            check(svg.attrib["width"] in ("85mm", "180mm"), f"{name}: journal size")
            check("var(" not in text and "sans-serif" in text and "http" not in text.replace("http://www.w3.org", ""),
                  f"{name} stands alone")
    with open(out / "figure-returns.csv", encoding="utf-8", newline="") as file:
        numbers_of = {(row["series"], row["year"]): row for row in csv.DictReader(file)}
    for row in rows(out / "summary.csv"):
        if row["measure"] == "returns_settled":
            same = numbers_of["settled", row["year"]]
            check(all(same[column] == row[column] for column in ("mean", "lo95", "hi95")), f"figure-returns {row['year']}")
    homeward("run", baseline, *RUN, "-q", "--no-report", "-o", out)
    check(not [name for name in entries(out) if name.startswith("figure-") or name == "report.html"],
          f"--no-report leaves no page, and none of an earlier run: {entries(out)}")
    check("results.nc" in entries(out) and "report.html" not in manifest(out)["files"], "--no-report keeps results.nc")


def refused(work, out):
    done = homeward("report", work / "nowhere", code=2)
    check("holds no manifest.json" in done.stderr and "homeward run" in done.stderr, done.stderr)
    done = homeward("report", code=2)
    check("no folder given" in done.stderr, done.stderr)
    (out / "summary.csv").write_text((out / "summary.csv").read_text().replace("\n2005,stock,", "\n2005,stock,,", 1))
    done = homeward("report", out, code=2)
    check(re.search(r"summary\.csv:\d+:1: has 9 cells, the header 8", done.stderr), done.stderr)
    (out / "report.html").write_text("the page of before")
    (out / "summary.csv").unlink()
    done = homeward("report", out, code=2)
    check("summary.csv: is no file, though manifest.json names it" in done.stderr, done.stderr)
    check((out / "report.html").read_text() == "the page of before", "a damaged folder keeps the page it had")
    other = work / "other"
    other.mkdir()
    (other / "manifest.json").write_text('{"name": "an app"}')
    done = homeward("report", other, code=2)
    check("is not a manifest that this homeward wrote" in done.stderr, done.stderr)


def without_a_map(work):
    tables = work / "tables"
    tables.mkdir()
    for entry in (baseline.parent / "data").iterdir():
        if entry.name not in ("places", "land", "cautions"):
            (tables / entry.name).symlink_to(entry)
    homeward("run", baseline, *RUN, "-q", "--tables", tables, "--returns", "all", "-o", work / "plain")
    page = page_of(work / "plain/report.html")
    check(not page.root.all("figure", id="map") and "the home country" in page.root.one("p", class_="lead").text(),
          "tables without places give a page without a map")
    check("contract workers" in page.root.one("section", id="answer").text(), "--returns all is named")
    (tables / "places").mkdir()
    (tables / "places/table.csv").write_text("iso3,name,role,longitude,latitude,basis,source\n"
                                             "AAA,A,home,200,0,assumed,x\n")
    done = homeward("check", baseline, "--tables", tables, code=2)
    check("places/table.csv:2:12: longitude: 200 is out of range" in done.stderr, f"a faulty place: {done.stderr}")


with folder() as place:
    safe(place)
    homeward("run", baseline, *RUN, "-q", "-o", place / "out")
    numbers(place / "out")
    splits(place / "out")
    explored(place / "out")
    same_again(place, place / "out")
    figures(place / "out")
    refused(place, place / "out")
    without_a_map(place)
finish()
