# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# The lock: of all runners under one root, one works.

# Takes the lock for as long as this process lives. 1: another has it.
take_lock() {
  local status
  exec {LOCK_FD}>>"$deploy/lock"
  flock -n -E 99 "$LOCK_FD" 2>/dev/null
  status=$?
  case $status in
    0) return 0 ;;
    99)
      exec {LOCK_FD}>&-
      return 1
      ;;
    *) # this file system knows no flock
      take_lock_directory && return 0
      exec {LOCK_FD}>&-
      return 1
      ;;
  esac
}

# The same by a directory that names its owner: it is renamed into place whole, so it is never there without one.
take_lock_directory() {
  local mine=$deploy/lock.d.$$ theirs owner
  mkdir -p "$mine" && cp "$run_dir/runner" "$mine/runner" || return 1
  while ! mv -T "$mine" "$deploy/lock.d" 2>/dev/null; do
    theirs=$deploy/lock.d
    if alive "$theirs/runner"; then
      rm -rf "$mine"
      return 1
    fi
    slurp owner "$theirs/runner" || continue
    # Its owner is dead. Of several that move it away one wins; who moved a new owner's by mistake puts it back.
    mv -T "$theirs" "$mine.old" 2>/dev/null || continue
    slurp theirs "$mine.old/runner"
    if [[ $theirs == "$owner" ]]; then
      rm -rf "$mine.old"
    else
      mv -T "$mine.old" "$deploy/lock.d"
    fi
  done
}

# Gives it back. The process' end would do for flock, not for the directory.
leave_lock() {
  if [[ -d $deploy/lock.d ]]; then
    rm -rf "$deploy/lock.d"
  fi
  exec {LOCK_FD}>&-
}

# Says who has the lock, once its owner has written that, and ends; or returns 0 where the lock became free meanwhile.
refuse_unless_free() {
  local turn holder run
  for ((turn = 0; turn < 100; turn++)); do
    ! take_lock || return 0
    value_of "$deploy/holder" run
    run=$REPLY
    if [[ -n $run && -e $deploy/runs/$run/started && ! -e $deploy/runs/$run/end ]] && alive "$deploy/runs/$run/runner"; then
      break
    fi
    nap 0.05
  done
  slurp holder "$deploy/holder" || holder='error=another run holds this box, and has not said which'
  put "$run_dir/refused" "$holder"
  exit 0
}

# A volume can be in use by another machine, whose lock may not reach us. Such a run renews its counter: one that stands
# still for 15 seconds is dead, and what it left is marked so by taking its counter away.
refuse_if_elsewhere() {
  local run before now end
  local -A counters=()
  for run in "$deploy"/runs/*/; do
    run=${run%/}
    if [[ ! -e $run/end && -r $run/alive && -r $run/machine ]] && elsewhere "$run/machine"; then
      first_line "$run/alive"
      counters[$run]=$REPLY
    fi
  done
  ((${#counters[@]})) || return 0
  uptime_now
  end=$((REPLY + 1500))
  while uptime_now && ((REPLY < end)); do
    for run in "${!counters[@]}"; do
      before=${counters[$run]}
      first_line "$run/alive"
      now=$REPLY
      if [[ -n $now && $now != "$before" ]]; then
        value_of "$run/machine" host
        put "$run_dir/refused" "elsewhere=$REPLY"$'\n'
        leave_lock
        exit 0
      fi
    done
    nap 0.25
  done
  for run in "${!counters[@]}"; do rm -f "$run/alive"; done
}

# Whether the file $1 names another machine: all three differ.
elsewhere() {
  local part
  for part in boot:"$BOOT" pidns:"$PIDNS" host:"$HOST"; do
    value_of "$1" "${part%%:*}"
    [[ -n $REPLY && $REPLY != "${part#*:}" ]] || return 1
  done
}
