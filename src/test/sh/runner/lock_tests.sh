# shellcheck shell=bash disable=SC2016,SC2034,SC2119,SC2120,SC2153,SC2154 # part of run.sh; holds other scripts' text
# Who may run, and cancelling.

# RACES: how many. In every second one the two have different plans.
test_two_submits_at_once_start_one_run() {
  local round first second other races=${RACES:-20}
  for ((round = 1; round <= races; round++)); do
    rm -rf "$BOX"/plan.*
    new_plan
    step "a$round" 'check() { present; }; apply() { count; until_there "$EFFECTS/go'"$round"'"; effect; }'
    cp -r "$PLAN" "$PLAN.twin"
    other=$(hash plan)
    if ((round % 2)); then
      other=$(hash "other plan")
      printf '%s' "$other" >"$PLAN.twin/plan"
    fi
    (submit >"$BOX/first") &
    first=$!
    (PLAN=$PLAN.twin submit >"$BOX/second") &
    second=$!
    wait "$first" "$second"
    is "$(grep -c '^started' "$BOX/first" "$BOX/second" | grep -c ':1')" 1
    is "$(grep -c '^refused' "$BOX/first" "$BOX/second" | grep -c ':1')" 1
    # Who was refused is told the other's plan, and its run.
    if grep -q '^started' "$BOX/first"; then
      has "$(cat "$BOX/second")" "plan=$(hash plan)"
    else
      has "$(cat "$BOX/first")" "plan=$other"
    fi
    RUN=$(cat "$BOX/first" "$BOX/second" | grep -A1 '^started' | tail -n 1)
    RUN_DIR=$DEPLOY/runs/$RUN
    has "$(cat "$BOX/first" "$BOX/second")" "run=$RUN"
    : >"$EFFECTS/go$round"
    wait_for_end
    is "$END $(applied "a$round")" 'ok 1'
  done
  set -- "$DEPLOY"/runs/*/
  is "$#" "$races"
}

test_the_lock_is_not_inherited_by_what_a_step_leaves_running() {
  step a 'check() { present; }; apply() { count; sleep 300 & echo $! >"$EFFECTS/child"; effect; }'
  run_plan
  is "$END" ok
  kill -0 "$(<"$EFFECTS/child")"
  run_plan
  is "$END" ok
  kill "$(<"$EFFECTS/child")"
}

test_where_flock_is_refused_a_directory_is_the_lock() {
  local answer
  mkdir "$BOX/bin"
  printf '#!/bin/sh\nexit 71\n' >"$BOX/bin/flock"
  chmod +x "$BOX/bin/flock"
  PATH=$BOX/bin:$PATH
  step a "$WAITS"
  begun
  [[ -e $DEPLOY/lock.d/runner ]]
  local first=$RUN_DIR
  answer=$(submit)
  has "$answer" "run=${first##*/}"
  RUN_DIR=$first
  kill_runner
  [[ -e $DEPLOY/lock.d/runner ]]
  submit >/dev/null
  await 20 grep -q taken-over "$RUN_DIR/events"
  : >"$EFFECTS/go"
  wait_for_end
  is "$END $(applied a)" 'ok 1'
  await 5 test ! -e "$DEPLOY/lock.d"
}

# A run without an end that another machine left.
foreign_run() {
  FOREIGN_RUN=$DEPLOY/runs/20200101T000000Z-00000000
  mkdir -p "$FOREIGN_RUN"
  printf 'boot=b\npidns=p\nhost=elsewhere-1\n' >"$FOREIGN_RUN/machine"
  printf '1\n' >"$FOREIGN_RUN/alive"
}

test_a_volume_in_use_by_another_machine_is_refused() {
  foreign_run
  (n=1; while [[ -e $FOREIGN_RUN ]]; do printf '%d\n' "$((++n))" >"$FOREIGN_RUN/alive"; sleep 0.1; done) &
  step a ''
  has "$(submit)" 'elsewhere=elsewhere-1'
  is "$(applied a)" 0
  set -- "$DEPLOY"/runs/*/
  is "$#" 1
  mv "$FOREIGN_RUN" "$BOX/foreign" # where its writer finds it no more
}

test_a_dead_run_of_another_machine_is_waited_for_once() {
  foreign_run
  step a ''
  run_plan
  is "$END" ok
  [[ ! -e $FOREIGN_RUN/alive ]]
}

test_cancel_ends_the_run_and_what_it_runs() {
  step a 'check() { present; }; apply() { count; sleep 300 & echo $! >"$EFFECTS/child"; : >"$EFFECTS/begun"; wait; }' retries=3
  step b '' needs=a
  begun
  box_script "$CANCEL" "$ROOT" >"$BOX/answer"
  parse_entries <"$BOX/answer"
  is "${ENTRY[cancelled]} ${#ENTRY[@]} ${ENTRY[ended/a]-none}" "$RUN 2 "
  wait_for_end
  is "$END $(applied a)$(applied b) $(<"$RUN_DIR/steps/a/1/result")" 'cancelled 10 cancelled'
  has "$(events)" 'failed a attempt=1 exit=cancelled cause=cancelled'
  has "$(events)" 'run-ended result=cancelled'
  await 5 gone "$(<"$EFFECTS/child")"
}

test_cancel_ends_what_a_dead_runner_left() {
  step a "$WAITS"
  begun
  kill_runner
  box_script "$CANCEL" "$ROOT" >"$BOX/answer"
  parse_entries <"$BOX/answer"
  is "${ENTRY[cancelled]} ${#ENTRY[@]} ${ENTRY[ended/a]-none}" "$RUN 2 "
  is "$(<"$RUN_DIR/end") $(<"$RUN_DIR/steps/a/1/result")" 'cancelled cancelled'
  : >"$EFFECTS/go"
  run_plan
  is "$END $(applied a) $(<"$RUN_DIR/steps/a/2/why")" 'ok 2 resume'
}

test_cancel_ends_what_ignores_term() {
  step a 'check() { present; }; apply() { trap "" TERM; echo $$ >"$EFFECTS/pid"; count; : >"$EFFECTS/begun"; until_there "$EFFECTS/go"; }'
  begun
  box_script "$CANCEL" "$ROOT" >/dev/null
  wait_for_end
  is "$END" cancelled
  await 5 gone "$(<"$EFFECTS/pid")"
}

test_cancel_without_a_run_says_nothing() {
  is "$(box_script "$CANCEL" "$ROOT")" ''
}

test_cancel_after_the_end_says_nothing() {
  step a ''
  run_plan
  is "$(box_script "$CANCEL" "$ROOT")" ''
  is "$(<"$RUN_DIR/end")" ok
}

test_cancel_before_a_retry_ends_the_run() {
  step a 'check() { false; }; apply() { count; exit 75; }' retries=1 backoff=300
  submit >/dev/null
  await 20 grep -q retrying "$RUN_DIR/events"
  box_script "$CANCEL" "$ROOT" >"$BOX/answer"
  parse_entries <"$BOX/answer"
  is "${ENTRY[cancelled]} ${!ENTRY[*]}" "$RUN cancelled"
  is "$(<"$RUN_DIR/end") $(applied a)" 'cancelled 1'
}
