"""Every link of a page to another file of the project leads somewhere, and every page of docs can be reached."""
import re

import _health as health

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def main():
    pages = [path for path in health.files(suffixes={".md"}) if "fixtures" not in path.parts]
    linked = set()
    for page in pages:
        text = re.sub(r"```.*?```", lambda block: "\n" * block[0].count("\n"), page.read_text(), flags=re.DOTALL)
        for number, line in enumerate(text.splitlines(), 1):
            for target in LINK.findall(line):
                if re.match(r"[a-z]+:", target):
                    continue
                path, _, anchor = target.partition("#")
                file = (page.parent / path).resolve() if path else page
                linked.add(file)
                if not file.exists():
                    health.breach(page, number, f"links to {target}, which is not there.", "Mend or remove the link.")
                elif anchor and file.suffix == ".md":
                    titles = re.findall(r"^#+ +(.+)$", file.read_text(), re.MULTILINE)
                    known = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
                    if anchor not in known:
                        health.breach(page, number, f"links to {target}: no such heading.", "Mend the anchor.")
    for page in pages:
        if page.relative_to(health.root).parts[0] == "docs" and page not in linked:
            health.breach(page, 0, "no page links to it.", "Link it from the README.md of its folder.")
    health.finish(len(pages))


main()
