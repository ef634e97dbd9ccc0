#!/usr/bin/env bash
# The kinds of boxes that docs/boxes.md lists: the playbook's first steps on a test box (a real Debian with real apt, dpkg and sudo, and its
# own users, file systems and processes). Stand-ins, which say so: the packages that are installed (small, from an archive of
# files on the box), conda and its packages, nvidia-smi and nvcc.
# shellcheck disable=SC2016 # the box expands what is in single quotes
set -u
repo=$(cd "$(dirname "$0")/../../.." && pwd -P)
# shellcheck source=src/test/sh/lib/check.sh
. "$repo/src/test/sh/lib/check.sh"
testbox() { "$repo/scripts/testbox" "$@"; }
playbook=$repo/playbooks/flashvsr

box=kinds$$
trap 'testbox rm "$box" 2>/dev/null; rm -rf "$work"' EXIT
code=0
testbox new "$box" --owner $$ --user tester --disk 512 >"$work/info" 2>"$work/said" || code=$?
if [ "$code" = 77 ]; then
  skip "kinds of boxes" "$(tail -n 1 "$work/said")"
  finish
fi
check "a box is made" test "$code" = 0
[ "$code" = 0 ] || finish
value() { sed -n "s/^$1=//p" "$work/info"; }
disk=$(value state)/disk # /workspace, as seen from outside
as_root() { timeout 120 "$repo/scripts/testbox" exec "$box" "$@"; }
as_user() { timeout 120 "$repo/scripts/testbox" ssh "$box" "$@"; }

# -- what is installed there --
# deb NAME [POSTINST] COMMAND=TEXT...: a package with these scripts in /usr/bin, which say that they are stand-ins.
deb() {
  local name=$1 tree=$work/deb pair
  shift
  rm -rf "$tree"
  mkdir -p "$tree/DEBIAN" "$tree/usr/bin"
  printf 'Package: %s\nVersion: 1\nArchitecture: all\nMaintainer: x <x@x>\nDescription: stand-in of a test\n' "$name" >"$tree/DEBIAN/control"
  if [[ ${1-} == '#!'* ]]; then
    printf '%s\n' "$1" >"$tree/DEBIAN/postinst"
    chmod 755 "$tree/DEBIAN/postinst"
    shift
  fi
  for pair; do
    printf '#!/bin/sh\necho "%s"\n' "${pair#*=}" >"$tree/usr/bin/${pair%%=*}"
    chmod 755 "$tree/usr/bin/${pair%%=*}"
  done
  dpkg-deb --root-owner-group -b "$tree" "$disk/archive/$name.deb" >/dev/null || exit 1
  {
    dpkg-deb -f "$disk/archive/$name.deb"
    printf 'Filename: ./%s.deb\nSize: %s\nSHA256: %s\n\n' "$name" "$(stat -c %s "$disk/archive/$name.deb")" \
      "$(sha256sum <"$disk/archive/$name.deb" | head -c 64)"
  } >>"$disk/archive/Packages"
}
mkdir "$disk/archive" "$disk/www" "$disk/steps"
deb make-stand-in $'#!/bin/sh\nenv >/workspace/seen-by-packages' make="a stand-in of make"
deb cmake-stand-in cmake="a stand-in of cmake"
deb git-lfs-stand-in git-lfs="a stand-in of git-lfs"
deb late-stand-in late="a stand-in"
deb g++-11 g++-11=11.9.9 gcc-11=11.9.9
deb slow $'#!/bin/sh\nread -r _ </workspace/pipe' slow="a stand-in"
cp -r "$playbook/lib" "$playbook"/steps/*.sh "$disk/steps"
as_root bash -c 'rm -f /etc/apt/sources.list /etc/apt/sources.list.d/*
  echo "deb [trusted=yes] file:/workspace/archive ./" >/etc/apt/sources.list' || exit 1

wanted="gcc g++ make cmake ninja git git-lfs curl"
packages="make-stand-in cmake-stand-in git-lfs-stand-in"
conda_packages=

# step WHO ID FUNCTION [NAME=VALUE]...: as the runner does it there.
step() {
  local who=$1 id=$2 function=$3 text
  shift 3
  printf -v text ' %q' root=/workspace/it "STEP_DIR=/workspace/step-$who" STEP_ATTEMPT=1 "needed_commands=$wanted" "apt_packages=$packages" \
    "tools_packages=$conda_packages" conda_channel=file:///workspace/www driver_min=525.60.13 "gpu_capabilities=8.0 8.6 8.7 8.9 9.0" \
    torch_version=2.5.1+cu121 "cuda_versions=12.4 12.5 12.6 12.8" cuda_packages= "room_needed=1 10 x" "$@"
  printf '%s\n' "$function" >"$disk/steps/call-$who"
  text="umask 022; mkdir -p /workspace/it /workspace/step-$who; env -i HOME=\$HOME PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8$text \
setsid -w bash -euo pipefail -c \"\$(cat /workspace/steps/lib/*.sh /workspace/steps/$id.sh /workspace/steps/call-$who)\" </dev/null 2>&1"
  "as_$who" bash -c "$([[ $who == user ]] && printf '%q' "$text" || printf '%s' "$text")" >"$work/log"
}
# says CODE TEXT...: the step before ended so, and said all of these.
said() {
  local code=$1 part
  shift
  for part; do has "$(<"$work/log")" "$part" || return 1; done
  same "$code" "$ended" || { cat "$work/log"; return 1; }
}
ends() {
  ended=0
  step "$@" || ended=$?
}
again() { as_root bash -c "rm -rf /workspace/it; dpkg --purge $packages g++-11 slow late-stand-in >/dev/null 2>&1; rm -rf /var/lib/apt/lists/*; true"; }

for part in apt conda first_look cuda start_files; do
  # shellcheck source=/dev/null
  . "$repo/src/test/sh/boxes/$part.sh"
done
finish
