"""Ctrl-C and SIGTERM: exit code 4 within a second, what is complete is kept, the same command takes up from there."""
import os
import pathlib
import signal
import subprocess
import time

from _homeward import SMALL, baseline, check, entries, finish, folder, homeward, manifest, program, same_tables

LONG = ["--scale", "1/50", "--replicates", "6", "--to", "2012"]


def started(words, out, complete):
    """Starts a run and waits until `complete` replicates are on disk."""
    process = subprocess.Popen([str(program), "run", str(baseline), *words, "-o", str(out)], stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    for _ in range(6000):
        stored = [name for name in entries(pathlib.Path(out) / ".homeward-partial") if name.endswith(".bin")]
        if len(stored) >= complete and not [name for name in stored if name.startswith(".")]:
            break
        if process.poll() is not None:
            break
        time.sleep(0.01)
    return process


def stopped(process, number):
    begin = time.monotonic()
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    return time.monotonic() - begin, err


def resume(work):
    homeward("run", baseline, *LONG, "-o", work / "whole", "-q")
    for number in (signal.SIGINT, signal.SIGTERM):
        out = work / f"stopped-{number}"
        process = started(LONG, out, 2)
        took, err = stopped(process, number)
        check(process.returncode == 4, f"{number}: exit code {process.returncode}: {err}")
        # A second is promised; a busy machine may need longer to wake the program.
        check(took < 3, f"{number}: took {took:.1f} s to stop")
        check("kept in" in err and "homeward run" in err, f"{number}: how to go on: {err}")
        check(not (out / "summary.csv").exists(), f"{number}: no table of a run that is not whole")
        homeward("run", baseline, *LONG, "-o", out, "-q")
        same_tables(work / "whole", out, f"{number}: resumed")
        check(manifest(out)["replicates_resumed"] >= 2, f"{number}: complete replicates were taken up")
        check(".homeward-partial" not in entries(out), "a finished run keeps no partial results")


def damaged(work):
    """A damaged or foreign replicate is computed again, never believed."""
    out = work / "damaged"
    process = started(LONG, out, 2)
    stopped(process, signal.SIGINT)
    first = out / ".homeward-partial/replicate-0000.bin"
    content = bytearray(first.read_bytes())
    content[len(content) // 2] ^= 1
    first.write_bytes(content)
    homeward("run", baseline, *LONG, "-o", out, "-q")
    same_tables(work / "whole", out, "after damage")
    process = started(LONG, out, 1)
    stopped(process, signal.SIGINT)
    done = homeward("run", baseline, *SMALL, "-o", out)
    check("discarded" in done.stderr, f"replicates of another command are discarded and told: {done.stderr}")
    homeward("run", baseline, *SMALL, "-o", work / "small", "-q")
    same_tables(work / "small", out, "after another command")


def second_signal(work):
    process = started(["--scale", "1/2", "--replicates", "1"], work / "twice", 0)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    time.sleep(0.15)
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        check(process.returncode == 130, f"a second Ctrl-C: exit code {process.returncode}")
    else:
        process.communicate()
        check(process.returncode == 4, f"a Ctrl-C: exit code {process.returncode}")


def lock(work):
    process = started(LONG, work / "locked", 1)
    done = homeward("run", baseline, *SMALL, "-o", work / "locked", code=2)
    check("another homeward" in done.stderr, f"two runs into one folder: {done.stderr}")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)


def reader_gone(work):
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([str(program), "run", str(baseline), *SMALL, "-o", str(work / "gone")], stdout=write,
                          stderr=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL)
    os.close(write)
    check(done.returncode == 3 and (work / "gone/summary.csv").is_file(),
          f"a reader who has gone: exit code {done.returncode}, tables kept")


with folder() as place:
    resume(place)
    damaged(place)
    second_signal(place)
    lock(place)
    reader_gone(place)
finish()
