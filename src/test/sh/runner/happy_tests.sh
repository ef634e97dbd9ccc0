# shellcheck shell=bash disable=SC2016,SC2034,SC2119,SC2120,SC2153,SC2154 # part of run.sh; holds other scripts' text
# One run after the other, all well.

test_a_step_runs_and_leaves_a_checkpoint() {
  step a ''
  run_plan
  is "$END" ok
  is "$(applied a)" 1
  has "$(<"$DEPLOY/checkpoints/a.json")" '"attempt": 1,'
  is "$(events)" "run-started
deciding a
started a attempt=1 why=run log=runs/$RUN/steps/a/1/log
finished a attempt=1 seconds=0
run-ended result=ok"
}

test_a_second_run_does_nothing() {
  step a ''
  step b '' needs=a
  run_plan
  see
  planned a skip
  planned b skip
  run_plan
  is "$END" ok
  is "$(<"$RUN_DIR/runner.log")$(<"$RUN_DIR/bundle/plan")" "$(hash plan)"
  is "$(applied a)$(applied b)" 11
  is "$(events)" "run-started
skipped a reason=same
skipped b reason=same
run-ended result=ok"
}
