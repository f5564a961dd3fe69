"""Progress: one line that is written over on a terminal, nothing but plain lines elsewhere, no colours at all."""
import os
import pty
import subprocess

from _homeward import SMALL, baseline, check, finish, folder, homeward, program


def on_terminal(words, env=None):
    """What a run writes to a terminal as standard error."""
    leader, follower = pty.openpty()
    process = subprocess.Popen([str(program), "run", str(baseline), *words], stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=follower, env=env)
    os.close(follower)
    seen = b""
    while True:
        try:
            chunk = os.read(leader, 65536)
        except OSError:  # the other side is closed
            break
        if not chunk:
            break
        seen += chunk
    process.stdout.read()
    check(process.wait() == 0, "a run on a terminal")
    os.close(leader)
    return seen


with folder() as place:
    out = ["-o", str(place / "out")]
    environment = dict(os.environ, TERM="xterm")
    seen = on_terminal([*SMALL, *out], environment)
    check(b"replicate 1 of 2" in seen and b"\r" in seen, f"progress on a terminal: {seen[:200]}")
    check(not set(seen) & (set(range(32)) - {13}), "no other control character than the carriage return")
    check(seen.endswith(b" \r"), "the line is taken away at the end")
    check(b"\x1b" not in on_terminal([*SMALL, *out], dict(environment, NO_COLOR="1")), "NO_COLOR")
    check(on_terminal([*SMALL, *out], dict(environment, TERM="dumb")) == b"", "a dumb terminal is treated like a log")
    check(on_terminal([*SMALL, *out, "--quiet"], environment) == b"", "--quiet")
    done = homeward("run", baseline, *SMALL, *out)
    check(done.stderr == "", f"a run of under a minute says nothing in a log: {done.stderr}")
    check(homeward("run", baseline, *SMALL, *out, "-q").stdout == "", "--quiet prints no summary")
finish()
