#!/usr/bin/env bash
# runner.sh RUN_DIR: works through the bundle of one run. It owns the run and waits for no child: a few times a second it
# looks at what the leaders wrote, its own and those of earlier runs alike. Killed at any line, it leaves a state from
# which the next runner goes on.
set -uo pipefail
shopt -s nullglob
umask 077
export LC_ALL=C
run_dir=$1
run=${run_dir##*/} bundle=$run_dir/bundle
deploy=${run_dir%"/runs/$run"}
here=$bundle/box
# shellcheck source=/dev/null
for file in files procs secrets lock events checkpoint made decide attempt takeover schedule; do . "$here/$file.sh"; done

# Ends the run at once, because its own state can't be written: in words, and with the names of steps that it leaves running.
fail_run() {
  local step why=$1
  why_full
  why+=${REPLY:+: $REPLY}
  for step in "${!WORK[@]}"; do
    [[ ${STATE[$step]} != running ]] || ! led "${WORK[$step]}" || why+="; $step still runs, and the next run takes it over"
  done
  stop_run "$why"
  exit 1
}

# Says that the run ends for reason $1. Without a process: there may be none to be had.
stop_run() {
  local why=${1//%/%25}
  STOPPED=yes
  printf 'the run stops: %s\n' "$1" >&2
  event run-ended result=failed "why=${why//[[:space:]]/%20}"
  # Where there is no inode left, this one was kept.
  { printf failed >"$run_dir/end"; } 2>/dev/null || { printf failed >"$run_dir/spare" && mv -fT "$run_dir/spare" "$run_dir/end"; }
}

# This process ends. With 126 bash ends one that gets no other process, after trying for a quarter of a minute.
leave() {
  if (($? == 126)) && [[ ! $STOPPED ]]; then
    stop_run 'no process can be started on the box: a limit on their number is reached (ulimit -u, pids.max)'
  fi
}
STOPPED=

# Names this run as the one that works here.
hold() {
  local text='' name
  for name in run plan who from since agreed; do
    first_line "$bundle/$name"
    text+=$name=$REPLY$'\n'
  done
  put "$deploy/holder" "$text" || fail_run 'the holder of the lock can not be written'
}

# Ends the run with result $1. The event comes first: `end` is what others wait for.
end_run() {
  STOPPED=yes
  event run-ended "result=$1"
  put "$run_dir/end" "$1"
  leave_lock
  exit 0
}

secrets_came=
read_secrets && secrets_came=yes
exec </dev/null
nap 0
read_machine
describe_process "$$"
put "$run_dir/machine" "boot=$BOOT"$'\n'"pidns=$PIDNS"$'\n'"host=$HOST"$'\n'
put "$run_dir/runner" "$REPLY" || exit 1
if [[ ! $secrets_came ]]; then
  put "$run_dir/refused" 'error=the secrets did not arrive whole'$'\n'
  exit 1
fi
take_lock || refuse_unless_free
beat
refuse_if_elsewhere
hold
trap leave EXIT
: >"$run_dir/spare"
event run-started
put "$run_dir/started" "$run"$'\n'
read_plan
take_over
work
