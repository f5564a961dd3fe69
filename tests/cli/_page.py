"""Reading a report as a browser would, with the standard library: elements, texts, tables, lines of figures."""
import html.parser
import math
import re

VOID = {"meta", "br", "hr", "img", "input", "link", "source"}


class Element:
    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children = []  # elements and texts

    def text(self):
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def all(self, tag, **attributes):
        found = []
        for child in self.children:
            if isinstance(child, Element):
                fits = all(child.attributes.get(name.rstrip("_").replace("_", "-")) == value
                           for name, value in attributes.items())
                if child.tag == tag and fits:
                    found.append(child)
                found += child.all(tag, **attributes)
        return found

    def one(self, tag, **attributes):
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} of <{tag} {attributes}>"
        return found[0]


class Page(html.parser.HTMLParser):
    """Parses a page; `faults` has what a strict reader would object to."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.root = self.at = Element("", {}, None)
        self.faults = []
        self.feed(text)
        self.close()
        if self.at is not self.root:
            self.faults.append(f"<{self.at.tag}> is not closed")

    def handle_starttag(self, tag, attributes):
        element = Element(tag, dict(attributes), self.at)
        self.at.children.append(element)
        if tag not in VOID:
            self.at = element

    def handle_startendtag(self, tag, attributes):
        self.at.children.append(Element(tag, dict(attributes), self.at))

    def handle_endtag(self, tag):
        if self.at.tag != tag:
            self.faults.append(f"</{tag}> closes <{self.at.tag}>")
        self.at = self.at.parent or self.root

    def handle_data(self, data):
        self.at.children.append(data)


def table_of(element):
    """The rows of the last table in an element, header first, as texts."""
    return [[cell.text() for cell in row.all("th") + row.all("td")] for row in element.all("table")[-1].all("tr")]


def unit_of(value):
    return (1e9, " billion") if abs(value) >= 1e9 else (1e6, " million") if abs(value) >= 1e8 else (1, "")


def decimals_of(value, unit):
    size = abs(value / unit)
    if unit > 1:
        return 1 if unit == 1e9 and size < 100 else 0
    return 0 if size >= 99.95 else 1 if size >= 9.995 else 2 if size >= 0.0995 or not size else 4


def shown(value):
    """A number as the page shows it."""
    unit, name = unit_of(value)
    text = f"{value / unit:,.{decimals_of(value, unit)}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return ("0" if text == "-0" else text) + name


def interval_texts(mean, low, high):
    """A number and its bounds with digits enough to tell them apart: two of the half width."""
    unit, name = unit_of(mean)
    decimals = min(6, max(0, 1 - math.floor(math.log10((high - low) / 2 / unit)))) if high > low else decimals_of(mean, unit)
    texts = [f"{value / unit:,.{decimals}f}" for value in (mean, low, high)]
    while all(re.search(r"\.\d*0$", text) for text in texts):
        texts = [text[:-1].rstrip(".") for text in texts]
    mean, low, high = (text.lstrip("-") if not text.strip("-0.") else text for text in texts)
    return mean + name, f"{low} to {high}{name}"


def shown_interval(row, mean="mean"):
    if not row["lo95"]:
        return shown(float(row[mean]))
    number, bounds = interval_texts(float(row[mean]), float(row["lo95"]), float(row["hi95"]))
    return f"{number} ({bounds})"


def lines_of(figure):
    """name -> [(x, value)] of the lines of a figure, values read off its own axis."""
    ticks = [(float(tick.attributes["y"]) - 4, tick.text()) for tick in figure.all("text", class_="tick y")]
    scale = {"": 1, " million": 1e6, " billion": 1e9}
    def number(text):
        match = re.fullmatch(r"(-?[\d,.]+)( million| billion)?", text)
        return float(match[1].replace(",", "")) * scale[match[2] or ""]
    (y0, low), (y1, high) = (ticks[0][0], number(ticks[0][1])), (ticks[-1][0], number(ticks[-1][1]))
    lines = {}
    for path in figure.all("path"):
        if "data-name" in path.attributes:
            points = [tuple(map(float, point.split())) for point in re.split("[ML]", path.attributes["d"])[1:]]
            lines[path.attributes["data-name"]] = [(x, low + (y - y0) / (y1 - y0) * (high - low)) for x, y in points]
    return lines, abs((high - low) / (y1 - y0)) * 0.1  # a coordinate has one decimal
