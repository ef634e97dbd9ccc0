# shellcheck shell=bash
# cancel ROOT: ends the run that holds the box. Its runner does it; where that is dead, or does not move, this does.
# Sent behind files, way, trust, entries, procs, lock, checkpoint and attempt.
set -uo pipefail
shopt -s nullglob
umask 077
export LC_ALL=C
deploy=$1/.deploy
ATTEMPTS=() # those of which this ends something itself

# Waits for the runner of the run in directory $1 to come to its end. It needs some 15 s for what ignores TERM, and moves
# all the while; one that was stopped is made to go on. 1: it does not move, as on a disk that hangs, or it died.
runner_ends() {
  local begun moved count=''
  uptime_now
  begun=$REPLY moved=$REPLY
  while [[ ! -e $1/end ]] && alive "$1/runner"; do
    [[ $STAT_STATE != T ]] || signal CONT "$PROCESS_PID"
    first_line "$1/alive"
    if [[ $REPLY != "$count" ]]; then
      count=$REPLY
      uptime_now
      moved=$REPLY
    fi
    uptime_now
    ((REPLY - moved < 1000 && REPLY - begun < 6000)) || return 1
    nap 0.05
  done
  [[ -e $1/end ]]
}

# Ends the runner of the run in directory $1. Once KILL is sent it does nothing more, even where it can't die yet.
kill_runner() {
  local end
  uptime_now
  end=$((REPLY + 500))
  while alive "$1/runner" && uptime_now && ((REPLY < end)); do
    signal KILL "$PROCESS_PID"
    nap 0.05
  done
}

# UNENDED: the latest attempt of each step that did not end well, whichever run began it.
find_unended() {
  local file step
  UNENDED=()
  for file in "$deploy"/state/*/last; do
    step=${file#"$deploy/state/"}
    step=${step%/last}
    if last_attempt "$step" && ! ended_well "$LAST"; then
      UNENDED+=("$LAST")
    fi
  done
}

# Ends all that lives of them.
end_attempts() {
  local attempt
  find_unended
  for attempt in "${UNENDED[@]}"; do
    [[ -e $attempt/result ]] || put_first "$attempt/leader" $'pid=0\n' || :
  done
  scan_processes
  for attempt in "${UNENDED[@]}"; do
    members_of "$attempt"
    ((${#MEMBERS[@]} == 0)) || ATTEMPTS+=("$attempt")
  done
  end_members : left_of "${ATTEMPTS[@]}" || :
  for attempt in "${ATTEMPTS[@]}"; do
    [[ ! -e $attempt/result ]] || continue
    mark_cancelled "$attempt"
    first_line "$attempt/exit"
    if [[ $REPLY == cancelled ]]; then
      put "$attempt/result" cancelled || :
    fi
  done
}

# STEP: whose attempt the directory $1 is.
step_of() {
  STEP=${1#"$deploy"/runs/*/steps/}
  STEP=${STEP%/*}
}

# Says which steps the runner of the run in directory $1 cancelled.
say_ended() {
  local line
  while IFS= read -r line; do
    if [[ $line =~ ^[0-9]+\ failed\ ([^ ]+)\ .*\ cause=cancelled ]]; then
      put_entry "ended/${BASH_REMATCH[1]}" ''
    fi
  done 2>/dev/null <"$1/events"
}

# Says which attempts this ended itself; one that came to its end meanwhile has no result yet.
say_attempts() {
  local attempt
  for attempt in "${ATTEMPTS[@]}"; do
    if [[ -e $attempt/result ]]; then
      step_of "$attempt"
      put_entry "ended/$STEP" ''
    fi
  done
}

# Says what lives on all the same: the processes of each step, and the runner of the run in directory $1.
say_living() {
  local attempt
  find_unended
  scan_processes
  for attempt in "${UNENDED[@]}"; do
    members_of "$attempt"
    if ((${#MEMBERS[@]})); then
      step_of "$attempt"
      put_entry "living/$STEP" "${MEMBERS[*]}"
    fi
  done
  if [[ ! -e $1/end ]] && alive "$1/runner"; then
    put_entry living.runner "$PROCESS_PID"
  fi
}

# Does the runner's work for the run in directory $1.
cancel_without_runner() {
  end_attempts
  if [[ ! -e $1/end ]] || ((${#ATTEMPTS[@]})); then
    put_entry cancelled "$run"
    say_attempts
  fi
  say_living "$1"
  if [[ ! -e $1/end ]] && ! alive "$1/runner"; then
    put "$1/end" cancelled || :
  fi
}

trust_root "$1"
[[ -d $deploy ]] || exit 0
read_machine
value_of "$deploy/holder" run
run=$REPLY held=$deploy/runs/$REPLY
[[ -n $run && -d $held ]] || exit 0
# Also where nobody works on it: who follows it must not submit it again.
[[ -e $held/end ]] || put "$held/cancel" '' || exit 1
if [[ ! -e $held/end ]] && alive "$held/runner"; then
  if runner_ends "$held"; then
    put_entry cancelled "$run"
    say_ended "$held"
    say_living "$held"
    exit 0
  fi
  kill_runner "$held"
  if alive "$held/runner"; then # it keeps the lock until it dies
    cancel_without_runner "$held"
    exit 0
  fi
fi

# No runner works: what a dead one left running is ended here, under the lock.
run_dir=$deploy/runs/.cancel-$$
describe_process "$$"
mkdir "$run_dir" && put "$run_dir/runner" "$REPLY" || exit 1
if take_lock; then
  cancel_without_runner "$held"
  leave_lock
fi
rm -rf "$run_dir"
