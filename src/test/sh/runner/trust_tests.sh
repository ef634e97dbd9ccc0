# shellcheck shell=bash disable=SC2016,SC2034,SC2119,SC2120,SC2153,SC2154 # part of run.sh; holds other scripts' text
# A root that another user of the box has made, or could change, is neither read nor run.

STRANGER=65534

# Gives files away; only root can.
give_away() { chown -h "$STRANGER:$STRANGER" -- "$@" 2>/dev/null || skip 'only root can give files to another user'; }

# Runs a command as another user.
as_stranger() { setpriv --reuid "$STRANGER" --regid "$STRANGER" --clear-groups "$@" 2>/dev/null; }

# Asks for the root by every script that takes one: each ends with 78 and says $1, and none runs a check, reads or writes.
refused_everywhere() {
  local before after said files
  : >"$BOX/said"
  before=$(find "$BOX" -path "$PLAN" -prune -o -path "$BOX/said" -prune -o -newer "$BOX/begun" -print)
  for files in "$SURVEY" "$CALL" "$SUBMIT" "$FOLLOW" "$CANCEL" "$CLEAN" "$NOTE" "$TAKEN"; do
    said=0
    {
      printf 'root %d\n%s\nfunction 5\ncheck\nonly 0\n\n' "${#ROOT}" "$ROOT"
      request_entries
      printf '. 0\n\n'
    } | box_script "$files" "$ROOT" list '' >"$BOX/said" 2>&1 || said=$?
    is "$said ${files##* }" "78 ${files##* }"
    has "$(<"$BOX/said")" "$1"
  done
  after=$(find "$BOX" -path "$PLAN" -prune -o -path "$BOX/said" -prune -o -newer "$BOX/begun" -print)
  is "$after" "$before"
  [[ ! -e $EFFECTS/asked ]]
}

# A plan whose check leaves a trace, and a box that was used before.
used_box() {
  step a 'check() { : >"$EFFECTS/asked"; present; }; apply() { count; effect; }'
  run_plan
  is "$END" ok
  rm "$EFFECTS/asked"
  : >"$BOX/begun"
}

test_what_another_user_owns_is_not_trusted_wherever_it_lies() {
  used_box
  local path
  for path in "$BOX" "$ROOT" "$DEPLOY" "$DEPLOY/runs" "$DEPLOY/box.json" "$DEPLOY/state" "$DEPLOY/state/a" "$DEPLOY/checkpoints/a.json" "$DEPLOY/holder" "$RUN_DIR"; do
    give_away "$path"
    refused_everywhere "$path belongs to $(stat -c %U "$path") (uid $STRANGER, mode $(stat -c %a "$path")), another user"
    chown 0:0 "$path"
  done
  survey "$ROOT"
  is "${ENTRY[check/a]}" yes
}

test_what_others_may_write_in_is_not_trusted() {
  used_box
  local path
  for path in "$DEPLOY" "$DEPLOY/runs" "$DEPLOY/state/a" "$RUN_DIR"; do
    local mode
    mode=$(stat -c %a "$path")
    chmod 1777 "$path"
    refused_everywhere "$path can be changed by other users of this box (mode 1777"
    chmod 0770 "$path"
    if chgrp "$STRANGER" "$path" 2>/dev/null; then
      refused_everywhere "$path can be changed by other users of this box (mode 770"
      chgrp "$(id -g)" "$path"
    fi
    chmod "$mode" "$path"
  done
  chmod 666 "$DEPLOY/box.json"
  refused_everywhere "$DEPLOY/box.json can be changed by other users of this box (mode 666"
}

test_a_directory_on_the_way_of_somebody_else_is_not_trusted_sticky_or_not() {
  mkdir -m 1777 "$BOX/scratch"
  give_away "$BOX/scratch"
  ROOT=$BOX/scratch/root DEPLOY=$ROOT/.deploy
  mkdir "$ROOT"
  RUN_DIR=$DEPLOY
  step a 'check() { : >"$EFFECTS/asked"; true; }; apply() { :; }'
  : >"$BOX/begun"
  refused_everywhere "$BOX/scratch belongs to"
}

test_links_on_the_way_are_followed_one_by_one() {
  used_box
  mkdir -m 1777 "$BOX/scratch"
  ln -s "$ROOT" "$BOX/scratch/mine"
  ln -s ../scratch/mine "$BOX/home/also"
  survey "$BOX/home/also"
  is "${ENTRY[check/a]} ${ENTRY[last/a]+known}" 'yes known'
  rm "$EFFECTS/asked"
  # The middle one is another user's: he can lead it elsewhere.
  ln -s "$ROOT" "$BOX/scratch/theirs"
  give_away "$BOX/scratch/theirs"
  ln -s ../scratch/theirs "$BOX/home/trap"
  ROOT=$BOX/home/trap
  refused_everywhere "$BOX/home/../scratch/theirs belongs to"
  ln -s round "$BOX/home/round"
  ROOT=$BOX/home/round
  refused_everywhere "$BOX/home/round leads nowhere"
  # So is a part of .deploy that leads away.
  ROOT=$BOX/root
  mv "$DEPLOY/state" "$BOX/scratch/state"
  ln -s "$BOX/scratch/state" "$DEPLOY/state"
  survey "$ROOT"
  is "${ENTRY[last/a]+known}" known
  rm "$EFFECTS/asked"
  give_away "$BOX/scratch/state"
  refused_everywhere "$BOX/scratch/state belongs to"
}

test_a_planted_root_is_not_found_but_said() {
  step a 'check() { true; }; apply() { :; }'
  mkdir -p "$BOX/home/flashvsr/.deploy"
  printf '{}\n' >"$BOX/home/flashvsr/.deploy/box.json"
  give_away "$BOX/home/flashvsr" "$BOX/home/flashvsr/.deploy" "$BOX/home/flashvsr/.deploy/box.json"
  survey '' || : # where no other place is left it is refused
  if [[ ${ENTRY[root]-} ]]; then
    has "${ENTRY[root.skipped]}" "$BOX/home/flashvsr: $BOX/home/flashvsr belongs to"
    hasnt "${ENTRY[root]}" "$BOX/home/flashvsr"
  else
    has "$(box_script "$SURVEY" <"$BOX/survey.in" 2>&1)" "$BOX/home/flashvsr belongs to"
  fi
  chown -R 0:0 "$BOX/home/flashvsr"
  survey ''
  is "${ENTRY[root]} ${ENTRY[root.why]} ${ENTRY[root.skipped]-none}" "$BOX/home/flashvsr found none"
}

test_a_directory_of_ours_that_all_may_write_in_is_made_sticky_before_a_root_is_made_there() {
  mkdir -m 0777 "$BOX/workspace"
  chmod 0777 "$BOX/workspace"
  ROOT=$BOX/workspace/flashvsr DEPLOY=$ROOT/.deploy
  new_plan
  step a ''
  survey "$ROOT"
  is "${ENTRY[check/a]} ${ENTRY[root.loose]}" "no $BOX/workspace"
  is "$(stat -c %a "$BOX/workspace")" 777
  run_plan
  is "$END $(stat -c %a "$BOX/workspace")" 'ok 1777'
  survey "$ROOT"
  is "${ENTRY[check/a]} ${ENTRY[root.loose]-none}" 'yes none'
  ! as_stranger mv "$ROOT" "$BOX/workspace/away" || exit 1
}

test_a_root_of_ours_that_all_may_write_in_is_closed_unless_something_was_put_there() {
  chmod 1777 "$ROOT"
  step a ''
  survey "$ROOT"
  is "${ENTRY[check/a]} ${ENTRY[root.open]}" "no $ROOT"
  run_plan
  is "$END $(stat -c %a "$ROOT")" 'ok 1755'
  survey "$ROOT"
  is "${ENTRY[check/a]} ${ENTRY[root.open]-none}" 'yes none'
  chmod 777 "$ROOT"
  : >"$ROOT/program"
  give_away "$ROOT/program"
  : >"$BOX/begun"
  refused_everywhere "$ROOT/program belongs to"
}

# Another user makes the directory in the moment between the look and our mkdir.
test_who_is_quicker_than_us_gains_nothing() {
  mkdir -m 1777 "$BOX/scratch" "$BOX/bin"
  chmod 755 "$BOX" "$SCRATCH"
  ROOT=$BOX/scratch/flashvsr DEPLOY=$ROOT/.deploy
  new_plan
  step a ''
  as_stranger true || skip 'only root can be another user'
  printf '#!/bin/sh\nsetpriv --reuid %s --regid %s --clear-groups %s -p %s/runs %s/state %s/checkpoints\nexec %s "$@"\n' \
    "$STRANGER" "$STRANGER" "$(command -v mkdir)" "$DEPLOY" "$DEPLOY" "$DEPLOY" "$(command -v mkdir)" >"$BOX/bin/mkdir"
  chmod 755 "$BOX/bin/mkdir"
  local said=0
  PATH=$BOX/bin:$PATH submit >"$BOX/said" 2>&1 || said=$?
  is "$said" 78
  has "$(<"$BOX/said")" "$ROOT belongs to"
  [[ ! -e $RUN_DIR && ! -e $DEPLOY/made && ! -e $DEPLOY/box.json ]]
}

test_an_upload_into_another_users_directory_is_refused() {
  mkdir "$BOX/theirs"
  give_away "$BOX/theirs"
  has "$(box_script "$RECEIVE_BLOCKS" "$BOX/theirs/new/file" 3 "$(hash abc)" 131072 lead </dev/null)" "failed $BOX/theirs belongs to"
  [[ ! -e $BOX/theirs/new ]]
  mkdir -m 1777 "$BOX/scratch"
  : >"$BOX/scratch/file"
  give_away "$BOX/scratch/file"
  has "$(box_script "$RECEIVE_BLOCKS" "$BOX/scratch/file" 3 "$(hash abc)" 131072 lead </dev/null)" "failed $BOX/scratch/file belongs to"
  printf secret >"$BOX/theirs/file"
  has "$(box_script 'way transfer send-file' "$BOX/theirs/file" 0 '' 100)" "failed $BOX/theirs belongs to"
}

# In a user namespace what belongs to somebody outside shows as the overflow user's, also the directory / itself.
test_in_a_user_namespace_directories_from_outside_are_trusted_by_their_mode() {
  as_stranger unshare -Ur true || skip 'no user namespace can be made here'
  chmod 755 "$BOX" "$SCRATCH"
  chmod -R a+rX "$BOX"
  give_away "$ROOT" "$BOX/home" "$EFFECTS"
  mkdir -m 1777 "$BOX/scratch"
  mkdir "$BOX/scratch/mine" "$BOX/open"
  give_away "$BOX/scratch/mine"
  chmod 777 "$BOX/open"
  local text='' name root
  for name in $SURVEY; do text+=$(<"$BOX_SCRIPTS/$name.sh")$'\n'; done
  for root in root:ok scratch/mine:ok open/new:78 scratch:78 scratch/mine/new:ok; do
    { printf 'root %d\n%s\n' $((${#BOX} + 1 + ${#root} - 3)) "$BOX/${root%:*}"; printf '. 0\n\n'; } >"$BOX/in"
    chmod 644 "$BOX/in"
    name=0
    as_stranger unshare -Ur "$BASH_UNDER_TEST" --noprofile --norc -c "cd /; HOME=$BOX/home; $text" <"$BOX/in" >"$BOX/said" || name=$?
    [[ $name != 0 ]] || name=ok
    is "${root%:*} $name" "${root%:*} ${root#*:}"
  done
}
