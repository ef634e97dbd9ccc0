# shellcheck shell=bash disable=SC2016,SC2034,SC2154 # a part of boxes.sh; holds what the box expands
# Root, no systemd, no sudo: a container.

container() {
  same '' "$(as_root bash -c 'command -v sudo; ls -d /run/systemd/system 2>/dev/null')" || return 1
  ends root system-packages check && said 1 'not there: make cmake git-lfs' || return 1
  ends root system-packages apply && said 0 'git-lfs-stand-in' || return 1
  ends root system-packages check && said 0 && ends root tools check && said 0
}
check "root in a container without systemd and sudo, with empty package lists: apt installs what is missing" container

no_dialogs() {
  has "$(<"$disk/seen-by-packages")" DEBIAN_FRONTEND=noninteractive && has "$(<"$disk/seen-by-packages")" NEEDRESTART_SUSPEND=1 &&
    has "$(<"$disk/seen-by-packages")" NEEDRESTART_MODE=l
}
check "dialogs are off for what is installed" no_dialogs

broken_list() {
  again
  as_root bash -c 'mkdir -p /workspace/foreign && : >/workspace/foreign/Packages && printf "Origin: x\n" >/workspace/foreign/Release
    echo "deb file:/workspace/foreign ./" >/etc/apt/sources.list.d/cuda.list
    echo "deb file:/workspace/nowhere ./" >/etc/apt/sources.list.d/gone.list; ! apt-get update >/dev/null 2>&1' || return 1
  ends root system-packages apply
  as_root bash -c 'rm /etc/apt/sources.list.d/*.list'
  said 0 'not signed' 'apt-get update had errors' && ends root system-packages check && said 0
}
check "third-party lists that are broken (unsigned, gone) fail apt-get update, and the installation goes on" broken_list

cut_off() {
  again
  as_root bash -c 'dpkg --unpack /workspace/archive/late-stand-in.deb >/dev/null && : >/var/lib/dpkg/updates/0001' || return 1
  ends root system-packages apply && said 0 'an earlier installation was cut off' || return 1
  same 'install ok installed' "$(as_root dpkg-query -W -f '${Status}' late-stand-in)" && ends root system-packages check && said 0
}
check "an installation that was cut off is completed by dpkg --configure -a" cut_off

other_name() {
  again
  ends root system-packages apply apt_packages="build-essential-of-another-release $packages" &&
    said 0 'Unable to locate package build-essential-of-another-release' 'one after another' && ends root system-packages check && said 0
}
check "where one package has another name, the others are installed all the same" other_name

# A real apt-get that installs a package which waits.
locked() {
  local waits turn
  again
  as_root bash -c 'rm -f /workspace/pipe; mkfifo /workspace/pipe; apt-get update >/dev/null 2>&1
    setsid -f apt-get install -y slow >/workspace/slow.log 2>&1 </dev/null' || return 1
  until grep -q 'Setting up slow' "$disk/slow.log"; do sleep 0.1; done
  step root system-packages apply &
  waits=$!
  for ((turn = 0; turn < 300; turn++)); do
    if grep -q waiting "$work/log" 2>/dev/null; then break; fi
    sleep 0.1
  done
  kill -0 "$waits" && has "$(<"$work/log")" 'waiting for another package manager: process ' &&
    has "$(<"$work/log")" ': apt-get install -y slow' && as_root bash -c 'echo >/workspace/pipe' && wait "$waits" &&
    same 'install ok installed' "$(as_root dpkg-query -W -f '${Status}' slow)" && ends root system-packages check && said 0
}
check "a package manager at work is named (process and command), waited for and not ended" locked

held_too_long() {
  again
  as_root bash -c 'apt-get update >/dev/null 2>&1; setsid -f apt-get install -y slow >/workspace/slow.log 2>&1 </dev/null' || return 1
  : >"$disk/slow.log"
  until grep -q 'Setting up slow' "$disk/slow.log"; do sleep 0.1; done
  # Its clock runs fast: the limit of 10 minutes is over at the second look.
  ends root system-packages 'sleep() { SECONDS=$((SECONDS + 700)); }; apply' && said 75 ': apt-get install -y slow. It is not ended from here' || return 1
  ends root system-packages 'sleep() { SECONDS=$((SECONDS + 700)); }; apply' STEP_ATTEMPT=3 && said 0 'left to the step tools' || return 1
  as_root bash -c 'pgrep -x apt-get >/dev/null && echo >/workspace/pipe && while pgrep -x apt-get >/dev/null; do sleep 0.1; done'
}
check "... for at most 10 minutes; the third time, what is missing is left to conda packages" held_too_long

too_new() {
  again
  ends root system-packages apply || return 1
  as_root bash -c 'for name in gcc g++; do printf "#!/bin/sh\necho 14.2.0\n" >/usr/local/bin/$name; chmod 755 /usr/local/bin/$name
    for old in /usr/bin/$name-1[0-9]; do mv "$old" "$old.away"; done; done' || return 1
  ends root system-packages check && said 1 'g++ (13 or older)' || return 1
  ends root system-packages apply && said 0 'no g++ newer than 13; this box has 14.2.0' 'Setting up g++-11' && ends root system-packages check && said 0 &&
    ends root tools 'host_compiler 13' && said 0 'gcc-11 g++-11'
}
check "a g++ that is too new for CUDA gets an older one beside it" too_new
as_root bash -c 'dpkg --purge g++-11 >/dev/null 2>&1; rm -f /usr/local/bin/gcc /usr/local/bin/g++; for old in /usr/bin/*.away; do mv "$old" "${old%.away}"; done'

no_apt() {
  again
  as_root mv /usr/bin/apt-get /usr/bin/apt-get.away
  ends root system-packages check
  as_root mv /usr/bin/apt-get.away /usr/bin/apt-get
  said 0 'this box has no apt-get, so the step tools brings it'
}
check "root on a distribution without apt-get: left to conda packages" no_apt
