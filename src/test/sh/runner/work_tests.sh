# shellcheck shell=bash disable=SC2016,SC2034,SC2119,SC2120,SC2153,SC2154 # part of run.sh; holds other scripts' text
# Working through a graph.

# Leaves how many such steps ran at once, at most.
CROWD='check() { present; }
apply() {
  count
  mkdir -p "$EFFECTS/in"
  : >"$EFFECTS/in/$STEP_ID"
  sleep 0.2
  set -- "$EFFECTS"/in/*
  printf "%s\n" "$#" >>"$EFFECTS/crowd"
  rm "$EFFECTS/in/$STEP_ID"
  effect
}'

most() { sort -n "$EFFECTS/crowd" | tail -n 1; }

test_at_most_eight_steps_run_at_once() {
  local i
  for i in {1..12}; do step "s$i" "${CROWD/sleep 0.2/until [[ -e \$EFFECTS/full ]]; do sleep 0.02; set -- \"\$EFFECTS\"/in/*; ((\$# < 8)) || : >\"\$EFFECTS/full\"; done}" force=yes; done
  run_plan
  is "$END $(most)" 'ok 8'
}

test_steps_that_share_a_lock_never_run_at_once() {
  local i
  for i in {1..5}; do step "s$i" "$CROWD" locks='x y'; done
  run_plan
  is "$END $(most)" 'ok 1'
}

test_a_variable_is_data_whatever_its_name() {
  step a 'check() { present; }; apply() { count; [[ $deploy_text == "touch $EFFECTS/run" && $deploy_function == x ]]; effect; }'
  printf 'touch %s' "$EFFECTS/run" >"$PLAN/steps/a/vars/deploy_text"
  printf 'x' >"$PLAN/steps/a/vars/deploy_function"
  run_plan
  is "$END $(applied a)" 'ok 1'
  [[ ! -e $EFFECTS/run ]]
}

test_needs_come_first() {
  step c '' needs='a b'
  step b 'check() { present; }; apply() { [[ -e $EFFECTS/a ]]; effect; }' needs=a
  step a ''
  run_plan
  is "$END" ok
  has "$(events)" $'finished a attempt=1 seconds=0\ndeciding b'
}

test_what_may_pass_is_tried_again_with_doubled_backoff() {
  step a 'check() { present; }; apply() { count; ((STEP_ATTEMPT > 2)) || exit 75; effect; }' retries=2 backoff=1
  run_plan
  is "$END" ok
  has "$(events)" 'retrying a attempt=1 exit=75 in=1'
  has "$(events)" 'retrying a attempt=2 exit=75 in=2'
  has "$(events)" 'started a attempt=3 why=resume'
  has "$(<"$DEPLOY/checkpoints/a.json")" '"attempt": 3,'
}

test_retries_end() {
  step a 'check() { false; }; apply() { count; kill -s KILL $$; }' retries=2
  run_plan
  is "$END $(applied a)" 'failed 3'
  has "$(events)" 'failed a attempt=3 exit=137 cause=exit'
}

test_a_plain_failure_is_not_tried_again_and_blocks_what_needs_it() {
  step a 'check() { false; }; apply() { count; exit 3; }' retries=5
  step b '' needs=a
  step c '' needs=b
  step d ''
  run_plan
  is "$END $(applied a)$(applied b)$(applied c)$(applied d)" 'failed 1001'
  has "$(events)" 'failed a attempt=1 exit=3 cause=exit'
  has "$(events)" 'blocked b by=a'
  has "$(events)" 'blocked c by='
}

test_the_time_limit_ends_a_step_with_its_children_and_for_good() {
  step a 'check() { false; }; apply() { count; sleep 300 & echo $! >"$EFFECTS/child"; wait; }' timeout=1 retries=3
  run_plan
  is "$END $(applied a)" 'failed 1'
  has "$(events)" 'failed a attempt=1 exit=timeout cause=timeout'
  await 5 gone "$(<"$EFFECTS/child")"
}

test_the_log_limit_ends_a_step_for_good() {
  step a 'check() { false; }; apply() { count; while :; do head -c 100000 /dev/zero; sleep 0.01; done; }' log_limit=1000000 retries=3
  run_plan
  is "$END $(applied a)" 'failed 1'
  has "$(events)" 'failed a attempt=1 exit=log-limit cause=log-limit'
}

test_an_apply_whose_check_says_no_has_failed() {
  step a 'check() { false; }; apply() { count; }' retries=3
  run_plan
  is "$END $(applied a)" 'failed 1'
  has "$(events)" 'failed a attempt=1 exit=0 cause=check'
  [[ ! -e $DEPLOY/checkpoints/a.json ]]
}

test_a_check_that_cannot_tell_after_apply_is_asked_twice() {
  step a 'check() { echo x >>"$EFFECTS/asked"; exit 75; }; apply() { count; }' retries=3
  run_plan
  is "$END $(applied a) $(grep -c x "$EFFECTS/asked")" 'failed 1 3'
  has "$(events)" 'failed a attempt=1 exit=0 cause=unconfirmed'
}

test_a_check_out_of_time_cannot_tell() {
  step a 'check() { present || sleep 300; }; apply() { count; effect; }' check_timeout=1
  run_plan
  is "$END $(<"$RUN_DIR/steps/a/1/before")" 'ok unknown'
}

test_apply_gets_its_files_directory_and_attempt_but_no_mark_of_the_check() {
  step a 'check() { [[ -z ${STEP_FILES-}${STEP_ATTEMPT-}${TOKEN-} ]] && present; }
apply() { [[ $PWD == "$STEP_DIR" && $TOKEN == "s3 cr\"et" && $(env | grep -c "s3 cr") == 1 ]]; cmp "$STEP_FILES/x y" "$EFFECTS/x"; effect; }' secrets=TOKEN
  mkdir "$PLAN/steps/a/files"
  head -c 70000 /dev/urandom >"$PLAN/steps/a/files/x"
  cp "$PLAN/steps/a/files/x" "$EFFECTS/x"
  sed -i 's/x y/x/' "$PLAN/steps/a/script.sh"
  run_plan TOKEN='s3 cr"et'
  is "$END" ok
}

test_secrets_are_in_no_file_and_no_argument() {
  local canary=canary-7f3a9
  step a 'check() { present; }; apply() { [[ $TOKEN == canary* ]]; : >"$EFFECTS/there"; until_there "$EFFECTS/go"; effect; }' secrets=TOKEN
  submit TOKEN="$canary" >/dev/null
  await 20 test -e "$EFFECTS/there"
  ! grep -rqF "$canary" "$ROOT" "$EFFECTS"
  ! cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' '\n' | grep -F "$canary" | grep -v grep
  : >"$EFFECTS/go"
  wait_for_end
  is "$END" ok
  ! grep -rqF "$canary" "$ROOT"
  is "$(<"$RUN_DIR/secrets")" 'traces of TOKEN' # as it was sent
}

test_a_secret_reaches_only_the_steps_that_name_it() {
  local value=$'-----BEGIN-----\nl\xc3\xb6ng "lines" \\ of it\n-----END-----\n'
  printf %s "$value" >"$BOX/value" # a file that is no step's
  step a 'check() { present; }; apply() { printf %s "$TOKEN" >"$EFFECTS/a.got"; effect; }' secrets='TOKEN UNSET' needs=
  step b 'check() { present; }; apply() { [[ -z ${TOKEN+set} && $OTHER == other-word ]]; effect; }' secrets=OTHER needs=
  step c 'check() { present; }; apply() { [[ -z ${TOKEN+set}${OTHER+set} ]]; ! env | grep -e BEGIN -e other-word; effect; }' needs=
  step d 'check() { [[ -z ${TOKEN+set} ]] && present; }; apply() { ((${#TOKEN} == 70000)); effect; }' secrets=LONG needs=
  sed -i 's/TOKEN} ==/LONG} ==/' "$PLAN/steps/d/script.sh"
  run_plan TOKEN="$value" OTHER=other-word LONG="$(head -c 70000 /dev/zero | tr '\0' x)"
  is "$END" ok
  cmp "$EFFECTS/a.got" "$BOX/value"
}

# The environment of a process is open to all processes of its user: neither runner nor leader has a secret in it.
test_runner_and_leaders_have_no_secret_in_their_environment() {
  local canary=canary-5b1d7 pid
  step a 'check() { present; }; apply() { : >"$EFFECTS/there"; until_there "$EFFECTS/go"; effect; }' secrets=TOKEN needs=
  step b 'check() { present; }; apply() { for p in /proc/[0-9]*; do [[ $(tr "\0" "\n" <"$p/environ" 2>/dev/null) != *TOKEN=canary* ]] || printf "%s\n" "${p#/proc/}"; done >"$EFFECTS/found"; effect; }' needs=
  submit TOKEN="$canary" >/dev/null
  await 20 test -e "$EFFECTS/there" -a -e "$EFFECTS/b"
  while read -r pid; do
    has "$(tr '\0' '\n' <"/proc/$pid/environ")" STEP_ID=a # the step that names it, and what it started
  done <"$EFFECTS/found"
  : >"$EFFECTS/go"
  wait_for_end
  is "$END" ok
}

test_a_run_whose_secrets_broke_off_is_refused() {
  local answer
  step a '' secrets=TOKEN
  RUN=$(run_name) RUN_DIR=$DEPLOY/runs/$RUN
  printf '%s' "$RUN" >"$PLAN/run"
  BOX_SCRIPTS=$BOX/scripts
  cp -r "$HERE/../../../main/resources/dev/flashvsr/deploy/box" "$BOX_SCRIPTS"
  sed -i 's/^declare -A SECRETS$/&\nsay_secrets() { printf TOKEN=half; }/' "$BOX_SCRIPTS/submit.sh"
  answer=$(bundle_entries TOKEN=whole-secret | box_script "$SUBMIT" "$ROOT")
  has "$answer" 'error=the secrets did not arrive whole'
  [[ ! -e $RUN_DIR && ! -e $EFFECTS/a ]]
}

test_apply_is_offered_to_the_kernel_before_its_leader() {
  step a 'check() { present; }; apply() { read -r mine </proc/self/oom_score_adj; read -r leaders </proc/$PPID/oom_score_adj; ((mine > leaders)); effect; }'
  run_plan
  is "$END" ok
}

test_step_dir_is_kept_between_attempts() {
  step a 'check() { present; }; apply() { count; if [[ ! -e kept ]]; then : >kept; exit 75; fi; effect; }' retries=1
  run_plan
  is "$END $(applied a)" 'ok 2'
}

test_an_empty_plan_ends_well() {
  run_plan
  is "$END" ok
}
