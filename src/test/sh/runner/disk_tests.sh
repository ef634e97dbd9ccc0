# shellcheck shell=bash disable=SC2016,SC2034,SC2119,SC2120,SC2153,SC2154 # part of run.sh; holds other scripts' text
# A full disk.

# Puts the root on a disk of $1 MiB, which `release_disk` gives back.
small_disk() {
  mount -t tmpfs -o "size=${1}m" tmpfs "$ROOT" 2>/dev/null || skip 'no file system can be mounted here'
  trap release_disk EXIT
}

release_disk() { umount -l "$ROOT" 2>/dev/null || :; }

test_a_step_that_fills_the_disk_is_still_judged() {
  small_disk 12
  step a 'check() { present; }; apply() { count; ! head -c 50M /dev/zero >"$STEP_DIR/fill"; exit 28; }'
  step b 'check() { present; }; apply() { count; effect; }' locks=x
  run_plan
  is "$END $(<"$RUN_DIR/steps/a/1/exit") $(<"$RUN_DIR/steps/a/1/result")" 'failed 28 failed'
  has "$(events)" 'failed a attempt=1 exit=28 cause=exit'
  is "$(<"$RUN_DIR/steps/b/1/result")" ok
  has "$(<"$DEPLOY/checkpoints/b.json")" "$(hash fp)"
  [[ $(stat -c %s "$DEPLOY/reserve") -lt 4194304 ]]
  # Still full: it is said, not tried.
  has "$(submit)" "no space left at $ROOT"
  rm "$DEPLOY/state/a/dir/fill"
  new_plan
  step b 'check() { present; }; apply() { count; effect; }' locks=x
  run_plan
  is "$(stat -c %s "$DEPLOY/reserve")" 4194304
}

test_a_step_that_takes_all_that_is_given_up_leaves_room_for_the_others() {
  small_disk 12
  # It fills the disk again and again, until the others have ended.
  step greedy 'check() { present; }; apply() { count; until [[ -e $EFFECTS/over || ! -d $EFFECTS ]]; do ! head -c 50M /dev/zero >>"$STEP_DIR/fill"; sleep 0.02; done 2>/dev/null; exit 28; }'
  step a 'check() { present; }; apply() { count; sleep 1; exit 7; }'
  step b 'check() { present; }; apply() { count; sleep 1.5; exit 8; }'
  step c 'check() { present; }; apply() { count; sleep 2; effect; }'
  (sleep 5; : >"$EFFECTS/over") &
  run_plan
  is "$(<"$RUN_DIR/steps/a/1/exit") $(<"$RUN_DIR/steps/b/1/exit") $(<"$RUN_DIR/steps/c/1/exit")" '7 8 0'
  is "$(<"$RUN_DIR/steps/a/1/result") $(<"$RUN_DIR/steps/b/1/result") $(<"$RUN_DIR/steps/c/1/result")" 'failed failed ok'
}

test_a_disk_without_room_for_the_bundle_is_named() {
  small_disk 6
  step a 'check() { present; }; apply() { count; effect; }'
  mkdir -p "$DEPLOY"
  ! head -c 50M /dev/zero >"$ROOT/fill" 2>/dev/null
  has "$(submit)" "no space left at $ROOT"
  is "$(find "$DEPLOY" -name '.new-*' -o -name '.room*')" ''
  rm "$ROOT/fill"
  new_plan
  step a 'check() { present; }; apply() { count; effect; }'
  run_plan
  is "$END" ok
}

# Puts the root on a disk that holds $1 files.
few_files() {
  mount -t tmpfs -o "size=40m,mode=755,nr_inodes=$1" tmpfs "$ROOT" 2>/dev/null || skip 'no file system can be mounted here'
  trap release_disk EXIT
}

test_a_step_that_takes_all_inodes_is_still_judged_and_so_are_the_others() {
  few_files 400
  step quiet 'check() { present; }; apply() { count; until_there "$EFFECTS/full"; effect; }'
  step filler 'check() { present; }; apply() { mkdir -p "$root/f"; local i; for ((i = 0; i < 2000; i++)); do : >"$root/f/$i" || { : >"$EFFECTS/full"; exit 28; }; done; }' locks=x
  run_plan
  is "$END $(<"$RUN_DIR/steps/filler/1/exit") $(<"$RUN_DIR/steps/filler/1/result")" 'failed 28 failed'
  is "$(<"$RUN_DIR/steps/quiet/1/result")" ok
  has "$(<"$DEPLOY/checkpoints/quiet.json")" "$(hash fp)"
  has "$(events)" 'run-ended result=failed'
  hasnt "$(events)" 'result=failed why='
  # Still full: it is named for what it is.
  has "$(submit)" "no inodes left at $ROOT"
  rm -rf "$ROOT/f"
  new_plan
  step quiet 'check() { present; }; apply() { count; effect; }'
  run_plan
  is "$END $(find "$DEPLOY/spare" -type f | wc -l)" 'ok 64'
}

test_a_run_that_can_write_nothing_more_says_why_and_what_it_leaves_running() {
  few_files 400
  step quiet 'check() { present; }; apply() { count; until_there "$EFFECTS/go"; }'
  # All that there is, and all that is given up.
  step filler 'check() { present; }; apply() { mkdir -p "$root/f"; local i; for ((i = 0; i < 2000; i++)); do : >"$root/f/$i" || break; done 2>/dev/null; rm -rf "$root/.deploy/spare"; for ((i = 2000; i < 4000; i++)); do : >"$root/f/$i" || exit 28; done; }'
  submit >"$BOX/answer"
  await 30 grep -q 'run-ended' "$RUN_DIR/events"
  : >"$EFFECTS/go"
  has "$(events)" "no%20inodes%20left%20at%20$ROOT"
  has "$(<"$RUN_DIR/runner.log")" "no inodes left at $ROOT"
  rm -rf "$ROOT/f"
  survey "$ROOT"
  has "${ENTRY[run/last/why]}" "no inodes left at $ROOT"
  is "${ENTRY[run/last/end]}" failed
}

test_a_disk_without_inodes_for_the_bundle_is_named() {
  few_files 40
  step a ''
  has "$(submit)" "no inodes left at $ROOT"
}
