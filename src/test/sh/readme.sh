#!/usr/bin/env bash
# Every command that README.md shows, run as it stands there by the real launcher. Only the address of the rented box is
# replaced, by that of an sshd on this machine, and for that box a small playbook stands in for FlashVSR's.
set -u
repo=$(cd "$(dirname "$0")/../../.." && pwd -P)
# shellcheck source=src/test/sh/lib/check.sh
. "$repo/src/test/sh/lib/check.sh"
readme=$repo/README.md
export FLASHVSR_DEPLOY_STATE=$work/state

# ---- the box ----

port=$((20000 + RANDOM % 20000)) user=$(id -un)
ssh-keygen -q -t ed25519 -N '' -f "$work/host_key"
ssh-keygen -q -t ed25519 -N '' -f "$work/id"
cp "$work/id.pub" "$work/authorized_keys"
chmod 700 "$work"
"$(command -v sshd || echo /usr/sbin/sshd)" -D -e -p "$port" -o ListenAddress=127.0.0.1 -h "$work/host_key" -f /dev/null \
  -o "AuthorizedKeysFile=$work/authorized_keys" -o StrictModes=no -o UsePAM=no -o PidFile=none 2>"$work/sshd.log" &
sshd=$!
trap 'kill "$sshd" 2>/dev/null; rm -rf "$work"' EXIT
mkdir -p "$work/here/env" "$work/playbook"
cat >"$work/playbook/playbook.yaml" <<END
version: 1
name: small
vars: {root: "$work/root"}
steps:
  - id: only
    title: The only step
    check: |
      [ -e "\$root/done" ]
    run: |
      touch "\$root/done"
END
# The inventory that README.md shows, for this box.
sed -n '/^    boxes:/,/^$/s/^    //p' "$readme" |
  sed "s/203\.0\.113\.7/127.0.0.1/; s/40022/$port/; s/user: root/user: $user/; s|~/.ssh/id_ed25519|$work/id|" \
    >"$work/here/env/boxes.yaml"
login=(--known-hosts "$work/known_hosts" --accept-new-host-key --playbook "$work/playbook")

# shown WORDS...: the command stands in README.md, at the beginning of a line of code or between backquotes.
shown() { grep -qF -e "    $*" -e "\`$*\`" "$readme"; }

# run_shown STATUS WORDS...: the command is shown, and ends with this status.
run_shown() {
  local wanted=$1 status=0
  shift
  shown "$@" || { echo "README.md does not show: $*"; return 1; }
  shift
  (cd "$work/here" && "$repo/scripts/flashvsr-deploy" "$@" "${more[@]}") || status=$?
  same "$wanted" "$status"
}

# As run_shown, against the box: TARGET is what README.md calls it.
run_on_box() {
  local words=("$@") more=("$@") i
  shown "$@" || { echo "README.md does not show: $*"; return 1; }
  for i in "${!more[@]}"; do
    [ "${more[i]}" != root@203.0.113.7:40022 ] || more[i]=$user@127.0.0.1:$port
  done
  [ "${words[1]}" != up ] || more+=(--yes)
  (cd "$work/here" && "$repo/scripts/flashvsr-deploy" "${more[@]:1}" "${login[@]}" "${identity[@]}")
}

tool=scripts/flashvsr-deploy more=() identity=(--identity "$work/id")
# shellcheck disable=SC2016 # the backquotes of Markdown
commands=$(grep -E '^    scripts/' "$readme" | sed 's/  *#.*//; s/^ *//' | sort -u)
same_commands() {
  same "$(printf '%s\n' "$tool inspect root@203.0.113.7:40022 --html report.html" "$tool plan root@203.0.113.7:40022" \
    "$tool questions --lang ru" "$tool rehearse" \
    "$tool rehearse --fresh --fail-at block-sparse-attention" "$tool up root@203.0.113.7:40022" scripts/test)" "$commands"
}
check "README.md shows these commands and no others" same_commands
check "rehearse: the whole deploy" run_shown 0 "$tool" rehearse
check "rehearse --fresh --fail-at: a compile fails" run_shown 1 "$tool" rehearse --fresh --fail-at block-sparse-attention
check "rehearse again: the resume" run_shown 0 "$tool" rehearse
# This machine need not be fit for FlashVSR: 4 says so.
inspect_box() {
  local status=0
  run_on_box "$tool" inspect root@203.0.113.7:40022 --html report.html || status=$?
  { [ "$status" = 0 ] || same 4 "$status"; } && has "$(cat "$work/here/report.html")" '</html>'
}
check "inspect: a rented box" inspect_box
check "questions: in Russian" run_shown 0 "$tool" questions --lang ru
check "plan: a rented box" run_on_box "$tool" plan root@203.0.113.7:40022
check "up: a rented box" run_on_box "$tool" up root@203.0.113.7:40022
identity=()
check "up: a box by its name in the inventory" run_on_box "$tool" up a1
# Options that the text names.
named() {
  local word help='' command
  for command in plan up inspect status logs rehearse; do
    help+=$("$repo/scripts/flashvsr-deploy" "$command" --help)
  done
  while IFS= read -r word; do
    has "$help" "$word" || return 1
  done < <(grep -oE '(^|[^-a-z])--[a-z][a-z-]+' "$readme" | grep -oE -e '--[a-z-]+' | sort -u)
}
check "every option that README.md names is there" named
# shellcheck disable=SC2016 # the backquotes of Markdown
scripts() {
  same "$(cd "$repo" && find scripts -maxdepth 1 -type f ! -name flashvsr-deploy | LC_ALL=C sort)" \
    "$(sed -n 's/^| `\(scripts[^ `]*\)`.*/\1/p' "$repo/docs/testing.md" | LC_ALL=C sort)"
}
check "docs/testing.md names each of the scripts" scripts
finish
