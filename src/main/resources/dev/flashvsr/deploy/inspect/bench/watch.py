"""What nvidia-smi says of one card, twice a second, while the measurement goes on; put in front of measure.py."""
import subprocess
import threading
import time

BASE = ["utilization.gpu", "clocks.current.sm", "clocks.max.sm", "temperature.gpu", "power.draw",
        "enforced.power.limit", "memory.used", "pcie.link.gen.current", "pcie.link.width.current"]
# Its name since driver 535, and before.
MASKS = ["clocks_event_reasons.active", "clocks_throttle_reasons.active"]


def smi(arguments):
    """Its lines, or none: it may be missing, or hang on a broken driver."""
    try:
        run = subprocess.run(["nvidia-smi"] + arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                             stdin=subprocess.DEVNULL, timeout=5)
    except (OSError, subprocess.TimeoutExpired):
        return []
    return run.stdout.decode("utf-8", "replace").splitlines() if run.returncode == 0 else []


def figure(text):
    """A number, also a hexadecimal one; None for "[N/A]" and the like."""
    text = text.strip()
    try:
        return float(int(text, 16)) if text.startswith("0x") else float(text)
    except ValueError:
        return None


class Watch(threading.Thread):
    """Samples with the phase in which they were begun; what ends in another phase counts for neither."""

    def __init__(self, card, pause):
        threading.Thread.__init__(self)
        self.daemon = True
        self.card = card
        self.pause = pause
        self.phase = "before"
        self.samples = []
        self.fields = None
        self.ended = threading.Event()

    def run(self):
        for extra in [[MASKS[0]], [MASKS[1]], []]:
            if self.ask(BASE + extra):
                self.fields = BASE + extra
                break
        while self.fields and not self.ended.is_set():
            phase = self.phase
            values = self.ask(self.fields)
            if values and phase == self.phase:
                self.samples.append((phase, values))
            self.ended.wait(self.pause)

    def ask(self, fields):
        lines = smi(["--query-gpu=" + ",".join(fields), "--format=csv,noheader,nounits"]
                    + (["-i", self.card] if self.card else []))
        values = [figure(value) for value in lines[0].split(",")] if lines else []
        return dict(zip(fields, values)) if len(values) == len(fields) else None

    def stay(self, phase, seconds):
        """Watches so long in this phase, and then in none."""
        self.phase = phase
        time.sleep(seconds)
        self.phase = "between"

    def of(self, phase, field):
        return [values[field] for name, values in self.samples
                if name == phase and values.get(field) is not None]

    def stop(self):
        self.ended.set()
        self.join(6)


def median(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    if not ordered:
        return None
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def say(name, value):
    """A line NAME=VALUE at once, so that what is cut off later keeps it; nothing for None."""
    if value is not None:
        print("%s=%s" % (name, "%.6g" % value if isinstance(value, float) else value), flush=True)


def report(watch):
    """What the samples come to."""
    say("samples", len(watch.of("load", "utilization.gpu")))
    clocks = watch.of("load", "clocks.current.sm")
    if clocks:
        say("sm_clock_min", min(clocks))
        say("sm_clock_median", median(clocks))
        say("sm_clock_max", max(clocks))
    masks = []
    for name in MASKS:
        masks += watch.of("load", name)
    if masks:
        mask = 0
        for value in masks:
            mask |= int(value)
        say("throttle", "0x%x" % mask)
    heat = watch.of("load", "temperature.gpu")
    if heat:
        say("temperature_begin", heat[0])
        say("temperature_end", heat[-1])
    say("clock_max", median(watch.of("load", "clocks.max.sm")))
    say("power", median(watch.of("load", "power.draw")))
    say("power_limit", median(watch.of("load", "enforced.power.limit")))
    for name in ("gen", "width"):
        under_load = watch.of("load", "pcie.link.%s.current" % name) + watch.of("copy", "pcie.link.%s.current" % name)
        say("pcie_" + name, max(under_load) if under_load else None)
    for phase in ("before", "after"):
        say("idle_util_" + phase, median(watch.of(phase, "utilization.gpu")))
        say("idle_power_" + phase, median(watch.of(phase, "power.draw")))
    say("idle_memory_mib", median(watch.of("before", "memory.used")))
