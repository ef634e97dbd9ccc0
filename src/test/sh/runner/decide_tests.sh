# shellcheck shell=bash disable=SC2016,SC2034,SC2119,SC2120,SC2153,SC2154 # part of run.sh; holds other scripts' text
# The table: what a step's check, checkpoint and latest attempt lead to.

# A check that says what the file $EFFECTS/says says; an apply that leaves its effect and makes it yes.
TOLD='check() { case $(<"$EFFECTS/says") in yes) ;; unknown) exit 75 ;; *) false ;; esac; }
apply() { count; [[ ! -e $EFFECTS/fails ]] || exit 3; effect; echo yes >"$EFFECTS/says"; }'

says() { printf '%s' "$1" >"$EFFECTS/says"; }

# Why the step ran, or the line about it.
verdict() {
  local line
  while read -r line; do
    case $line in
      'started a'*)
        line=${line#*why=}
        printf '%s' "${line%% *}"
        return
        ;;
      'skipped a'* | 'adopted a'*)
        printf '%s' "$line"
        return
        ;;
    esac
  done < <(events)
}

# A step that ran well for the fingerprint $1.
done_before() {
  says no
  step a "$TOLD" fp="${1-fp}" script_hash="${2-s}"
  run_plan
  is "$END" ok
  new_plan
}

# A step whose last attempt failed; it was made for the fingerprint $1 when the check said $2.
failed_before() {
  says "$2"
  : >"$EFFECTS/fails"
  step a "$TOLD" fp="$1" ${3+force="$3"}
  run_plan
  is "$END" failed
  rm "$EFFECTS/fails"
  new_plan
}

test_table_no_without_anything_runs() {
  says no
  step a "$TOLD"
  run_plan
  is "$END $(verdict)" 'ok run'
}

test_table_no_with_a_checkpoint_runs() {
  done_before
  says no
  step a "$TOLD"
  run_plan
  is "$END $(verdict) $(<"$RUN_DIR/steps/a/1/before")" 'ok run no'
  has "$(<"$RUN_DIR/steps/a/1/checkpoint.old")" '"fingerprint"'
}

test_table_no_after_a_failure_resumes_with_the_next_number() {
  failed_before fp no
  step a "$TOLD"
  run_plan
  is "$END $(verdict)" 'ok resume'
  is "$(<"$EFFECTS/a.applied")" $'1\n2'
}

test_table_cannot_tell_runs() {
  says unknown
  step a "$TOLD"
  run_plan
  is "$END $(verdict)" 'ok run'
  is "$(<"$RUN_DIR/steps/a/1/before")" unknown
}

test_table_yes_but_a_failed_attempt_for_another_fingerprint_reruns() {
  failed_before other no
  says yes
  step a "$TOLD"
  run_plan
  is "$END $(verdict)" 'ok rerun'
}

test_table_yes_but_a_failed_attempt_began_with_yes_reruns() {
  done_before other
  says yes
  : >"$EFFECTS/fails"
  step a "$TOLD"
  run_plan
  is "$END $(verdict)" 'failed rerun'
  rm "$EFFECTS/fails"
  new_plan
  step a "$TOLD"
  run_plan
  is "$END $(verdict)" 'ok rerun'
}

test_table_yes_but_a_failed_attempt_was_forced_reruns() {
  failed_before fp yes yes
  step a "$TOLD"
  run_plan
  is "$END $(verdict)" 'ok rerun'
}

test_table_yes_after_a_failed_attempt_that_began_with_no_adopts() {
  failed_before fp no
  says yes
  step a "$TOLD"
  run_plan
  is "$END $(verdict)" 'ok adopted a'
}

test_table_yes_for_another_fingerprint_reruns() {
  done_before other
  step a "$TOLD"
  run_plan
  is "$END $(verdict)" 'ok rerun'
  has "$(<"$DEPLOY/checkpoints/a.json")" "$(hash fp)"
}

test_table_yes_for_the_same_fingerprint_skips() {
  done_before
  step a "$TOLD"
  run_plan
  is "$END $(verdict)" 'ok skipped a reason=same'
}

test_table_yes_where_only_the_script_differs_renews() {
  done_before fp old
  step a "$TOLD" script_hash=new
  run_plan
  is "$END $(verdict)" 'ok skipped a reason=renewed'
  has "$(<"$DEPLOY/checkpoints/a.json")" "$(hash new)"
  has "$(<"$DEPLOY/checkpoints/a.json")" '"attempt": 0,'
}

test_table_yes_without_a_checkpoint_adopts() {
  says yes
  step a "$TOLD"
  run_plan
  is "$END $(verdict) $(applied a)" 'ok adopted a 0'
  has "$(<"$DEPLOY/checkpoints/a.json")" "$(hash fp)"
}

test_force_runs_without_asking() {
  done_before
  step a "$TOLD" force=yes
  run_plan
  is "$END $(verdict) $(<"$RUN_DIR/steps/a/1/before")" 'ok force forced'
  hasnt "$(events)" deciding
}

test_a_planned_skip_is_taken_without_asking() {
  done_before
  step a "$TOLD" action=skip
  see
  says no
  run_plan
  is "$(verdict) $(events | grep -c deciding)" 'skipped a reason=same 0'
}

test_a_planned_adopt_is_taken_without_asking() {
  step a "$TOLD" action=adopt
  see
  says no
  run_plan
  is "$(verdict) $(events | grep -c deciding)" 'adopted a 0'
}

test_a_planned_skip_is_decided_anew_when_the_checkpoint_changed() {
  done_before
  step a "$TOLD" action=skip
  see
  printf ' ' >>"$PLAN/steps/a/seen.checkpoint"
  says no
  run_plan
  is "$END $(verdict)" 'ok run'
}

test_a_planned_skip_is_decided_anew_when_there_was_an_attempt_since() {
  done_before
  step a "$TOLD" action=skip
  see
  rm "$PLAN/steps/a/seen.last"
  says no
  run_plan
  is "$END $(verdict)" 'ok run'
}

test_a_planned_skip_is_decided_anew_when_a_needed_step_ran() {
  done_before
  step b ''
  step a "$TOLD" action=skip needs=b
  see
  says no
  run_plan
  is "$END $(verdict)" 'ok run'
}

test_two_submissions_of_one_plan_run_nothing_twice() {
  says no
  step a "$TOLD" action=run
  see
  run_plan
  run_plan
  is "$END $(applied a) $(verdict)" 'ok 1 skipped a reason=same'
}
