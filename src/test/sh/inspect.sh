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
