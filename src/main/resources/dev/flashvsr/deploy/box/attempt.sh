# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# Attempts: beginning one, seeing that it is over, and judging it.

# Writes down a new attempt at step $1 (why: $2; what the check said: $3), then starts its leader. The order is such that
# a kill between any two lines leaves a state that reads as an attempt that was cut off, never as "as wanted".
# 1: it can't be written; 2: what MEMBERS lists, of the attempt before, lives on and can't be ended.
begin_attempt() {
  local step=$1 why=$2 before=$3 number=1 attempt file
  if last_attempt "$step" || [[ $LAST ]]; then
    ended_well "$LAST" || number=$((LAST_NUMBER + 1))
    end_session "$LAST" beat || return 2
  fi
  note_made "$step" <"$bundle/steps/$step/makes" || return 1
  attempt=$run_dir/steps/$step/$number
  mkdir -p "$attempt" "$deploy/state/$step/dir" "$deploy/state/$step/tmp" || return 1
  for file in fingerprint script locks checkpoint.head; do
    copy "$bundle/steps/$step/$file" "$attempt/$file" || return 1
  done
  put "$attempt/before" "$before" && put "$attempt/why" "$why" &&
    put "$deploy/state/$step/last" "$run $number"$'\n' || return 1
  [[ $why != force ]] || use_force "$step" || return 1
  if [[ -e $deploy/checkpoints/$step.json ]]; then
    mv -fT "$deploy/checkpoints/$step.json" "$attempt/checkpoint.old" || return 1
  fi
  : >>"$attempt/log"
  start_leader "$step" "$number"
  WORK[$step]=$attempt
  BEFORE[$step]=$before
  RAN[$step]=yes
  event started "$step" "attempt=$number" "why=$why" "log=${attempt#"$deploy/"}/log"
}

# Whether the force of step $1 was used already by an attempt under this agreement: the plan was submitted again.
force_is_used() {
  local used
  while IFS= read -r used; do
    [[ $used != "$AGREEMENT" ]] || return 0
  done 2>/dev/null <"$deploy/state/$1/forced"
  return 1
}

# Writes down that an attempt at step $1 uses its force, before it begins. The newest fifty agreements are kept.
use_force() {
  local used=()
  { mapfile -t used <"$deploy/state/$1/forced"; } 2>/dev/null || :
  used+=("$AGREEMENT")
  ((${#used[@]} <= 50)) || used=("${used[@]: -50}")
  printf -v REPLY '%s\n' "${used[@]}"
  put "$deploy/state/$1/forced" "$REPLY"
}

# Copies a small text file without a new process.
copy() {
  local content=''
  [[ ! -e $1 ]] || slurp content "$1" || return 1
  { printf '%s' "$content" >"$2"; } 2>/dev/null || { give_up_reserve && printf '%s' "$content" >"$2"; }
}

# Starts the leader of the attempt or check $2 at step $1, in a session of its own; an apply gets the secrets that its step names.
start_leader() {
  local directory=$run_dir/steps/$1/$2
  if [[ $2 != check && -s $bundle/steps/$1/secrets ]]; then
    say_secrets_of "$1" {LOCK_FD}>&- | become_leader "$@" &
  else
    become_leader "$@" </dev/null &
  fi
  CHILD[$directory]=$!
}

# Does not hold our lock.
become_leader() {
  DEPLOY_ATTEMPT=$run_dir/steps/$1/$2 exec setsid "$BASH" --noprofile --norc "$here/leader.sh" "$deploy" "$run" "$1" "$2" \
    >/dev/null 2>>"$run_dir/runner.log" {LOCK_FD}>&- {NAP_FD}>&-
}

# Whether the leader of directory $1 works, or is about to begin. One that was stopped is made to go on: it enforces limits.
led() {
  if [[ -e $1/leader ]]; then
    alive "$1/leader" || return 1
    [[ $STAT_STATE != T ]] || kill -s CONT "$PROCESS_PID" 2>/dev/null || :
  else
    [[ -n ${CHILD[$1]-} ]] && read_stat "${CHILD[$1]}"
  fi
}

# Judges the attempt in directory $2 at step $1, which is over. REPLY: ok, failed, cut-off or cancelled; CAUSE: as the
# event `failed` names it; EXIT, SECONDS_TAKEN. The checkpoint is on the disk before the result.
judge() {
  local step=$1 attempt=$2 after result
  first_line "$attempt/exit"
  EXIT=$REPLY
  first_line "$attempt/after"
  after=$REPLY
  first_line "$attempt/seconds"
  SECONDS_TAKEN=${REPLY:-0}
  CAUSE=$EXIT result=failed
  case $EXIT:$after in
    0:yes) result=ok CAUSE= ;;
    0:no) CAUSE=check ;;
    0:unknown) CAUSE=unconfirmed ;;
    timeout:* | log-limit:*) ;;
    cancelled:*) result=cancelled ;;
    0: | :*) result=cut-off CAUSE=cut-off ;;
    *) CAUSE='exit' ;;
  esac
  if [[ $result == cut-off ]]; then
    end_session "$attempt" beat || : # what its dead leader can't end any more
    EXIT=${EXIT:-none}
  fi
  if [[ $result == ok ]]; then
    value_of_path "$attempt"
    write_checkpoint "$step" "$attempt/checkpoint.head" "$OWNER_RUN" "$OWNER_NUMBER" "$SECONDS_TAKEN" || return 1
  fi
  put "$attempt/result" "$result" || return 1
  REPLY=$result
}

# OWNER_RUN and OWNER_NUMBER of the attempt directory $1.
value_of_path() {
  OWNER_NUMBER=${1##*/}
  OWNER_RUN=${1#"$deploy/runs/"}
  OWNER_RUN=${OWNER_RUN%%/*}
}

# Whether an attempt that ended with $1 may pass when tried again.
may_pass() { [[ $1 =~ ^[0-9]+$ ]] && { (($1 == 75)) || (($1 >= 129 && $1 <= 192)); }; }

# Writes down that the attempt in directory $1 was cancelled, unless it had come to its end.
mark_cancelled() {
  first_line "$1/exit"
  if [[ ${REPLY:-0} == 0 && ! -e $1/after ]]; then
    put "$1/exit" cancelled || :
  fi
}
