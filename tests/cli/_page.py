"""Reading a report as a browser would, with the standard library: elements, texts, tables, lines of figures."""
import html.parser
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


def shown(value):
    """A number as the page shows it."""
    def trimmed(text):
        return text.rstrip("0").rstrip(".") if "." in text else text
    size = abs(value)
    if size >= 1e9:
        return trimmed(f"{value / 1e9:,.{0 if size >= 1e11 else 1}f}") + " billion"
    if size >= 1e8:
        return f"{value / 1e6:,.0f} million"
    text = trimmed(f"{value:,.{0 if size >= 99.95 else 1 if size >= 9.995 else 2 if size >= 0.0995 or not size else 4}f}")
    return "0" if text == "-0" else text


def shown_interval(row, mean="mean"):
    text = shown(float(row[mean]))
    return text + f" ({shown(float(row['lo95']))} to {shown(float(row['hi95']))})" if row["lo95"] else text


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
