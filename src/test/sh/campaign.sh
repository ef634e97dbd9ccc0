#!/usr/bin/env bash
# The random-fault campaign in short: 25 runs of a fixed seed, several boxes at once.
set -u
repo=$(cd "$(dirname "$0")/../../.." && pwd -P)
# shellcheck source=src/test/sh/lib/check.sh
. "$repo/src/test/sh/lib/check.sh"

code=0
# A run that is wrong leaves its box's disk and all that was shown in target/campaign.
timeout -k 30 600 "$repo/scripts/campaign" --runs 25 --seed 1 --jobs 5 --short --results "$work/results" 2>&1 |
  while IFS= read -r line; do
    case $line in
      'ok - '* | 'not ok - '*) printf '%s\n' "$line" ;;
      *) printf '# %s\n' "$line" ;;
    esac
  done
code=${PIPESTATUS[0]}
if [ "$code" = 77 ]; then
  skip "the fault campaign" "no box can be made here"
  finish
fi
ran() { same 0 "$code" && same 25 "$(wc -l <"$work/results")"; }
check "25 runs with faults: nothing lost, nothing twice, nothing claimed that is not there" ran
finish
