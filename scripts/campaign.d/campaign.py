#!/usr/bin/env python3
"""The random-fault campaign: deploys a playbook to test boxes while faults strike, and judges what came of it."""

import argparse
import concurrent.futures
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time

import faults
import verdict
from box import REPO, Box, User

MOST_UPS = 15
LONGEST_UP = 300  # seconds; one that hangs never ends, and a busy machine takes its time
USERS = []


def deploy(seed, options, work):
    """One run. Returns what is written down of it. What an earlier one that went wrong left is kept beside it."""
    if (work / "disk").exists():
        work.rename(work.with_name(f"{work.name}.{int(time.time())}"))
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    began = time.time()
    planned = [] if options.calm else options.fault or faults.plan(seed, options.short)
    left = list(planned)
    history = []
    wrong = []
    with Box(f"campaign-{os.getpid()}-{seed}", work) as box:
        user = User(box, work)
        USERS.append(user)

        def log(text):
            history.append(f"{time.time() - began:.2f} {text}")

        striker = faults.Striker(box, user, random.Random(seed), log)
        watch = faults.Watch(box)
        watch.start()
        try:
            wrong += until_done(user, striker, left, log)
            wrong += watch.end()
            if not wrong:
                if user.plan() != 0:
                    wrong.append("something is left to do: see plan.out")
                wrong += verdict.problems(box, user, striker)
        except (OSError, ValueError, RuntimeError, subprocess.SubprocessError) as error:
            wrong.append(f"the campaign itself stumbled: {type(error).__name__}: {error}")
        finally:
            watch.end()
            if user.ups and user.ups[-1].running():
                user.ups[-1].kill()
        if wrong:
            log("wrong: " + "; ".join(wrong))
            (work / "processes").write_text(box.testbox("exec", "ps", "axf", check=False).stdout)
            shutil.copytree(box.disk, work / "disk", symlinks=True, dirs_exist_ok=True)
            shutil.copytree(box.ledger, work / "ledger", dirs_exist_ok=True)
    (work / "history").write_text("\n".join(history) + "\n")
    return {
        "seed": seed,
        "result": "wrong" if wrong else "ok",
        "faults": [" ".join(str(word) for word in fault) for fault in planned[: len(planned) - len(left)]],
        "up_seconds": [round(up.ended - up.began, 1) if up.ended else None for up in user.ups],
        "ups": [up.code for up in user.ups],
        "seconds": round(time.time() - began, 1),
        "checkpoint_looks": watch.looks,
        "problems": sorted(set(wrong))[:20],
    }


def until_done(user, striker, left, log):
    """Runs `up` until it says that all is done, and every fault has struck."""
    struck = 0
    while len(user.ups) < MOST_UPS:
        up = user.start()
        log("up")
        end = time.time() + LONGEST_UP
        while up.running():
            striker.settle()
            if left and time.time() >= left[0][0] + max(struck, (up.began if left[0][1] == "up" else up.follows) or 1e12):
                _, _, kind, detail = left.pop(0)
                striker.strike(kind, detail)
                struck = time.time()
            if time.time() > end:
                log("up hangs")
                up.process.send_signal(signal.SIGQUIT)  # its threads, into its output
                up.wait(2)
                up.kill()
                return [f"up {len(user.ups)} did not end within {LONGEST_UP} s"]
            up.wait(0.05)
        up.ended = time.time()
        up.code = up.process.returncode
        log(f"up ended with {up.code}")
        user.known(up)
        if up.code == 0:
            # Done before all faults came: those that are left would meet nothing.
            striker.settle(wait=True)
            return []
        if up.code not in (1, 3, -9, 130, 6):
            return [f"up {len(user.ups)} ended with {up.code}: {up.error()[-500:]}"]
        striker.settle(wait=True)  # a person makes room, or waits for the network, before trying again
    return [f"not done after {MOST_UPS} times up"]


def stop():
    """Ends at once, with every `up`; its boxes are found by `testbox rm --left`, and by the next campaign."""
    for user in USERS:
        for up in user.ups[-1:]:
            up.process.kill()
    os._exit(130)


def main():
    parser = argparse.ArgumentParser(prog="scripts/campaign", description=__doc__)
    parser.add_argument("--runs", type=int, required=True, metavar="N")
    parser.add_argument("--seed", type=int, required=True, metavar="S", help="of the first run; the others' follow")
    parser.add_argument("--jobs", type=int, default=4, metavar="J", help="boxes at once (default: %(default)s)")
    parser.add_argument("--results", type=pathlib.Path, metavar="FILE", help="where a line is added for each run; those in it are not run again")
    parser.add_argument("--short", action="store_true", help="short faults, as in the tests")
    parser.add_argument("--calm", action="store_true", help="no faults: how long a run lasts undisturbed")
    parser.add_argument(
        "--fault", type=faults.parse, action="append", metavar="WHAT", help="instead of what the seed says: 'SECONDS up|run KIND [HOW]'"
    )
    options = parser.parse_args()
    work = REPO / "target/campaign"
    results = options.results or work / "results.jsonl"
    results.parent.mkdir(parents=True, exist_ok=True)
    known = {json.loads(line)["seed"] for line in results.read_text().splitlines()} if results.exists() else set()
    seeds = [seed for seed in range(options.seed, options.seed + options.runs) if seed not in known]
    subprocess.run([REPO / "scripts/testbox", "rm", "--left"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    # The program is built, and what all boxes have in common made, before several ask for it.
    subprocess.run([REPO / "scripts/flashvsr-deploy", "--version"], stdout=subprocess.DEVNULL, check=True)
    with Box(f"campaign-{os.getpid()}", work):
        pass
    for end in (signal.SIGINT, signal.SIGTERM):
        signal.signal(end, lambda *_: stop())
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool, results.open("a") as file:
        runs = [pool.submit(deploy, seed, options, work / f"seed-{seed}") for seed in seeds]
        for run in concurrent.futures.as_completed(runs):
            done = run.result()
            file.write(json.dumps(done) + "\n")
            file.flush()
            bad += done["result"] != "ok"
            words = ", ".join(done["faults"]) or "no fault"
            print(f"{'ok' if done['result'] == 'ok' else 'not ok'} - seed {done['seed']}: {words}; up: {done['ups']} in {done['up_seconds']} s", flush=True)
            for problem in done["problems"]:
                print(f"    {problem}", flush=True)
    print(f"{len(seeds) - bad} ok, {bad} wrong, {options.runs - len(seeds)} known from before")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
