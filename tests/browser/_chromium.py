"""A headless Chromium, spoken to over its DevTools pipe with the standard library."""
import json
import os
import shutil
import subprocess
import tempfile

FLAGS = """--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking
    --disable-component-update --disable-sync --disable-dev-shm-usage --hide-scrollbars --remote-debugging-pipe""".split()


class Chromium:
    """`events` has what the page did since the last open(): (method, parameters)."""

    def __enter__(self):
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        if program is None:
            raise SystemExit("No chromium here: apt-get install chromium")
        self.profile = tempfile.mkdtemp(prefix="homeward-chromium-")
        to_read, self.to = os.pipe()
        self.back, to_write = os.pipe()

        def pipes():
            high = [os.dup(to_read), os.dup(to_write)]
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        self.process = subprocess.Popen([program, *FLAGS, f"--user-data-dir={self.profile}", "about:blank"],
                                        preexec_fn=pipes, close_fds=False, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.buffer, self.number, self.events, self.session = b"", 0, [], None
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(domain + ".enable")
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        os.close(self.to)
        os.close(self.back)
        shutil.rmtree(self.profile, ignore_errors=True)

    def message(self):
        while b"\0" not in self.buffer:
            read = os.read(self.back, 1 << 20)
            if not read:
                raise SystemExit("chromium has gone")
            self.buffer += read
        one, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(one)

    def ask(self, method, **parameters):
        self.number += 1
        request = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            request["sessionId"] = self.session
        os.write(self.to, json.dumps(request).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            if "method" in answer:
                self.events.append((answer["method"], answer["params"]))

    def open(self, path, width, height=900, scheme="light", media=""):
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                 mobile=width < 600)
        self.ask("Emulation.setEmulatedMedia", media=media,
                 features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.events = []
        self.ask("Page.navigate", url=f"file://{path}")
        while not any(method == "Page.loadEventFired" for method, _ in self.events):
            event = self.message()
            if "method" in event:
                self.events.append((event["method"], event["params"]))

    def evaluate(self, script, wait=False):
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=wait)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"])[:500])
        return answer["result"].get("value")

    def complaints(self, path):
        """Errors on the console, exceptions, and requests for anything but the page."""
        found = []
        for method, parameters in self.events:
            if method == "Network.requestWillBeSent" and parameters["request"]["url"] != f"file://{path}":
                found.append("request: " + parameters["request"]["url"])
            if method == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
                found.append("log: " + parameters["entry"]["text"])
            if method == "Runtime.exceptionThrown":
                found.append("exception: " + str(parameters["exceptionDetails"])[:900])
            if method == "Runtime.consoleAPICalled":
                found.append("console: " + str(parameters["args"])[:300])
        return found
