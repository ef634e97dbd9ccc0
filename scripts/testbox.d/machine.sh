# shellcheck shell=bash disable=SC2154 # part of scripts/testbox
# The box as a machine: it boots, is entered, has a limited memory, is halted and removed.

# Ends here, with a line, where no box can be made.
possible() {
  local tool
  [ "$(id -u)" = 0 ] || not_here 'only root can'
  for tool in unshare nsenter ip ss ssh-keygen flock; do
    command -v "$tool" >/dev/null || not_here "there is no $tool"
  done
  unshare --mount --pid --fork --uts --ipc --net --cgroup true 2>/dev/null || not_here 'namespaces are refused'
}

# Prints the process $1 by a name that is never given twice: number and start time.
process() {
  local text
  read -r text <"/proc/$1/stat" || return 1
  text=${text##*) }
  # shellcheck disable=SC2086 # words
  set -- "$1" $text
  printf '%s %s\n' "$1" "${21}"
}

# Whether the process named so lives.
living() { [ -n "$1" ] && [ "$(process "${1% *}" 2>/dev/null)" = "$1" ]; }

# Ends the process named so, and waits until it has.
end_process() {
  while living "$1"; do
    kill -KILL "${1% *}" 2>/dev/null || true
    sleep 0.02
  done
}

# Runs a command in the box.
enter() {
  local init
  init=$(get init)
  living "$init" || fail "$name is not up"
  (
    join_memory "$BASHPID"
    exec nsenter -a -t "${init% *}" -- env -i HOME=/root USER=root LOGNAME=root TERM="${TERM:-dumb}" \
      PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
  )
}

# Runs a command of this machine in the network of the box.
in_net() {
  local init
  init=$(get init)
  living "$init" || fail "$name is not up"
  nsenter -n -t "${init% *}" -- "$@"
}

# An empty upper layer: the root file system as it was made.
fresh_root() {
  rm -rf "$box/layers/upper" "$box/layers/work"
  mkdir "$box/layers/upper" "$box/layers/work"
}

new_host_key() {
  local key
  rm -f "$box"/host_ed25519 "$box"/host_ed25519.pub
  ssh-keygen -q -t ed25519 -N '' -C "$name" -f "$box/host_ed25519"
  key=$(ssh-keygen -l -E sha256 -f "$box/host_ed25519.pub")
  key=${key#* }
  set_value host_key "${key%% *}"
}

boot() {
  local pid clocks=() uptime
  read -r uptime _ </proc/uptime
  uptime=${uptime%.*}
  # Where the kernel can, the time since boot begins anew, too.
  if unshare --time --fork --boottime "-$uptime" --monotonic "-$uptime" true 2>/dev/null; then
    clocks=(--time --boottime "-$uptime" --monotonic "-$uptime")
  fi
  cat /proc/sys/kernel/random/uuid >"$box/boot_id"
  rm -f "$box/init" "$box/go"
  make_memory
  (
    join_memory "$BASHPID"
    exec setsid unshare --fork --mount --pid --uts --ipc --net --cgroup "${clocks[@]}" \
      bash "$here/init.sh" "$box" "$name" "$(memory_directory)" </dev/null >"$box/console" 2>&1
  ) &
  for ((turn = 0; turn < 500; turn++)); do
    [ ! -s "$box/init" ] || break
    sleep 0.01
  done
  pid=$(get init)
  [ -n "$pid" ] || fail "$name does not boot: $(tail -n 3 "$box/console")"
  set_value init "$(process "$pid")"
  connect
  printf '[%s]:%s %s\n' "$(address)" "$(get port)" "$(cut -d ' ' -f 1,2 "$box/host_ed25519.pub")" >"$box/known_hosts"
  if [ "$(get port)" = 22 ]; then sed -i 's/^\[\(.*\)\]:22 /\1 /' "$box/known_hosts"; fi
  : >"$box/go"
  wait_for_sshd
}

wait_for_sshd() {
  local turn
  for ((turn = 0; turn < 500; turn++)); do
    if in_net bash -c "exec 3<>/dev/tcp/127.0.0.1/$(get port)" 2>/dev/null; then return; fi
    living "$(get init)" || break
    sleep 0.02
  done
  fail "sshd of $name does not start: $(tail -n 3 "$box/console")"
}

# All its processes end at once, and its connections without a word.
halt() {
  disconnect
  end_process "$(get init)"
  rm -f "$box/init"
}

# Removes all that there is of the box, in whatever state its maker was killed.
remove() {
  local part turn
  end_delay
  halt
  remove_memory
  for part in layers disk; do
    for ((turn = 0; turn < 100; turn++)); do
      if ! mountpoint -q "$box/$part" || umount "$box/$part" 2>/dev/null; then break; fi
      sleep 0.05
    done
    if mountpoint -q "$box/$part"; then umount -l "$box/$part"; fi
  done
  rm -rf --one-file-system "$box"
  swallow_no_more
}

# ---- memory ----

# Prints the directory of the box's control group; nothing where there is no memory controller.
memory_directory() {
  if [ -e /sys/fs/cgroup/memory/memory.limit_in_bytes ]; then
    printf '/sys/fs/cgroup/memory/flashvsr-testbox/%s' "$name"
  elif grep -qsw memory /sys/fs/cgroup/cgroup.controllers; then
    printf '/sys/fs/cgroup/flashvsr-testbox/%s' "$name"
  fi
}

make_memory() {
  local directory
  directory=$(memory_directory)
  [ -n "$directory" ] || return 0
  mkdir -p "${directory%/*}"
  if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
    echo +memory >/sys/fs/cgroup/cgroup.subtree_control 2>/dev/null || true
    echo +memory >/sys/fs/cgroup/flashvsr-testbox/cgroup.subtree_control
  fi
  mkdir -p "$directory"
  limit_memory "$(get memory)"
}

# Puts the process $1 under the limit.
join_memory() {
  local directory
  directory=$(memory_directory)
  if [ -n "$directory" ]; then echo "$1" >"$directory/cgroup.procs"; fi
}

# Limits the memory to $1 MiB.
limit_memory() {
  local directory file
  directory=$(memory_directory)
  [ -n "$directory" ] || fail 'this machine has no control group of memory'
  for file in "$directory/memory.max" "$directory/memory.limit_in_bytes"; do
    if [ -e "$file" ]; then
      echo "$(($1 * 1024 * 1024))" >"$file" || fail "$name uses more than $1 MiB"
    fi
  done
}

remove_memory() {
  local directory turn
  directory=$(memory_directory)
  if [ -z "$directory" ]; then return; fi
  for ((turn = 0; turn < 100; turn++)); do
    if [ ! -d "$directory" ] || rmdir "$directory" 2>/dev/null; then return; fi
    sleep 0.02
  done
}
