# shellcheck shell=bash disable=SC2034,SC2086,SC2154,SC2004 # shares variables with the scripts that it is part of
# The checks of all steps for the survey, sixteen at a time. Each is a fork of one bash that begins with the environment of
# checks and has nothing of ours but what is listed here, and nothing at all once the check begins: to the check that is
# what exec_script gives it, but for $$, $! and $PPID, and it takes a third of the time.
# No quotes after ">&" here: bash 4.4 would make "&>" of it in the text of a function, a file with the name of a number.
OF_CHECKS='add_entry nap check_says put_answer start_worker run_checks tick answered overdue collect_checks'
WORKERS=16

# Starts them; put_checks prints what they say.
start_checks() {
  exec {CHECKS}< <(become_checks 2>/dev/null)
}

put_checks() { cat <&"$CHECKS"; }

# Becomes that bash. What it is to do comes over a pipe: arguments have limits.
become_checks() {
  local given
  given=${SENT[steps]-}
  [[ -n ${given//[[:space:]]/} ]] || exit 0
  cd /
  umask 022
  given_to_all
  exec 9< <(print_checks)
  export_all "${given[@]}"
  # shellcheck disable=SC2016 # for that bash
  exec "$BASH" --noprofile --norc -c 'eval "$(</dev/fd/9)"' check </dev/null
}

print_checks() {
  local step given count=0
  # On the first line, so that an error is told with the number of the check's own line.
  # shellcheck disable=SC2016 # for that bash
  printf 'become_check() { shopt -u lastpipe; set +m; unset -f become_check; unset -v %s; SECONDS=0; eval "$1"; }\n' \
    'ANSWERS GROUP SINCE TICKS NAP_FD REPLY ticker answer entries worker step said piece status'
  declare -f $OF_CHECKS
  printf 'OF_CHECKS=%q\n' "$OF_CHECKS"
  printf 'exec 9<&-\nexec {ANSWERS}<> <(:)\nLC_ALL=C\ndeclare -A CHECK=()\ndeclare -a LEFT=() GROUP=() SINCE=()\n'
  for step in ${SENT[steps]}; do
    given=("LC_ALL=${DEPLOY_BASE[LC_ALL]}")
    given_to_step "$step"
    text_of_step "$step"
    # A name may be one that is an array here.
    REPLY="unset -v ${given[*]%%=*}; export ${given[*]@Q}; $deploy_texts_work; set --; set -euo pipefail; $REPLY"$'\ncheck\nexit'
    printf 'CHECK[%s]=%s\nLEFT[%d]+=%q\n' "$step" "${REPLY@Q}" $((count++ % WORKERS)) "$step "
  done
  printf 'collect_checks %q\n' "${SENT[limit]:-30}"
}

# Starts a process group that runs the checks left to worker $1, one after another.
start_worker() {
  checks=()
  for step in ${LEFT[$1]}; do checks+=("$step" "${CHECK[$step]}"); done
  run_checks "$1" "${checks[@]}" &
  GROUP[$1]=$! SINCE[$1]=$TICKS
}

# Runs checks as worker $1: of each its step and its text. It answers on ANSWERS for each: worker, step, exit status and the
# end of what it said, as one line: one short write, which a pipe keeps in one piece.
run_checks() {
  worker=$1 # none of these is local: such a name stays known to the check, even without a value
  # Once, so that not each check has to forget them.
  unset -f $OF_CHECKS
  unset -v CHECK LEFT checks OF_CHECKS
  shopt -s lastpipe # read here, not in one more process
  shift
  while (($#)); do
    step=$1
    said=
    # Only a script that returns from itself comes to the second exit: that is an error, as in a bash of its own. Without the
    # brackets bash 5.2 adds one where "set -e" ends the check.
    (become_check "$2"; exit 2) 2>&1 {ANSWERS}>&- | while IFS= read -r -N 1024 piece || [[ $piece ]]; do
      said+=$piece
      ((${#said} < 4096)) || said=${said: -1024}
    done
    status=${PIPESTATUS[0]}
    ((${#said} <= 1024)) || said=${said: -1024}
    while [[ $said == *$'\n' ]]; do said=${said%$'\n'}; done
    said=${said//$'\003'/}
    printf '%s\n' "$worker $step $status ${said//$'\n'/$'\003'}" >&$ANSWERS
    shift 2
  done
}

# Writes "tick" among the answers, twice a second: to read with a time limit would not do, for bash loses a byte that it
# has just read when the time is up, and an answer with it.
tick() {
  while nap 0.5 && kill -0 "$$"; do printf 'tick\n' >&$ANSWERS; done
}

# Adds the answer of step $1 with exit status $2, which said $3, to `entries`.
put_answer() {
  check_says "$2"
  add_entry "check/$1" "$REPLY"
  [[ -z $3 ]] || add_entry "check/$1/said" "$3"
}

# Worker $1 has the answer to the first check that is left to it: exit status $2, which said $3.
answered() {
  put_answer "${LEFT[$1]%% *}" "$2" "$3"
  LEFT[$1]=${LEFT[$1]#* } SINCE[$1]=$TICKS
  [[ -n ${LEFT[$1]} ]] || unset "LEFT[$1]" "GROUP[$1]"
}

# Ends the check that worker $1 is at, with its children; those behind it go on.
overdue() {
  kill -s KILL -- "-${GROUP[$1]}"
  answered "$1" timeout ''
  [[ -z ${LEFT[$1]-} ]] || start_worker "$1"
}

# Runs all checks, each for at most $1 seconds, and prints the answers in one piece.
collect_checks() {
  TICKS=0 entries=
  set -m # a process group each
  tick >/dev/null &
  ticker=$!
  for worker in "${!LEFT[@]}"; do start_worker "$worker"; done
  while ((${#LEFT[@]})); do
    IFS= read -r -u "$ANSWERS" answer || break
    if [[ $answer == tick ]]; then
      TICKS=$((TICKS + 1))
      for worker in "${!LEFT[@]}"; do
        ((TICKS - SINCE[worker] <= $1 * 2)) || overdue "$worker"
      done
      continue
    fi
    worker=${answer%% *} answer=${answer#* }
    step=${answer%% *} answer=${answer#* }
    status=${answer%% *} said=${answer#* }
    # An answer that came when its time was just up is told already.
    [[ ${LEFT[$worker]-} != "$step "* ]] || answered "$worker" "$status" "${said//$'\003'/$'\n'}"
  done
  printf '%s' "$entries"
  kill "$ticker"
}
