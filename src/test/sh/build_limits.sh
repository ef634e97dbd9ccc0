#!/usr/bin/env bash
# How many compilers the step block-sparse-attention starts at once, from what a container's control groups say. Their files are made up here, in the
# forms of versions 1 and 2; src/test/sh/playbook_steps.sh has one that is real.
# shellcheck disable=SC2154 # set by harness.sh
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=playbook/harness.sh
. "$here/playbook/harness.sh"
gib=$((1024 * 1024 * 1024))

# jobs WHAT "JOBS THREADS" OWN [FILE TEXT]...: what is wanted of a machine of 64 CPUs and 500 GiB where /proc/self/cgroup is OWN and
# /sys/fs/cgroup has these files. $archs, $left: the architectures, and what an earlier attempt has left.
archs=80 left=
jobs() {
  local what=$1 wanted=$2
  rm -rf "$work/cgroup" "$work/step/building"
  mkdir -p "$work/cgroup"
  printf '%s\n' "$3" >"$work/own"
  shift 3
  while (($#)); do
    mkdir -p "$work/cgroup/$(dirname "$1")"
    printf '%s\n' "$2" >"$work/cgroup/$1"
    shift 2
  done
  [[ -z $left ]] || printf '%s\n' "$left" >"$work/step/building"
  printf 'MemTotal: 629145600 kB\nMemAvailable: 524288000 kB\n' >"$work/meminfo"
  in_step "$work/root" "$(<"$playbook/steps/block-sparse-attention.sh")
own_cgroups=$work/own cgroup_root=$work/cgroup meminfo=$work/meminfo
nproc() { say 64; }
jobs_for '$archs'" bsa_job_memory=5 torch_version=x bsa_commit=x cutlass_commit=x
  expect "$what" 0 "$(<"$work/log")" "$wanted"
}

jobs "without limits as many as there are files" "25 1" "0::/"
archs="80;90"
jobs "... with a thread for each architecture where there is room" "25 2" "0::/" cgroup.procs ""
jobs "... but not where there is none" "12 1" "0::/" cgroup.procs "" cpu.max "1200000 100000"
archs=80
jobs "version 2: the memory's limit" "5 1" "0::/" cgroup.procs "" memory.max $((30 * gib))
jobs "... less what is held of it, read files not counted" "3 1" "0::/" cgroup.procs "" memory.max $((30 * gib)) memory.current $((28 * gib)) \
  memory.stat $'anon '$((7 * gib))$'\nfile '$((20 * gib))$'\nshmem '$((1 * gib))
jobs "... its brake" "2 1" "0::/" cgroup.procs "" memory.max max memory.high $((14 * gib))
jobs "... the limit of a group above ours" "5 1" "0::/pod/one/two" cgroup.procs "" pod/one/two/memory.max max pod/memory.max $((30 * gib)) pod/one/memory.max $((60 * gib))
jobs "... a container that sees its own group as the top" "5 1" "0::/../other" cgroup.procs "" memory.max $((30 * gib))
jobs "version 1: the memory's limit" "5 1" $'4:memory:/docker/x\n0::/' memory/docker/x/memory.limit_in_bytes $((30 * gib))
jobs "... where our own group can't be seen" "5 1" $'4:memory:/docker/x\n0::/' memory/memory.limit_in_bytes $((30 * gib))
jobs "... no limit is a huge one" "25 1" '4:memory:/' memory/memory.limit_in_bytes 9223372036854771712
jobs "version 2: the quota of CPUs, rounded up" "4 1" "0::/" cgroup.procs "" cpu.max "350000 100000"
jobs "version 1: with a controller of two names" "4 1" '3:cpu,cpuacct:/a' cpu,cpuacct/a/cpu.cfs_quota_us 400000 cpu,cpuacct/a/cpu.cfs_period_us 100000
jobs "... in the other order" "4 1" '3:cpuacct,cpu:/a' cpuacct,cpu/a/cpu.cfs_quota_us 400000 cpuacct,cpu/a/cpu.cfs_period_us 100000
jobs "... with one name" "4 1" $'2:cpuacct:/\n1:cpu:/a' cpu/a/cpu.cfs_quota_us 400000 cpu/a/cpu.cfs_period_us 100000
jobs "... no quota" "25 1" '1:cpu:/a' cpu/a/cpu.cfs_quota_us -1 cpu/a/cpu.cfs_period_us 100000
jobs "version 2: processes that may still be started" "6 1" "0::/a" cgroup.procs "" a/pids.max 100 a/pids.current 40 pids.max max
jobs "version 1: the same" "6 1" $'8:pids:/a\n0::/' pids/a/pids.max 100 pids/a/pids.current 40
jobs "both at once: each controller where it is" "3 1" $'4:memory:/\n0::/a' memory/memory.limit_in_bytes $((20 * gib)) unified/cgroup.procs "" unified/a/pids.max 90 unified/a/pids.current 30
jobs "never none" "1 1" "0::/" cgroup.procs "" memory.max $gib pids.max 20 pids.current 19
left="8 -1"
jobs "half of what was too many" "4 1" "0::/" cgroup.procs ""
left="1 -1"
jobs "... but never none" "1 1" "0::/" cgroup.procs ""
left="8 -1"
jobs "... and no more than there is room for now" "2 1" "0::/" cgroup.procs "" memory.max $((14 * gib)) memory.events "oom_kill 3"
left="8 3"
jobs "an attempt that was ended with no kill counted was not too many" "25 1" "0::/" cgroup.procs "" memory.events "oom_kill 3"
finish
