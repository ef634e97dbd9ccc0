#!/usr/bin/env bash
# scripts/testbox: every verb, on real boxes.
# shellcheck disable=SC2016 # the box expands what is in single quotes
set -u
repo=$(cd "$(dirname "$0")/../../.." && pwd -P)
# shellcheck source=src/test/sh/lib/check.sh
. "$repo/src/test/sh/lib/check.sh"
testbox() { "$repo/scripts/testbox" "$@"; }

refused() {
  local code=0 said
  cp -r "$repo/scripts" "$work/scripts" && chmod 755 "$work" # the checkout itself may be closed to others
  said=$(setpriv --reuid=65534 --regid=65534 --clear-groups "$work/scripts/testbox" new 2>&1 >/dev/null) || code=$?
  same 77 "$code" && same 1 "$(grep -c . <<<"$said")" && has "$said" 'only root can'
}
if [ "$(id -u)" = 0 ]; then
  check "who is not root is told so in one line, with exit code 77" refused
fi

a=test$$ b=test$$b
trap '{ testbox rm "$a"; testbox rm "$b"; } 2>/dev/null; rm -rf "$work"' EXIT
code=0
testbox new "$a" --owner $$ >"$work/info" 2>"$work/said" || code=$?
if [ "$code" = 77 ]; then
  skip "a test box" "$(tail -n 1 "$work/said")"
  finish
fi
cat "$work/said"
check "a box is made" test "$code" = 0
[ "$code" = 0 ] || finish

value() { testbox info "${2-$a}" | sed -n "s/^$1=//p"; }
in_box() { timeout 20 "$repo/scripts/testbox" ssh "$a" "$@"; }
now() { date +%s%N; }

quick() {
  local begun
  begun=$(now)
  testbox new "$b" --owner $$ --user tester --shell /bin/dash --port 2222 --disk 32 || return 1
  (($(now) - begun < 5000000000)) && testbox list && has "$(testbox list)" "tester@$(value address "$b"):2222  up"
}
check "another one, with a user, a shell, a port and a disk of its choice, takes a few seconds at most" quick

its_own() {
  same "$a" "$(in_box hostname 2>/dev/null || in_box cat /etc/hostname)" &&
    same "$(value boot)" "$(in_box cat /proc/sys/kernel/random/boot_id)" &&
    same 1 "$(in_box 'ps -e -o pid= | head -n 1' | tr -d ' ')" &&
    same "$(value address)" "$(in_box 'echo $SSH_CONNECTION' | cut -d ' ' -f 3)" &&
    same 1073741824 "$(in_box 'cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max 2>/dev/null')" &&
    (($(in_box 'df -B1048576 --output=size /workspace | tail -n 1') == 256))
}
check "it has its own name, boot id, processes, address, memory limit and disk" its_own

chosen() {
  same "tester /bin/dash /home/tester" "$(testbox ssh "$b" 'echo $USER $SHELL $HOME')" && testbox ssh "$b" 'touch /workspace/mine' &&
    same root "$(testbox exec "$b" id -un)"
}
check "SSH logs in as its user; exec is root" chosen

in_its_network() { has "$(testbox net "$a" ip -br address)" "$(value address)"; }
check "a command of this machine runs in the network of the box" in_its_network

outside() { same '' "$(testbox net "$a" ip route show default)$(testbox net "$a" ip -6 route show default)"; }
check "the box has no way out of this machine" outside

# Starts a client that prints a line for each that the box says, until its connection ends; its process is in $client.
# It speaks, too, and so meets a reset; silence it bears.
start_client() {
  : >"$work/lines" # those of the client before it are not its own
  timeout 60 "$repo/scripts/testbox" ssh "$a" -o ServerAliveInterval=1 -o ServerAliveCountMax=60 \
    'i=0; while sleep 0.1; do i=$((i + 1)); echo $i; done' >>"$work/lines" 2>"$work/end" &
  client=$!
}
lines() { wc -l <"$work/lines"; }
until_lines() {
  local turn
  for ((turn = 0; turn < 600; turn++)); do # TCP doubles its pause while the link is cut
    (($(lines) < $1)) || return 0
    sleep 0.1
  done
  echo "$1 lines wanted, $(lines) after a minute"
  return 1
}

silence() {
  local client shown
  start_client
  until_lines 3 || return 1
  testbox cut "$a"
  sleep 0.3
  shown=$(lines)
  sleep 2
  same "$shown" "$(lines)" && kill -0 "$client" || return 1
  local code=0
  timeout 2 "$repo/scripts/testbox" ssh "$a" true || code=$?
  same 124 "$code" || return 1 # no answer, and no error either
  testbox restore "$a"
  until_lines $((shown + 25)) || return 1
  seq "$(lines)" | cmp - <(head -n "$(lines)" "$work/lines") || return 1
  testbox reset "$a"
  wait "$client"
  same 255 "$?" && grep -E 'reset|Broken pipe' "$work/end"
}
check "a cut link is silent and loses nothing once restored; then its connection is reset" silence

longer() {
  local port begun took
  port=$(testbox delay "$a" 200) || return 1
  begun=$(now)
  ssh -F none -i "$(value key)" -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -p "$port" \
    "root@127.0.0.1" true || return 1
  took=$((($(now) - begun) / 1000000))
  ((took > 1000)) || { echo "$took ms"; return 1; }
  port=$(testbox delay "$a" 0 256) || return 1 # KiB/s
  begun=$(now)
  same 524288 "$(ssh -F none -i "$(value key)" -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR \
    -p "$port" "root@127.0.0.1" head -c 524288 /dev/zero | wc -c)" || return 1
  took=$((($(now) - begun) / 1000000))
  ((took > 1900)) || { echo "$took ms"; return 1; }
  testbox delay "$a" off && ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null
}
check "the delaying proxy adds a round trip and limits the rate, until it is switched off" longer

server_again() {
  local client
  start_client
  until_lines 3 && testbox sshd "$a" && until_lines $(($(lines) + 10)) && in_box true && testbox sshd "$a" --sessions || return 1
  wait "$client"
  same 255 "$?" && in_box true
}
check "sshd starts anew, and its sessions go on or end" server_again

same_again() {
  local before client
  in_box 'echo root >/root/kept && echo disk >/workspace/kept; setsid sleep 1000 >/dev/null 2>&1 &' || return 1
  before=$(value boot)$(in_box cat /proc/sys/kernel/random/boot_id)
  start_client
  until_lines 3 && testbox reboot "$a" || return 1
  wait "$client"
  same 255 "$?" && [ "$(value boot)$(in_box cat /proc/sys/kernel/random/boot_id)" != "$before" ] &&
    same 'root disk' "$(in_box 'echo $(cat /root/kept /workspace/kept)')" &&
    same '' "$(in_box 'pgrep -f "sleep 1000"')"
}
check "a reboot ends every process and connection; the boot id is new, the files stay" same_again

other() {
  local address key
  address=$(value address) key=$(value host_key)
  testbox reboot "$a" --new-address --port 2022 --new-host-key --fresh-root || return 1
  [ "$(value address)" != "$address" ] && [ "$(value host_key)" != "$key" ] && same 2022 "$(value port)" &&
    same 'disk' "$(in_box 'echo $(cat /root/kept /workspace/kept 2>/dev/null)')" &&
    has "$(ip route get "$address")" 'dev testbox0' # where packets vanish
}
check "a reboot with another address, port, host key and root file system keeps the disk" other

full() {
  testbox fill "$a" && ! in_box 'echo x >/workspace/more && sync /workspace/more' && testbox unfill "$a" &&
    in_box 'echo x >/workspace/more' && testbox fill "$a" 1024 && in_box 'head -c 900K /dev/zero >/workspace/more' &&
    ! in_box 'head -c 2M /dev/zero >/workspace/more' && testbox unfill "$a"
}
check "its disk is filled, wholly or but for a part, and is free again" full

eats() { in_box 'exec tail -n 1 <(head -c 200M /dev/zero) >/dev/null'; }
small() {
  eats && testbox squeeze "$a" 100 && ! eats && in_box true && testbox unsqueeze "$a" && eats
}
check "a squeezed memory takes the eater, not the box" small

ahead() { echo $(($(in_box date +%s) - $(date +%s))); }
off() {
  local here
  here=$(date +%s)
  testbox clock "$a" 7200 && (($(ahead) > 7190 && $(ahead) < 7210)) && testbox clock "$a" -86400 && (($(ahead) < -86390)) &&
    testbox clock "$a" 0 && (($(ahead) > -5 && $(ahead) < 5)) && (($(date +%s) - here < 60))
}
check "its clock jumps, this machine's does not" off

gone() {
  local slot
  slot=$(cat "$(value state "$b")/slot")
  testbox rm "$b" && ! testbox info "$b" && [ ! -e "/sys/class/net/testbox$slot" ] && ! grep "testbox-$b " /proc/mounts &&
    [ ! -e "/sys/fs/cgroup/memory/flashvsr-testbox/$b" ]
}
check "a removed box leaves nothing" gone

left() {
  local owner c=test$$c init
  sleep 30 &
  owner=$!
  testbox new "$c" --owner "$owner" && testbox delay "$c" 10 || return 1
  init=$(value init "$c")
  testbox rm --left && testbox info "$c" || return 1 # its owner lives
  kill -KILL "$owner"
  wait "$owner"
  # Half of it is gone already, as after a kill in its making.
  kill -KILL "${init% *}" && rm -f "$(value state "$c")/init"
  has "$(testbox list | grep "$c")" 'left' && testbox rm --left && ! testbox info "$c" && testbox info "$a" &&
    ! grep "testbox-$c " /proc/mounts
}
check "what a killed owner left is found and removed, and nothing else" left
finish
