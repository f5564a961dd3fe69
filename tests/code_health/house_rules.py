"""The house rules that a machine can see: length, first sentence, unfinished work, paths of one machine, vacuous tests."""
import re

import _health as health

CODE = {".h", ".cpp"}
LONGEST = 500  # lines
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX)\b|\b(?:placeholder|not (?:yet )?implemented)\b", re.IGNORECASE)
# A path below a folder that is not part of every Debian system.
MACHINE_PATH = re.compile(r"""(?:^|[\s"'`(=])/(?!(?:usr|bin|dev|proc|sys|etc|tmp|var|lib)/)([a-z_]+)/[\w.-]""")
VACUOUS = re.compile(r"\b(?:CHECK|REQUIRE|WARN|assert)(?:_MESSAGE)?\(\s*(?:true|1|1 == 1|true == true)\s*[,)]"
                     r"|\bSUCCEED\(|\bassert True\b")
CITED_FILE = re.compile(r"\b([A-Z][A-Z_]+\.md)\b")
CASE = re.compile(r"\b(?:TEST_CASE|TEST_CASE_FIXTURE|SCENARIO)\w*\(")
ASSERTION = re.compile(r"\b(?:CHECK|REQUIRE|FAIL)\w*\(|\brc::check\(")


def check_first_sentence(path, text):
    first = text.lstrip("\n").splitlines()[0] if text.strip() else ""
    if path.suffix == ".cpp" and path.with_suffix(".h").exists():
        return  # its header says so
    if path.suffix in CODE:
        good = first.startswith("//") and len(first) > 12
    elif path.suffix == ".py":
        lines = [line for line in text.splitlines() if not line.startswith("#!")]
        good = bool(lines) and lines[0].startswith('"""')
    else:
        good = any(line.startswith(("# ", '"""')) for line in text.splitlines()[:3])
    if not good:
        health.breach(path, 1, "does not open with the idea that lives here.",
                      "Make the first line a comment: one sentence that says what the file is for.")


def check_lines(path, text, known):
    for number, line in enumerate(text.splitlines(), 1):
        if UNFINISHED.search(line):
            health.breach(path, number, "says that something is unfinished.",
                          "Finish it, or take it out and open an issue.")
        # "/scenarios/data", appended to a root, is no such path.
        if any(not (health.root / top).is_dir() for top in MACHINE_PATH.findall(line)):
            health.breach(path, number, "names a folder of one machine.",
                          "Use a path relative to the source folder, or an argument.")
        for cited in CITED_FILE.findall(line):
            if cited not in known:
                health.breach(path, number, f"cites {cited}, which the project does not hold.",
                              "Cite the page in docs/ or the original source.")


def check_tests(path, text):
    for number, line in enumerate(text.splitlines(), 1):
        if VACUOUS.search(line):
            health.breach(path, number, "asserts what cannot be false.", "Assert what the code under test says.")
    if path.suffix == ".cpp" and path.parent.name not in ("fuzz", "support") and path.name != "main.cpp":
        cases = list(CASE.finditer(text))
        if not cases:
            health.breach(path, 0, "holds no test case.", "Add one, or make it a header.")
        ends = [case.start() for case in cases[1:]] + [len(text)]
        for case, end in zip(cases, ends):
            if not ASSERTION.search(text, case.start(), end) and not re.search(r"\b(check|expect|require)_\w+[<(]",
                                                                               text[case.start():end]):
                health.breach(path, text.count("\n", 0, case.start()) + 1, "a test case asserts nothing.",
                              "Add the CHECK that would fail were the code wrong.")


def main():
    known = {path.name for path in health.files(suffixes={".md"})}
    self = health.root / "tests/code_health/house_rules.py"  # names what it looks for
    code = health.files("sim", "include", "bench", "tests", suffixes=CODE)
    scripts = [path for path in health.files("scripts", ".ci", "tests")
               if path.suffix in (".py", ".sh") or path.parts[-2] in ("scripts", "lib", ".ci")]
    for path in code:
        text = path.read_text()
        lines = text.count("\n")
        if lines > LONGEST:
            health.breach(path, 0, f"has {lines} lines; {LONGEST} is the most.", "It is two ideas: give each its file.")
        if not text.endswith("\n"):
            health.breach(path, lines + 1, "does not end in a newline.", "Add one.")
        check_lines(path, text, known)
    for path in code + scripts:
        check_first_sentence(path, path.read_text())
    words = [path for path in health.files() if path.suffix in (".md", ".yaml", ".txt", ".cff", ".cmake", ".json")
             and path.name != "LICENSE" and "fixtures" not in path.parts and "corpus" not in path.parts]
    for path in words + scripts:
        if path != self:
            check_lines(path, path.read_text(), known)
    for path in health.files("tests", suffixes={".cpp", ".py", ".sh"}):
        if path != self:
            check_tests(path, path.read_text())
    health.finish(len(code) + len(scripts) + len(words))


main()
