# shellcheck shell=bash disable=SC2016,SC2030,SC2031,SC2034,SC2119,SC2120,SC2153,SC2154 # part of run.sh; holds other scripts' text
# clean beside runs and other calls, and cut off.

# shellcheck source=src/test/sh/runner/cleaning.sh
. "$HERE/cleaning.sh"

test_clean_is_refused_while_a_run_goes_on_and_while_a_step_lives() {
  making a 'mkdir -p env; until_there "$EFFECTS/go"' makes=env
  submit >/dev/null
  await 10 test -d "$ROOT/env"
  clean remove
  has "$SAID" $'refused run='"$RUN"$'\tplan='
  kill_runner
  clean remove
  has "$SAID" 'refused living=a'
  [[ -d $ROOT/env && -e $DEPLOY/state/a/last && $(echo "$DEPLOY/runs"/*) == "$RUN_DIR" ]]
  : >"$EFFECTS/go"
  await 10 test -e "$RUN_DIR/steps/a/1/after"
  clean remove
  has "$SAID" ok
}

test_a_clean_at_work_is_a_run_to_others_and_can_be_cancelled() {
  two_steps
  run_plan
  mkdir "$BOX/bin"
  # The second of the three waits until it may go on.
  printf '#!/bin/sh\ncase "$*" in *.2) : >"%s/at"; until [ -e "%s/go" ]; do sleep 0.02; done;; esac\nexec %s "$@"\n' \
    "$EFFECTS" "$EFFECTS" "$(type -P mv)" >"$BOX/bin/mv"
  chmod +x "$BOX/bin/mv"
  (PATH=$BOX/bin:$PATH clean remove) &
  await 10 test -e "$EFFECTS/at"
  new_plan "$(hash other)"
  step z ''
  has "$(submit)" 'plan=clean'
  survey ''
  survey "$ROOT"
  is "${ENTRY[holder.alive]}" yes
  (box_script "$CANCEL" "$ROOT" >"$BOX/cancelled") &
  await 10 compgen -G "$DEPLOY/runs/*/cancel"
  : >"$EFFECTS/go"
  wait
  has "$(<"$BOX/cancelled")" cancelled
  is "$(tail -n 1 "$BOX/clean.out")" cancelled
  is "$(below)" 'env env/lib env/lib/y env/lib/z '
  clean remove
  is "$(below)" ''
}

test_clean_comes_to_its_end_without_a_listener() {
  two_steps
  run_plan
  mkdir "$BOX/bin"
  printf '#!/bin/sh\n: >"%s/at"; until [ -e "%s/go" ]; do sleep 0.02; done\nexec %s "$@"\n' "$EFFECTS" "$EFFECTS" "$(type -P mv)" >"$BOX/bin/mv"
  chmod +x "$BOX/bin/mv"
  mkfifo "$BOX/channel"
  cat "$BOX/channel" >/dev/null &
  local reader=$! front
  (PATH=$BOX/bin:$PATH; ln -sf "$BOX/channel" "$BOX/clean.out"; clean remove) &
  front=$!
  await 10 test -e "$EFFECTS/at"
  kill -s KILL "$reader" "$front"
  : >"$EFFECTS/go"
  await 20 rmdir "$ROOT"
}

# Whatever claims to be done must be there: no checkpoint without all that its step makes.
claims_hold() {
  local path step
  while read -r step path; do
    if [[ -e $DEPLOY/checkpoints/$step.json && ! -e $ROOT/$path ]]; then
      printf '%s claims %s\n' "$step" "$path"
      return 1
    fi
  done <<<$'a down/a\na env\nb down/b\nb env/lib/z'
}

clean_again() {
  clean remove
  [[ $SAID != refused* ]]
}

test_killed_at_any_command_clean_claims_nothing_and_finishes_when_run_again() {
  local kill_at tool worker
  two_steps
  printf 'mine' >"$ROOT/foreign"
  run_plan
  cp -a "$ROOT" "$BOX/kept"
  mkdir "$BOX/bin"
  for tool in mv rm rmdir mkdir sync; do
    # Ends the worker, with its session, before or after its Nth command.
    cat >"$BOX/bin/$tool" <<TOOL
#!/bin/bash
n=\$((\$(cat "$BOX/n") + 1))
echo \$n >"$BOX/n"
[[ \$n != "\$(cat "$BOX/kill_at")" ]] || { for p in \$(pgrep -s 0); do kill -s KILL \$p; done; }
exec $(type -P "$tool") "\$@"
TOOL
    chmod +x "$BOX/bin/$tool"
  done
  # At every third of some forty; where it begins changes.
  for ((kill_at = RANDOM % 3 + 1; kill_at < 90; kill_at += 3)); do
    rm -rf "$ROOT"
    cp -a "$BOX/kept" "$ROOT"
    printf '0\n' >"$BOX/n"
    printf '%s\n' "$kill_at" >"$BOX/kill_at"
    AGREED=$(listed)
    PATH=$BOX/bin:$PATH setsid -w "$BASH" -c "$(declare -f clean entry lines box_script is run_name); $(declare -p BOX ROOT CLEAN BOX_SCRIPTS BASH_UNDER_TEST AGREED); clean remove" >/dev/null 2>&1 || :
    claims_hold
    [[ -e $ROOT/foreign ]]
    if (($(<"$BOX/n") < kill_at)); then break; fi
    # A command of the killed one may hold its lock for a moment.
    await 10 clean_again
    is "$(find "$ROOT" -mindepth 1 -printf '%P ')" 'foreign '
  done
  ((kill_at > 12 && kill_at < 90)) || { printf 'killed at %d commands\n' "$kill_at"; return 1; }
}
