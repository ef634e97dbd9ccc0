# shellcheck shell=bash disable=SC2016,SC2034,SC2119,SC2120,SC2153,SC2154 # part of run.sh; holds other scripts' text
# Probes: commands that only look.

test_probes_answer_with_what_they_print_and_their_status() {
  probe good system 5 'echo out; echo err >&2'
  probe bad.one system 5 'printf "no newline"; exit 7'
  probe silent gpu 5 'true'
  probe killed gpu 5 'kill -s KILL $$'
  survey "$ROOT"
  is "${ENTRY[probe/good]}" $'out\nerr\n'
  is "${ENTRY[probe/good/exit]} ${ENTRY[probe/bad.one/exit]} ${ENTRY[probe/silent/exit]} ${ENTRY[probe/killed/exit]}" '0 7 0 timeout'
  is "${ENTRY[probe/bad.one]}${ENTRY[probe/silent]}" 'no newline'
  [[ -n ${ENTRY[fact/now]} ]]
}

test_a_probe_gets_its_values_and_the_roots_and_none_of_ours() {
  local value=$'it\'s $(touch x) `y` \n two'
  probe values system 5 'printf "%s|%s|%s|%s|" "$given" "$root" "${PROBE_LIMITS-unset}" "$LC_ALL"; pwd; tr "\0" "\n" <"$PROBE_SESSION" | grep -c ^HOME='
  printf '%s' "$value" >"$PLAN/probes/values/vars/given"
  survey "$ROOT"
  is "${ENTRY[probe/values]}" "$value|$ROOT|unset|C|/"$'\n1\n'
}

test_a_probe_that_takes_too_long_is_ended_and_holds_no_other_up() {
  probe slow gpu 1 'echo begun; echo $$ >"$where/pid"; sleep 300'
  printf '%s' "$EFFECTS" >"$PLAN/probes/slow/vars/where"
  probe after gpu 5 'echo yes'
  probe other system 5 'echo yes'
  survey "$ROOT"
  is "${ENTRY[probe/slow]}${ENTRY[probe/slow/exit]}" $'begun\ntimeout'
  is "${ENTRY[probe/after]}${ENTRY[probe/other]}" $'yes\nyes\n'
  await 5 gone "$(<"$EFFECTS/pid")"
}

test_a_probe_that_leaves_a_process_with_its_output_is_not_waited_for() {
  local begun=$SECONDS
  probe leaves gpu 30 'echo said; setsid sleep 300 & echo $! >"$where/child"'
  printf '%s' "$EFFECTS" >"$PLAN/probes/leaves/vars/where"
  survey "$ROOT"
  is "${ENTRY[probe/leaves/exit]}" 0
  is "${ENTRY[probe/leaves]}" $'said\n'
  ((SECONDS - begun < 20))
  kill -s KILL "$(<"$EFFECTS/child")"
}

test_after_two_probes_of_a_lane_that_were_out_of_time_its_others_are_not_run() {
  local begun=$SECONDS id
  for id in a b c d e f; do probe "$id" gpu 1 'sleep 300'; done
  probe g net 1 'sleep 300'
  probe h net 1 'sleep 300'
  probe i net 1 'echo yes'
  survey "$ROOT"
  is "${ENTRY[probe/b/exit]} ${ENTRY[probe/f/exit]} ${ENTRY[probe/i]}" $'timeout timeout yes\n'
  has "${ENTRY[probe/f]}" 'not run'
  ((SECONDS - begun < 5))
}

test_endless_output_of_a_probe_is_cut() {
  probe endless gpu 10 'yes'
  survey "$ROOT"
  is "${#ENTRY[probe/endless]} ${ENTRY[probe/endless/exit]}" '1048576 cut'
}

test_what_all_probes_of_a_lane_print_is_bounded_and_each_has_some_of_it() {
  local id
  for id in a b c d e f g h i; do probe "$id" gpu 10 'yes'; done
  probe last gpu 10 'echo yes'
  survey "$ROOT"
  is "${#ENTRY[probe/a]} ${#ENTRY[probe/i]} ${ENTRY[probe/i/exit]} ${ENTRY[probe/last]}" $'1048576 4096 cut yes\n'
}

test_lanes_run_beside_each_other() {
  local begun=$SECONDS
  probe a one 10 'sleep 2'
  probe b two 10 'sleep 2'
  probe c three 10 'sleep 2'
  survey "$ROOT"
  ((SECONDS - begun < 5))
}

test_bytes_that_are_no_text_do_no_harm() {
  probe bytes system 5 'printf "a\0b\001c\377\n"; exit 3'
  survey "$ROOT"
  is "${ENTRY[probe/bytes]}" $'ab\001c\377\n'
  is "${ENTRY[probe/bytes/exit]}" 3
}

test_probes_that_are_not_described_are_left_out() {
  mkdir -p "$PLAN/probes"
  printf 'nothing system 5\nodd system x\n' >"$PLAN/probes/list"
  mkdir -p "$PLAN/probes/nothing" "$PLAN/probes/odd"
  : >"$PLAN/probes/nothing/command"
  printf 'echo x' >"$PLAN/probes/odd/command"
  survey "$ROOT"
  is "${ENTRY[probe/odd]-none}" none
}
