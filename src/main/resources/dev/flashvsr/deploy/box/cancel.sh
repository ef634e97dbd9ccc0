# shellcheck shell=bash
# cancel ROOT: ends the run that holds the box. Its runner does it; where that is dead, this does.
# Sent behind files, entries, procs, lock, checkpoint and attempt.
set -uo pipefail
shopt -s nullglob
umask 077
export LC_ALL=C
deploy=$1/.deploy

# Waits for the runner of the run in directory $1 to come to its end.
wait_for_runner() {
  local end
  uptime_now
  end=$((REPLY + 3000))
  while [[ ! -e $1/end ]] && alive "$1/runner" && uptime_now && ((REPLY < end)); do
    nap 0.05
  done
}

# MEMBERS: what is left of the sessions of the attempts in ATTEMPTS.
left_of_all() {
  local attempt all=()
  for attempt in "${ATTEMPTS[@]}"; do
    left_of "$attempt"
    all+=("${MEMBERS[@]}")
  done
  MEMBERS=("${all[@]}")
}

# Ends every attempt that has no result, whichever run began it, and says which.
end_attempts() {
  local file step attempt
  ATTEMPTS=()
  for file in "$deploy"/state/*/last; do
    step=${file#"$deploy/state/"}
    step=${step%/last}
    if last_attempt "$step" && [[ ! -e $LAST/result ]]; then
      put_first "$LAST/leader" $'pid=0\n' || :
      if alive "$LAST/leader"; then
        ATTEMPTS+=("$LAST")
      fi
    fi
  done
  end_members : left_of_all || :
  for attempt in "${ATTEMPTS[@]}"; do
    mark_cancelled "$attempt"
    first_line "$attempt/exit"
    if [[ $REPLY == cancelled ]]; then
      put "$attempt/result" cancelled || :
    fi
  done
}

# Says which steps the runner of the run in directory $1 cancelled.
say_ended() {
  local line
  while IFS= read -r line; do
    if [[ $line =~ ^[0-9]+\ failed\ ([^ ]+)\ .*\ cause=cancelled ]]; then
      put_entry "ended/${BASH_REMATCH[1]}" ''
    fi
  done <"$1/events"
}

# Says which of the attempts that this ended itself are cancelled.
say_attempts() {
  local attempt step
  for attempt in "${ATTEMPTS[@]}"; do
    first_line "$attempt/result"
    if [[ $REPLY == cancelled ]]; then
      step=${attempt##*/steps/}
      put_entry "ended/${step%/*}" ''
    fi
  done
}

[[ -d $deploy ]] || exit 0
read_machine
value_of "$deploy/holder" run
run=$REPLY held=$deploy/runs/$REPLY
[[ -n $run && -d $held ]] || exit 0
if [[ ! -e $held/end ]] && alive "$held/runner"; then
  put "$held/cancel" '' || exit 1
  wait_for_runner "$held"
  put_entry cancelled "$run"
  say_ended "$held"
  exit 0
fi

# No runner works: what a dead one left running is ended here, under the lock.
run_dir=$deploy/runs/.cancel-$$
describe_process "$$"
mkdir "$run_dir" && put "$run_dir/runner" "$REPLY" || exit 1
if take_lock; then
  end_attempts
  if [[ ! -e $held/end ]] || ((${#ATTEMPTS[@]})); then
    [[ -e $held/end ]] || put "$held/end" cancelled || :
    put_entry cancelled "$run"
    say_attempts
  fi
  leave_lock
fi
rm -rf "$run_dir"
