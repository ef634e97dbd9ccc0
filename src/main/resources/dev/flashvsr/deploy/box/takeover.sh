# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# What earlier runs left: attempts that still run are taken over, those that ended unjudged are judged.

# Looks at the latest attempt of every step under this root, in the plan or not.
take_over() {
  local file step
  for file in "$deploy"/state/*/last; do
    step=${file#"$deploy/state/"}
    step=${step%/last}
    if last_attempt "$step" && [[ ! -e $LAST/result ]]; then
      take_over_attempt "$step" "$LAST"
    fi
  done
}

take_over_attempt() {
  local step=$1 attempt=$2 dead=$'pid=0\n'
  # Without a leader it was cut off before its first word; a late one must not begin any more.
  if [[ ! -e $attempt/leader ]]; then
    put_first "$attempt/leader" "$dead" || :
  fi
  if alive "$attempt/leader"; then
    follow_foreign "$step" "$attempt"
  else
    judge "$step" "$attempt" || fail_run "the state of $step can't be written"
  fi
}

# Counts the living attempt in directory $2 as running here.
follow_foreign() {
  local step=$1 attempt=$2 lock started
  [[ -n ${STATE[$step]-} ]] || FOREIGN+=("$step")
  set_state "$step" running
  WORK[$step]=$attempt
  RAN[$step]=yes
  first_line "$attempt/before"
  BEFORE[$step]=$REPLY
  value_of_path "$attempt"
  all_needs "$step" "$deploy/runs/$OWNER_RUN/bundle"
  ABOVE[$step]=$REPLY
  all_needs "$step" "$bundle"
  ABOVE[$step]+=$REPLY
  while IFS= read -r lock; do
    [[ -z $lock ]] || HELD[$lock]=$step
  done <"$attempt/locks"
  started=$(stat -c %Y "$attempt/leader") || started=0
  event taken-over "$step" "attempt=${attempt##*/}" "log=${attempt#"$deploy/"}/log" "started=$started"
}

# REPLY: ids of all steps that step $1 needs, also through others and through such as were not selected, by the bundle $2.
all_needs() {
  local step need line todo=("$1")
  local -A needs=()
  while IFS= read -r line; do
    needs[${line%% *}]=${line#* }
  done 2>/dev/null <"$2/graph"
  REPLY=' '
  while ((${#todo[@]})); do
    step=${todo[-1]}
    unset 'todo[-1]'
    for need in ${needs[$step]-}; do
      if [[ $REPLY != *" $need "* ]]; then
        REPLY+="$need "
        todo+=("$need")
      fi
    done
  done
}

# Whether a taken-over step still runs that needs step $1: what it reads must not be made anew meanwhile.
runs_below() {
  local other
  for other in "${!ABOVE[@]}"; do
    [[ $other == "$1" || ${STATE[$other]} != running || ${ABOVE[$other]} != *" $1 "* ]] || return 0
  done
  return 1
}

# Whether a taken-over step still runs that step $1 needs.
runs_above() {
  local other
  for other in "${!ABOVE[@]}"; do
    if [[ $other != "$1" && ${STATE[$other]} == running ]]; then
      all_needs "$1" "$bundle"
      [[ $REPLY != *" $other "* ]] || return 0
    fi
  done
  return 1
}

# Whether the attempt in directory $2 was made for what step $1 is today.
made_for_today() {
  local fingerprint
  first_line "$bundle/steps/$1/fingerprint"
  fingerprint=$REPLY
  first_line "$2/fingerprint"
  [[ $REPLY == "$fingerprint" ]]
}
