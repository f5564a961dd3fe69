"""Where a run may write, and what happens when it cannot: refused with 2, failed with 3, never half a table."""
import json
import os
import resource

from _homeward import SMALL, baseline, check, entries, finish, folder, homeward, program, same_tables

KEEP = "years of work"


def other_content(work):
    mine = work / "mine"
    mine.mkdir()
    (mine / "thesis.tex").write_text(KEEP)
    done = homeward("run", baseline, *SMALL, "-o", mine, code=2)
    check("thesis.tex" in done.stderr and "--force" in done.stderr, f"what is in the way and what to do: {done.stderr}")
    check(entries(mine) == ["thesis.tex"], f"a refused folder is left alone, not {entries(mine)}")
    homeward("run", baseline, *SMALL, "-o", mine, "--force", "-q")
    check((mine / "thesis.tex").read_text() == KEEP and (mine / "summary.csv").is_file(), "--force writes beside")
    foreign = work / "foreign"
    foreign.mkdir()
    (foreign / "manifest.json").write_text(json.dumps({"name": "a browser extension"}))
    homeward("run", baseline, *SMALL, "-o", foreign, code=2)


def own_content(work):
    out = work / "own"
    homeward("run", baseline, *SMALL, "-o", out, "-q")
    os.remove(out / ".homeward")  # copied without its hidden files
    homeward("run", baseline, *SMALL, "-o", str(out) + "/", "-q")
    check(".homeward" in entries(out), "a folder with Homeward's manifest is Homeward's")


def unwritable(work):
    done = homeward("run", baseline, *SMALL, "-o", "/proc/homeward", code=3)
    check("/proc/homeward" in done.stderr and "-o" in done.stderr, f"an unwritable folder: {done.stderr}")


def full_disk(work):
    """A limit on the size of files stands for a full disk: writes fail in the same places."""
    homeward("run", baseline, *SMALL, "-o", work / "whole", "-q")
    out = work / "full"
    for limit in (50, 20_000, 60_000):
        homeward("run", baseline, "--scale", "1/500", "--replicates", "1", "--to", "2005", "-o", out, "-q")
        before = {name: (out / name).read_bytes() for name in entries(out) if name.endswith((".csv", ".json"))}
        done = homeward("run", baseline, *SMALL, "-o", out, code=3,
                        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        check("cannot write" in done.stderr, f"limit {limit}: what failed: {done.stderr}")
        after = {name: (out / name).read_bytes() for name in entries(out) if name.endswith((".csv", ".json"))}
        check(before == after, f"limit {limit}: the tables of the earlier run are kept whole")
        check(not [name for name in entries(out) if name.endswith(".part")], f"limit {limit}: a temporary file is left")
        homeward("run", baseline, *SMALL, "-o", out, "-q")
        same_tables(work / "whole", out, f"after limit {limit}")
        check(".homeward-partial" not in entries(out), "a finished run keeps no partial results")


def out_of_memory(work):
    limit = 150 * 2**20
    done = homeward("run", baseline, "--replicates", "1", "-j", "1", "-o", work / "memory", code=3,
                    preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
    check("memory" in done.stderr and "--scale" in done.stderr, f"out of memory: {done.stderr}")


with folder() as place:
    other_content(place)
    own_content(place)
    unwritable(place)
    full_disk(place)
    # Sanitizers reserve more addresses than the limit allows.
    if not any(word in program.read_bytes() for word in (b"__asan_init", b"__tsan_init")):
        out_of_memory(place)
finish()
