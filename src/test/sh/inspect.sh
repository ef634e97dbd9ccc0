#!/usr/bin/env bash
# Every command that docs/inspect.md shows, run as it stands there by the real launcher, where what it writes lies apart.
set -u
repo=$(cd "$(dirname "$0")/../../.." && pwd -P)
# shellcheck source=src/test/sh/lib/check.sh
. "$repo/src/test/sh/lib/check.sh"
page=$repo/docs/inspect.md
export FLASHVSR_DEPLOY_STATE=$work/state
tool=scripts/flashvsr-deploy
mkdir -p "$work/here"
ln -s "$repo/docs" "$work/here/docs"

# run_shown STATUS WORDS...: the command stands in the page as a line of code, and ends with this status.
run_shown() {
  local wanted=$1 status=0
  shift
  grep -qxF -e "    $*" "$page" || { echo "docs/inspect.md does not show: $*"; return 1; }
  (cd "$work/here" && "$repo/$1" "${@:2}") || status=$?
  same "$wanted" "$status"
}

# ---- a box, and what was sent ----

# inspected WORDS...: shown in the page for a rented box; here the box is this machine, which may be fit or not.
inspected() {
  local words=("$@") status=0
  grep -qxF -e "    $*" "$page" || { echo "docs/inspect.md does not show: $*"; return 1; }
  (cd "$work/here" && timeout 400 "$repo/$1" inspect local "${words[@]:3}" >"$work/report") || status=$?
  cat "$work/report"
  [ "$status" = 0 ] || same 4 "$status"
}
check "inspect: a box" inspected "$tool" inspect root@203.0.113.7:40022
checklist() { has "$(cat "$work/report")" "[" && has "$(cat "$work/report")" "Git and Git LFS"; }
check "inspect: the closing list is there" checklist
check "inspect: in Russian, into files" \
  inspected "$tool" inspect root@203.0.113.7:40022 --lang ru --html report.html --markdown report.md
reports() {
  has "$(cat "$work/here/report.md")" '[x] **Git** и **Git LFS**' || has "$(cat "$work/here/report.md")" 'Git и Git LFS'
  has "$(cat "$work/here/report.html")" '</html>'
}
check "inspect: the files are there" reports
cat >"$work/here/sent.txt" <<'SENT'
$ nvidia-smi -L
GPU 0: NVIDIA A100-SXM4-80GB (UUID: GPU-5d3c0c0a-1111-2222-3333-444455556666)
  MIG 3g.40gb     Device  0: (UUID: MIG-11111111-2222-3333-4444-555555555555)
$ free -g
              total        used        free      shared  buff/cache   available
Mem:            944          12         900           0          31         925
SENT
check "inspect: what a provider sent; a slice of a card is not fit" run_shown 4 "$tool" inspect --from-file sent.txt
from_a_pipe() {
  local status=0
  "$repo/$tool" inspect --from-file - <"$work/here/sent.txt" >"$work/report" || status=$?
  same 4 "$status" && has "$(cat "$work/report")" "standard input"
}
check "inspect: a text by standard input" from_a_pipe
nothing_sent() {
  local status=0
  echo nonsense >"$work/here/nothing.txt"
  (cd "$work/here" && "$repo/$tool" inspect --from-file nothing.txt) 2>"$work/err" || status=$?
  same 2 "$status" && has "$(cat "$work/err")" "nothing that is recognised"
}
check "inspect: a text of which nothing is recognised is wrong usage" nothing_sent
neither() {
  local status=0
  "$repo/$tool" inspect 2>"$work/err" || status=$?
  same 2 "$status" && has "$(cat "$work/err")" "No box was named"
}
check "inspect: without a box or a file is wrong usage" neither

# ---- where it is said ----

full_disk() {
  local status=0
  "$repo/$tool" questions >/dev/full 2>"$work/err" || status=$?
  same 1 "$status" && has "$(cat "$work/err")" "No space left on device"
}
check "questions: a full disk behind standard output is told" full_disk
no_more() { LC_ALL=C.UTF-8 LANGUAGE=de "$repo/$tool" questions 2>"$work/err" | true && same 0 "${PIPESTATUS[0]}" && same '' "$(cat "$work/err")"; }
check "questions: a reader that wants no more is no trouble" no_more

# ---- what a playbook requires ----

mkdir -p "$work/demanding"
cat >"$work/demanding/playbook.yaml" <<END
version: 1
name: demanding
requires: [architecture, hub-reachable]
vars:
  root: "$work/demanding-root"
  hub_base: "http://127.0.0.1:9"
  weights_repo: "some/model"
  weights_manifest: "0000000000000000000000000000000000000000000000000000000000000000 1000000 file"
steps:
  - id: only
    check: |
      [ -e "\$root/done" ]
    run: |
      mkdir -p "\$root"
      touch "\$root/done"
END
demanded() {
  local wanted=$1 status=0
  shift
  "$repo/$tool" "$@" --playbook "$work/demanding" >"$work/said" 2>"$work/error" || status=$?
  cat "$work/said" "$work/error"
  same "$wanted" "$status"
}
stopped() {
  demanded 4 "$1" local "${@:2}" && has "$(cat "$work/error")" "hub-reachable: " && has "$(cat "$work/error")" "'--ignore hub-reachable'" &&
    has "$(cat "$work/said")" "Required of the box: 1 met, 1 not met" && [ ! -e "$work/demanding-root" ]
}
check "plan stops on what no step mends, after it has shown the plan" stopped plan
check "up stops on it, and changes nothing" stopped up --yes
other_id() { demanded 2 up local --yes --ignore hub-reachabel && has "$(cat "$work/error")" 'did you mean "hub-reachable"?'; }
check "an id that is not required can't be ignored" other_id
check "--ignore goes on" demanded 0 up local --yes --ignore hub-reachable
nothing_to_run() { demanded 0 up local --yes && has "$(cat "$work/said")" "1 not met"; }
check "where nothing is to be run nothing stops, and it is said" nothing_to_run

# card ERRORS: two cards, of which the second has this many uncorrected memory errors.
# The kernel's log can't be read, as in most containers.
mkdir "$work/smi"
for log in dmesg journalctl sudo; do printf '#!/bin/sh\nexit 1\n' >"$work/smi/$log"; done
chmod +x "$work/smi/"*
card() {
  cat >"$work/smi/nvidia-smi" <<END
#!/bin/sh
case "\$*" in
  *--query-gpu=index,name*) printf 'index, name, memory.total [MiB]\n0, NVIDIA A100-SXM4-80GB, 81920\n1, NVIDIA A100-SXM4-80GB, 81920\n' ;;
  *--query-gpu=*ecc.errors*) printf 'index, ecc.errors.uncorrected.volatile.total\n0, $1\n1, $2\n' ;;
  *) exit 2 ;;
esac
END
  chmod +x "$work/smi/nvidia-smi"
}
sed -i 's/^requires: .*/requires: [gpu-health]/' "$work/demanding/playbook.yaml"
worn_out() {
  card 0 3
  rm -rf "$work/demanding-root"
  PATH=$work/smi:$PATH demanded 4 plan local && has "$(cat "$work/error")" "gpu-health: GPU 1 (NVIDIA A100-SXM4-80GB): 3 uncorrected memory errors"
}
check "a card that computes, and has memory errors, stops plan, by its name" worn_out
hidden() {
  card '[N/A]' '[N/A]'
  PATH=$work/smi:$PATH demanded 0 plan local && has "$(cat "$work/said")" "  ? gpu-health: "
}
check "where its errors are not shown, that is said, and nothing stops" hidden

unknown_id() {
  sed 's/^requires: .*/requires: [architektur]/' "$work/demanding/playbook.yaml" >"$work/wrong.yaml"
  local status=0
  "$repo/$tool" plan --offline --playbook "$work/wrong.yaml" 2>"$work/error" || status=$?
  same 2 "$status" && has "$(cat "$work/error")" 'did you mean "architecture"?' && has "$(cat "$work/error")" "wrong.yaml:3:12"
}
check "a playbook that requires what there is not is wrong, with the place" unknown_id

# ---- questions and offers ----

offers=(docs/offer-example.yaml docs/offer-example-2.yaml)
check "questions" run_shown 0 "$tool" questions
check "questions: in Russian, as plain text, into a file" \
  run_shown 0 "$tool" questions --lang ru --plain-text -o letter.txt
letter() { has "$(cat "$work/here/letter.txt")" "Здравствуйте!"; }
check "questions: the letter is there" letter
check "questions: without what an offer answers" run_shown 0 "$tool" questions --offer docs/offer-example.yaml
check "compare" run_shown 0 "$tool" compare "${offers[@]}"
check "compare: in Russian, into files" \
  run_shown 0 "$tool" compare "${offers[@]}" --lang ru --markdown offers.md --html offers.html
written() {
  has "$(cat "$work/here/offers.md")" "Час видео 1080p" &&
    has "$(cat "$work/here/offers.html")" "Example Hosting"
}
check "compare: the files are there" written

# printed PART WORDS...: UTF-8, even where the language is none.
printed() {
  local part=$1
  shift
  has "$(cd "$work/here" && LC_ALL=C "$repo/$tool" "$@")" "$part"
}
check "questions are UTF-8 in any locale" printed "Сервер и видеокарта" questions --lang ru
check "comparisons are UTF-8 in any locale" printed "✗ нет" compare "${offers[@]}" --lang ru
finish
