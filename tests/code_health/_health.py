"""What the checks of tests/code_health share: the source folder, its files, and how a breach is reported."""
import pathlib
import sys

program = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else None
root = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else __file__).resolve()
if root.is_file():
    root = root.parents[2]
_breaches = []


def files(*folders, suffixes=None):
    """The project's files below the folders (the root where there are none), in order of path."""
    skipped = {"build", "out", ".git", "__pycache__"}
    found = []
    for top in [root / folder for folder in folders] or [root]:
        if top.is_file():
            found.append(top)
        for path in sorted(top.rglob("*")) if top.is_dir() else []:
            parts = path.relative_to(root).parts
            if path.is_file() and not path.is_symlink() and not skipped.intersection(parts[:1] + parts[-2:-1]):
                found.append(path)
    return [path for path in found if suffixes is None or path.suffix in suffixes]


def name(path):
    return str(path.relative_to(root))


def breach(path, line, problem, remedy):
    """Notes one breach: where, what is wrong, what to do."""
    place = name(path) if line == 0 else f"{name(path)}:{line}"
    _breaches.append(f"{place}: {problem} {remedy}")


def finish(looked_at):
    """Prints the breaches and leaves; having looked at nothing is a breach as well."""
    if looked_at == 0:
        _breaches.append("nothing was looked at: the check has lost its files.")
    for text in _breaches:
        print(text)
    print(f"{looked_at} looked at, {len(_breaches)} breaches")
    sys.exit(1 if _breaches else 0)
