"""Every command block of the pages that is marked <!-- run --> runs, at a small scale, in the order of its page.

`<!-- run -->` before a fenced sh block: it must exit with 0. `<!-- run, exit 2 -->`: it must exit with 2.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

program, source = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
BLOCK = re.compile(r"^<!-- run(?:, exit (\d+))? -->\n+```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# In place of the program: runs get a small scale and few replicates unless the page gives its own.
WRAPPER = """#!/usr/bin/env bash
extra=()
if [ "${{1-}}" = run ] || [ "${{1-}}" = compare ]; then
  case " $* " in *" --help "*) ;; *" --scale "*) ;; *) extra+=(--scale 1/500) ;; esac
  case " $* " in *" --help "*) ;; *" --replicates "* | *" --until-halfwidth "*) ;; *) extra+=(--replicates 2) ;; esac
fi
exec "{program}" "$@" "${{extra[@]}}"
"""


def run_page(page, blocks):
    """Runs the blocks of one page in one fresh folder that looks like the source folder; returns what failed."""
    failures = []
    with tempfile.TemporaryDirectory(prefix="homeward-docs-") as folder:
        work = pathlib.Path(folder)
        for entry in ("scenarios", "docs", "tests"):
            (work / entry).symlink_to(source / entry)
        (work / "bin").mkdir()
        wrapper = work / "bin/homeward"
        wrapper.write_text(WRAPPER.format(program=program))
        wrapper.chmod(0o755)
        environment = dict(os.environ, PATH=f"{work / 'bin'}:{os.environ['PATH']}", HOME=folder)
        for expected, text in blocks:
            commands = text.replace("build/release/homeward", "homeward")
            done = subprocess.run(["bash", "-uo", "pipefail", "-ec", commands], cwd=work, env=environment,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            if done.returncode != int(expected or 0):
                failures.append(f"{page.relative_to(source)}: exit code {done.returncode}, not {expected or 0}:\n"
                                f"{text}\n--- it printed ---\n{done.stdout[-3000:]}")
    return failures


def main():
    count, failures = 0, []
    for page in [source / "README.md", *sorted((source / "docs").rglob("*.md"))]:
        blocks = BLOCK.findall(page.read_text(encoding="utf-8"))
        marked = page.read_text(encoding="utf-8").count("<!-- run")
        if marked != len(blocks):
            failures.append(f"{page.relative_to(source)}: {marked} marks, {len(blocks)} blocks: a mark stands on the "
                            "line above a ```sh block.")
        count += len(blocks)
        failures += run_page(page, blocks) if blocks else []
    print("\n\n".join(failures))
    print(f"{count} blocks run, {len(failures)} failed")
    sys.exit(1 if failures or count == 0 else 0)


main()
