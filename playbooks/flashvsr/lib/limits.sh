# shellcheck shell=bash
# shellcheck disable=SC2154 # variables of the playbook, and functions of the other files here
# What this container may use, as its control groups say: CPUs, memory, processes.

own_cgroups=/proc/self/cgroup cgroup_root=/sys/fs/cgroup meminfo=/proc/meminfo

# cgroup_dirs CONTROLLER: each directory from this process's control group up to the top, of version 2 and of version 1's controller. A container
# may see its own group as the top, and a path that leads nowhere.
cgroup_dirs() {
  local line path names name base
  while IFS= read -r line; do
    names=${line#*:}
    path=${names#*:} names=${names%%:*} base=
    if [[ -z $names ]]; then
      for name in "$cgroup_root" "$cgroup_root/unified"; do
        [[ ! -e $name/cgroup.procs ]] || base=$name
      done
    elif [[ ,$names, == *,"$1",* ]]; then
      for name in "$cgroup_root/$1" "$cgroup_root/$names"; do
        [[ ! -d $name ]] || base=$name
      done
    fi
    [[ -n $base ]] || continue
    while :; do
      [[ ! -d $base$path ]] || printf '%s\n' "$base${path%/}"
      [[ -n ${path%/} ]] || break
      path=${path%/*}
    done
  done <"$own_cgroups"
}

usable_cpus() {
  local dir quota period cpus
  cpus=$(nproc)
  for dir in $(cgroup_dirs cpu); do
    quota=max period=100000
    if [[ -r $dir/cpu.max ]]; then
      read -r quota period <"$dir/cpu.max"
    elif [[ -r $dir/cpu.cfs_quota_us ]]; then
      quota=$(<"$dir/cpu.cfs_quota_us") period=$(<"$dir/cpu.cfs_period_us")
    fi
    if [[ $quota =~ ^[0-9]+$ ]] && (((quota + period - 1) / period < cpus)); then cpus=$(((quota + period - 1) / period)); fi
  done
  printf '%d\n' "$cpus"
}

# What is free of the machine's memory, and within each limit: the limit less what is not given back (files that were read are).
usable_gib() {
  local dir file limit kib=0 name value
  while read -r name value _; do
    if [[ $name == MemAvailable: ]]; then kib=$value; fi
  done <"$meminfo"
  for dir in $(cgroup_dirs memory); do
    for file in "$dir/memory.max" "$dir/memory.high" "$dir/memory.limit_in_bytes"; do
      [[ -r $file ]] || continue
      limit=$(<"$file")
      [[ $limit =~ ^[0-9]{1,18}$ ]] || continue
      limit=$(((limit - $(held_bytes "$dir")) / 1024))
      if ((limit < kib)); then kib=$limit; fi
    done
  done
  printf '%d\n' $((kib / 1024 / 1024))
}

held_bytes() {
  local name value held=0
  if [[ -r $1/memory.stat ]]; then
    while read -r name value; do
      case $name in anon | shmem | total_rss | total_shmem) held=$((held + value)) ;; esac
    done <"$1/memory.stat"
  fi
  printf '%d\n' "$held"
}

# Processes and threads that may still be started; "max" where nothing limits them.
usable_pids() {
  local dir limit left=max
  for dir in $(cgroup_dirs pids); do
    [[ -r $dir/pids.max && -r $dir/pids.current ]] || continue
    limit=$(<"$dir/pids.max")
    [[ $limit =~ ^[0-9]+$ ]] || continue
    limit=$((limit - $(<"$dir/pids.current")))
    if [[ $left == max ]] || ((limit < left)); then left=$limit; fi
  done
  printf '%s\n' "$left"
}

# How often the kernel ended a process for lack of memory: in this control group, else on the whole machine.
oom_kills() {
  local dir file name value total=0 found=
  for dir in $(cgroup_dirs memory); do
    for file in "$dir/memory.events" "$dir/memory.oom_control"; do
      [[ -r $file ]] || continue
      while read -r name value; do
        if [[ $name == oom_kill ]]; then total=$((total + value)) found=1; fi
      done <"$file"
    done
  done
  if [[ -z $found ]]; then
    while read -r name value; do
      if [[ $name == oom_kill ]]; then total=$value; fi
    done </proc/vmstat
  fi
  printf '%d\n' "$total"
}
