"""The faults: each strikes a box, or the orchestrator, and says what the user has to do then, if anything."""

import random
import struct
import threading
import time

KINDS = [
    *("kill-up", "kill-runner", "kill-leader", "cut", "reset", "sshd", "reboot", "disk-full", "clock-box", "clock-here"),
]


def plan(seed, short):
    """The faults of a seed: when, what, and words that say how.

    When is a number of seconds since the fault before, and where to begin to count at the earliest: at the begin of `up`,
    or when it has begun to follow the run, which takes a while on a busy machine.
    """
    dice = random.Random(seed)
    faults = []
    for _ in range(dice.choice([1, 2, 2, 3, 3, 4])):
        kind = dice.choice(KINDS)
        detail = {
            "cut": lambda: dice.choice([2, 3, 5] if short else [2, 5, 12, 20, 45]),
            "sshd": lambda: dice.choice(["", "--sessions"]),
            "reboot": lambda: dice.choice(["", "", "--new-host-key", "--port", "--new-host-key --port"]),
            "disk-full": lambda: dice.choice([1, 2, 3] if short else [1, 3, 10]),
            "clock-box": lambda: dice.choice([-86400, -3600, 3600, 86400]),
            "clock-here": lambda: dice.choice([-86400, -3600, 3600, 86400]),
        }.get(kind, lambda: "")()
        faults.append((round(dice.uniform(0.1, 5), 2), dice.choice(["up", "run", "run"]), kind, detail))
    return faults


def parse(text):
    """A fault given by hand: "SECONDS up|run KIND [DETAIL]"."""
    seconds, where, kind, detail = [*text.split(" ", 3), ""][:4]
    if where not in ("up", "run") or kind not in KINDS:
        raise ValueError(f"no fault: {text}")
    return float(seconds), where, kind, detail


class Striker:
    """Strikes one box. What lasts a while is ended by `settle`."""

    def __init__(self, box, user, dice, log):
        self.box, self.user, self.dice, self.log = box, user, dice, log
        self.until = []  # pairs of time and what ends a fault
        self.cuts = []  # pairs of begin and end
        self.struck = set()
        self.port = 22

    def strike(self, kind, detail):
        self.log(f"{kind} {detail}")
        self.struck.add(kind)
        getattr(self, kind.replace("-", "_"))(detail)

    def settle(self, wait=False):
        """Ends the faults whose time is over; with `wait`, all."""
        for end in list(self.until):
            if wait:
                time.sleep(max(0, end[0] - time.time()))
            if time.time() >= end[0]:
                self.until.remove(end)
                end[1]()

    def kill_up(self, _):
        if self.user.ups[-1].running():
            self.user.ups[-1].kill()

    def kill_runner(self, _):
        self._kill(self.box.deploy.glob("runs/*/runner"))

    def kill_leader(self, _):
        self._kill(self.box.deploy.glob("runs/*/steps/*/*/leader"))

    def _kill(self, files):
        """One of the processes that these files name, of those that live."""
        named = []
        for file in sorted(files):
            try:
                lines = dict(line.split("=", 1) for line in file.read_text().splitlines())
            except OSError:
                continue
            if lines.get("boot") == self.box.info["boot"]:
                named.append(lines["pid"])
        script = 'for p; do if read -r text </proc/"$p"/stat; then echo "$p"; fi; done 2>/dev/null'
        alive = self.box.testbox("exec", "bash", "-c", script, "alive", *named, check=False).stdout.split()
        if alive:
            pid = self.dice.choice(alive)
            self.log(f"  of {len(alive)}: {pid}")
            self.box.kill(pid)

    def cut(self, seconds):
        seconds = float(seconds)
        self.box.testbox("cut")
        began = time.time()

        def restore():
            self.box.testbox("restore")
            self.cuts.append((began, time.time()))

        self.until.append((began + seconds, restore))

    def reset(self, _):
        self.box.testbox("reset")

    def sshd(self, sessions):
        self.box.testbox("sshd", *sessions.split())

    def reboot(self, options):
        """With another key or port, the user has to say so to a new `up`."""
        self.settle(wait=True)
        words = options.split()
        if "--port" in words:
            self.port += 1
            words.insert(words.index("--port") + 1, str(self.port))
        up = self.user.ups[-1]
        self.box.reboot(*words)
        if words and up.running():
            up.interrupt()
        if "--new-host-key" in words:
            self.user.host_key = self.box.info["host_key"]

    def disk_full(self, seconds):
        self.box.testbox("fill")
        self.until.append((time.time() + float(seconds), lambda: self.box.testbox("unfill")))

    def clock_box(self, seconds):
        self.box.testbox("clock", str(seconds))

    def clock_here(self, seconds):
        with self.user.clock.open("r+b") as file:  # in place: the orchestrator has it mapped
            file.write(struct.pack("<q", int(seconds)))


class Watch(threading.Thread):
    """Looks at the checkpoints again and again: each must be readable and true, whenever one looks."""

    def __init__(self, box):
        super().__init__(daemon=True)
        self.box, self.wrong, self.looks = box, [], 0
        self.over = threading.Event()

    def run(self):
        from verdict import checkpoint_problems

        while not self.over.wait(0.1):
            self.looks += 1
            self.wrong += checkpoint_problems(self.box)

    def end(self):
        self.over.set()
        self.join()
        return self.wrong
