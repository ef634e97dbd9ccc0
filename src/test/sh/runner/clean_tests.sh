# shellcheck shell=bash disable=SC2016,SC2030,SC2031,SC2034,SC2119,SC2120,SC2153,SC2154 # part of run.sh; holds other scripts' text
# What clean removes, and what it leaves.

# shellcheck source=src/test/sh/runner/cleaning.sh
. "$HERE/cleaning.sh"

test_clean_lists_what_was_made_with_its_size_and_changes_nothing() {
  two_steps
  printf 'mine' >"$ROOT/foreign"
  run_plan
  local before
  before=$(find "$ROOT" | sort)
  clean list
  is "$(find "$ROOT" | sort)" "$before"
  has "${ENTRY[take/1]}" $'path=down/a\nkib='
  has "${ENTRY[take/2]}" $'path=down/b\n'
  has "${ENTRY[take/3]}" $'path=env\n'
  has "${ENTRY[take/3]}" $'steps=a \ngo=a b '
  [[ ${ENTRY[take/3]} =~ kib=[1-9] && ${ENTRY[record]} =~ kib=[1-9] ]]
  hasnt "$SAID" foreign
}

test_clean_leaves_nothing_of_ours_and_everything_else() {
  two_steps
  printf 'mine' >"$ROOT/foreign"
  run_plan
  mkdir "$ROOT/down/theirs"
  clean remove
  has "$SAID" $'removed .deploy\nok'
  is "$(below)" 'down down/theirs foreign '
  [[ ! -e $DEPLOY ]]
}

test_a_root_that_we_made_goes_too_when_it_is_empty() {
  rmdir "$ROOT"
  two_steps
  run_plan
  clean remove
  has "$SAID" $'removed .\nok'
  [[ ! -e $ROOT ]]
}

test_a_root_that_was_there_stays() {
  two_steps
  run_plan
  clean remove
  is "$(find "$ROOT")" "$ROOT"
}

test_what_was_adopted_is_left_and_said_so_also_after_a_later_run() {
  making a 'mkdir -p env; echo x >env/new' makes=env
  mkdir "$ROOT/env"
  : >"$EFFECTS/a"
  run_plan
  has "$(events)" 'adopted a'
  clean list
  has "${ENTRY[leave/1]}" $'path=env\nwhy=found\n'
  new_plan "$(hash other)"
  making a 'mkdir -p env; echo x >env/new' makes=env fp=other
  see
  run_plan
  is "$END $(applied a)" 'ok 1'
  clean remove
  has "$SAID" ok
  is "$(below)" 'env env/new '
  [[ ! -e $DEPLOY ]]
}

test_what_was_there_before_the_first_attempt_is_left() {
  two_steps
  mkdir -p "$ROOT/env" "$ROOT/down"
  run_plan
  clean remove
  has "$SAID" ok
  is "$(below)" 'down env env/lib env/lib/y '
}

test_what_was_found_and_is_gone_is_ours_when_it_is_made_again() {
  making a 'mkdir -p env; echo x >env/new' makes=env
  mkdir "$ROOT/env"
  : >"$EFFECTS/a"
  run_plan
  rm -rf "$ROOT/env" "$EFFECTS/a"
  run_plan
  clean remove
  is "$(below)" ''
}

test_what_steps_name_and_nobody_noted_is_left_and_said_so() {
  two_steps
  run_plan
  rm "$DEPLOY/made"
  NAMED='steps 2
a

steps/a/makes 11
down/a
env

'
  clean list
  is "${ENTRY[leave/1]}" $'path=down/a\nwhy=found\nwhat=\nsteps=a \n'
  has "${ENTRY[leave/2]}" 'path=env'
}

test_links_are_removed_and_never_followed() {
  mkdir "$BOX/outside" "$ROOT/away"
  : >"$BOX/outside/keep"
  rmdir "$ROOT/away"
  making a 'ln -s ../outside link; mkdir dir; ln -s ../../outside dir/link; mkdir -p away/in' makes='link dir away/in'
  run_plan
  mv "$ROOT/away" "$BOX/outside/away"
  ln -s "$BOX/outside/away" "$ROOT/away"
  clean list
  has "${ENTRY[leave/3]}" $'path=away/in\nwhy=link\nwhat= away'
  clean remove
  has "$SAID" ok
  is "$(below)" 'away '
  [[ -e $BOX/outside/keep && -e $BOX/outside/away/in ]]
}

test_mounts_are_named_and_not_crossed() {
  two_steps
  run_plan
  unshare -m true 2>/dev/null || skip 'nothing can be mounted here'
  mkdir "$BOX/volume"
  : >"$BOX/volume/keep"
  mkdir "$ROOT/env/volume"
  # The same file system, which neither du -x nor rm --one-file-system would notice.
  AGREED=$(listed) BOX_MOUNT="$BOX/volume $ROOT/env/volume"
  export -f clean entry lines box_script parse_entries is run_name
  export BOX ROOT CLEAN BOX_SCRIPTS BASH_UNDER_TEST AGREED BOX_MOUNT
  unshare -m "$BASH" -c 'set -e; mount --bind $BOX_MOUNT; clean remove'
  SAID=$(<"$BOX/clean.out")
  is "$(tail -n 1 "$BOX/clean.out")" failed
  hasnt "$SAID" $'removed env\n'
  [[ -e $BOX/volume/keep && -d $ROOT/env/volume && -e $DEPLOY/made ]]
  # Unmounted, it goes with the rest.
  clean remove
  has "$SAID" $'removed env\nremoved .deploy'
  [[ -e $BOX/volume/keep ]]
}

test_steps_alone_lose_what_is_theirs_and_their_checkpoint() {
  two_steps
  making c 'mkdir -p shared; echo c >shared/c' makes=shared
  making d 'mkdir -p shared; echo d >shared/d' makes=shared needs=c
  run_plan
  clean list a d
  has "${ENTRY[leave/3]}" $'path=shared\nwhy=shared\nwhat= c\n'
  clean remove a d
  is "$(tail -n 1 "$BOX/clean.out")" ok
  is "$(below)" 'down down/b down/b/file shared shared/c shared/d '
  # b lies within what a made.
  [[ ! -e $DEPLOY/checkpoints/a.json && ! -e $DEPLOY/checkpoints/b.json && ! -e $DEPLOY/state/a ]]
  [[ -e $DEPLOY/checkpoints/c.json && -e $DEPLOY/checkpoints/d.json && -e $DEPLOY/state/b/last ]]
  has "$(find "$DEPLOY/trash")" "$DEPLOY/trash"
  # And what is made again is ours again, shared things too.
  rm "$EFFECTS/a" "$EFFECTS/b"
  see
  run_plan
  is "$END $(applied a) $(applied b) $(applied c) $(applied d)" 'ok 2 2 1 1'
  clean remove
  is "$(below)" ''
  [[ ! -e $DEPLOY ]]
}

test_only_what_was_agreed_to_goes() {
  two_steps
  run_plan
  AGREED=down/a
  clean remove
  is "$(below)" 'down down/b down/b/file env env/lib env/lib/y env/lib/z '
  [[ ! -e $DEPLOY/checkpoints/a.json && -e $DEPLOY/checkpoints/b.json && -e $DEPLOY/box.json ]]
  unset AGREED
  clean remove
  is "$(below)" ''
}

test_a_root_without_us_has_nothing_to_clean() {
  clean list
  is "$SAID" ''
  clean remove
  is "$SAID$(find "$ROOT" -mindepth 1)" ''
}

test_what_was_sent_before_the_first_attempt_is_ours_when_that_was_noted() {
  rmdir "$ROOT"
  {
    entry steps $'a\nb\n'
    entry steps/a/makes $'down/a\nenv\n'
    entry steps/b/makes $'down/b\n'
    printf '. 0\n\n'
  } | box_script "$NOTE" "$ROOT"
  mkdir -p "$ROOT/down/a"
  : >"$ROOT/down/a/sent"
  two_steps
  run_plan
  is "$END" ok
  clean remove
  has "$SAID" $'removed .\nok'
}
