# shellcheck shell=bash disable=SC2016,SC2034,SC2119,SC2120,SC2153,SC2154 # part of run.sh; holds other scripts' text
# Processes that left the session of their step, and those that can't be ended.

# Three ways to leave it: a new session, a daemon (two forks), and a daemon whose environment is another's.
# Each leaves its pid in $EFFECTS/ghost.N and writes on as long as it lives.
ESCAPES='
ghost() { exec bash -c '\''echo $$ >"$EFFECTS/ghost.$0"; while :; do echo "$STEP_ATTEMPT" >>"$EFFECTS/written"; sleep 0.1; done'\'' "$1"; }
escape() {
  (ghost 1) & setsid bash -c "$(declare -f ghost); (ghost 2) & sleep 300" &
  (setsid bash -c "$(declare -f ghost); (ghost 3) &" </dev/null >/dev/null 2>&1 &)
  until_there "$EFFECTS/ghost.1"; until_there "$EFFECTS/ghost.2"; until_there "$EFFECTS/ghost.3"
}
'

# Kills what a failed test leaves.
ghosts() { cat "$EFFECTS"/ghost.*; }
no_ghost_lives() {
  local ghost
  for ghost in $(ghosts); do
    if ! gone "$ghost"; then
      printf 'ghost %s lives\n' "$ghost"
      kill -s KILL "$ghost"
      return 1
    fi
  done
}

test_the_time_limit_ends_what_left_the_session() {
  step a "$ESCAPES"'check() { present; }; apply() { count; escape; wait; sleep 300; }' timeout=3
  run_plan
  is "$END" failed
  has "$(events)" 'cause=timeout'
  no_ghost_lives
}

test_the_log_limit_ends_what_left_the_session() {
  step a "$ESCAPES"'check() { present; }; apply() { count; escape; head -c 300000 /dev/zero; sleep 300; }' log_limit=200000
  run_plan
  has "$(events)" 'cause=log-limit'
  no_ghost_lives
}

test_cancel_ends_what_left_the_session() {
  step a "$ESCAPES"'check() { present; }; apply() { count; escape; : >"$EFFECTS/begun"; sleep 300; }'
  begun
  box_script "$CANCEL" "$ROOT" >"$BOX/answer"
  parse_entries <"$BOX/answer"
  is "${ENTRY[cancelled]} ${#ENTRY[@]} ${ENTRY[ended/a]-none}" "$RUN 2 "
  no_ghost_lives
}

test_cancel_ends_what_left_the_session_of_a_dead_leader_and_runner() {
  step a "$ESCAPES"'check() { present; }; apply() { count; escape; : >"$EFFECTS/begun"; sleep 300; }'
  begun
  kill_runner
  kill -s KILL "$(pid_in "$RUN_DIR/steps/a/1/leader")"
  box_script "$CANCEL" "$ROOT" >"$BOX/answer"
  parse_entries <"$BOX/answer"
  is "${ENTRY[cancelled]} ${ENTRY[ended/a]-none}" "$RUN "
  no_ghost_lives
}

test_cancel_ends_what_a_failed_attempt_left_that_waits_to_be_tried_again() {
  step a "$ESCAPES"'check() { present; }; apply() { count; escape; exit 75; }' retries=1 backoff=300
  submit >/dev/null
  await 20 grep -q retrying "$RUN_DIR/events"
  box_script "$CANCEL" "$ROOT" >"$BOX/answer"
  parse_entries <"$BOX/answer"
  is "${ENTRY[cancelled]} ${ENTRY[living/a]-}" "$RUN "
  no_ghost_lives
}

test_what_a_failed_attempt_left_is_ended_before_others_begin() {
  step a "$ESCAPES"'check() { present; }; apply() { count; escape; exit 3; }' locks=l
  step b 'check() { present; }; apply() { count; : >"$EFFECTS/written"; sleep 0.5; [[ ! -s $EFFECTS/written ]]; effect; }' locks=l
  run_plan
  is "$END $(applied a)$(applied b)" 'failed 11'
  no_ghost_lives
}

test_a_new_attempt_ends_what_left_the_session_of_the_old_one() {
  step a "$ESCAPES"'check() { present; }; apply() { count; if ((STEP_ATTEMPT == 1)); then escape; exit 3; fi; : >"$EFFECTS/written"; sleep 0.5; [[ ! -s $EFFECTS/written ]]; effect; }'
  run_plan
  is "$END" failed
  run_plan
  is "$END $(applied a)" 'ok 2'
  no_ghost_lives
}

test_what_a_step_left_on_purpose_lives_until_its_next_attempt_or_clean() {
  step a "$ESCAPES"'check() { present; }; apply() { count; escape; effect; }' makes=a
  step b ''
  run_plan
  is "$END" ok
  local ghost
  for ghost in $(ghosts); do ! gone "$ghost"; done
  run_plan # skips it
  box_script "$CANCEL" "$ROOT" >/dev/null
  for ghost in $(ghosts); do ! gone "$ghost"; done
  mkdir "$ROOT/a"
  AGREED=$'a\n.deploy'
  clean remove b
  for ghost in $(ghosts); do ! gone "$ghost"; done
  clean remove
  has "$SAID" 'removed .deploy'
  no_ghost_lives
}

test_cancel_makes_a_stopped_runner_go_on_and_end() {
  step a "$WAITS"
  begun
  kill -s STOP "$(pid_in "$RUN_DIR/runner")"
  box_script "$CANCEL" "$ROOT" >"$BOX/answer"
  parse_entries <"$BOX/answer"
  is "${ENTRY[cancelled]} ${#ENTRY[@]} ${ENTRY[ended/a]-none} $(<"$RUN_DIR/end")" "$RUN 2  cancelled"
  gone "$(pid_in "$RUN_DIR/steps/a/1/leader")"
}

test_a_stopped_runner_is_made_to_go_on_by_what_it_runs() {
  step a 'check() { present; }; apply() { count; : >"$EFFECTS/begun"; until_there "$EFFECTS/go"; effect; }'
  begun
  kill -s STOP "$(pid_in "$RUN_DIR/runner")"
  : >"$EFFECTS/go"
  wait_for_end
  is "$END" ok
}

test_a_stopped_leader_is_made_to_go_on() {
  step a 'check() { present; }; apply() { count; kill -STOP $PPID; effect; }'
  run_plan
  is "$END" ok
}

# A process that nothing can end, as one whose disk hangs: frozen. Version 1 of cgroups alone lets it not even die.
freeze() {
  FREEZER=/sys/fs/cgroup/freezer/flashvsr-test-$$-$1
  FROZEN=$1
  mkdir "$FREEZER" 2>/dev/null || skip 'no freezer of cgroup version 1 that we may use'
  trap '{ printf THAWED >"$FREEZER/freezer.state"; } 2>/dev/null || :' EXIT # also where the test fails
  printf '%s' "$1" >"$FREEZER/cgroup.procs"
  printf FROZEN >"$FREEZER/freezer.state"
}

thaw() {
  printf THAWED >"$FREEZER/freezer.state"
  await 10 gone "$FROZEN"
  rmdir "$FREEZER" 2>/dev/null || : # where nobody reaps it, it stays in its group
}

test_cancel_ends_the_steps_of_a_runner_that_hangs_and_says_that_it_lives() {
  step a "$WAITS"
  begun
  local runner
  runner=$(pid_in "$RUN_DIR/runner")
  freeze "$runner"
  box_script "$CANCEL" "$ROOT" >"$BOX/answer"
  parse_entries <"$BOX/answer"
  is "${ENTRY[living.runner]-none} ${ENTRY[ended/a]-none}" "$runner "
  gone "$(pid_in "$RUN_DIR/steps/a/1/leader")"
  thaw
  gone "$runner"
  [[ ! -e $RUN_DIR/end ]]
  box_script "$CANCEL" "$ROOT" >"$BOX/answer"
  parse_entries <"$BOX/answer"
  is "${!ENTRY[*]} $(<"$RUN_DIR/end")" 'cancelled cancelled'
}

test_what_can_not_be_ended_is_told_and_no_attempt_begins_beside_it() {
  [[ -n ${SLOW-} ]] || skip 'it waits a minute: scripts/test --full'
  step a 'check() { present; }; apply() { count; if ((STEP_ATTEMPT == 1)); then setsid sleep 300 & echo $! >"$EFFECTS/ghost.1"; : >"$EFFECTS/begun"; sleep 300; fi; effect; }'
  begun
  freeze "$(ghosts)"
  box_script "$CANCEL" "$ROOT" >"$BOX/answer"
  parse_entries <"$BOX/answer"
  is "${ENTRY[living/a]-none} ${ENTRY[ended/a]-none}" "$(ghosts) "
  run_plan
  is "$END $(applied a)" 'failed 1'
  has "$(events)" "failed a attempt=1 exit=none cause=still-running seconds=0 pids=$(ghosts)"
  clean remove
  has "$SAID" "refused processes=$(ghosts)"
  thaw
  run_plan
  is "$END $(applied a)" 'ok 2'
}
