# For the test scripts beside this directory: one line a test, and an exit status that is 1 if any failed.
# shellcheck shell=bash

failed=0
work=$(mktemp -d "${TMPDIR:-/tmp}/flashvsr-test.XXXXXX")
trap 'rm -rf "$work"' EXIT

# check NAME COMMAND... : passes if the command does. It must be a simple command or a function.
check() {
  local name=$1
  shift
  if ("$@") >"$work/out" 2>"$work/err"; then
    printf 'ok - %s\n' "$name"
  else
    failed=1
    printf 'not ok - %s\n' "$name"
    tail -n 20 "$work/out" "$work/err" | sed 's/^/    /'
  fi
}

# skip NAME REASON
skip() { printf 'ok - %s # skipped: %s\n' "$1" "$2"; }

# same EXPECTED ACTUAL, has TEXT PART: say what was found if it is not so.
same() { [ "$1" = "$2" ] || { printf 'expected: %s\nfound: %s\n' "$1" "$2"; return 1; }; }
has() { case $1 in *"$2"*) ;; *) printf 'no "%s" in: %s\n' "$2" "$1"; return 1 ;; esac; }

finish() { exit "$failed"; }
