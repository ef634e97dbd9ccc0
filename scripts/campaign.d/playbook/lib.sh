# shellcheck shell=bash disable=SC2154 # the playbook's variables
# What each step of the campaign's playbook does besides its work: it leaves traces, by which the campaign judges.

# The step's effect, which shows last, is a marker.
present() { [[ -e $root/made/$STEP_ID ]]; }

# Notes a word, with the attempt that says it.
note() { printf '%s %s %s\n' "$1" "$STEP_ID" "$DEPLOY_ATTEMPT" >>"$ledger/ledger"; }

# First of every apply: whether another one is still at it, and whether the effect is there already.
begin() {
  mkdir -p "$ledger" "$root/made"
  exec {alone}>"$ledger/$STEP_ID.lock" # inherited by all that it starts
  flock -n "$alone" || note overlap
  ! present || note again
  note begin
  printf '%s: attempt %s\n' "$STEP_ID" "$STEP_ATTEMPT"
}

# Last of every apply.
effect() {
  printf '%s\n' "$STEP_ATTEMPT" >"$root/made/$STEP_ID.new"
  mv "$root/made/$STEP_ID.new" "$root/made/$STEP_ID"
  note effect
}

# Waits without a process of its own.
pause() { read -r -t "$1" <> <(:) || :; }
