# shellcheck shell=bash disable=SC2016,SC2034,SC2119,SC2120,SC2153,SC2154 # part of run.sh; holds other scripts' text
# Texts that are given to a command as its input (<<<) where there is no room for temporary files.

# From here on the box's bash takes a file below TMPDIR for each such text, as before 5.1; what it starts is this bash, too. While $BOX/full is there, it
# can write no file.
text_files() {
  printf '#!%s\nexport BASH_COMPAT=50\n[[ ! -e %q ]] || { trap "" XFSZ; ulimit -f 0; }\nexec -a "$0" %q "$@"\n' "$BASH" "$BOX/full" "$BASH_UNDER_TEST" >"$BOX/bash"
  chmod +x "$BOX/bash"
  BASH_UNDER_TEST=$BOX/bash
}

# A loop over a text that can't be given ends well, as if there were nothing to do.
over_lines='lines() { local line; while IFS= read -r line; do printf "%s\n" "$line"; done <<<"$1"; }
check() { [[ -e $EFFECTS/verified ]] || return 1; local f; while read -r f; do [[ -e $EFFECTS/$f ]] || return 1; done < <(lines "one two"); }
apply() { count; local f; while read -r f; do : >"$EFFECTS/$f"; done < <(lines "one"); : >"$EFFECTS/verified"; }'

test_temporary_files_of_a_step_lie_below_the_root_and_a_full_tmp_loses_nothing() {
  mkdir "$BOX/small"
  mount -t tmpfs -o size=4k,nr_inodes=2 tmpfs "$BOX/small" 2>/dev/null || skip 'no file system can be mounted here'
  trap 'umount -l "$BOX/small"' EXIT
  : >"$BOX/small/fill"
  text_files
  export TMPDIR=$BOX/small
  step a "${over_lines/one two/one}; apply2() { :; }"
  step b 'check() { present; }; apply() { count; printf "%s" "$TMPDIR" >"$EFFECTS/tmpdir"; : >"$TMPDIR/left"; [[ ! -e $EFFECTS/failed ]] || { effect; return; }; : >"$EFFECTS/failed"; false; }'
  run_plan || :
  is "$END $(<"$RUN_DIR/steps/a/1/result") $(ls "$EFFECTS/one")" "failed ok $EFFECTS/one"
  is "$(<"$EFFECTS/tmpdir") $(ls "$DEPLOY/state/b/tmp")" "$DEPLOY/state/b/tmp left"
  new_plan
  step b 'check() { present; }; apply() { ls "$TMPDIR" >"$EFFECTS/seen"; effect; }'
  run_plan
  is "$END $(<"$EFFECTS/seen")" 'ok ' # what an attempt has left is gone before the next
}

test_a_check_that_loops_over_a_text_that_cannot_be_given_is_not_believed() {
  text_files
  step a "$over_lines"
  : >"$EFFECTS/verified"
  survey "$ROOT"
  is "${ENTRY[check/a]}" no
  : >"$BOX/full"
  survey "$ROOT"
  is "${ENTRY[check/a]}" unknown
  has "${ENTRY[check/a/said]}" 'no temporary file can be written'
  step b 'check() { present; }; apply() { :; }' # asked by a bash that needs none all the same
  rm "$BOX/full"
  survey "$ROOT"
  is "${ENTRY[check/a]} ${ENTRY[check/b]}" 'no no'
}

test_an_apply_is_not_begun_where_texts_cannot_be_given() {
  local text status=0
  text_files
  text=$(cat "$BOX_SCRIPTS"/{files,env,check}.sh)
  : >"$BOX/full"
  said=$("$BASH_UNDER_TEST" -c "$text"$'\nexec_script apply "$1" "EFFECTS=$2" "PATH=$PATH"' x "$over_lines" "$EFFECTS" 2>&1) || status=$?
  is "$status $(ls "$EFFECTS")" '75 '
  has "$said" 'no temporary file can be written below the root, nor in /tmp: make room'
}
