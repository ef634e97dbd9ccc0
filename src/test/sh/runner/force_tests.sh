# shellcheck shell=bash disable=SC2016,SC2034,SC2119,SC2120,SC2153,SC2154 # part of run.sh; holds other scripts' text
# Force holds once for each plan that was agreed to, and nothing is made anew below a step that still reads it.

# A plan whose step a is forced, and b, which needs it and waits for $EFFECTS/go.
forced_plan() {
  new_plan
  step a '' force=yes
  step b "$WAITS" needs=a
}

test_a_plan_that_is_submitted_again_does_not_force_again() {
  forced_plan
  begun
  kill_runner
  submit >/dev/null
  await 20 grep -q 'skipped a' "$RUN_DIR/events"
  : >"$EFFECTS/go"
  wait_for_end
  is "$END $(applied a)$(applied b)" 'ok 11'
  hasnt "$(events)" 'started a'
  # A plan that is agreed to anew forces anew.
  hash 'another agreement' >"$PLAN/agreed"
  run_plan
  is "$END $(applied a)$(applied b)" 'ok 21'
}

test_a_forced_attempt_that_was_cut_off_is_done_again_by_the_table() {
  new_plan
  step a 'check() { present; }; apply() { count; effect; : >"$EFFECTS/begun"; until_there "$EFFECTS/go"; }' force=yes
  begun
  kill -s KILL "$(pid_in "$RUN_DIR/steps/a/1/leader")"
  kill_runner
  : >"$EFFECTS/go"
  run_plan
  is "$END $(applied a) $(<"$RUN_DIR/steps/a/2/why")" 'ok 2 rerun'
  run_plan
  is "$END $(applied a)" 'ok 2'
}

test_another_runs_attempts_do_not_bring_force_back() {
  forced_plan
  begun
  kill_runner
  local plan=$PLAN
  : >"$EFFECTS/go"
  new_plan "$(hash other)"
  step a '' fp=other
  run_plan
  is "$END $(applied a)" 'ok 2'
  PLAN=$plan
  run_plan
  is "$END $(applied a)" 'ok 3' # its fingerprint, not its force
  is "$(<"$RUN_DIR/steps/a/1/why")" rerun
}

test_a_forced_step_waits_for_a_living_step_that_needs_it() {
  step a ''
  step b '' needs=a
  step c "$WAITS" needs=b
  begun
  kill_runner
  new_plan "$(hash other)"
  step a 'check() { present; }; apply() { count; [[ -e $EFFECTS/c ]]; effect; }' force=yes
  submit >/dev/null
  await 20 grep -q 'taken-over c' "$RUN_DIR/events"
  : >"$EFFECTS/go"
  wait_for_end
  is "$END $(applied a)$(applied c)" 'ok 21'
}

test_what_is_not_as_wanted_waits_for_a_living_step_that_needs_it() {
  step a ''
  step b "$WAITS" needs=a
  begun
  kill_runner
  rm "$EFFECTS/a"
  new_plan
  step a 'check() { present; }; apply() { count; [[ -e $EFFECTS/b ]]; effect; }'
  step b "$WAITS" needs=a
  submit >/dev/null
  await 20 grep -q 'taken-over b' "$RUN_DIR/events"
  await 20 grep -q 'deciding a' "$RUN_DIR/events"
  : >"$EFFECTS/go"
  wait_for_end
  is "$END $(applied a)$(applied b)" 'ok 21'
  # What it needs was made anew after it, so it is decided again.
  has "$(events)" 'skipped b reason=same'
}

test_a_step_waits_for_a_living_one_that_it_needs_though_nobody_selected_that() {
  step a "$WAITS"
  begun
  kill_runner
  new_plan "$(hash other)"
  step c 'check() { present; }; apply() { count; [[ -e $EFFECTS/a ]]; effect; }' above=b
  printf 'b a\n' >>"$PLAN/graph"
  submit >/dev/null
  await 20 grep -q 'taken-over a' "$RUN_DIR/events"
  : >"$EFFECTS/go"
  wait_for_end
  is "$END $(applied a)$(applied c)" 'ok 11'
}
