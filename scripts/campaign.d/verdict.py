"""What must hold at the end of a run, whatever struck. Each function returns what does not, one sentence each."""

import json
import re

from box import SIZE

MIB = 1024 * 1024
EVENT = re.compile(r"[0-9]+ [a-z-]+( [^ ]+)*")


def problems(box, user, striker):
    return [
        *checkpoint_problems(box),
        *made(box),
        *twice(box),
        *compiled(box),
        *downloaded(box, user),
        *readable(box, user, striker),
        *shown(box, user),
        *noticed(user, striker),
        *lived_on(box, striker),
    ]


def steps():
    return [
        *("prepare", "sources", "compile", "download", "unpack", "config-a", "config-b", "config-c"),
        *("chatter", "flaky", "link", "proof"),
    ]


def is_made(box, step):
    if step.startswith("config-"):
        try:
            return step in (box.disk / "config").read_text().splitlines()
        except FileNotFoundError:
            return False
    return (box.disk / ("weights" if step == "download" else f"made/{step}")).exists()


def checkpoint_problems(box):
    """A checkpoint claims what is there, and is whole. Those under way are named otherwise."""
    wrong = []
    for file in box.deploy.glob("checkpoints/*.json"):
        step = file.name.removesuffix(".json")
        try:
            text = file.read_text()
        except FileNotFoundError:
            continue  # moved to its attempt just now
        try:
            json.loads(text)
        except ValueError:
            wrong.append(f"the checkpoint of {step} can't be read: {text[:200]!r}")
        if not is_made(box, step):
            wrong.append(f"the checkpoint of {step} claims what is not there")
    return wrong


def made(box):
    wrong = [f"{step} has no effect" for step in steps() if not is_made(box, step)]
    wrong += [f"{step} has no checkpoint" for step in steps() if not (box.deploy / f"checkpoints/{step}.json").exists()]
    lines = sorted((box.disk / "config").read_text().split())
    if lines != ["config-a", "config-b", "config-c"]:
        wrong.append(f"an effect happened twice: the lines of config are {lines}")
    return wrong


def twice(box):
    """No apply began beside another of its step, and none where the effect was there, unless the check could not tell."""
    wrong = []
    for line in (box.ledger / "ledger").read_text().splitlines():
        word, step, attempt = line.split(" ")
        if word == "overlap":
            wrong.append(f"two attempts at {step} ran at once: {attempt}")
        elif word == "spoiled":
            wrong.append(f"the download was not what was sent: {attempt}")
        elif word == "again":
            before = box.disk.parent / attempt.removeprefix("/workspace/") / "before"
            if before.read_text().strip() != "unknown":
                wrong.append(f"{step} was applied although its effect was there: {attempt}, check {before.read_text()!r}")
    return wrong


def compiled(box):
    """What Ninja knew to be finished was never compiled again."""
    wrong, known = [], set()
    for line in (box.ledger / "units").read_text().splitlines():
        word, unit = line.split(" ")
        if word == "known":
            known.add(unit)
        elif word == "start" and unit in known:
            wrong.append(f"{unit} was compiled again")
    return wrong


def downloaded(box, user):
    """At most 1 MiB of the download is lost at each interruption."""
    wrong = []
    served = user.work / "served"  # a reboot ends the server before it has noted the connections that it had
    parts = [[int(word) for word in line.split()] for line in served.read_text().splitlines()] if served.exists() else []
    for (start, sent), (later, _) in zip(parts, parts[1:]):
        if start + sent - later > MIB:
            wrong.append(f"{start + sent - later} bytes of the download were lost: sent to {start + sent}, resumed at {later}")
    return wrong


def readable(box, user, striker):
    """Journals and events have whole lines only. A full disk may cut a line of events, which is then ended."""
    wrong = []
    for journal in (user.work / "state/journal").glob("*.jsonl"):
        for line in journal.read_text().splitlines():
            try:
                json.loads(line or "{}")
            except ValueError:
                wrong.append(f"a line of {journal.name} can't be read: {line[:200]!r}")
    for events in box.deploy.glob("runs/*/events"):
        for line in events.read_text().splitlines():
            if not EVENT.fullmatch(line) and "disk-full" not in striker.struck:
                wrong.append(f"a line of {events} can't be read: {line[:200]!r}")
    for up in user.ups:
        try:
            up.events()
        except ValueError as error:
            wrong.append(f"{up.file.name} shows what can't be read: {error}")
        if re.search(r"Exception|^\s+at [a-z]+\.", up.error(), re.M):
            wrong.append(f"{up.file.name} ended with a stack trace: {up.error()[:500]}")
    return wrong


def shown(box, user):
    """What each `up` showed of an attempt's log is its beginning, and all of it where it saw the attempt's end."""
    logs = {}
    for log in box.deploy.glob("runs/*/steps/*/[0-9]*/log"):
        logs.setdefault((log.parts[-3], int(log.parts[-2])), []).append(log.read_text(errors="replace").splitlines())
    wrong = []
    for up in user.ups:
        for step, attempt, lines, ended in attempts(up.events()):
            wanted = logs.get((step, attempt), [])
            if not any(lines == log if ended else lines == log[: len(lines)] for log in wanted):
                wrong.append(f"{up.file.name} shows other lines of {step}, attempt {attempt}: {difference(lines, wanted)}")
    return wrong


def attempts(events):
    """Step, attempt, its lines, and whether its end was seen, for each that was followed from its first line."""
    following = {}
    for event in events:
        kind, step = event["event"], event.get("step")
        if kind in ("step.started", "step.reattached"):
            following[step] = (event["attempt"], [])
        elif kind == "step.output" and step in following:
            following[step][1].append(event["line"])
        elif kind in ("step.finished", "step.failed", "step.retrying") and step in following:
            attempt, lines = following.pop(step)
            yield step, attempt, lines, True
    for step, (attempt, lines) in following.items():
        yield step, attempt, lines, False


def difference(lines, logs):
    for number, line in enumerate(lines):
        if not any(number < len(log) and log[number] == line for log in logs):
            return f"line {number + 1} is {line!r}, in the log {[log[number : number + 1] for log in logs]}"
    return f"{len(lines)} lines, in the log {[len(log) for log in logs]}"


def noticed(user, striker):
    """A link that is cut for longer is noticed within 15 s, and a bit for a busy machine; where there was one already."""
    wrong = []
    for began, ended in striker.cuts:
        for up in user.ups:
            linked = [event["came"] for event in up.events()[:1]]  # what it says first it knows from the box
            if ended - began < 17 or not linked or linked[0] > began or (up.ended or 0) < ended:
                continue
            came = [event["came"] for event in up.events() if event["event"] == "link.lost" and event["came"] > began]
            if not came or came[0] - began > 17:
                wrong.append(f"{up.file.name} noticed the cut link after {[round(at - began, 1) for at in came[:1]]} s")
    return wrong


def lived_on(box, striker):
    """An attempt is cut off only where its leader was killed or can't write, or the box restarted; not with its runner."""
    if striker.struck & {"kill-leader", "reboot", "disk-full"}:
        return []
    wrong = []
    for result in box.deploy.glob("runs/*/steps/*/[0-9]*/result"):
        # A leader that the next runner did not find yet must not begin any more: nothing is lost by that.
        begun = not (result.parent / "leader").read_text().startswith("pid=0\n")
        if begun and result.read_text().strip() == "cut-off":
            wrong.append(f"{result.parent} was cut off")
    return wrong
