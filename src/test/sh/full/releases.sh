#!/usr/bin/env bash
# The step system-packages with the real packages of Debian's and Ubuntu's releases, each in a chroot made by debootstrap: as root in a container, with
# empty package lists. Debian 13 has g++ 14, which CUDA 12.4 does not take.
# shellcheck disable=SC2016 # others expand what is in single quotes
set -u
repo=$(cd "$(dirname "$0")/../../../.." && pwd -P)
# shellcheck source=src/test/sh/lib/check.sh
. "$repo/src/test/sh/lib/check.sh"
# shellcheck source=scripts/testbox.d/base.sh
. "$repo/scripts/testbox.d/base.sh"
# shellcheck source=src/test/sh/lib/release.sh
. "$repo/src/test/sh/lib/release.sh"
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

# The real needrestart, set to ask, runs when apt has unpacked packages, and tells so by its configuration, which is Perl; not after those of the step.
needrestart_rests() {
  local shell=(in_chroot "$work/$1" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive sh -ec)
  "${shell[@]}" 'apt-get -qq -y --no-install-recommends install needrestart
    echo "open(my \$ran, q(>>), q(/ran)); \$nrconf{restart} = q(i);" >/etc/needrestart/conf.d/ask.conf
    apt-get -qq -y --reinstall install git-lfs && ls /ran && apt-get -qq -y remove git-lfs && rm /ran' </dev/null || return
  step "$1" apply && step "$1" 'git lfs version; [[ ! -e /ran ]]'
}

if why=$(no_releases); then
  skip "Debian's and Ubuntu's releases" "$why"
  finish
fi
for release in bullseye bookworm trixie focal jammy noble; do
  if ! make_release "$release" "$work/$release" "$work/log"; then
    skip "$release: the real packages" "debootstrap: $(tail -n 1 "$work/log")"
    continue
  fi
  rm -rf "$work/$release"/var/lib/apt/lists/*
  mkdir "$work/$release/workspace"
  check "$release: apt installs the real packages, and a g++ that CUDA 12.4 takes" installs "$release"
  case $release in
    bookworm | noble) check "$release: needrestart is neither asked nor run" needrestart_rests "$release" ;;
  esac
  rm -rf --one-file-system "${work:?}/$release"
done
finish
