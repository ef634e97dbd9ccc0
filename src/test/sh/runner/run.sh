#!/usr/bin/env bash
# Tests of the bash on the box. run.sh [PATTERN]: the tests whose name holds PATTERN; without: all.
# BASH_UNDER_TEST names another bash, such as a 4.4.
set -uo pipefail
HERE=$(cd "${BASH_SOURCE[0]%/*}" && pwd)
SCRATCH=$(mktemp -d)
trap 'rm -rf "$SCRATCH"' EXIT
# shellcheck disable=SC2034 # for the harness
exec {NAP}<> <(:)
# shellcheck source=/dev/null
. "$HERE/harness.sh"
for file in "$HERE"/*_tests.sh; do
  # shellcheck source=/dev/null
  . "$file"
done

passed=0 failed=0 skipped=0
while read -r _ _ name; do
  [[ $name == test_* && $name == *"${1-}"* ]] || continue
  begun=$SECONDS
  # A shell of its own, so that a test's variables end with it.
  # The assertions end it with 1, `set -e` would be off in a condition.
  (
    set -e
    new_box
    "$name"
  ) >"$SCRATCH/output" 2>&1
  status=$?
  title=${name#test_}
  ((SECONDS - begun < 5)) || title+="_($((SECONDS - begun))_s)"
  case $status in
    0) ((++passed)) && printf 'ok      %s\n' "${title//_/ }" ;;
    77) ((++skipped)) && printf 'skipped %s: %s\n' "${title//_/ }" "$(tail -n 1 "$SCRATCH/output")" ;;
    *)
      ((++failed))
      printf 'FAILED  %s\n' "${title//_/ }"
      cat "$SCRATCH/output"
      ;;
  esac
done < <(declare -F)
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
((failed == 0))
