# shellcheck shell=bash disable=SC2016,SC2034,SC2119,SC2120,SC2153,SC2154 # part of run.sh; holds other scripts' text
# What comes over the link: submits that break off or are hostile, and following.

nothing_started() {
  set -- "$DEPLOY"/runs/* "$DEPLOY"/runs/.new-*
  is "$*" "$DEPLOY/runs/* $DEPLOY/runs/.new-*"
}

test_a_submit_that_breaks_off_anywhere_starts_nothing() {
  local size cut
  step a '' force=yes
  printf '%s' "$(run_name)" >"$PLAN/run"
  bundle_entries TOKEN=x >"$BOX/stream"
  size=$(stat -c %s "$BOX/stream")
  for cut in 0 1 100 $((size / 2)) $((size - 6)) $((size - 5)); do
    has "$(head -c "$cut" "$BOX/stream" | box_script "$SUBMIT" "$ROOT")" refused
    nothing_started
  done
  is "$(applied a)" 0
}

test_a_submit_that_breaks_off_unheard_leaves_nothing() {
  step a ''
  printf '%s' "$(run_name)" >"$PLAN/run"
  bundle_entries >"$BOX/stream"
  mkfifo "$BOX/answer"
  head -c 200 "$BOX/stream" | box_script "$SUBMIT" "$ROOT" >"$BOX/answer" &
  : <"$BOX/answer" # nobody is left who would read it
  wait "$!" || :
  nothing_started
}

test_hostile_names_are_refused() {
  local name
  step a ''
  printf '%s' "$(run_name)" >"$PLAN/run"
  for name in ../x bundle/../../x bundle//x bundle/./x /etc/x 'bundle/a b' bundle/ '@secret/A-B' '@secret/../x' other; do
    has "$({ printf '%s 1\nx\n' "$name"; bundle_entries; } | box_script "$SUBMIT" "$ROOT")" refused
    nothing_started
  done
}

test_a_bundle_of_any_bytes_arrives_unchanged() {
  local file
  step a '' action=adopt
  mkdir -p "$PLAN/steps/a/files/deep"
  head -c 100000 /dev/urandom >"$PLAN/steps/a/files/deep/big"
  printf '\0\n\0\377' >"$PLAN/steps/a/files/small"
  : >"$PLAN/steps/a/files/empty"
  printf 'x\n\n\n' >"$PLAN/steps/a/vars/NEWLINES"
  printf '%s' 'ü€' >"$PLAN/steps/a/vars/WIDE"
  see
  run_plan
  diff -r "$PLAN" "$RUN_DIR/bundle"
}

test_what_is_written_is_ours_alone() {
  step a ''
  run_plan
  is "$(find "$DEPLOY" -perm /077)" ''
}

# Starts the follower; its stdin is $TELL, its frames go to $BOX/frames.
start_follower() {
  mkfifo "$BOX/tell"
  box_script "$FOLLOW" "$ROOT" MARK "$1" <"$BOX/tell" >"$BOX/frames" &
  FOLLOWER=$!
  exec {TELL}>"$BOX/tell"
}

# Reads the frames: GOT, the bytes of each path; STATES, what was said of the runner.
read_frames() {
  local mark path offset length data newline LC_ALL=C
  declare -gA GOT=()
  STATES='' DROPPED=''
  while read -r mark path offset length; do
    is "$mark" MARK
    ((length <= 65536))
    data=
    ((length == 0)) || IFS= read -r -N "$length" data
    IFS= read -r newline
    is "$newline" ''
    case $path in
      .) ;;
      @runner) STATES+="$data " ;;
      @dropped) DROPPED+="$data " ;;
      *)
        is "$offset" "$((${#GOT[$path]} + ${FROM-0}))"
        GOT[$path]+=$data
        ;;
    esac
  done <"$BOX/frames"
}

test_following_a_run_to_its_end() {
  step a 'check() { present; }; apply() { echo one; : >"$EFFECTS/begun"; until_there "$EFFECTS/go"; seq 1 50000; effect; }'
  submit >/dev/null
  start_follower "$RUN"
  printf 'follow runs/%s/events 0\nfollow runs/%s/steps/a/1/log 0\n' "$RUN" "$RUN" >&"$TELL"
  await 20 grep -aq '^one' "$BOX/frames"
  : >"$EFFECTS/go"
  await 30 grep -aq '^ended' "$BOX/frames"
  printf 'drop runs/%s/events\n' "$RUN" >&"$TELL"
  await 10 grep -aq @dropped "$BOX/frames"
  exec {TELL}>&-
  wait "$FOLLOWER"
  read_frames
  is "$STATES$DROPPED" "alive ended ok runs/$RUN/events "
  is "${GOT[runs/$RUN/events]}" "$(<"$RUN_DIR/events")"$'\n'
  is "${GOT[runs/$RUN/steps/a/1/log]}" "$(<"$RUN_DIR/steps/a/1/log")"$'\n'
}

test_following_tells_of_a_dead_runner_and_of_files_that_come_later() {
  step a "$WAITS"
  begun
  start_follower "$RUN"
  printf 'follow later 3\nfollow ../../effects/begun 0\nfollow /etc/passwd 0\n' >&"$TELL"
  await 10 grep -aq '^alive' "$BOX/frames"
  printf 'abcdef' >"$DEPLOY/later"
  await 10 grep -aq '^def' "$BOX/frames"
  kill_runner
  await 10 grep -aq '^dead' "$BOX/frames"
  exec {TELL}>&-
  wait "$FOLLOWER"
  FROM=3 read_frames
  is "${GOT[later]}/$STATES/${#GOT[@]}" 'def/alive dead /1'
  : >"$EFFECTS/go"
  await 10 test -e "$RUN_DIR/steps/a/1/exit" # else it would wait for ever in a box that is gone
}

test_a_request_that_comes_in_pieces_is_not_lost() {
  local path
  mkdir -p "$DEPLOY"
  start_follower ''
  for path in one two three; do
    printf '%s' "$path" >"$DEPLOY/$path"
    printf 'follow ' >&"$TELL"
    read -r -t 0.3 -u "$NAP" || : # longer than the follower waits before it looks at its files
    printf '%s 0' "$path" >&"$TELL"
    read -r -t 0.3 -u "$NAP" || :
    printf '\n' >&"$TELL"
    await 10 grep -aqx "$path" "$BOX/frames"
  done
  exec {TELL}>&-
  wait "$FOLLOWER"
}

# Each line comes just when the time is up that the follower waits before it looks at its files, or about then.
test_requests_that_come_at_any_time_are_all_obeyed() {
  local number most=${REQUESTS:-100}
  mkdir -p "$DEPLOY"
  start_follower ''
  for ((number = 1; number <= most; number++)); do
    printf 'drop the/log/number/%d\n' "$number"
    read -r -t "0.0$((RANDOM % 3))$((RANDOM % 10))" -u "$NAP" || :
  done >&"$TELL"
  await 10 grep -aqx "the/log/number/$most" "$BOX/frames"
  exec {TELL}>&-
  wait "$FOLLOWER"
  is "$(grep -acx 'the/log/number/[0-9]*' "$BOX/frames")" "$most"
}

test_following_from_the_end_of_a_file() {
  mkdir -p "$DEPLOY"
  seq 1 1000 >"$DEPLOY/log"
  start_follower ''
  printf 'follow log -5\n' >&"$TELL"
  await 10 grep -aq '^MARK log' "$BOX/frames"
  exec {TELL}>&-
  wait "$FOLLOWER"
  FROM=$(($(stat -c %s "$DEPLOY/log") - 5)) read_frames
  is "${GOT[log]}" $'1000\n'
}

test_a_stored_file_is_placed_beside_the_small_ones() {
  local sum
  step a '' action=adopt
  mkdir -p "$DEPLOY/files"
  head -c 2000000 /dev/urandom >"$BOX/large"
  sum=$(sha256sum <"$BOX/large")
  cp "$BOX/large" "$DEPLOY/files/${sum%% *}"
  printf '%s 2000000 deep/large\n' "${sum%% *}" >"$PLAN/steps/a/stored"
  see
  run_plan
  cmp "$BOX/large" "$RUN_DIR/bundle/steps/a/files/deep/large"
}

test_a_stored_file_that_is_not_as_it_was_sent_starts_nothing() {
  local line sum
  sum=$(hash some)
  step a ''
  mkdir -p "$DEPLOY/files"
  printf 'half' >"$DEPLOY/files/$sum"
  for line in "$sum 8 large" "$(hash none) 4 large" "$sum 4 ../large" "../x 4 large" "$sum 4"; do
    printf '%s\n' "$line" >"$PLAN/steps/a/stored"
    has "$(submit)" refused
    nothing_started
  done
}
