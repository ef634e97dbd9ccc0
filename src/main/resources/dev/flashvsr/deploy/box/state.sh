# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# What lies under .deploy, as entries.

put_state() {
  local file step
  put_file_entry box.json "$deploy/box.json"
  put_holder
  put_last_run
  for file in "$deploy"/checkpoints/*.json; do
    step=${file##*/}
    put_file_entry "checkpoint/${step%.json}" "$file"
  done
  for file in "$deploy"/state/*/last; do
    step=${file#"$deploy/state/"}
    step=${step%/last}
    put_file_entry "last/$step" "$file"
    put_attempt "$step"
  done
}

# Who has or had the lock. Its owner's process tells whether it is held: to try the lock would be in a runner's way.
put_holder() {
  local run
  [[ -e $deploy/holder ]] || return 0
  put_file_entry holder "$deploy/holder"
  value_of "$deploy/holder" run
  run=$deploy/runs/$REPLY
  if [[ ! -e $run/end ]] && alive "$run/runner"; then
    put_entry holder.alive yes
  else
    put_entry holder.alive no
  fi
}

# The newest run that began: the last that had the lock. By their names only where that is not known, because a name
# begins with the time of the machine that sent it, whose clock may be wrong or may have been set back.
put_last_run() {
  local run newest=
  for run in "$deploy"/runs/*/started; do
    newest=${run%/started}
  done
  if [[ -e $deploy/holder ]]; then
    value_of "$deploy/holder" run
    if [[ -n $REPLY && -e $deploy/runs/$REPLY/started ]]; then
      newest=$deploy/runs/$REPLY
    fi
  fi
  [[ $newest ]] || return 0
  put_entry run/last "${newest##*/}"
  put_file_entry run/last/end "$newest/end"
  put_file_entry run/last/plan "$newest/bundle/plan"
  put_file_entry run/last/secrets "$newest/secrets"
  put_why "$newest/runner.log"
}

# Why the runner stopped by itself, from the end of its own log, which is empty unless something was wrong.
put_why() {
  local line why=
  [[ -s $1 ]] || return 0
  while IFS= read -r line; do
    [[ $line != 'the run stops: '* ]] || why=${line#the run stops: }
  done < <(tail -c 4096 "$1" 2>/dev/null)
  [[ -z $why ]] || put_entry run/last/why "$why"
}

# The latest attempt at step $1.
put_attempt() {
  local name
  last_attempt "$1" || return 0
  for name in fingerprint before exit after result seconds; do
    put_file_entry "attempt/$1/$name" "$LAST/$name"
  done
  if alive "$LAST/leader" && [[ ! -e $LAST/result ]]; then
    put_entry "attempt/$1/running" yes
  elif ! ended_well "$LAST" && [[ -s $LAST/log ]]; then
    put_entry "attempt/$1/tail" "$(tail -c 2048 "$LAST/log")"
  fi
}
