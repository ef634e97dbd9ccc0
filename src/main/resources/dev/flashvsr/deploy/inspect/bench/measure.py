"""Measures the first card. Prints lines NAME=VALUE; "error" where it could not. Arguments: torch or driver; seconds of a
window, of a rest, between samples."""
import os
import sys

WINDOWS = 10
PIECES = 20  # of a window, timed each: a card shared by turns shows in them
INSIDE = 1 << 30
ACROSS = 256 << 20


def bus_of_card(cuda):
    """Where the card is plugged in, as nvidia-smi takes it; the two need not count cards alike."""
    if cuda is None:
        return None
    import ctypes
    device, text = ctypes.c_int(), ctypes.create_string_buffer(32)
    if cuda.cuInit(0) or cuda.cuDeviceGet(ctypes.byref(device), 0) or cuda.cuDeviceGetPCIBusId(text, 32, device):
        return None
    return text.value.decode("ascii", "replace")


def queue(card, units):
    """Starts the work of a window; gives the marks around its pieces."""
    marks = [card.mark()]
    for _ in range(PIECES):
        for _ in range(units):
            card.unit()
        marks.append(card.mark())
    return marks


def windows(card, units, flops, watch, seconds, warm):
    """TFLOP/s of each window and of each piece. The next window is queued before the last is waited for: the card never
    waits for this program, whose pauses would look like those of a card."""
    whole, pieces = [], []
    began = time.monotonic()
    queued = [(False, units, queue(card, units))]
    while len(whole) < WINDOWS and time.monotonic() - began < 2 * WINDOWS * seconds + warm:
        counts = time.monotonic() - began >= warm
        queued.append((counts, units, queue(card, units)))
        counted, of, marks = queued.pop(0)
        spent = [card.seconds(one, other) for one, other in zip(marks, marks[1:])]
        card.forget(marks)
        if counted:
            watch.phase = "load"
            whole.append(flops * of * PIECES / sum(spent) / 1e12)
            pieces += [flops * of / piece / 1e12 for piece in spent]
        elif not counts:  # a card that rests begins slowly
            units = max(1, min(10 * of, int(of * seconds / sum(spent))))
    watch.phase = "between"
    for _, _, marks in queued:
        card.seconds(marks[0], marks[-1])
        card.forget(marks)
    return whole, pieces


def speed_of(card, copy, size, seconds):
    """Bytes a second, as the median of five rounds."""
    copy()
    began = card.mark()
    copy()
    again = max(1, min(50, int(seconds / 10 / max(card.seconds(began, card.mark()), 1e-6))))
    rounds = []
    for _ in range(5):
        began = card.mark()
        for _ in range(again):
            copy()
        rounds.append(size * again / card.seconds(began, card.mark()))
    return median(rounds)


def measure(way, window, rest, pause):
    cuda = load_cuda()
    apps = [line for line in smi(["--query-compute-apps=pid,process_name", "--format=csv,noheader"]) if line.strip()]
    if apps:
        say("busy", apps[0].strip()[:200])
        return 75
    watch = Watch(bus_of_card(cuda), pause)
    watch.start()
    watch.stay("before", rest)
    if way == "torch":
        import torch
        card = Torch(torch)
    elif cuda is None:
        say("error", "there is no libcuda.so.1")
        return 69
    else:
        card = Driver(cuda)
        say("sms", card.sms)
    say("how", card.how)
    free, total = card.memory()
    say("memory_free_mib", free >> 20)
    say("memory_total_mib", total >> 20)
    say("alloc_mib", free * 9 // 10 >> 20)
    try:
        card.take_and_give(free * 9 // 10)
        say("alloc", "ok")
    except RuntimeError as refused:
        say("alloc", "refused")
        say("alloc_error", str(refused).splitlines()[0][:200])
    flops = card.prepare()
    began = card.mark()
    card.unit()
    units = max(1, int(window / PIECES / max(card.seconds(began, card.mark()), 1e-6)))
    whole, pieces = windows(card, units, flops, watch, window, 2 * window)
    say(card.figure, median(whole))
    say("windows", ",".join("%.4g" % value for value in whole))
    say("short_min", min(pieces))
    say("short_median", median(pieces))
    say("short_max", max(pieces))
    watch.phase = "copy"
    try:
        inside = min(INSIDE, card.memory()[0] // 4)
        for name, copy in card.copies(inside, min(ACROSS, inside)):
            size = 2 * inside if name == "d2d_gbs" else min(ACROSS, inside)
            say(name, speed_of(card, copy, size, window) / 1e9)
    except RuntimeError as refused:
        say("copy_error", str(refused).splitlines()[0][:200])
    watch.phase = "between"
    time.sleep(rest / 2)  # the card's own figure of its load is of the last second
    watch.stay("after", rest)
    watch.stop()
    report(watch)
    return 0


try:
    status = measure(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4]))
except Exception as failure:  # whatever a driver does is an answer
    say("error", (type(failure).__name__ + ": " + str(failure)).splitlines()[0][:300])
    status = 70
# Libraries of drivers may hang while they are taken down.
sys.stdout.flush()
os._exit(status)
