#!/usr/bin/env bash
# The bash on the box under the oldest bash that it must run with. BASH_UNDER_TEST names one that was built from source,
# such as a bash 4.4; without it this says that it was left out.
set -u
repo=$(cd "$(dirname "$0")/../../../.." && pwd -P)
# shellcheck source=src/test/sh/lib/check.sh
. "$repo/src/test/sh/lib/check.sh"
if [ -z "${BASH_UNDER_TEST-}" ]; then
  skip "the bash on the box under bash 4.4" "BASH_UNDER_TEST names no bash"
  finish
fi
# shellcheck disable=SC2016 # that bash expands it
version=$("$BASH_UNDER_TEST" -c 'echo "$BASH_VERSION"') || version='no bash'
check "the bash on the box under bash $version" bash "$repo/src/test/sh/runner/run.sh"
finish
