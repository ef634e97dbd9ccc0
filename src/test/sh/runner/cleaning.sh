# shellcheck shell=bash disable=SC2016,SC2030,SC2031,SC2034,SC2119,SC2120,SC2153,SC2154 # part of run.sh; holds other scripts' text
# Steps that make things, and the call that removes them, for the tests of clean.

# A step that makes what it is told to: $1 its id, $2 bash that makes it below $root, then as for step.
making() {
  local id=$1 apply=$2
  shift 2
  step "$id" "check() { present; }; apply() { count; cd \"\$root\"; $apply; effect; }" "$@"
}

# clean MODE [ID...]: these steps alone, or all. What it says is in SAID; for list also in ENTRY.
clean() {
  local mode=$1 agreed
  shift
  agreed=${AGREED-$(listed)}
  {
    entry only "$(lines "$*")"
    entry run "${CLEAN_RUN:=$(run_name)}"
    entry who someone
    entry from laptop
    entry since 1700000000
    entry agreed "$agreed"
    printf '%s' "${NAMED-}"
    printf '. 0\n\n'
  } >"$BOX/clean.in"
  box_script "$CLEAN" "$ROOT" "$mode" <"$BOX/clean.in" >"$BOX/clean.out"
  SAID=$(<"$BOX/clean.out")
  [[ $mode != list ]] || parse_entries <"$BOX/clean.out"
  CLEAN_RUN=
}

entry() { printf '%s %d\n%s\n' "$1" "${#2}" "$2"; }

# All that the record names: tests that agree to less set AGREED.
listed() { cut -d ' ' -f 3- "$DEPLOY/made" 2>/dev/null || :; }

# Everything below the root but .deploy, in one line.
below() { (cd "$ROOT" && find . -mindepth 1 -path ./.deploy -prune -o -printf '%P ' | tr ' ' '\n' | LC_ALL=C sort | tr '\n' ' '); }

two_steps() {
  making a 'mkdir -p down/a env/lib; echo x >down/a/file; echo y >env/lib/y' makes='down/a env'
  making b 'mkdir -p down/b; echo z >down/b/file; echo z >env/lib/z' makes='down/b env/lib/z' needs=a
}
