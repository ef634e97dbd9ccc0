# shellcheck shell=bash disable=SC2154 # part of scripts/testbox
# The link between this machine and the box: a pair of virtual interfaces with a network of four addresses, of the
# range that is set aside for such tests (198.18.0.0/15).

# Gives the box a slot, a number that no other has.
new_slot() {
  local slot
  exec 9>"$state/lock"
  flock 9
  swallow
  for ((slot = 1 + RANDOM % 1000; slot < 32000; slot++)); do
    if [ ! -e "/sys/class/net/testbox$slot" ] && ! slots | grep -qx "$slot"; then
      set_value slot "$slot"
      exec 9>&-
      return
    fi
  done
  fail 'all addresses are taken'
}

# Prints the slots of all boxes.
slots() { cat /dev/null "$state"/boxes/*/slot; }

# Packets to a box that is not up vanish. Without this they would leave by this machine's other routes.
swallow() {
  if [ ! -e /sys/class/net/testbox0 ]; then
    ip link add testbox0 type veth peer name testbox00 # what goes in is for nobody at the other end
    ip link set testbox00 up
    ip link set testbox0 arp off up
    ip route replace 198.18.0.0/15 dev testbox0
  fi
}

# No box is left: nothing is swallowed any more.
swallow_no_more() {
  exec 9>"$state/lock"
  flock 9
  if [ -z "$(slots)" ]; then ip link delete testbox0 2>/dev/null || true; fi
  exec 9>&-
}

# Prints the address of the box, or with 1 that of this machine.
address() {
  local number
  number=$(($(get slot) * 4 + ${1:-2}))
  printf '198.%d.%d.%d' $((18 + (number >> 16))) $(((number >> 8) & 255)) $((number & 255))
}

HOST_LINK=02:00:00:00:00:01 BOX_LINK=02:00:00:00:00:02 NOBODY=02:00:00:00:00:99

# Gives the box its end of a new pair. Neighbours are named once and for all: nobody asks for them, so that a cut link
# is silence, and no error that this machine finds by itself.
connect() {
  local mine init
  mine=testbox$(get slot)
  init=$(get init)
  disconnect
  ip link add "$mine" address "$HOST_LINK" type veth peer name eth0 address "$BOX_LINK" netns "${init% *}"
  ip address add "$(address 1)/30" dev "$mine"
  ip link set "$mine" up
  in_net ip link set lo up
  in_net ip address add "$(address)/30" dev eth0
  in_net ip link set eth0 up
  restore_link
}

disconnect() { ip link delete "testbox$(get slot)" 2>/dev/null || true; }

# Packets go to a neighbour that is not there.
cut_link() { neighbours "$NOBODY" "$NOBODY"; }
restore_link() { neighbours "$BOX_LINK" "$HOST_LINK"; }
neighbours() {
  ip neighbour replace "$(address)" lladdr "$1" dev "testbox$(get slot)" nud permanent
  in_net ip neighbour replace "$(address 1)" lladdr "$2" dev eth0 nud permanent
}

# The kernel ends the connections of the box's sshd with a reset to the other side; and those to the delaying proxy.
reset_link() {
  local delay
  in_net ss -K -H state established "( sport = :$(get port) )" >/dev/null 2>&1
  delay=$(get delay)
  if [ -n "$delay" ]; then ss -K -H state established "( sport = :${delay##* } )" >/dev/null 2>&1; fi
}

# ---- a longer way ----

delay_link() {
  local pid
  end_delay
  if [ "$1" = off ]; then return; fi
  [[ $1 =~ ^[0-9]+$ && ${2:-0} =~ ^[0-9]+$ ]] || usage
  command -v python3 >/dev/null || fail 'the delaying proxy needs python3'
  rm -f "$box/delay.port"
  setsid python3 "$here/delay.py" "$(address)" "$(get port)" "$1" "${2:-0}" </dev/null >"$box/delay.port" 2>"$box/delay.log" &
  pid=$!
  while [ ! -s "$box/delay.port" ]; do
    kill -0 "$pid" 2>/dev/null || fail "the proxy does not start: $(tail -n 3 "$box/delay.log")"
    sleep 0.02
  done
  set_value delay "$(process "$pid") $(<"$box/delay.port")"
  printf '%s\n' "$(<"$box/delay.port")"
}

end_delay() {
  local delay
  delay=$(get delay)
  if [ -n "$delay" ]; then
    end_process "${delay% *}"
    rm -f "$box/delay"
  fi
}
