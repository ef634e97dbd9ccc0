# shellcheck shell=bash disable=SC2016,SC2034,SC2119,SC2120,SC2153,SC2154 # part of run.sh; holds other scripts' text
# A step may be called like anything that lies under .deploy.

# The words of the layout that can be ids, one a line: what a run really leaves there, and what is there for a while.
layout_words() {
  {
    find "$DEPLOY" -printf '%f\n'
    printf '%s\n' cancel refused trash tmp files lock lock.d reserve made stored force forced seen order graph agreed running tail \
      ended living cancelled take leave record said exit before after result seconds fingerprint
  } | grep -xE '[a-z][a-z0-9-]*' | sort -u
}

test_every_word_of_the_layout_is_a_step() {
  local word words
  step check ''
  mkdir "$PLAN/steps/check/files"
  printf x >"$PLAN/steps/check/files/x"
  run_plan TOKEN=s3cret
  words=$(layout_words)
  has "$words" steps
  has "$words" runs
  has "$words" state
  rm -r "$DEPLOY" "${EFFECTS:?}"/*
  new_plan
  local before=
  for word in $words; do
    step "$word" '' needs="$before" makes="made-$word"
    [[ $before ]] && before='' || before=$word # each is a need or has one
  done
  run_plan
  is "$END" ok
  for word in $words; do
    is "$word $(applied "$word") $(<"$DEPLOY/runs/$RUN/steps/$word/1/result")" "$word 1 ok"
    has "$(<"$DEPLOY/checkpoints/$word.json")" '"attempt": 1,'
  done
  survey "$ROOT"
  for word in $words; do
    is "$word ${ENTRY[check/$word]} ${ENTRY[attempt/$word/result]}" "$word yes ok"
  done
}

test_words_of_the_layout_are_taken_over_cancelled_and_cleaned() {
  local word
  for word in steps runs; do
    rm -f "$EFFECTS"/*
    new_plan "$(hash "$word")"
    step "$word" "$WAITS"
    begun
    kill_runner
    submit >/dev/null
    await 20 grep -q "taken-over $word" "$RUN_DIR/events"
    kill_runner
    box_script "$CANCEL" "$ROOT" >"$BOX/answer"
    parse_entries <"$BOX/answer"
    is "${ENTRY[cancelled]-} ${#ENTRY[@]} ${ENTRY[ended/$word]-none}" "$RUN 2 "
    : >"$EFFECTS/go"
    run_plan
    is "$END $(applied "$word")" 'ok 2'
  done
}
