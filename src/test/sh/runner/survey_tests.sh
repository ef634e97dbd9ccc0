# shellcheck shell=bash disable=SC2016,SC2034,SC2119,SC2120,SC2153,SC2154 # part of run.sh; holds other scripts' text
# Looking at a box.

test_survey_asks_all_checks_and_changes_nothing() {
  rmdir "$ROOT"
  step yes 'check() { true; }; apply() { :; }'
  step no 'check() { false; }; apply() { :; }'
  step other 'check() { echo why; return 3; }; apply() { :; }'
  step unknown 'check() { exit 75; }; apply() { :; }'
  step unset 'check() { echo "$nothing_of_this_name"; }; apply() { :; }'
  step inside 'check() { false; true; }; apply() { :; }'
  step pipe 'check() { false | true; }; apply() { :; }'
  step toplevel 'false; check() { true; }; apply() { :; }'
  survey "$ROOT"
  is "${ENTRY[root]} ${ENTRY[root.why]}${ENTRY[root.missing]-none}" "$ROOT given"
  is "${ENTRY[check/yes]} ${ENTRY[check/no]} ${ENTRY[check/other]} ${ENTRY[check/unknown]}" 'yes no no unknown'
  is "${ENTRY[check/unset]} ${ENTRY[check/inside]} ${ENTRY[check/pipe]} ${ENTRY[check/toplevel]}" 'no no no no'
  is "${ENTRY[check/other/said]}" why
  has "${ENTRY[check/unset/said]}" nothing_of_this_name
  is "${ENTRY[fact/user]} ${ENTRY[fact/uid]} ${ENTRY[fact/home]}" "$(id -un) $EUID $BOX/home"
  [[ ${ENTRY[fact/memory]} -gt 1000000 && ${ENTRY[fact/cpus]} -gt 0 && ${ENTRY[fact/free]} -gt 0 && -n ${ENTRY[fact/os]} ]]
  [[ ! -e $ROOT ]]
}

test_a_value_may_bear_the_name_of_one_of_our_own_arrays() {
  step s 'check() { printf "%s%s%s" "$given" "$SENT" "$GROUP" | cmp -s - <(printf 123) && bash -c "printf %s \"\$given\"" | cmp -s - <(printf 1); }
apply() { check && effect; }'
  printf 1 >"$PLAN/steps/s/vars/given"
  printf 2 >"$PLAN/steps/s/vars/SENT"
  printf 3 >"$PLAN/steps/s/vars/GROUP"
  survey "$ROOT"
  is "${ENTRY[check/s]}" yes
  : >"$PLAN/steps/s/force"
  run_plan
  is "$END" ok
}

# A stand-in for the driver's own tool.
test_the_first_card_is_told_and_a_driver_that_floods_or_fails_costs_nothing() {
  mkdir "$BOX/bin"
  local PATH=$BOX/bin:$PATH said
  put_smi() { printf '#!/bin/sh\n%s\n' "$1" >"$BOX/bin/nvidia-smi" && chmod 755 "$BOX/bin/nvidia-smi"; }
  put_smi 'echo "GPU 0: One (UUID: GPU-1)"; echo "GPU 1: Two"; sleep 30'
  survey "$ROOT"
  is "${ENTRY[fact/gpu]}" 'GPU 0: One (UUID: GPU-1)'
  put_smi 'printf "GPU 0: no line end"'
  survey "$ROOT"
  is "${ENTRY[fact/gpu]}" 'GPU 0: no line end'
  put_smi 'tr "\0" x </dev/zero'
  survey "$ROOT"
  printf -v said '%01000d' 0
  is "${ENTRY[fact/gpu]}" "${said//0/x}"
  put_smi 'exit 9'
  survey "$ROOT"
  is "${ENTRY[fact/gpu]-none}" none
}

test_survey_without_steps_answers_with_the_state_alone() {
  survey "$ROOT"
  is "${ENTRY[root]}" "$ROOT"
  [[ -n ${ENTRY[fact/now]} ]]
}

test_survey_ends_a_check_that_takes_too_long_with_its_children() {
  step slow 'check() { echo $$ >"$EFFECTS/pid"; sleep 300 & echo $! >"$EFFECTS/child"; wait; }; apply() { :; }'
  step fast 'check() { true; }; apply() { :; }'
  LIMIT=1 survey "$ROOT"
  is "${ENTRY[check/slow]} ${ENTRY[check/fast]}" 'unknown yes'
  await 5 gone "$(<"$EFFECTS/pid")"
  await 5 gone "$(<"$EFFECTS/child")"
}


test_values_and_names_reach_scripts_byte_for_byte() {
  local value=$'it\'s "so" $(touch x) `y` \\ \n\n  end \n'
  step s-1.x_Y 'check() { printf "%s" "$VALUE" | cmp -s - "$EFFECTS/value"; }; apply() { check && count && effect; }'
  printf '%s' "$value" >"$PLAN/steps/s-1.x_Y/vars/VALUE"
  printf '%s' "$value" >"$EFFECTS/value"
  survey "$ROOT"
  is "${ENTRY[check/s-1.x_Y]}" yes
  : >"$PLAN/steps/s-1.x_Y/force"
  run_plan
  is "$END" ok
  cmp "$EFFECTS/value" "$EFFECTS/s-1.x_Y"
}

test_big_scripts_and_chatty_checks_are_fine() {
  step a "$(head -c 300000 /dev/zero | tr '\0' '#')
check() { head -c 3000000 /dev/zero | tr '\\0' x; echo; echo last; }; apply() { count; effect; }"
  survey "$ROOT"
  is "${ENTRY[check/a]}" yes
  has "${ENTRY[check/a/said]}" last
  is "${#ENTRY[check/a/said]}" 1023
  run_plan
  is "$END" ok
}

# What a check can see of the shell that it runs in, but for what two processes never have in common, for how deep it is
# in that shell, and for the descriptors of this test.
seen='check() {
  local own="^declare -[-a-z]* (_|BASH_[A-Z0-9_]*|BASHPID|EPOCH[A-Z]*|FUNCNAME|LINENO|OLDPWD|own|PIPESTATUS|PPID|RANDOM|SECONDS|SHLVL|SRANDOM|to)\b"
  local to=$EFFECTS/seen.$BASHPID
  unset -v BASH_EXECUTION_STRING # of several lines
  {
    declare -p | grep -vE "$own"
    compgen -A function
    set -o
    shopt
    trap -p | grep -v -e SIGINT -e SIGQUIT || : # which a run ignores
    umask
    pwd
    echo "$0 $# $-"
    ulimit -a
  } >"$to"
  false
}
apply() { :; }'

test_a_check_sees_the_same_shell_in_survey_and_runner() {
  local name
  step s "$seen"
  for name in worker CHECK status; do printf 'a b' >"$PLAN/steps/s/vars/$name"; done
  survey "$ROOT"
  run_plan
  survey "$ROOT"
  set -- "$EFFECTS"/seen.*
  is "$#" 4
  diff <(grep -v TMPDIR "$1") <(grep -v TMPDIR "$2") # before a run there is no place for them below the root
  diff "$2" "$3"
  diff "$3" "$4"
}

test_checks_wait_in_line_and_one_that_takes_too_long_costs_no_other_its_answer() {
  local i wanted=
  for ((i = 0; i < 40; i++)); do
    # shellcheck disable=SC2015 # the second is what the check says
    step "s$i" "check() { [[ $i != 1 ]] || sleep 1007.5; echo \"said  $i \"; return $((i % 2)); }; apply() { :; }"
  done
  LIMIT=1 survey "$ROOT"
  for ((i = 0; i < 40; i++)); do
    wanted=yes
    ((i % 2 == 0)) || wanted=no
    ((i != 1)) || wanted=unknown
    is "$i ${ENTRY[check/s$i]}" "$i $wanted"
    ((i == 1)) || is "${ENTRY[check/s$i/said]}" "said  $i "
  done
  ! pgrep -f "sleep 1007.5"
}

test_a_script_that_returns_from_itself_says_no_in_the_survey_too() {
  step s 'return 0; check() { :; }; apply() { :; }'
  survey "$ROOT"
  is "${ENTRY[check/s]}" no
}

test_a_check_may_clean_up_at_its_end() {
  step s 'declare made=$EFFECTS/made
trap '\''rm "$made"'\'' EXIT
check() { : >"$made"; }; apply() { :; }'
  survey "$ROOT"
  is "${ENTRY[check/s]}" yes
  [[ ! -e $EFFECTS/made ]]
}

test_any_byte_reaches_a_check() {
  local all='' i byte
  for ((i = 1; i < 256; i++)); do
    printf -v byte '\\x%02x' "$i"
    printf -v byte '%b' "$byte"
    all+=$byte
  done
  step s 'check() { printf %s "$v" | cmp "$EFFECTS/all"; }; apply() { :; }'
  printf %s "$all" >"$PLAN/steps/s/vars/v"
  printf %s "$all" >"$EFFECTS/all"
  survey "$ROOT"
  is "${ENTRY[check/s]}" yes
}

test_the_nearest_directory_above_is_found_for_whatever_is_asked() {
  local asked
  # shellcheck source=/dev/null
  . "$BOX_SCRIPTS/facts.sh"
  for asked in relative/x '~root/x' x '' . .. //x /nowhere /nowhere/at/all; do
    existing_parent "$asked"
    is "$asked $REPLY" "$asked /"
  done
  existing_parent "$BOX/no/such"
  is "$REPLY" "$BOX"
}

test_a_check_sees_the_same_environment_in_survey_and_runner() {
  local dump='check() { env | sort | grep -v -e ^_= -e ^SHLVL= -e ^PWD= -e ^OLDPWD= >"$EFFECTS/env.$(date +%s%N)"; false; }; apply() { :; }'
  step a "$dump"
  export BASH_ENV=/nonexistent LD_LIBRARY_PATH=/x PYTHONPATH=/x PIP_INDEX_URL=x CONDA_PREFIX=/x http_proxy=http://p:1 NVIDIA_X=1 CUDA_VISIBLE_DEVICES=0
  survey "$ROOT"
  run_plan SECRET=hidden
  survey "$ROOT"
  set -- "$EFFECTS"/env.*
  is "$#" 4
  cmp <(grep -v ^TMPDIR= "$1") <(grep -v ^TMPDIR= "$2") # before a run there is no place for them below the root
  cmp "$2" "$3"
  cmp "$3" "$4"
  has "$(<"$4")" "TMPDIR=$DEPLOY/state/a/tmp"
  has "$(<"$1")" http_proxy=http://p:1
  has "$(<"$1")" NVIDIA_X=1
  has "$(<"$1")" CUDA_VISIBLE_DEVICES=0
  has "$(<"$1")" LC_ALL=C.UTF-8
  has "$(<"$1")" "HOME=$BOX/home"
  local name
  for name in BASH_ENV LD_LIBRARY PYTHON PIP_ CONDA hidden DEPLOY_ STEP_FILES STEP_ATTEMPT BASH_FUNC; do hasnt "$(<"$1")" "$name"; done
}

test_state_is_told() {
  step good ''
  step bad 'check() { false; }; apply() { echo the end of it; exit 3; }'
  run_plan
  survey "$ROOT"
  is "${ENTRY[box.json]}" "$(<"$DEPLOY/box.json")"$'\n'
  has "${ENTRY[holder]}" "run=$RUN"$'\n'"plan=$(hash plan)"$'\n'"who=someone"$'\n'"from=laptop"$'\n'since=1700000000
  is "${ENTRY[holder.alive]} ${ENTRY[run/last]} ${ENTRY[run/last/end]} ${ENTRY[run/last/plan]}" "no $RUN failed $(hash plan)"
  is "${ENTRY[checkpoint/good]}" "$(<"$DEPLOY/checkpoints/good.json")"$'\n'
  is "${ENTRY[last/bad]}" "$RUN 1"$'\n'
  is "${ENTRY[attempt/bad/exit]} ${ENTRY[attempt/bad/before]} ${ENTRY[attempt/bad/result]} ${ENTRY[attempt/bad/running]-}" '3 no failed '
  has "${ENTRY[attempt/bad/tail]}" 'the end of it'
  is "${ENTRY[attempt/good/result]} ${ENTRY[attempt/good/after]} ${ENTRY[attempt/good/tail]-}" 'ok yes '
}

test_the_root_is_found_again_and_the_tilde_expanded() {
  survey ''
  has "${ENTRY[root]}" /flashvsr
  is "${ENTRY[root.why]}" chosen
  mkdir -p "$BOX/home/flashvsr/.deploy"
  printf '{}\n' >"$BOX/home/flashvsr/.deploy/box.json"
  survey ''
  is "${ENTRY[root]} ${ENTRY[root.why]}" "$BOX/home/flashvsr found"
  # shellcheck disable=SC2088
  survey '~/x'
  is "${ENTRY[root]} ${ENTRY[root.why]}" "$BOX/home/x given"
}

# A run's name begins with the time of the machine that sent it.
test_the_newest_run_is_the_last_that_had_the_lock_whatever_the_clocks_said() {
  step a 'check() { present; }; apply() { count; effect; }'
  run_plan
  is "$END" ok
  survey "$ROOT"
  local first=${ENTRY[run/last]}
  mv "$ROOT/.deploy/runs/$first" "$ROOT/.deploy/runs/29991231T235959Z-00000000"
  : >"$PLAN/steps/a/force"
  run_plan
  survey "$ROOT"
  [[ ${ENTRY[run/last]} != 2999* ]]
  rm "$ROOT/.deploy/holder"
  survey "$ROOT"
  is "${ENTRY[run/last]}" 29991231T235959Z-00000000
}
