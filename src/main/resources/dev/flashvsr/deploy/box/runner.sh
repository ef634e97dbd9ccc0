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

# Ends the run at once, in words, because its own state can't be written.
fail_run() {
  printf 'the run stops: %s\n' "$1" >&2
  event run-ended result=failed
  put "$run_dir/end" failed || :
  leave_lock
  exit 1
}

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
event run-started
put "$run_dir/started" "$run"$'\n'
read_plan
take_over
work
