#!/usr/bin/env bash
# A thousand races of two submits for one box, half of them with two different plans.
set -u
repo=$(cd "$(dirname "$0")/../../../.." && pwd -P)
# shellcheck source=src/test/sh/lib/check.sh
. "$repo/src/test/sh/lib/check.sh"
RACES=1000 check "1,000 races start nothing twice" bash "$repo/src/test/sh/runner/run.sh" two_submits_at_once
finish
