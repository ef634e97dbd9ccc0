#!/usr/bin/env bash
# The step system-packages with the real packages of Debian's releases, each in a chroot made by debootstrap: as root in a container, with
# empty package lists. Debian 13 has g++ 14, which CUDA 12.4 does not take.
# shellcheck disable=SC2016 # others expand what is in single quotes
set -u
repo=$(cd "$(dirname "$0")/../../../.." && pwd -P)
# shellcheck source=src/test/sh/lib/check.sh
. "$repo/src/test/sh/lib/check.sh"
# shellcheck source=scripts/testbox.d/base.sh
. "$repo/scripts/testbox.d/base.sh"
playbook=$repo/playbooks/flashvsr
name_of() { sed -n "s/^  $1: \"\(.*\)\"$/\1/p" "$playbook/playbook.yaml"; }

# In a mount namespace of its own, so that nothing stays mounted.
in_chroot() { unshare --mount --pid --fork bash -c 'mount -t proc proc "$1/proc" && exec chroot "$@"' - "$@"; }

# step RELEASE FUNCTION
step() {
  in_chroot "$work/$1" /usr/bin/env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
    root=/workspace STEP_DIR=/tmp STEP_ATTEMPT=1 "apt_packages=$(name_of apt_packages)" "needed_commands=$(name_of needed_commands)" \
    bash -euo pipefail -c "$(cat "$playbook"/lib/*.sh)"$'\n'"$(<"$playbook/steps/system-packages.sh")"$'\n'"$2" </dev/null
}

installs() {
  local release=$1
  ! step "$release" check && step "$release" apply && step "$release" check && step "$release" '[[ ! -e $left_mark ]]; host_compiler 13; git lfs version; cmake --version'
}

# shellcheck source=/dev/null
codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME-}")
mirror=$(mirror_of "$codename")
if [ "$(id -u)" != 0 ] || [ -z "$mirror" ] || ! command -v debootstrap >/dev/null || [ "$(. /etc/os-release && printf '%s' "$ID")" != debian ]; then
  skip "Debian's releases" "only root on Debian with debootstrap can"
  finish
fi
for release in bullseye bookworm trixie; do
  if ! debootstrap --variant=minbase "$release" "$work/$release" "$mirror" >"$work/log" 2>&1; then
    skip "$release: the real packages" "debootstrap: $(tail -n 1 "$work/log")"
    continue
  fi
  cp -L /etc/resolv.conf /etc/hosts "$work/$release/etc/"
  cp -rL /etc/apt/apt.conf.d/. "$work/$release/etc/apt/apt.conf.d/"
  rm -rf "$work/$release"/var/lib/apt/lists/*
  mkdir "$work/$release/workspace"
  check "$release: apt installs the real packages, and a g++ that CUDA 12.4 takes" installs "$release"
  rm -rf --one-file-system "${work:?}/$release"
done
finish
