#!/usr/bin/env bash
# A thousand races of two submits for one box, half of them with two different plans; and two thousand requests that reach
# the follower just when it stops waiting for one.
set -u
repo=$(cd "$(dirname "$0")/../../../.." && pwd -P)
# shellcheck source=src/test/sh/lib/check.sh
. "$repo/src/test/sh/lib/check.sh"
RACES=1000 check "1,000 races start nothing twice" bash "$repo/src/test/sh/runner/run.sh" two_submits_at_once
REQUESTS=2000 check "2,000 requests of which none is lost" bash "$repo/src/test/sh/runner/run.sh" requests_that_come_at_any_time
finish
