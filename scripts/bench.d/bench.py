"""Runs the comparison that scripts/bench describes; started by it, in the top directory of the checkout."""

import argparse
import datetime
import os
import platform
import shutil
import signal
import statistics
import subprocess
import sys
import time

from place import HOME, REPO, Place, call

VENV = REPO / "target/bench/venv/bin"
TOOL = REPO / "scripts/flashvsr-deploy"
STEPS = (10, 100)
UPLOAD_MIB = 64
SLOW = 20  # seconds: what takes longer is run twice only
HEADING = "## Speed"


class Commands:
    """The command lines that are compared, each for one port, all with nothing to do."""

    def __init__(self, place):
        self.place = place

    def ssh(self, port):
        return ["ssh", *self.place.ssh_options(port, "-p"), self.place.login, "true"]

    def scp(self, port, file):
        return ["scp", "-q", *self.place.ssh_options(port, "-P"), str(file), f"{self.place.login}:{HOME}/uploaded"]

    def ours(self, port, playbook, command="up", *more):
        place = self.place
        options = ["--playbook", str(playbook), "--identity", str(place.key), "--known-hosts", str(place.known_hosts)]
        options += ["--ssh-config", "/dev/null", "--state-dir", str(place.dir / "state"), "--plain", *more]
        if command == "up":
            options.append("--yes")
        return [str(TOOL), command, f"{place.login}:{port}", *options]

    def ansible(self, port, steps):
        book, inventory = self.place.dir / f"ansible-{steps}.yml", self.place.dir / f"hosts-{port}"
        tasks = "".join(
            f"    - ansible.builtin.command: {{cmd: 'true', creates: {self.place.marker(i)}}}\n" for i in range(steps)
        )
        book.write_text(f"- hosts: all\n  gather_facts: false\n  tasks:\n{tasks}")
        inventory.write_text(
            f"127.0.0.1 ansible_port={port} ansible_user={self.place.user} ansible_python_interpreter={self.place.python}"
            f" ansible_ssh_private_key_file={self.place.key}"
            f" ansible_ssh_common_args='-F /dev/null -o UserKnownHostsFile={self.place.known_hosts}'\n"
        )
        return [str(VENV / "ansible-playbook"), "-i", str(inventory), str(book)]

    def pyinfra(self, port, steps):
        book, inventory = self.place.dir / f"pyinfra_{steps}.py", self.place.dir / f"inventory_{port}.py"
        book.write_text(
            "from pyinfra.operations import files\n"
            + "".join(f"files.file(name='step {i}', path='{self.place.marker(i)}')\n" for i in range(steps))
        )
        inventory.write_text(
            f"hosts = [('127.0.0.1', dict(ssh_port={port}, ssh_user='{self.place.user}', ssh_key='{self.place.key}',"
            f" ssh_known_hosts_file='{self.place.known_hosts}'))]\n"
        )
        return [str(VENV / "pyinfra"), "-y", str(inventory), str(book)]


def playbook(place, name, steps, file=None):
    """A playbook of steps whose checks say that all is as wanted; with a file, of one step that never is."""
    home = place.dir / name
    home.mkdir(exist_ok=True)
    lines = ["version: 1", f"name: {name}", "vars:", f"  root: {HOME}/{name}", "steps:"]
    for i in range(steps):
        lines += [f"  - id: step-{i}", "    title: One step", "    needs: []"]
        lines += [f"    check: test -e {place.marker(i)}", f"    run: touch {place.marker(i)}"]
    if file:
        shutil.copyfile(file, home / "blob")
        lines += ["  - id: upload", "    title: A file", "    files: [blob]"]
        lines += ["    check: test -e $STEP_DIR/never", "    run: touch $STEP_DIR/never"]
    (home / "playbook.yaml").write_text("\n".join(lines) + "\n")
    return home


def measure(rounds, runs):
    """Seconds of each named run, in rounds in turn so that a busy moment hits all; [] where one failed."""
    times = {name: [] for name in runs}
    for turn in range(rounds):
        for name, (before, command, env) in runs.items():
            if times[name] is None or (turn >= 2 and times[name][0] > SLOW):
                continue
            before()
            began = time.monotonic()
            done = call(command, env)
            if done.returncode != 0:
                print(f"{name}: {' '.join(command)} ended with {done.returncode}:\n{done.stdout[-2000:]}", file=sys.stderr)
                times[name] = None
                continue
            times[name].append(time.monotonic() - began)
    return {name: values or [] for name, values in times.items()}


def medians(times):
    return {name: statistics.median(values) if values else None for name, values in times.items()}


def table(title, columns, rows, cell):
    lines = ["", f"### {title}", "", "| | " + " | ".join(columns) + " |", "| --- |" + " ---: |" * len(columns)]
    for name, values in rows.items():
        lines.append(f"| {name} | " + " | ".join(cell(value) for value in values) + " |")
    return lines


def seconds(value):
    return "-" if value is None else f"{value:.2f}"


def no_op_runs(place, commands, port):
    """What is compared: nothing to change, on a connection of its own."""
    nothing = dict(os.environ)
    config = place.dir / "ansible.cfg"
    config.touch()
    ansible = nothing | {"ANSIBLE_PIPELINING": "1", "ANSIBLE_CONFIG": str(config), "ANSIBLE_HOME": str(place.dir / "ansible")}
    runs = {"`ssh host true`": (place.quiet, commands.ssh(port), nothing)}
    for steps in STEPS:
        ours = commands.ours(port, playbook(place, f"noop-{steps}", steps))
        runs[f"`flashvsr-deploy up`, {steps} steps"] = (place.quiet, ours, nothing)
    for steps in STEPS:
        runs[f"`pyinfra`, {steps} operations"] = (place.quiet, commands.pyinfra(port, steps), nothing)
    for steps in STEPS:
        # A master connection left from the run before would be no new connection.
        control = {"ANSIBLE_SSH_CONTROL_PATH_DIR": str(place.dir / "control")}
        runs[f"`ansible-playbook`, {steps} tasks"] = (place.end_masters, commands.ansible(port, steps), ansible | control)
    return runs


def remove(directory):
    if directory.exists():
        shutil.rmtree(directory)


def uploads(place, commands, port, rounds):
    """MiB/s of the bytes alone: the time for 64 MiB less the time for one byte."""
    big, small = place.dir / "big", place.dir / "small"
    if not big.exists():
        big.write_bytes(os.urandom(UPLOAD_MIB * 1024 * 1024))
        small.write_bytes(b"x")
    env = dict(os.environ)
    runs = {}
    for file in (big, small):
        book = playbook(place, f"upload-{file.name}", 0, file)
        reset = lambda book=book: remove(HOME / book.name)  # a file that is there already would not be sent
        runs[f"scp {file.name}"] = (place.quiet, commands.scp(port, file), env)
        runs[f"ours {file.name}"] = (reset, commands.ours(port, book), env)
    found = medians(measure(rounds, runs))
    rates = {}
    for tool in ("scp", "ours"):
        large, little = found[f"{tool} big"], found[f"{tool} small"]
        rates[tool] = UPLOAD_MIB / max(large - little, 0.001) if large and little else None
    return rates


def first_line(command):
    return call(command, dict(os.environ)).stdout.strip().splitlines()[0]


def main():
    options = argparse.ArgumentParser(prog="scripts/bench")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--rtt", default="0,50,150")
    options.add_argument("--write", action="store_true")
    options = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    rtts = [int(rtt) for rtt in options.rtt.split(",")]
    columns = [f"{rtt} ms" for rtt in rtts]

    with Place(max(STEPS)) as place:
        commands = Commands(place)
        direct = place.link(0)
        for steps in STEPS:  # so that all is as wanted, and class data are there
            book = playbook(place, f"noop-{steps}", steps)
            for command in ("up", "plan"):
                done = call(commands.ours(direct, book, command), dict(os.environ))
                if done.returncode != 0:
                    sys.exit(f"scripts/bench: {command} ended with {done.returncode}:\n{done.stdout}")

        rows, rates = {}, {"scp": [], "ours": []}
        for rtt in rtts:
            port = place.link(rtt)
            print(f"round trip {rtt} ms ...", file=sys.stderr)
            for name, value in medians(measure(options.rounds, no_op_runs(place, commands, port))).items():
                rows.setdefault(name, []).append(value)
            for tool, rate in uploads(place, commands, port, min(options.rounds, 3)).items():
                rates[tool].append(rate)

        env = dict(os.environ)
        starts = {
            name: (lambda: None, command, env)
            for name, command in {
                "`flashvsr-deploy --version`": [str(TOOL), "--version"],
                "`pyinfra --version`": [str(VENV / "pyinfra"), "--version"],
                "`ansible-playbook --version`": [str(VENV / "ansible-playbook"), "--version"],
            }.items()
        }
        started = {name: [value] for name, value in medians(measure(options.rounds, starts)).items()}

    plain = rows["`ssh host true`"]
    ratios = {
        name: [value / base if value and base else None for value, base in zip(values, plain)]
        for name, values in rows.items()
    }
    speed = lambda value: "-" if value is None else f"{value:.0f}"
    ratio = lambda value: "-" if value is None else f"{value:.2f}"
    upload = {"`scp`": rates["scp"], "`flashvsr-deploy up`": rates["ours"]}
    upload_ratio = [ours / scp if ours and scp else None for ours, scp in zip(rates["ours"], rates["scp"])]
    lines = [
        HEADING,
        "",
        f"By `scripts/bench` on {datetime.date.today()}: {os.cpu_count()} cores, {platform.platform(terse=True)},"
        f" {first_line(['java', '--version'])}, {first_line(['ssh', '-V'])},"
        f" {first_line([str(VENV / 'ansible-playbook'), '--version'])}, {first_line([str(VENV / 'pyinfra'), '--version'])}.",
        f"An `sshd` of its own on 127.0.0.1 behind a forwarding proxy that adds the round trip; medians of"
        f" {options.rounds} runs in turn (2 where one takes more than {SLOW} s; 3 for uploads). Everything is a new"
        " connection, and everything is already as wanted. Ansible with pipelining and without fact gathering."
        f" Load of the machine when it ended: {os.getloadavg()[1]:.1f} (mean of 5 minutes).",
    ]
    lines += table("Nothing to change, seconds", columns, rows, seconds)
    lines += table("The same, as multiples of plain ssh", columns, ratios, ratio)
    lines += table(
        f"Upload of {UPLOAD_MIB} MiB after connecting, MiB/s",
        columns,
        upload,
        speed,
    )
    lines += [f"| ratio | {' | '.join(ratio(value) for value in upload_ratio)} |"]
    lines += table("Start of the program, seconds", ["median"], started, seconds)
    text = "\n".join(lines) + "\n"
    print(text)
    if options.write:
        write(text)


def write(section):
    """Puts the section in place of the last one; what others measured stays."""
    file = REPO / "docs/measured.md"
    old = file.read_text()
    start = old.index(HEADING + "\n")
    end = old.find("\n## ", start)
    file.write_text(old[:start] + section + ("" if end < 0 else old[end:]))


if __name__ == "__main__":
    main()
