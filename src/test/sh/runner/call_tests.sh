# shellcheck shell=bash disable=SC2016,SC2034,SC2119,SC2120,SC2153,SC2154 # part of run.sh; holds other scripts' text
# Functions that a step's script may have beside check and apply.

test_a_function_answers_with_what_it_prints_in_the_environment_of_check() {
  step a 'check() { false; }; apply() { :; }; wanted() { printf "%s|%s|%s|%s\n" "$given" "$root" "$STEP_ID" "$STEP_DIR"; pwd; echo aside >&2; }'
  printf '%s' $'it\'s $(touch x)\n two' >"$PLAN/steps/a/vars/given"
  rmdir "$ROOT"
  call wanted
  is "${ENTRY[call/a]}" $'it\'s $(touch x)\n two'"|$ROOT|a|$ROOT/.deploy/state/a/dir"$'\n/\n'
  is "${ENTRY[call/a/exit]}" 0
  [[ ! -e $ROOT ]]
}

test_a_script_without_the_function_answers_with_nothing() {
  step a 'check() { false; }; apply() { :; }'
  call wanted
  is "${ENTRY[call/a]}:${ENTRY[call/a/exit]}" ':0'
}

test_a_function_that_fails_or_is_unset_says_so_and_holds_no_other_up() {
  step fails 'wanted() { echo half; false; echo rest; }'
  step unset 'wanted() { echo "$nothing_of_this_name"; }'
  step good 'wanted() { echo whole; }'
  call wanted
  is "${ENTRY[call/fails]}${ENTRY[call/fails/exit]}" $'half\n1'
  [[ ${ENTRY[call/unset/exit]} != 0 ]]
  is "${ENTRY[call/good]}${ENTRY[call/good/exit]}" $'whole\n0'
}

test_functions_that_take_too_long_are_ended_and_their_time_counts_once() {
  local LIMIT=1 begun=$SECONDS
  step slow 'wanted() { echo begun; sleep 300 & echo $! >"$EFFECTS/child"; wait; }'
  step deaf 'wanted() { trap "" TERM; while :; do sleep 300; done; }'
  step leaves 'wanted() { echo said; setsid sleep 300 & echo $! >"$EFFECTS/left"; }'
  step good 'wanted() { echo whole; }'
  call wanted
  is "${ENTRY[call/slow/exit]} ${ENTRY[call/deaf/exit]} ${ENTRY[call/leaves/exit]} ${ENTRY[call/good/exit]}" 'timeout timeout timeout 0'
  ((SECONDS - begun < 8))
  await 5 gone "$(<"$EFFECTS/child")"
  kill -s KILL "$(<"$EFFECTS/left")"
}

test_output_without_an_end_is_cut() {
  step endless 'wanted() { yes; }'
  step good 'wanted() { echo whole; }'
  call wanted
  is "${#ENTRY[call/endless]} ${ENTRY[call/endless/exit]} ${ENTRY[call/good/exit]}" '1048576 cut 0'
}

test_the_whole_answer_stays_within_what_is_read() {
  local id total=0 entry
  for id in a b c d e f g h; do step "$id" 'wanted() { head -c 1000000 /dev/zero | tr "\0" x; }'; done
  call wanted
  for entry in "${ENTRY[@]}"; do total=$((total + ${#entry})); done
  ((total < 7000000))
  is "${ENTRY[call/a/exit]} ${ENTRY[call/h/exit]}" '0 cut'
}

test_a_script_that_is_too_long_for_an_argument_is_called_too() {
  local long
  long=$(head -c 200000 /dev/zero | tr '\0' x)
  step a "wanted() { echo whole; } # $long"
  call wanted
  is "${ENTRY[call/a]}${ENTRY[call/a/exit]}" $'whole\n0'
}
