"""docs/user has a page for every verb, and each page names exactly the options that the verb has."""
import pathlib
import re
import subprocess
import sys

program, source = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


def printed(*words):
    done = subprocess.run([program, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True)
    return done.stdout


def main():
    verbs = re.findall(r"^  (\w+)\s{2,}\S", printed("--help").split("Verbs")[-1], re.MULTILINE)
    failures = [] if len(verbs) >= 7 else [f"homeward --help shows the verbs {verbs}"]
    for verb in verbs:
        page = source / f"docs/user/{verb}.md"
        if not page.is_file():
            failures.append(f"{verb}: write docs/user/{verb}.md")
            continue
        help_text = printed(verb, "--help").split("Example")[0]
        offered = set(OPTION.findall("\n".join(re.findall(r"^ +-.*", help_text, re.MULTILINE)))) - {"--help"}
        rows = re.findall(r"^\| (`-.*?) \|(?! *---)", page.read_text(encoding="utf-8"), re.MULTILINE)
        named = set(OPTION.findall("\n".join(rows)))
        for option in sorted(offered - named):
            failures.append(f"{verb}: {option} has no row in docs/user/{verb}.md")
        for option in sorted(named - offered):
            failures.append(f"{verb}: docs/user/{verb}.md names {option}, which `homeward {verb} --help` does not")
    print("\n".join(failures) or f"{len(verbs)} verbs, all options described")
    sys.exit(1 if failures else 0)


main()
