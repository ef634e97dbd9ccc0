"""One test box, and the orchestrator that a user starts at it again and again."""

import hashlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time

from server import content

HERE = pathlib.Path(__file__).resolve().parent
REPO = HERE.parents[1]
ROOT = "/workspace/campaign"
LEDGER = "/var/tmp/campaign"
SIZE = 10 * 1024 * 1024
KIB_PER_S = 3000
SUM = hashlib.sha256(content(SIZE)).hexdigest()


class Box:
    """A test box with the server of the download; its files are read from outside, below `disk`."""

    def __init__(self, name, work):
        self.name, self.work = name, work
        self.server = None

    def testbox(self, verb, *words, check=True):
        done = subprocess.run(
            [str(REPO / "scripts/testbox"), verb, self.name, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            timeout=400,
        )
        if check and done.returncode != 0:
            raise RuntimeError(f"testbox {verb}: {done.stderr.strip()}")
        return done

    def __enter__(self):
        done = self.testbox("new", "--owner", str(os.getpid()), "--disk", "64", "--memory", "512", check=False)
        if done.returncode:
            sys.stderr.write(done.stderr)
            raise SystemExit(done.returncode)
        self.learn(done.stdout)
        self.serve()
        return self

    def __exit__(self, *_):
        self.stop_serving()
        self.testbox("rm", check=False)

    def learn(self, info):
        """Takes in where the box is, and how to log in."""
        self.info = dict(line.split("=", 1) for line in info.splitlines())
        self.state = pathlib.Path(self.info["state"])
        self.disk = self.state / "disk/campaign"
        self.deploy = self.disk / ".deploy"
        self.ledger = self.state / "layers/upper" / LEDGER.lstrip("/")

    def serve(self):
        """The server of the download, in the box's network: a cut link is none of its business."""
        self.server = subprocess.Popen(
            ["nsenter", "-n", "-t", self.info["init"].split()[0], "--", sys.executable, str(HERE / "server.py")]
            + ["8099", str(SIZE), str(KIB_PER_S), str(self.work / "served")],
            stdin=subprocess.PIPE,
        )

    def stop_serving(self):
        if self.server:
            self.server.terminate()
            self.server.wait()
            self.server = None

    def reboot(self, *options):
        self.stop_serving()
        self.learn(self.testbox("reboot", *options).stdout)
        self.serve()

    def kill(self, pid):
        """Kills a process of the box, by its number there."""
        self.testbox("exec", "kill", "-KILL", str(pid), check=False)


class User:
    """Runs `up` at a box, as a person would; what each `up` showed is kept."""

    def __init__(self, box, work):
        self.box, self.work = box, work
        self.clock = work / "clock"
        self.clock.write_bytes(bytes(8))
        self.ups = []
        self.host_key = None

    def start(self):
        info = self.box.info
        number = len(self.ups)
        words = [str(REPO / "scripts/flashvsr-deploy"), "up", f"{info['user']}@{info['address']}:{info['port']}"]
        words += ["--yes", "--json", *self.options()]
        base = pathlib.Path((self.box.state / "base").read_text().strip())
        environment = dict(os.environ, LD_PRELOAD=str(base / "usr/lib/testbox-clock.so"), TESTBOX_CLOCK=str(self.clock))
        up = Up(words, environment, self.work / f"up.{number}")
        up.host_key = self.host_key
        self.ups.append(up)
        return up

    def known(self, up):
        """An `up` that came as far as to log in has written the box's key down: nobody gives it again."""
        if up.code != 3 and up.host_key == self.host_key:
            self.host_key = None

    def options(self):
        key = ["--host-key", self.host_key] if self.host_key else ["--accept-new-host-key"]
        return [
            *key,
            *("--playbook", str(HERE / "playbook"), "--identity", self.box.info["key"]),
            *("--known-hosts", str(self.work / "known_hosts"), "--state-dir", str(self.work / "state"), "--ssh-config", "/dev/null"),
            *("--set", f"root={ROOT}", "--set", f"sum={SUM}", "--set", f"size={SIZE}"),
        ]

    def plan(self):
        """The exit code of `plan --detailed-exitcode`: 0 where nothing is left to do."""
        info = self.box.info
        return subprocess.run(
            [str(REPO / "scripts/flashvsr-deploy"), "plan", f"{info['user']}@{info['address']}:{info['port']}"]
            + ["--detailed-exitcode", *self.options()],
            stdin=subprocess.DEVNULL,
            stdout=(self.work / "plan.out").open("w"),
            stderr=subprocess.STDOUT,
            timeout=120,
        ).returncode


class Up:
    """One `up`."""

    def __init__(self, words, environment, file):
        self.file = file
        self.began = time.time()
        self.code = self.ended = None
        self.follows = None  # since when
        self.lines = []  # pairs of the time when it came, and a line
        with file.with_name(file.name + ".err").open("wb") as error:
            self.process = subprocess.Popen(
                words, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=error
            )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        with self.file.open("wb") as copy:
            for line in self.process.stdout:
                copy.write(line)
                if line.endswith(b"\n"):  # else it was killed while it wrote
                    self.lines.append((time.time(), line.decode()))
                    if b'"run.started"' in line and not self.follows:
                        self.follows = time.time()

    def running(self):
        return self.process.poll() is None

    def wait(self, seconds):
        """Its exit code, or None when it has none by then."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def interrupt(self):
        """As Ctrl-C, pressed twice."""
        for _ in range(2):
            self.process.send_signal(signal.SIGINT)
            if self.wait(3) is not None:
                return
        self.kill()

    def events(self):
        """What it showed, each with the time when it came as "came"."""
        self.reader.join()
        return [dict(json.loads(line), came=came) for came, line in self.lines]

    def error(self):
        return self.file.with_name(self.file.name + ".err").read_text(errors="replace")
