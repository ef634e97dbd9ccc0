# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# Removes what clean was told to, as a run with the lock, in a session of its own. It says on stdout what it does, a line
# each, to whoever still listens. Killed at any line, it leaves no checkpoint of what is gone, and clean goes on from there.

clean_up() {
  local path
  trap '' PIPE
  nap 0
  read_machine
  describe_process "$$"
  put "$run_dir/machine" "boot=$BOOT"$'\n'"pidns=$PIDNS"$'\n'"host=$HOST"$'\n'
  put "$run_dir/runner" "$REPLY" || refuse_clean 'error=the state can not be written'
  take_lock || refuse_clean "$(cat "$deploy/holder" 2>/dev/null)"
  beat
  trap 'refuse_elsewhere' EXIT
  refuse_if_elsewhere
  trap - EXIT
  refuse_if_living
  put "$deploy/holder" "run=$run"$'\n'"plan=clean"$'\n'"who=$who"$'\n'"from=$from"$'\n'"since=$since"$'\n'
  event run-started
  put "$run_dir/started" "$run"$'\n'
  say started

  FAILED=
  [[ ! $WHOLE ]] || rm -f "$deploy/reserve" # there may be no room for the names below
  mkdir -p "$deploy/trash" || { give_up_reserve && mkdir -p "$deploy/trash"; }
  empty_trash
  look
  for path in "${TAKE[@]}"; do
    if [[ -e $run_dir/cancel ]]; then
      break
    elif [[ -n ${AGREED[$path]-} ]]; then
      remove_path "$path"
    else
      fail_path "$path" 'it was made after the list'
    fi
  done
  forget_gone
  [[ ! -e $run_dir/cancel ]] || end_clean cancelled
  for path in "${LEAVE[@]}"; do
    # What could not be removed is still ours, and so is the record of it.
    [[ ${WHY[$path]} != mount* ]] || FAILED=yes
  done
  [[ ! $FAILED ]] || end_clean failed
  [[ ! $WHOLE ]] || remove_record
  end_clean ok
}

say() { printf '%s\n' "$*" 2>/dev/null || :; }

# Another run has the lock, $1 says which, or something else is in the way.
refuse_clean() {
  say "refused ${1//$'\n'/$'\t'}"
  rm -rf "$run_dir"
  exit 0
}

# Says what refuse_if_elsewhere found when it ended us.
refuse_elsewhere() {
  first_line "$run_dir/refused"
  say "refused $REPLY"
  rm -rf "$run_dir"
}

# Steps of earlier runs may live without a runner. What is left of dead ones is ended, as a new attempt would; also what
# the steps that are removed have left running when they were done.
refuse_if_living() {
  local file step left=()
  for file in "$deploy"/state/*/last; do
    step=${file#"$deploy/state/"}
    step=${step%/last}
    last_attempt "$step" || continue
    if [[ ! -e $LAST/result ]]; then
      [[ -e $LAST/leader ]] || put_first "$LAST/leader" $'pid=0\n' || :
      if alive "$LAST/leader"; then
        leave_lock
        refuse_clean "living=$step"
      fi
    fi
    if is_chosen "$step" || ! ended_well "$LAST"; then
      left+=("$LAST")
    fi
  done
  if ! end_members beat left_of "${left[@]}"; then
    leave_lock
    refuse_clean "processes=${MEMBERS[*]}"
  fi
}

# Removes path $1: first the checkpoints that would claim it, then its name, then what is in it.
remove_path() {
  local path=$1 step said
  for step in ${GO[$path]}; do
    rm -f "$deploy/checkpoints/$step.json" || { fail_path "$path" 'its checkpoint can not be removed'; return; }
  done
  TRASHED=$((TRASHED + 1))
  if ! said=$(mv -T -- "$root/$path" "$deploy/trash/$run.$TRASHED" 2>&1); then
    fail_path "$path" "$said"
    return
  fi
  if remove_tree "$deploy/trash/$run.$TRASHED"; then
    say "removed $path"
  else
    fail_path "$path" "$REPLY"
  fi
}

fail_path() {
  FAILED=yes
  say "failed $1"$'\t'"${2//$'\n'/; }"
}

# Removes all of $1, links themselves and never what they lead to. REPLY: why not.
remove_tree() {
  local pid
  (
    rm -rf --one-file-system -- "$1" 2>/dev/null && exit 0
    # A directory that its owner may not write in.
    [[ -L $1 ]] || chmod -R u+rwX -- "$1" 2>/dev/null
    exec rm -rf --one-file-system -- "$1"
  ) >"$run_dir/said" 2>&1 {LOCK_FD}>&- &
  pid=$!
  while read_stat "$pid"; do
    beat
    nap 0.05
  done
  wait "$pid" && return 0
  first_line "$run_dir/said"
  return 1
}

# What a clean that was ended has left: the names are gone, the bytes not.
empty_trash() {
  local left=("$deploy"/trash/*)
  TRASHED=0
  ((${#left[@]})) || return 0
  if remove_tree "$deploy/trash"; then
    say 'removed .deploy/trash'
    mkdir -p "$deploy/trash"
  else
    fail_path .deploy/trash "$REPLY"
  fi
}

# Directories on the way that are ours and empty go; then the record, and the state of steps of which nothing is left.
forget_gone() {
  local path step text=
  local -A kept=()
  while IFS= read -r path; do
    if [[ -n $path && ${WORD_OF[$path]} == 'dir' && $path != . ]] && is_path "$path" && [[ -d $root/$path && ! -L $root/$path ]]; then
      rmdir -- "$root/$path" 2>/dev/null || :
    fi
  done < <(printf '%s\n' "${!WORD_OF[@]}" | sort -r)
  for path in "${!WORD_OF[@]}"; do
    if [[ $path == . ]] || is_there "$path"; then
      for step in ${STEPS_OF[$path]}; do
        kept[$step]=yes
        text+="${WORD_OF[$path]} $step $path"$'\n'
      done
    fi
  done
  for path in "${TAKE[@]}"; do
    for step in ${GO[$path]}; do
      if [[ -z ${kept[$step]-} && $step != - ]] && is_chosen "$step"; then
        # With its counted attempts it begins anew.
        rm -f "$deploy/checkpoints/$step.json" "$deploy/state/$step/last"
        rm -rf "$deploy/state/$step"
      fi
    done
  done
  put "$deploy/made" "$text" sync || :
}

is_chosen() { ((${#ONLY[@]} == 0)) || [[ " ${ONLY[*]} " == *" $1 "* ]]; }

# Removes .deploy, and the root if that was ours and is empty. What others find it by goes last, in one rename.
remove_record() {
  local entry name
  for entry in "$deploy"/* "$deploy"/.[!.]*; do
    name=${entry##*/}
    case $name in box.json | lock | lock.d | holder | made | runs) continue ;; esac
    remove_tree "$entry" || { fail_path ".deploy/$name" "$REPLY"; end_clean failed; }
  done
  for entry in "$deploy"/runs/* "$deploy"/runs/.[!.]*; do
    if [[ $entry != "$run_dir" ]]; then
      remove_tree "$entry" || { fail_path ".deploy/runs/${entry##*/}" "$REPLY"; end_clean failed; }
    fi
  done
  event run-ended result=ok
  rm -rf "$root/.deploy-removed"
  if ! mv -T -- "$deploy" "$root/.deploy-removed"; then
    fail_path .deploy 'it can not be renamed'
    end_clean failed
  fi
  remove_rest
}

# Removes what the record has become, and an empty root of ours. This alone is left where a clean was ended just here.
remove_rest() {
  if ! rm -rf -- "$root/.deploy-removed"; then
    say $'failed .deploy-removed\tit can not be removed'
    say failed
    exit 0
  fi
  say 'removed .deploy'
  if [[ ${WORD_OF[.]-} == 'dir' ]] && rmdir -- "$root" 2>/dev/null; then
    say 'removed .'
  fi
  say ok
  exit 0
}

# Ends the run with result $1.
end_clean() {
  event run-ended "result=$1"
  put "$run_dir/end" "$1"
  leave_lock
  say "$1"
  exit 0
}
