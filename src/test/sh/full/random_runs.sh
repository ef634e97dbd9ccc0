#!/usr/bin/env bash
# Random plans and what may happen to them, held against a model, for SEEDS seeds (default: 60), and a
# process that not even KILL ends.
set -u
repo=$(cd "$(dirname "$0")/../../../.." && pwd -P)
# shellcheck source=src/test/sh/lib/check.sh
. "$repo/src/test/sh/lib/check.sh"
held() { RANDOM_SEEDS=$1 bash "$repo/src/test/sh/runner/run.sh" random_runs_hold; }
for ((seed = 1; seed <= ${SEEDS:-60}; seed++)); do
  check "seed $seed holds against the model" held "$seed"
done
SLOW=1 check "nothing begins beside what can not be ended" bash "$repo/src/test/sh/runner/run.sh" can_not_be_ended
finish
