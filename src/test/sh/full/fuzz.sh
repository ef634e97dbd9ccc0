#!/usr/bin/env bash
# A million damaged files, in a heap of 256 MiB; and some seconds of coverage-guided ones for each reader.
set -u
repo=$(cd "$(dirname "$0")/../../../.." && pwd -P)
# shellcheck source=src/test/sh/lib/check.sh
. "$repo/src/test/sh/lib/check.sh"
check "a million damaged files, each read or refused in words" "$repo/scripts/fuzz" --inputs 1000000
cat "$work/out"
check "coverage-guided ones" "$repo/scripts/fuzz" --inputs 7 --guided "${FLASHVSR_FUZZ_SECONDS:-15}"
cat "$work/out"
finish
