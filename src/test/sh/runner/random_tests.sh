# shellcheck shell=bash disable=SC2016,SC2034,SC2119,SC2120,SC2153,SC2154 # part of run.sh; holds other scripts' text
# Random plans, and what may happen to them, held against a model. What is not a matter of time comes from the seed.
# RANDOM_SEEDS: the seeds, each a test of its own in all but name.

# What every random step does. It looks at itself when it begins: who else is at work must neither be itself, nor share a
# lock, nor need it, nor be needed by it. An effect holds the fingerprint that it was made for.
RANDOM_LIBRARY='
living() { local stat=""; { IFS= read -r -d "" stat <"/proc/$1/stat" || :; } 2>/dev/null; [[ $stat && ${stat##*) } != [ZX]* ]]; }
wrong() { printf "%s: %s\n" "$STEP_ID" "$*" >>"$EFFECTS/wrong"; }
alone() {
  local file other
  for file in "$EFFECTS"/in/*; do
    other=${file##*/}
    if [[ " $APART " == *" ${other%%.*} "* ]] && living "$(<"$file")"; then wrong "began beside ${other%%.*}"; fi
  done
  for other in $NEEDED; do [[ -e $EFFECTS/$other ]] || wrong "began without $other"; done
}
check() { sleep "$CHECKING"; [[ -e $EFFECTS/$STEP_ID && $(<"$EFFECTS/$STEP_ID") == "$VALUE" ]]; }
apply() {
  local had=no number
  [[ ! -e $EFFECTS/$STEP_ID || $(<"$EFFECTS/$STEP_ID") != "$VALUE" ]] || had=yes
  mkdir -p "$EFFECTS/in"
  alone
  printf "%s" "$$" >"$EFFECTS/in/$STEP_ID.$$"
  printf "%s %s %s\n" "${DEPLOY_ATTEMPT##*/.deploy/}" "$had" "$VALUE" >>"$EFFECTS/trace"
  number=$(grep -c "/steps/$STEP_ID/" "$EFFECTS/trace")
  case $ESCAPE in
    yes)
      setsid bash -c '\''printf "%s" "$$" >"$EFFECTS/in/$STEP_ID.ghost.$$"; sleep 600'\'' </dev/null >/dev/null 2>&1 &
      sleep 0.05
      ;;
  esac
  sleep "$WORKING"
  ((number > FAILS)) || exit "$STATUS"
  printf "%s" "$VALUE" >"$EFFECTS/$STEP_ID.new"
  mv "$EFFECTS/$STEP_ID.new" "$EFFECTS/$STEP_ID"
  if [[ $ESCAPE == yes ]]; then
    for number in "$EFFECTS/in/$STEP_ID.ghost."*; do kill "$(<"$number")" 2>/dev/null || :; done
  fi
}
'

random() { REPLY=$((RANDOM % $1)); }
chance() { ((RANDOM % 100 < $1)); }
random_nap() { read -r -t "0.$((RANDOM % 10))" -u "$NAP" || :; }

# Makes the steps of the playbook, once: what they need, lock and do.
random_playbook() {
  local i j
  random 4
  COUNT=$((REPLY + 3))
  declare -gA R_NEEDS=() R_ABOVE=() R_LOCKS=() R_FP=() R_RETRIES=() R_SAYS=()
  for ((i = 1; i <= COUNT; i++)); do
    R_NEEDS[s$i]='' R_ABOVE[s$i]=' ' R_LOCKS[s$i]='' R_FP[s$i]=1
    for ((j = 1; j < i; j++)); do
      if chance 35; then
        R_NEEDS[s$i]+="s$j "
        R_ABOVE[s$i]+="s$j ${R_ABOVE[s$j]# }"
      fi
    done
    ! chance 25 || R_LOCKS[s$i]=l
    random 3
    R_RETRIES[s$i]=$REPLY
    R_SAYS[s$i]="WORKING=0.$((RANDOM % 5)) CHECKING=0.0$((RANDOM % 9)) ESCAPE=$(chance 25 && printf yes || printf no)"
    if chance 30; then
      R_SAYS[s$i]+=" FAILS=$((RANDOM % 2 + 1)) STATUS=$(chance 60 && printf 75 || printf 3)"
    else
      R_SAYS[s$i]+=' FAILS=0 STATUS=3'
    fi
  done
}

# Agrees to a plan: all steps, or one and what it needs; some are forced. FORCED: which.
random_agreement() {
  local i id other apart assignment chosen=' ' force
  new_plan "$(hash "$RANDOM$RANDOM")"
  rm -f "$PLAN/graph"
  printf '%s' "$RANDOM_LIBRARY" >"$PLAN/library.sh"
  for ((i = 1; i <= COUNT; i++)); do chosen+="s$i "; done
  if chance 25; then
    random "$COUNT"
    chosen=" s$((REPLY + 1)) ${R_ABOVE[s$((REPLY + 1))]# }"
  fi
  FORCED=' '
  for ((i = 1; i <= COUNT; i++)); do
    id=s$i force=
    printf '%s %s\n' "$id" "${R_NEEDS[$id]}" >>"$PLAN/graph"
    [[ $chosen == *" $id "* ]] || continue
    if chance "${1-25}"; then force=yes FORCED+="$id "; fi
    step "$id" 'true' needs="${R_NEEDS[$id]}" locks="${R_LOCKS[$id]}" above="${R_NEEDS[$id]}" retries="${R_RETRIES[$id]}" fp="$id ${R_FP[$id]}" force="$force"
    apart=
    for other in "${!R_NEEDS[@]}"; do
      if [[ $other == "$id" || ${R_ABOVE[$id]} == *" $other "* || ${R_ABOVE[$other]} == *" $id "* ]] ||
        [[ ${R_LOCKS[$id]} && ${R_LOCKS[$other]} ]]; then
        apart+="$other "
      fi
    done
    printf '%s' "$apart" >"$PLAN/steps/$id/vars/APART"
    printf '%s' "${R_NEEDS[$id]}" >"$PLAN/steps/$id/vars/NEEDED"
    printf '%s' "${R_FP[$id]}" >"$PLAN/steps/$id/vars/VALUE"
    for assignment in ${R_SAYS[$id]}; do
      printf '%s' "${assignment#*=}" >"$PLAN/steps/$id/vars/${assignment%%=*}"
    done
  done
  hash "agreement $PLAN" >"$PLAN/agreed"
  AGREEMENTS+=("$(<"$PLAN/agreed")=$FORCED")
  printf 'agreement %s forced%s\n' "${PLAN##*/}" "$FORCED" >>"$BOX/story"
}

# Hands the plan over, as a client does that sees no runner; killed in the midst where $1 says so.
random_submit() {
  local client
  printf 'submit %s\n' "${1-}" >>"$BOX/story"
  if [[ ${1-} == killed ]]; then
    (submit >/dev/null 2>&1) &
    client=$!
    random_nap
    kill -s KILL "$client" 2>/dev/null || :
    wait "$client" 2>/dev/null || :
  else
    submit >"$BOX/answer"
  fi
}

# The newest run that has begun.
find_run() {
  RUN=$(sed -n 's/^run=//p' "$DEPLOY/holder" 2>/dev/null) || RUN=
  RUN_DIR=$DEPLOY/runs/$RUN
  [[ $RUN && -d $RUN_DIR ]]
}

# One thing that may happen to the box.
random_event() {
  local file victim
  random 12
  case $REPLY in
    0 | 1 | 2)
      if find_run; then
        printf 'kill runner\n' >>"$BOX/story"
        kill_runner
      fi
      ;;
    3 | 4)
      if find_run; then
        printf 'kill leaders\n' >>"$BOX/story"
        for file in "$DEPLOY"/runs/*/steps/*/*/leader; do
          if ! chance 50 || [[ ! -e $file ]]; then continue; fi
          victim=$(pid_in "$file")
          if [[ ${victim:-0} != 0 ]] && ! gone "$victim" && tr '\0' '\n' <"/proc/$victim/environ" 2>/dev/null | grep -q "^DEPLOY_ATTEMPT=${file%/leader}$"; then
            kill -s KILL "$victim" 2>/dev/null || :
          fi
        done
      fi
      ;;
    5) ! find_run || kill -s STOP "$(pid_in "$RUN_DIR/runner")" 2>/dev/null || : ;;
    6)
      printf 'cancel\n' >>"$BOX/story"
      box_script "$CANCEL" "$ROOT" >"$BOX/cancelled"
      if grep -q '^cancelled' "$BOX/cancelled"; then
        hasnt "$(<"$BOX/cancelled")" living
        no_attempt_lives
      fi
      ;;
    7 | 8) random_submit killed ;;
    9)
      random "$COUNT"
      R_FP[s$((REPLY + 1))]=$((${R_FP[s$((REPLY + 1))]} + 1))
      printf 'changed s%d\n' "$((REPLY + 1))" >>"$BOX/story"
      random_agreement
      ;;
    10) random_agreement 40 ;;
    *) ;;
  esac
}

# Whether nothing of an attempt below this root lives but what steps left that were done.
no_attempt_lives() {
  local file
  for file in "$EFFECTS"/in/*; do
    if [[ -e $file ]] && ! gone "$(<"$file")" && ! done_well "${file##*/}"; then
      printf 'lives: %s\n' "$file" >>"$EFFECTS/wrong"
    fi
  done
}

# Whether the latest attempt of the step that a marker names ended well.
done_well() {
  local id=${1%%.*} run number
  read -r run number <"$DEPLOY/state/$id/last"
  [[ $(cat "$DEPLOY/runs/$run/steps/$id/$number/result" 2>/dev/null) == ok ]]
}

# Submits the plan until a run of it has come to its end; a stopped runner is let go on.
settle_plan() {
  local turn
  for ((turn = 0; turn < 6; turn++)); do
    if find_run && [[ ! -e $RUN_DIR/end ]] && ! gone "$(pid_in "$RUN_DIR/runner")"; then
      kill -s CONT "$(pid_in "$RUN_DIR/runner")" 2>/dev/null || :
      await 60 run_is_over
    fi
    random_submit
    if [[ $(<"$BOX/answer") == started* ]]; then
      wait_for_end
      [[ $END == ok ]] && return
    fi
  done
  printf 'it does not converge: %s\n' "${END-}"
  return 1
}

run_is_over() { [[ -e $RUN_DIR/end ]] || gone "$(pid_in "$RUN_DIR/runner")"; }

# Holds what happened against the model.
judge_history() {
  local attempt had value agreement forced id run count why before previous last
  local -A latest=() forces=()
  while read -r attempt had value; do
    id=${attempt#*/steps/}
    id=${id%%/*} why=$(<"$DEPLOY/$attempt/why") run=${attempt#runs/}
    run=${run%%/*} previous=${latest[$id]-}
    case $had.$why in
      no.*) ;;
      yes.force)
        agreement=$(<"$DEPLOY/runs/$run/bundle/agreed")
        forces[$agreement.$id]=$((${forces[$agreement.$id]-0} + 1))
        ;;
      yes.resume) ;; # tried again, or its check was asked before the effect showed
      yes.run)
        # Nobody could tell: its check was killed.
        before=$(<"$DEPLOY/$attempt/before")
        [[ $before == unknown ]] || printf '%s ran though all was up to date (%s)\n' "$attempt" "$before" >>"$EFFECTS/wrong"
        ;;
      yes.rerun)
        if [[ ! $previous || $(cat "$DEPLOY/$previous/result" 2>/dev/null) == ok && $(<"$DEPLOY/$previous/fingerprint") == "$(<"$DEPLOY/$attempt/fingerprint")" ]]; then
          printf '%s ran again without cause\n' "$attempt" >>"$EFFECTS/wrong"
        fi
        ;;
      *) printf '%s ran though all was up to date (%s)\n' "$attempt" "$why" >>"$EFFECTS/wrong" ;;
    esac
    if [[ $why == force && $had == no ]]; then
      agreement=$(<"$DEPLOY/runs/$run/bundle/agreed")
      forces[$agreement.$id]=$((${forces[$agreement.$id]-0} + 1))
    fi
    latest[$id]=$attempt
  done <"$EFFECTS/trace"
  for agreement in "${AGREEMENTS[@]}"; do
    forced=${agreement#*=} agreement=${agreement%%=*}
    for id in "${!R_NEEDS[@]}"; do
      count=${forces[$agreement.$id]-0}
      if ((count > 1)) || { ((count)) && [[ $forced != *" $id "* ]]; }; then
        printf '%s was forced %d times under one agreement (forced:%s)\n' "$id" "$count" "$forced" >>"$EFFECTS/wrong"
      fi
    done
  done
  # The last plan ended well: all of it is up to date, was forced where that was agreed to, and has its checkpoint.
  while read -r id; do
    [[ $(<"$EFFECTS/$id") == "${R_FP[$id]}" ]] || printf '%s was left as it was\n' "$id" >>"$EFFECTS/wrong"
    grep -q "$(hash "$id ${R_FP[$id]}")" "$DEPLOY/checkpoints/$id.json" || printf '%s has another checkpoint\n' "$id" >>"$EFFECTS/wrong"
    if [[ $FORCED == *" $id "* && ! ${LIVING-} == *" $id "* ]] && ! grep -qx "$(<"$PLAN/agreed")" "$DEPLOY/state/$id/forced" 2>/dev/null; then
      printf '%s was not forced\n' "$id" >>"$EFFECTS/wrong"
    fi
  done <"$PLAN/order"
  no_attempt_lives
}

random_run() {
  local turn turns
  RANDOM=$1 AGREEMENTS=() LIVING=' '
  random_playbook
  random_agreement
  random 5
  turns=$((REPLY + 3))
  for ((turn = 0; turn < turns; turn++)); do
    random_submit
    random_nap
    random_event
  done
  # What lives when the last plan is agreed to is taken over, not forced.
  LIVING=$(cd "$EFFECTS/in" 2>/dev/null && for file in *; do printf ' %s ' "${file%%.*}"; done) || LIVING=' '
  settle_plan || { cat "$BOX/story"; dump; return 1; }
  judge_history
  if [[ -e $EFFECTS/wrong ]]; then
    printf 'seed %s\n' "$1"
    cat "$BOX/story" "$EFFECTS/wrong" "$EFFECTS/trace"
    return 1
  fi
  # Nothing is left to do.
  grep -c . "$EFFECTS/trace" >"$BOX/before" || :
  rm -f "$PLAN"/steps/*/force
  run_plan
  is "$END $(grep -c . "$EFFECTS/trace")" "ok $(<"$BOX/before")"
}

test_random_runs_hold_against_the_model() {
  local seed
  for seed in ${RANDOM_SEEDS:-1 2}; do
    new_box
    random_run "$seed"
    printf 'seed %s held\n' "$seed"
  done
}
