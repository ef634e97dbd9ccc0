"""Six faults that strike 4 s into a step of 20 s; then `up` again, if that is needed. Prints a table."""

import datetime
import json
import os
import pathlib
import platform
import signal
import subprocess
import sys
import tempfile
import time

REPO = pathlib.Path(__file__).resolve().parents[2]
PLAYBOOK = """version: 1
name: link-faults
steps:
  - id: work
    check: '[[ -e $root/done ]]'
    run: |
      echo started >>"$root/starts"
      for line in {1..20}; do echo "line $line"; sleep 1; done
      : >"$root/done"
"""


class Place:
    """A new test box, and one user's files."""

    def __init__(self, name, directory):
        self.name, self.directory = f"{name}-{os.getpid()}", directory

    def testbox(self, verb, *words):
        return subprocess.run(
            [REPO / "scripts/testbox", verb, self.name, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=True
        ).stdout

    def __enter__(self):
        info = self.testbox("new", "--owner", str(os.getpid()))
        self.info = dict(line.split("=", 1) for line in info.splitlines())
        self.root = pathlib.Path(self.info["state"]) / "disk/it"
        (self.directory / "playbook.yaml").write_text(PLAYBOOK)
        return self

    def __exit__(self, *_):
        self.testbox("rm")

    def start(self, command, *words):
        """Starts a command of the program; its output is in a file of its own."""
        output = tempfile.NamedTemporaryFile(dir=self.directory, delete=False)
        where = ["--playbook", self.directory / "playbook.yaml", "--set", "root=/workspace/it", "--identity", self.info["key"]]
        where += ["--known-hosts", self.directory / "known_hosts", "--accept-new-host-key", "--ssh-config", "/dev/null"]
        where += ["--state-dir", self.directory / "state", "--json"]
        process = subprocess.Popen(
            [REPO / "scripts/flashvsr-deploy", command, f"root@{self.info['address']}", *where, *words],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.DEVNULL,
        )
        process.output = pathlib.Path(output.name)
        return process

    def starts(self):
        file = self.root / "starts"
        return len(file.read_text().splitlines()) if file.exists() else 0

    def wait_for_start(self):
        while not self.starts():
            time.sleep(0.02)
        return time.monotonic()


def events(process):
    lines = process.output.read_text().split("\n")[:-1]
    return [json.loads(line) for line in lines]


def lines(processes):
    """The step's lines that these showed, one after the other."""
    return [event["line"] for process in processes for event in events(process) if event["event"] == "step.output"]


def case(name, title, directory, detached, fault, again):
    """Runs one case, and prints its row."""
    with Place(name, directory) as place:
        processes = [place.start("up", "--yes", *(["--detach"] if detached else []))]
        began = place.wait_for_start()
        if detached:
            processes[0].wait(60)
            processes = [place.start("attach")]
        time.sleep(max(0, began + 4 - time.monotonic()))
        struck = time.time()
        fault(place, processes[0])
        code = processes[0].wait(120)
        first = time.monotonic() - began
        noticed = [
            datetime.datetime.fromisoformat(event["ts"][:26].rstrip("Z") + "+00:00").timestamp() - struck
            for event in events(processes[0])
            if event["event"] == "link.lost"
        ]
        if again:
            processes.append(place.start("up", "--yes"))
            code = processes[-1].wait(120)
        took = time.monotonic() - began
        wanted = [f"line {number}" for number in range(1, 21)]
        shown = lines(processes[-1:])
        words = {
            "case": title,
            "noticed after": f"{noticed[0]:.1f} s" if noticed else "–",
            "then": f"a second `up`, at {first:.1f} s" if again else "went on by itself",
            "starts of the step": place.starts(),
            "lines shown, of 20": f"{len(shown)}, {'each once' if shown == wanted else 'NOT each once'}",
            "exit": code,
            "all of it": f"{took:.1f} s",
        }
        print("| " + " | ".join(str(word) for word in words.values()) + " |", flush=True)
        return code == 0 and place.starts() == 1 and shown == wanted


def stall(place, _):
    """The link is silent for 25 s."""
    place.testbox("cut")
    time.sleep(25)
    place.testbox("restore")


def killed(_, process):
    process.send_signal(signal.SIGKILL)


def main():
    print(
        f"By `scripts/link-faults` on {datetime.date.today()}: {os.cpu_count()} cores, {platform.platform()}; a test box with OpenSSH."
        f" Load of the machine when it began: {os.getloadavg()[1]:.1f}.\n"
    )
    heads = ["case", "noticed after", "then", "starts of the step", "lines shown, of 20", "exit", "all of it"]
    print("| " + " | ".join(heads) + " |\n| " + " | ".join(["---"] * len(heads)) + " |")
    reset = lambda place, _: place.testbox("reset")  # noqa: E731
    hang_up = lambda place, _: place.testbox("sshd", "--sessions")  # noqa: E731
    cases = [
        ("reset", "`up`, connection reset", False, reset, False),
        ("hang-up", "`up`, the server's side of it killed", False, hang_up, False),
        ("stall", "`up`, link silent for 25 s", False, stall, False),
        ("killed", "`up`, `kill -9` of it", False, killed, True),
        ("attach-reset", "`up --detach` and `attach`, connection reset", True, reset, False),
        ("attach-killed", "`up --detach` and `attach`, `kill -9` of it", True, killed, True),
    ]
    good = []
    for name, title, detached, fault, again in cases:
        with tempfile.TemporaryDirectory() as directory:
            good.append(case(name, title, pathlib.Path(directory), detached, fault, again))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
