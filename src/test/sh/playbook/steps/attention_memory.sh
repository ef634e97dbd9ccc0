# shellcheck shell=bash disable=SC2034,SC2154 # a part of playbook_steps.sh
# A real compiler that needs 120 MiB, in a real control group whose memory shrinks to 200 MiB when the second one begins.

group=
for at in /sys/fs/cgroup/memory /sys/fs/cgroup; do
  if [[ -z $group && $EUID == 0 && (-e $at/memory.limit_in_bytes || -e $at/cgroup.subtree_control) ]]; then
    [[ ! -e $at/cgroup.subtree_control ]] || echo +memory >"$at/cgroup.subtree_control" 2>/dev/null
    mkdir "$at/flashvsr-test-$$" 2>/dev/null && group=$at/flashvsr-test-$$
  fi
done
limit=$group/memory.max
[[ -e $limit ]] || limit=$group/memory.limit_in_bytes
if [[ -n $group && -w $limit ]]; then
  script "$work/bin/g++" <<SH
#!/bin/bash
if [[ " \$* " == *' -c '* && \$MAX_JOBS != 1 ]]; then
  : >"$work/eats.\$\$"
  until (($(nproc) < 2)) || [[ \$(ls "$work"/eats.* | wc -l) -ge 2 ]]; do read -rt 0.05 <> <(:); done
  echo $((200 * 1024 * 1024)) >"$limit"
fi
if [[ " \$* " == *' -c '* ]]; then
  # Until this is over, or both have it and one is ended; 60 s are more than that takes.
  python3 -c 'import sys, time
food = b"x" * (120 << 20)
if sys.argv[1] != "1":
    end = time.monotonic() + 60
    path = "$group/" + ("memory.events" if "$limit".endswith("max") else "memory.oom_control")
    while "oom_kill 0" in open(path).read() and time.monotonic() < end:
        time.sleep(0.02)' "\$MAX_JOBS" || exit
fi
exec $(type -P g++) "\$@"
SH
  rm -rf "$wheels" "$tree"
  printf 'extern "C" int three() { return 3; }\n' >"$work/bsa/csrc/three.cpp"
  sed -i 's/^    f"build two.o: cxx/    "build three.o: cxx ..\/csrc\/three.cpp\\n"\n&/' "$work/bsa/setup.py"
  vars[bsa_commit]=$(commit "$work/bsa")
  rm -f "$work/step/block-sparse-attention/building"
  in_group="echo \$BASHPID >$group/cgroup.procs; usable_cpus() { say 2; }; usable_gib() { say 21; };"
  step block-sparse-attention "$in_group apply"
  kills=$(sed -n 's/^oom_kill //p' "$group/memory.events" "$group/memory.oom_control" 2>/dev/null)
  expect "compilers that the kernel ends for lack of memory end the step for now" 75 "$((kills > 0)) $(grep -o 'with 2 compilers at once' "$work/log")" "1 with 2 compilers at once"
  compiled=$(wc -l <"$tree/build/compiled")
  step block-sparse-attention "$in_group apply"
  expect "... then half as many compile the rest, and it is done" 0 "$(grep -c '1 jobs of 1 threads' "$work/log") $(sort "$tree/build/compiled" | tr '\n' ' ')" "1 one.o three.o two.o "
  expect "... and keep what one of two had finished ($compiled)" 0 "$((compiled >= 1))" 1
  rm "$work/bin/g++"
else
  printf 'ok - compilers that the kernel ends for lack of memory # skipped: no control group of memory can be made here\n'
fi
if [[ -n $group ]]; then rmdir "$group"; fi
