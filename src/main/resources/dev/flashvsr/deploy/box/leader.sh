#!/usr/bin/env bash
# leader.sh DEPLOY RUN STEP NAME: one attempt at a step (apply, then the check after it), or one decision check, where NAME
# is "check". It leads a session of its own, so that it outlives the runner, and writes down how it ended.
set -uo pipefail
shopt -s nullglob
umask 077
deploy=$1 run_dir=$1/runs/$2 step=$3 attempt=$1/runs/$2/steps/$3/$4
here=${BASH_SOURCE[0]%/*}
# shellcheck source=/dev/null
for file in files procs secrets env check; do . "$here/$file.sh"; done
bundle=$run_dir/bundle/steps/$step

timeout=0 check_timeout=600 log_limit=0 confirm_pause=10
while IFS='=' read -r name value; do
  case $name in
    timeout | check_timeout | log_limit | confirm_pause) printf -v "$name" '%s' "$value" ;;
  esac
done <"$bundle/limits"

# Fills `given` with the environment that check and apply have in common.
common_environment() {
  local file value
  given=()
  for file in "$run_dir"/env/* "$bundle"/vars/*; do
    slurp value "$file" && given+=("${file##*/}=$value")
  done
  given+=("STEP_ID=$step" "STEP_DIR=$deploy/state/$step/dir")
  ! temporary_of "$step" || given+=("TMPDIR=$REPLY")
}

# Adds to `given` what only apply gets.
apply_environment() {
  local name
  given+=("STEP_FILES=$bundle/files" "STEP_ATTEMPT=${attempt##*/}" "DEPLOY_ATTEMPT=$attempt")
  for name in "${!SECRETS[@]}"; do given+=("$name=${SECRETS[$name]}"); done
}

# The kernel is to take the compiler before its leader and the runner.
offer_to_oom() {
  local score
  read -r score </proc/self/oom_score_adj
  score=$((score + 500 > 1000 ? 1000 : score + 500))
  { printf '%s' "$score" >/proc/self/oom_score_adj; } 2>/dev/null || :
}

# Removes temporary files that an earlier attempt has left.
empty_temporary() {
  local place=$deploy/state/$step/tmp left
  shopt -s dotglob
  left=("$place"/*)
  shopt -u dotglob
  ((${#left[@]} == 0)) || { rm -rf "$place" && mkdir "$place"; }
}

# Becomes the script's check or apply.
become() {
  if [[ $1 == apply ]]; then
    offer_to_oom
    cd "$deploy/state/$step/dir" || exit 75
    apply_environment
  else
    cd /
  fi
  exec_script "$1" "$text" "${given[@]}"
}

# REPLY: bytes in the log.
log_size() { REPLY=$(stat -c %s "$attempt/log" 2>/dev/null) || REPLY=0; }

# A runner that was stopped (SIGSTOP) is made to go on, as it does with its leaders: nothing would ever begin again.
wake_runner() {
  value_of "$deploy/holder" run
  if alive "$deploy/runs/$REPLY/runner" && [[ $STAT_STATE == T ]]; then
    kill -s CONT "$PROCESS_PID" 2>/dev/null || :
  fi
}

# Runs the check or apply in a process group of its own, for at most $2 seconds (0: no limit). REPLY: its exit status,
# or timeout, or log-limit.
run_limited() {
  local function=$1 limit=$2 child start begun looked pause=2 over=
  set -m
  become "$function" &
  child=$!
  set +m
  read_stat "$child" && start=$STAT_START || start=0
  uptime_now
  begun=$REPLY looked=$REPLY
  while read_stat "$child" && [[ $STAT_START == "$start" ]]; do
    nap "0.$((pause / 10))$((pause % 10))"
    ((pause = pause < 16 ? pause * 2 : 25))
    uptime_now
    if ((limit > 0 && REPLY - begun > limit * 100)); then
      over=timeout
      end_session "$attempt"
    elif ((REPLY - looked > 100)); then
      looked=$REPLY
      wake_runner
      if ((log_limit > 0)) && log_size && ((REPLY > log_limit)); then
        over=log-limit
        end_session "$attempt"
      fi
    fi
  done
  wait "$child" 2>/dev/null
  REPLY=$?
  [[ -z $over ]] || REPLY=$over
}

# REPLY: what the check says.
ask() {
  run_limited check "$check_timeout"
  check_says "$REPLY"
}

# The check after apply; what can't be told is asked once more.
confirm() {
  ask
  if [[ $REPLY == unknown ]]; then
    nap "$confirm_pause"
    ask
  fi
}

# Apply, its exit, then the check.
lead_apply() {
  local begun status said=
  uptime_now
  begun=$REPLY
  run_limited apply "$timeout"
  status=$REPLY
  if [[ $status == 0 ]]; then
    put "$attempt/exit" 0
    confirm
    said=$REPLY
  fi
  # What is left of a failure is of no use to anybody, and in the way of others.
  [[ $said == yes ]] || end_session "$attempt" || :
  uptime_now
  put "$attempt/seconds" $(((REPLY - begun) / 100))
  if [[ -n $said ]]; then
    put "$attempt/after" "$said"
  else
    put "$attempt/exit" "$status"
  fi
}

read_machine
describe_process "$$"
# Whoever comes first: a later runner that finds no leader here puts a dead one in its place, and then we must not begin.
put_first "$attempt/leader" "$REPLY" || exit 0
if [[ ${attempt##*/} != check && -s $bundle/secrets ]]; then
  read_secrets || exit 1 # the runner died over it: this attempt was cut off
fi
exec >>"$attempt/log" 2>&1 </dev/null
library='' script=''
slurp library "$run_dir/bundle/library.sh"
slurp script "$bundle/script.sh"
text=$library$'\n'$script
declare -a given
[[ ${attempt##*/} == check ]] || empty_temporary
common_environment
export_nothing
if [[ ${attempt##*/} == check ]]; then
  ask && put "$attempt/exit" "$REPLY"
else
  lead_apply
fi
wake_runner
