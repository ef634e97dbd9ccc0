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
  while IFS= read -r lock; do
    [[ -z $lock ]] || HELD[$lock]=$step
  done <"$attempt/locks"
  started=$(stat -c %Y "$attempt/leader") || started=0
  event taken-over "$step" "attempt=${attempt##*/}" "log=${attempt#"$deploy/"}/log" "started=$started"
}

# Whether the attempt in directory $2 was made for what step $1 is today.
made_for_today() {
  local fingerprint
  first_line "$bundle/steps/$1/fingerprint"
  fingerprint=$REPLY
  first_line "$2/fingerprint"
  [[ $REPLY == "$fingerprint" ]]
}
