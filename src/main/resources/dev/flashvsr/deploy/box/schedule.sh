# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# The run's graph: which step may begin, what the running ones came to, and when nothing is left.

AT_ONCE=8
ORDER=()         # ids of the plan, in order
FOREIGN=()       # ids out of the plan, whose attempts were taken over
declare -A STATE # waiting, checking, running, done, failed or blocked
declare -A NEEDS LOCKS LIMIT
declare -A WORK   # directory of the attempt or check in progress
declare -A CHILD  # pid of the leader that we started, by its directory
declare -A HELD   # which step has a lock
declare -A RAN    # steps with an attempt in this run
declare -A TRIES  # attempts that failed in this run
declare -A RETRY  # uptime before which a step is not tried again
declare -A BEFORE # what the check said before the first of these attempts
declare -A FORCE  # steps that run without asking, once
declare -A ABOVE  # of each taken-over step, the ids of all that it needs, each between blanks
declare -A KEPT   # steps that would run, but one that needs them still runs
BUSY=0            # how many steps are checking or running

# Step $1 is now $2.
set_state() {
  case ${STATE[$1]-} in checking | running) ((BUSY -= 1)) ;; esac
  case $2 in checking | running) ((BUSY += 1)) ;; esac
  STATE[$1]=$2
}

# Reads the bundle.
read_plan() {
  local step name value
  first_line "$bundle/agreed"
  AGREEMENT=${REPLY:-$run}
  mapfile -t ORDER <"$bundle/order"
  for step in "${ORDER[@]}"; do
    set_state "$step" waiting
    slurp value "$bundle/steps/$step/needs" && NEEDS[$step]=${value//$'\n'/ }
    slurp value "$bundle/steps/$step/locks" && LOCKS[$step]=${value//$'\n'/ }
    while IFS='=' read -r name value; do
      LIMIT[$step.$name]=$value
    done <"$bundle/steps/$step/limits"
    if [[ -e $bundle/steps/$step/force ]] && ! force_is_used "$step"; then
      FORCE[$step]=yes
    fi
  done
}

# Works until nothing can start any more and nothing runs.
work() {
  local pause=2 step look
  CHANGED=yes
  while :; do
    beat
    if [[ -e $run_dir/cancel ]]; then
      cancel_run
    fi
    # Those that wait are looked at when something changed, or when one waits for a time.
    look=$CHANGED${!RETRY[*]}
    CHANGED=
    for step in "${ORDER[@]}" "${FOREIGN[@]}"; do
      case ${STATE[$step]} in
        checking | running) led "${WORK[$step]}" || over "$step" ;;
        waiting) [[ -z $look ]] || consider "$step" ;;
      esac
    done
    if [[ $CHANGED ]]; then
      pause=2
      continue
    fi
    unfinished || end_run "$(result_of_run)"
    nap "0.$((pause / 10))$((pause % 10))"
    ((pause = pause < 12 ? pause * 2 : 20))
  done
}

# Whether a step of the plan or a taken-over one is not settled.
unfinished() {
  local step
  for step in "${!STATE[@]}"; do
    case ${STATE[$step]} in waiting | checking | running) return 0 ;; esac
  done
  return 1
}

# What the plan's steps came to; those of other plans don't count.
result_of_run() {
  local step
  for step in "${ORDER[@]}"; do
    if [[ ${STATE[$step]} != 'done' ]]; then
      printf failed
      return
    fi
  done
  printf ok
}

# Step $1 waits: is it its turn?
consider() {
  local step=$1 need planned after_run=''
  for need in ${NEEDS[$step]-}; do
    case ${STATE[$need]-done} in
      'done') after_run+=${RAN[$need]-} ;;
      failed | blocked)
        set_state "$step" blocked
        CHANGED=yes
        event blocked "$step" "by=$need"
        return
        ;;
      *) return ;;
    esac
  done
  if runs_above "$step" || { [[ -n ${KEPT[$step]-}${RETRY[$step]-}${FORCE[$step]-} ]] && runs_below "$step"; }; then
    return
  fi
  unset "KEPT[$step]"
  if [[ -n ${RETRY[$step]-} ]]; then
    uptime_now
    if ((REPLY >= ${RETRY[$step]})) && room_for "$step"; then
      begin "$step" resume "${BEFORE[$step]}"
    fi
    return
  fi
  first_line "$bundle/steps/$step/action"
  planned=$REPLY
  if [[ -n ${FORCE[$step]-} ]]; then
    if room_for "$step"; then
      unset "FORCE[$step]"
      begin "$step" force forced
    fi
  elif [[ -z $after_run && -z ${RAN[$step]-} && ($planned == skip || $planned == adopt) ]] && as_planned "$step"; then
    finish_as_wanted "$step" "$planned"
  elif room_for "$step"; then
    ask_check "$step"
  fi
}

# Whether step $1 may begin beside the running ones; then it has its locks.
room_for() {
  local lock
  ((BUSY < AT_ONCE)) || return 1
  for lock in ${LOCKS[$1]-}; do
    [[ -z ${HELD[$lock]-} ]] || return 1
  done
  for lock in ${LOCKS[$1]-}; do
    HELD[$lock]=$1
  done
}

# Frees the locks of step $1.
let_go() {
  local lock
  for lock in "${!HELD[@]}"; do
    if [[ ${HELD[$lock]} == "$1" ]]; then
      unset "HELD[$lock]"
    fi
  done
}

# Starts the decision check of step $1.
ask_check() {
  local directory=$run_dir/steps/$1/check
  rm -rf "$directory"
  mkdir -p "$directory" "$deploy/state/$1/tmp" || fail_run "the state of $1 can't be written"
  start_leader "$1" check
  WORK[$1]=$directory
  set_state "$1" checking
  CHANGED=yes
  event deciding "$1"
}

# Starts an attempt at step $1.
begin() {
  CHANGED=yes
  unset "RETRY[$1]"
  set_state "$1" running
  begin_attempt "$1" "$2" "$3"
  case $? in
    0) ;;
    2)
      let_go "$1"
      set_state "$1" failed
      event failed "$1" "attempt=$LAST_NUMBER" exit=none cause=still-running seconds=0 "pids=$(IFS=,; printf '%s' "${MEMBERS[*]}")"
      ;;
    *) fail_run "the state of $1 can't be written" ;;
  esac
}

# Step $1 needs no attempt.
finish_as_wanted() {
  CHANGED=yes
  let_go "$1"
  set_state "$1" 'done'
  settle "$1" "$2" || fail_run "the checkpoint of $1 can't be written"
}

# The check or the attempt of step $1 is over.
over() {
  CHANGED=yes
  if [[ ${STATE[$1]} == checking ]]; then
    check_over "$1"
  else
    attempt_over "$1"
  fi
}

check_over() {
  local said
  first_line "${WORK[$1]}/exit"
  said=${REPLY:-unknown} # its leader died
  decide "$1" "$said"
  case $REPLY in
    skip | adopt) finish_as_wanted "$1" "$REPLY" ;;
    *)
      if runs_below "$1"; then
        let_go "$1"
        KEPT[$1]=yes
        set_state "$1" waiting # it is asked again when that one is over
      else
        begin "$1" "$REPLY" "$said"
      fi
      ;;
  esac
}

attempt_over() {
  local step=$1 attempt=${WORK[$1]} wait
  judge "$step" "$attempt" || fail_run "the result of $step can't be written"
  let_go "$step"
  if [[ $REPLY == ok ]]; then
    event finished "$step" "attempt=${attempt##*/}" "seconds=$SECONDS_TAKEN"
    if planned_now "$step" && ! { made_for_today "$step" "$attempt" && needs_are_done "$step"; }; then
      set_state "$step" waiting # an earlier run's: it is done, but for another plan, or before what it needs is settled
    else
      set_state "$step" 'done'
    fi
  elif planned_now "$step" && ! made_for_today "$step" "$attempt"; then
    set_state "$step" waiting
    event retrying "$step" "attempt=${attempt##*/}" "exit=$EXIT" in=0
  elif planned_now "$step" && may_pass "$EXIT" && ((${TRIES[$step]-0} < ${LIMIT[$step.retries]-0})); then
    TRIES[$step]=$((${TRIES[$step]-0} + 1))
    wait=$((${LIMIT[$step.backoff]-10} << (${TRIES[$step]} - 1)))
    uptime_now
    RETRY[$step]=$((REPLY + wait * 100))
    set_state "$step" waiting
    event retrying "$step" "attempt=${attempt##*/}" "exit=$EXIT" "in=$wait"
  else
    set_state "$step" failed
    say_failed "$step" "$attempt"
  fi
}

# Says that the attempt in directory $2 failed for good.
say_failed() {
  event failed "$1" "attempt=${2##*/}" "exit=$EXIT" "cause=$CAUSE" "seconds=$SECONDS_TAKEN"
}

# Whether all is done that step $1 needs. Only an attempt that was taken over can end before that.
needs_are_done() {
  local need
  for need in ${NEEDS[$1]-}; do
    [[ ${STATE[$need]-done} == 'done' ]] || return 1
  done
}

# Whether step $1 is one of this plan.
planned_now() { [[ -d $bundle/steps/$1 ]]; }

# MEMBERS: what lives of all steps that run, and of attempts of this run that did not end well.
working_members() {
  local step directories=()
  for step in "${!WORK[@]}"; do
    if [[ ${STATE[$step]} != 'done' ]]; then
      directories+=("${WORK[$step]}")
    fi
  done
  left_of "${directories[@]}"
}

# Ends what runs, and the run. What can't be ended is found by who asked for it.
cancel_run() {
  local step
  for step in "${!STATE[@]}"; do
    case ${STATE[$step]} in
      checking | running) put_first "${WORK[$step]}/leader" $'pid=0\n' || : ;; # it was about to begin
    esac
  done
  end_members beat working_members || :
  for step in "${!STATE[@]}"; do
    if [[ ${STATE[$step]} == running ]]; then
      mark_cancelled "${WORK[$step]}"
      judge "$step" "${WORK[$step]}" || :
      if [[ $REPLY == ok ]]; then
        event finished "$step" "attempt=${WORK[$step]##*/}" "seconds=$SECONDS_TAKEN"
      else
        say_failed "$step" "${WORK[$step]}"
      fi
    fi
  done
  end_run cancelled
}
