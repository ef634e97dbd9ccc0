# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# What kind of box this is. Few new processes: this is on the way of every command.

# Prints the facts as entries; the disk is that of directory $1.
put_facts() {
  local account='\u' name value='' free
  account=${account@P}
  put_entry fact/user "$account"
  put_entry fact/uid "$EUID"
  put_entry fact/home "${HOME:-/}"
  put_entry fact/host "$HOST"
  put_entry fact/boot "$BOOT"
  put_entry fact/pidns "$PIDNS"
  put_entry fact/bash "$BASH_VERSION"
  first_line /proc/sys/kernel/osrelease
  put_entry fact/kernel "$REPLY"
  value_of /etc/os-release PRETTY_NAME
  put_entry fact/os "${REPLY//\"/}"
  effective_cpus
  put_entry fact/cpus "$REPLY"
  effective_memory
  put_entry fact/memory "$REPLY"
  printf -v value '%(%s)T' -1
  put_entry fact/now "$value"
  existing_parent "$1"
  free=$(df -B1 --output=avail "$REPLY" 2>/dev/null) || free=0
  put_entry fact/free "${free//[^0-9]/}"
  if logout_kills; then
    put_entry fact/logind kills
  fi
}

# REPLY: the directory $1, or the nearest above it that is there; / for what is no absolute path.
existing_parent() {
  REPLY=$1
  while [[ ! -d $REPLY && $REPLY == /*/* ]]; do
    REPLY=${REPLY%/*}
  done
  [[ -d $REPLY && $REPLY == /* ]] || REPLY=/
}

# REPLY: processors that we may use at a time: the smaller of the affinity's and the control group's.
effective_cpus() {
  local cpus quota period
  cpus=$(nproc) || cpus=1
  if read -r quota period 2>/dev/null </sys/fs/cgroup/cpu.max && [[ $quota == +([0-9]) ]] 2>/dev/null; then
    :
  else
    first_line /sys/fs/cgroup/cpu/cpu.cfs_quota_us
    quota=$REPLY
    first_line /sys/fs/cgroup/cpu/cpu.cfs_period_us
    period=$REPLY
  fi
  REPLY=$cpus
  if [[ $quota =~ ^[1-9][0-9]*$ && ${period-} =~ ^[1-9][0-9]*$ ]]; then
    quota=$(((quota + period - 1) / period))
    REPLY=$((quota < cpus ? quota : cpus))
  fi
}

# REPLY: bytes of memory that we may use: the smallest of the machine's and the control groups'.
effective_memory() {
  local name value rest file group least=0
  while read -r name value rest; do
    if [[ $name == MemTotal: ]]; then
      least=$((value * 1024))
    fi
  done </proc/meminfo
  group=
  while IFS=: read -r rest name value; do
    [[ -n $name ]] || group=$value
  done </proc/self/cgroup
  while :; do
    for file in "/sys/fs/cgroup$group/memory.max" /sys/fs/cgroup/memory/memory.limit_in_bytes; do
      first_line "$file"
      if [[ $REPLY =~ ^[1-9][0-9]{0,17}$ ]] && ((REPLY < least)); then
        least=$REPLY
      fi
    done
    [[ $group == */* ]] || break
    group=${group%/*}
  done
  REPLY=$least
}
