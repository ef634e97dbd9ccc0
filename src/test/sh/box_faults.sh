#!/usr/bin/env bash
# What a user does to a run, on a test box: closes the laptop, goes on from another machine, starts two at once.
set -u
repo=$(cd "$(dirname "$0")/../../.." && pwd -P)
# shellcheck source=src/test/sh/lib/check.sh
. "$repo/src/test/sh/lib/check.sh"
testbox() { "$repo/scripts/testbox" "$@"; }

box=faults$$
trap 'testbox rm "$box" 2>/dev/null; rm -rf "$work"' EXIT
code=0
testbox new "$box" --owner $$ --user worker >"$work/info" 2>"$work/said" || code=$?
if [ "$code" = 77 ]; then
  skip "runs on a test box" "$(tail -n 1 "$work/said")"
  finish
fi
check "a box is made" test "$code" = 0
[ "$code" = 0 ] || finish
value() { sed -n "s/^$1=//p" "$work/info"; }
root=/workspace/it
deploy=$(value state)/disk/it/.deploy # its disk as seen from outside

"$repo/scripts/flashvsr-deploy" --version >/dev/null || exit 1 # built before anything is timed
mkdir "$work/playbook"
cat >"$work/playbook/playbook.yaml" <<'END'
version: 1
name: faults
vars: {round: "0", lines: "60"}
steps:
  - id: talk
    inputs: [round, lines]
    check: '[[ -e $root/talk.$round ]]'
    run: |
      echo applied >>"$root/talk.$round.applied"
      for ((line = 1; line <= lines; line++)); do echo "word $line of round $round"; sleep 0.1; done
      : >"$root/talk.$round"
  - id: after
    inputs: [round]
    check: '[[ -e $root/after.$round ]]'
    run: 'echo applied >>"$root/after.$round.applied"; : >"$root/after.$round"'
END

# up MACHINE ROUND WORD...: what it shows goes to $work/MACHINE.out, its process to $up.
up() {
  local machine=$1 round=$2
  shift 2
  : >"$work/$machine.out" # what an earlier one showed is not this one's
  HOME=$work/$machine "$repo/scripts/flashvsr-deploy" up "worker@$(value address)" --yes --json --playbook "$work/playbook" \
    --identity "$(value key)" --known-hosts "$work/$machine.known" --accept-new-host-key --state-dir "$work/$machine.state" \
    --ssh-config /dev/null --set "root=$root" --set "round=$round" "$@" >"$work/$machine.out" 2>"$work/$machine.err" &
  up=$!
}
# ends EXIT MACHINE PROCESS: what `up` there ends with, in this shell, whose child it is.
ends() {
  local code=0
  wait "$3" || code=$?
  same "$1" "$code" || { tail -n 3 "$work/$2.err"; return 1; }
}
until_true() {
  local turn
  for ((turn = 0; turn < 600; turn++)); do
    if "$@" >/dev/null 2>&1; then return; fi
    sleep 0.1
  done
  echo "waited in vain for: $*"
  return 1
}
said() { grep -q "$2" "$work/$1.out"; }
# The step's lines as a machine showed them; each once, in order, from the first.
words() { grep -o '"word [0-9]* of round [^"]*"' "$work/$1.out" | tr -d '"'; }
all_words() { local line; for ((line = 1; line <= ${2:-60}; line++)); do echo "word $line of round $1"; done; }
once() { same 'applied applied' "$(cat "${deploy%/.deploy}/talk.$1.applied" "${deploy%/.deploy}/after.$1.applied" | tr '\n' ' ' | sed 's/ $//')"; }
over() { set -- "$deploy"/runs/*/end; [ -e "${!#}" ]; }
runs() { find "$deploy/runs" -maxdepth 2 -name end | wc -l; }

closed() {
  up laptop closed
  until_true said laptop '"word 5 of' || return 1
  # The laptop is closed: its programs stand still, its network is gone.
  kill -STOP "$up"
  testbox cut "$box"
  until_true over || return 1
  sleep 2
  testbox restore "$box"
  kill -CONT "$up"
  ends 0 laptop "$up" || return 1
  all_words closed | cmp - <(words laptop) && once closed && said laptop '"step.finished","step":"after"'
}
check "the laptop is closed: the deploy is done when it wakes, and up shows what happened meanwhile" closed

elsewhere() {
  local run
  up laptop moved --set lines=200
  until_true said laptop '"word 5 of' || return 1
  run=$(grep -o '"run":"[^"]*"' "$work/laptop.out" | head -n 1)
  kill -KILL "$up"
  wait "$up" 2>/dev/null
  up desktop moved --set lines=200
  ends 0 desktop "$up" || return 1
  said desktop '"resumed":true' && has "$(cat "$work/desktop.out")" "$run" && all_words moved 200 | cmp - <(words desktop) && once moved
}
check "another machine with the key and without any state goes on with the run" elsewhere

together() {
  local one before
  before=$(runs)
  up laptop both
  one=$up
  up desktop both
  ends 0 laptop "$one" || return 1
  ends 0 desktop "$up" || return 1
  same $((before + 1)) "$(runs)" && once both && all_words both | cmp - <(words laptop) && all_words both | cmp - <(words desktop)
}
check "two orchestrators with one plan: one run, and both follow it" together

busy() {
  up laptop mine --set lines=200
  local one=$up
  until_true said laptop '"word 5 of' || return 1
  up desktop other
  ends 5 desktop "$up" || return 1
  has "$(cat "$work/desktop.err")" "is held by a run with another plan" && has "$(cat "$work/desktop.err")" "started by $(id -un) on $(hostname) at 2" || return 1
  ends 0 laptop "$one" && once mine && [ ! -e "${deploy%/.deploy}/talk.other.applied" ]
}
check "two orchestrators with two plans: the second ends with 5, and says who holds the box since when" busy

freed() {
  up laptop killed --detach
  ends 6 laptop "$up" || return 1
  until_true test -e "${deploy%/.deploy}/talk.killed.applied" || return 1
  set -- "$deploy"/runs/*/runner
  testbox exec "$box" kill -KILL "$(sed -n 's/^pid=//p' "${!#}")" || return 1
  up desktop after-it # another plan: what the dead runner left is waited for
  ends 0 desktop "$up" || return 1
  once after-it && same applied "$(cat "${deploy%/.deploy}/talk.killed.applied")"
}
check "a dead runner frees the box by itself" freed

lost() {
  local begun
  up laptop silent --set lines=400
  until_true said laptop '"word 5 of' || return 1
  begun=$(date +%s)
  testbox cut "$box"
  until_true said laptop '"link.lost"' || return 1
  (($(date +%s) - begun <= 16)) || { echo "noticed after $(($(date +%s) - begun)) s"; return 1; }
  sleep 3
  testbox restore "$box"
  ends 0 laptop "$up" || return 1
  said laptop '"link.restored"' && all_words silent 400 | cmp - <(words laptop) && once silent
}
check "a link that falls silent is noticed within 15 s and comes back; no line is lost or doubled" lost
finish
