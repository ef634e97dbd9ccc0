# shellcheck shell=bash disable=SC2016,SC2034,SC2119,SC2120,SC2153,SC2154 # part of run.sh; holds other scripts' text
# Runners and leaders that die, and what the next run makes of it.

# An apply that begins, then waits for $EFFECTS/go.
WAITS='check() { present; }; apply() { count; : >"$EFFECTS/begun"; until_there "$EFFECTS/go"; effect; }'

# Starts the plan and waits until its step has begun.
begun() {
  submit "$@" >/dev/null
  await 20 test -e "$EFFECTS/begun"
}

test_a_dead_runners_step_lives_and_is_taken_over() {
  step a "$WAITS"
  step b '' needs=a
  begun
  kill_runner
  hasnt "$(events)" finished
  local first=$RUN
  submit >/dev/null
  await 20 grep -q taken-over "$RUN_DIR/events"
  : >"$EFFECTS/go"
  wait_for_end
  is "$END $(applied a) $(applied b)" 'ok 1 1'
  has "$(events)" "taken-over a attempt=1 log=runs/$first/steps/a/1/log started="
  has "$(events)" 'finished a attempt=1'
  has "$(<"$DEPLOY/checkpoints/a.json")" "\"run\": \"$first\""
}

test_a_step_that_ended_without_its_runner_is_judged_by_the_next() {
  step a "$WAITS"
  begun
  kill_runner
  : >"$EFFECTS/go"
  await 20 test -e "$RUN_DIR/steps/a/1/after"
  [[ ! -e $DEPLOY/checkpoints/a.json ]]
  local first=$RUN_DIR
  await 5 gone "$(pid_in "$first/steps/a/1/leader")"
  run_plan
  is "$END $(applied a) $(<"$first/steps/a/1/result")" 'ok 1 ok'
  has "$(events)" 'skipped a reason=same'
  [[ -e $DEPLOY/checkpoints/a.json ]]
}

test_a_failure_without_its_runner_is_judged_and_resumed() {
  step a 'check() { present; }; apply() { count; : >"$EFFECTS/begun"; until_there "$EFFECTS/go"; [[ $STEP_ATTEMPT != 1 ]] || exit 3; effect; }'
  begun
  kill_runner
  : >"$EFFECTS/go"
  local first=$RUN_DIR
  await 20 test -e "$first/steps/a/1/exit"
  await 5 gone "$(pid_in "$first/steps/a/1/leader")"
  run_plan
  is "$END $(<"$first/steps/a/1/result") $(<"$RUN_DIR/steps/a/2/why")" 'ok failed resume'
}

test_a_dead_leader_is_cut_off_its_apply_ended_and_resumed_later() {
  step a 'check() { present; }; apply() { count; echo $$ >"$EFFECTS/pid"; : >"$EFFECTS/begun"; until_there "$EFFECTS/go"; effect; }' retries=3
  begun
  kill -s KILL "$(pid_in "$RUN_DIR/steps/a/1/leader")"
  wait_for_end
  is "$END" failed
  has "$(events)" 'failed a attempt=1 exit=none cause=cut-off'
  await 1 gone "$(<"$EFFECTS/pid")"
  : >"$EFFECTS/go"
  run_plan
  is "$END $(applied a) $(<"$RUN_DIR/steps/a/2/why")" 'ok 2 resume'
}

test_a_dead_leader_and_runner_are_cut_off_too() {
  step a 'check() { present; }; apply() { count; echo $$ >"$EFFECTS/pid"; : >"$EFFECTS/begun"; until_there "$EFFECTS/go"; effect; }'
  begun
  kill_runner
  kill -s KILL "$(pid_in "$RUN_DIR/steps/a/1/leader")"
  local orphan first=$RUN_DIR
  orphan=$(<"$EFFECTS/pid")
  submit >/dev/null
  await 20 gone "$orphan"
  await 20 grep -q cut-off "$first/steps/a/1/result"
  : >"$EFFECTS/go"
  wait_for_end
  is "$END $(<"$RUN_DIR/steps/a/2/why")" 'ok resume'
}

test_a_step_taken_over_is_tried_again_when_its_failure_may_pass() {
  step a 'check() { present; }; apply() { count; : >"$EFFECTS/begun"; until_there "$EFFECTS/go"; [[ $STEP_ATTEMPT != 1 ]] || exit 75; effect; }' retries=1
  begun
  kill_runner
  submit >/dev/null
  await 20 grep -q taken-over "$RUN_DIR/events"
  : >"$EFFECTS/go"
  wait_for_end
  is "$END $(applied a)" 'ok 2'
  has "$(events)" 'retrying a attempt=1 exit=75 in=0'
  has "$(<"$DEPLOY/checkpoints/a.json")" '"attempt": 2,'
}

test_an_attempt_for_another_fingerprint_is_waited_for_and_judged_under_its_own() {
  step a "$WAITS" fp=old
  begun
  kill_runner
  local first=$RUN_DIR
  new_plan
  step a "${WAITS}" fp=new
  submit >/dev/null
  await 20 grep -q taken-over "$RUN_DIR/events"
  : >"$EFFECTS/go"
  wait_for_end
  is "$END $(applied a) $(<"$first/steps/a/1/result")" 'ok 2 ok'
  has "$(<"$RUN_DIR/steps/a/1/checkpoint.old")" "$(hash old)"
  has "$(<"$DEPLOY/checkpoints/a.json")" "$(hash new)"
  is "$(<"$RUN_DIR/steps/a/1/why")" rerun
}

test_a_living_step_of_another_plan_holds_its_locks() {
  step a "$WAITS" locks=l
  begun
  kill_runner
  new_plan "$(hash other)"
  step b 'check() { present; }; apply() { count; [[ -e $EFFECTS/a ]]; effect; }' locks=l
  submit >/dev/null
  await 20 grep -q taken-over "$RUN_DIR/events"
  : >"$EFFECTS/go"
  wait_for_end
  is "$END $(applied a) $(applied b)" 'ok 1 1'
}

test_what_is_left_in_the_old_session_is_ended_before_a_new_attempt() {
  step a 'check() { present; }; apply() { count; [[ $STEP_ATTEMPT != 1 ]] || { sleep 300 & echo $! >"$EFFECTS/child"; exit 75; }; ! kill -0 "$(<"$EFFECTS/child")" 2>/dev/null || [[ $(<"/proc/$(<"$EFFECTS/child")/stat") == *") Z"* ]]; effect; }' retries=1
  run_plan
  is "$END $(applied a)" 'ok 2'
}

test_a_recycled_pid_is_never_taken_for_ours() {
  step a 'check() { present; }; apply() { count; exit 3; }'
  run_plan
  local leader=$RUN_DIR/steps/a/1/leader stranger
  setsid sleep 300 &
  stranger=$!
  await 5 test "$(ps -o sid= -p "$stranger" | tr -d ' ')" = "$stranger"
  sed -i "s/^pid=.*/pid=$stranger/" "$leader"
  run_plan
  is "$(applied a)" 2
  kill -0 "$stranger"
  # Its session lives on without a leader, and without our mark.
  kill "$stranger"
  setsid bash -c 'sleep 300 & echo $! >"$0"; exec sleep 301' "$EFFECTS/stranger" &
  local session=$!
  await 5 test -s "$EFFECTS/stranger"
  kill -s KILL "$session"
  await 5 gone "$session"
  sed -i "s/^pid=.*/pid=$session/" "$RUN_DIR/steps/a/2/leader"
  run_plan
  is "$(applied a)" 3
  kill -0 "$(<"$EFFECTS/stranger")"
  kill "$(<"$EFFECTS/stranger")"
}

test_a_leader_that_comes_too_late_does_not_begin() {
  step a ''
  run_plan
  local attempt=$RUN_DIR/steps/a/7
  mkdir "$attempt"
  printf 'pid=0\n' >"$attempt/leader"
  setsid "$BASH_UNDER_TEST" --noprofile --norc "$RUN_DIR/bundle/box/leader.sh" "$DEPLOY" "$RUN" a 7
  is "$(applied a)$(ls "$attempt")" 1leader
}

# What a runner leaves that is killed between the lines of begin_attempt.
test_a_kill_while_an_attempt_is_written_down_never_reads_as_adopt() {
  step a '' fp=old
  run_plan
  new_plan
  step a '' fp=new
  submit >/dev/null
  wait_for_end
  # As if killed after `last` was renewed, before the checkpoint was moved.
  local attempt=$RUN_DIR/steps/a/1
  rm "$attempt"/{leader,exit,after,result,seconds,log}
  mv "$attempt/checkpoint.old" "$DEPLOY/checkpoints/a.json"
  run_plan
  is "$END $(applied a)" 'ok 3'
  # As if killed after that.
  attempt=$RUN_DIR/steps/a/2
  rm "$attempt"/{leader,exit,after,result,seconds,log} "$DEPLOY/checkpoints/a.json"
  run_plan
  is "$END $(applied a) $(<"$RUN_DIR/steps/a/3/why")" 'ok 4 rerun'
}

test_runners_killed_at_random_moments_converge() {
  local round i wait
  RANDOM=${SEED:-4711}
  for i in {1..6}; do
    step "s$i" 'check() { sleep 0.0$((RANDOM % 9)); present; }; apply() { count; sleep 0.$((RANDOM % 5)); effect; }' \
      needs="$( ((i < 3)) || printf 's%d' $((i - 2)))" locks="$( ((i % 3)) || printf l)"
  done
  END=
  for ((round = 0; round < 25; round++)); do
    submit >"$BOX/answer"
    wait=$((RANDOM % 120))
    read -r -t "$((wait / 100)).$((wait % 100 / 10))$((wait % 10))" -u "$NAP" || :
    if ((round >= 12)) || [[ -e $RUN_DIR/end ]]; then
      break
    fi
    kill_runner
  done
  wait_for_end
  is "$END" ok
  for i in {1..6}; do
    is "s$i $(applied "s$i")" "s$i 1"
    has "$(<"$DEPLOY/checkpoints/s$i.json")" "$(hash fp)"
  done
  run_plan
  is "$END $(applied s1)" 'ok 1'
}

test_leaders_and_runners_killed_at_random_moments_converge() {
  local round i wait victim
  RANDOM=${SEED:-815}
  for i in {1..4}; do
    step "s$i" 'check() { present; }; apply() { count; : >"$EFFECTS/$STEP_ID.in"; sleep 0.$((RANDOM % 4)); effect; }'
  done
  END=
  for ((round = 0; round < 20; round++)); do
    submit >"$BOX/answer"
    wait=$((RANDOM % 90))
    read -r -t "0.$((wait / 10))$((wait % 10))" -u "$NAP" || :
    ((round < 8)) || break
    for victim in "$RUN_DIR"/steps/*/[0-9]*/leader; do
      ((RANDOM % 2)) || kill -s KILL "$(pid_in "$victim")" 2>/dev/null || :
    done
    kill_runner
  done
  wait_for_end
  [[ $END == ok ]] || run_plan # its last leader may have been the one that died
  is "$END" ok
  for i in {1..4}; do
    [[ -e $EFFECTS/s$i ]]
    has "$(<"$DEPLOY/checkpoints/s$i.json")" "$(hash fp)"
  done
}
