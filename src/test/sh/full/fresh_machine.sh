#!/usr/bin/env bash
# The two commands that README.md promises, on a machine with nothing on it: Debian 12, Debian 13 and Ubuntu 24.04 at their smallest, made by
# debootstrap, as root in a chroot with /proc, /dev and no locale, in a clean clone of the last commit. They install what they need: 2 GB and some 40
# minutes for each release. This machine's way to archives and indexes is handed down to them (package sources, proxies, certificates, pip's and
# Maven's settings). FRESH_MACHINES names other releases, such as "bookworm".
# Killed at any line it leaves nothing that runs or is mounted, only target/fresh-machine, which the next run removes.
set -u
repo=$(cd "$(dirname "$0")/../../../.." && pwd -P)
# shellcheck source=src/test/sh/lib/check.sh
. "$repo/src/test/sh/lib/check.sh"
# shellcheck source=scripts/testbox.d/base.sh
. "$repo/scripts/testbox.d/base.sh"
# shellcheck source=src/test/sh/lib/release.sh
. "$repo/src/test/sh/lib/release.sh"
minutes=75 # for a command; one that takes longer is ended
place=$repo/target/fresh-machine inside=

leave() {
  if [ -n "$inside" ]; then kill -KILL "$inside" && wait "$inside"; fi 2>/dev/null
  rm -rf --one-file-system "$work" "$place"
}
trap leave EXIT
trap 'exit 143' TERM HUP
trap 'exit 130' INT

# hand_down DIRECTORY: how this machine reaches what apt, pip and Maven ask for.
hand_down() {
  local file maven
  mkdir -p "$1/usr/local/share/ca-certificates" "$1/root/.m2" "$1/root/.config/pip"
  for file in /usr/local/share/ca-certificates/*.crt; do
    if [ -e "$file" ]; then cp -L "$file" "$1/usr/local/share/ca-certificates/"; fi
  done
  if [ -d /etc/apt/auth.conf.d ]; then cp -rL /etc/apt/auth.conf.d/. "$1/etc/apt/auth.conf.d/"; fi
  if [ -e /etc/pip.conf ]; then cp -L /etc/pip.conf "$1/etc/"; fi
  if [ -e ~/.config/pip/pip.conf ]; then cp -L ~/.config/pip/pip.conf "$1/root/.config/pip/"; fi
  maven=$(mvn -v 2>/dev/null | sed -n 's/^Maven home: //p')
  for file in ~/.m2/settings.xml "$maven/conf/settings.xml"; do
    if [ -e "$file" ]; then
      cp -L "$file" "$1/root/.m2/"
      break
    fi
  done
  passed_on=()
  for file in {http,https,ftp,all,no}_proxy {HTTP,HTTPS,FTP,ALL,NO}_PROXY PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_TRUSTED_HOST MAVEN_OPTS MAVEN_ARGS; do
    if [ -n "${!file-}" ]; then passed_on+=("$file=${!file}"); fi
  done
}

# there DIRECTORY COMMAND: in the clone, with mounts and processes of its own, which end with this script, however that ends.
there() {
  local status=0
  # shellcheck disable=SC2016 # expanded inside
  setpriv --pdeathsig KILL timeout -s KILL "${minutes}m" setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child bash -c '
    mount -t proc proc "$1/proc" && mount -t devpts -o newinstance,ptmxmode=0666 devpts "$1/dev/pts" && mount -t tmpfs tmpfs "$1/dev/shm" &&
      exec chroot "$1" /usr/bin/env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "${@:3}" \
        sh -c "cd ~/flashvsr-deploy && exec $2"' - "$1" "$2" ${passed_on[@]+"${passed_on[@]}"} </dev/null &
  inside=$!
  wait "$inside" || status=$?
  inside=
  return "$status"
}

# green NAME DIRECTORY COMMAND: the command ends well there; what it skipped, and its last lines, are shown.
green() {
  local status=0 began=$SECONDS
  there "$2" "$3" >"$work/log" 2>&1 || status=$?
  if [ "$status" = 0 ]; then
    printf 'ok - %s: %s, in %s s\n' "$1" "$3" "$((SECONDS - began))"
    grep -E '^ok .*# skipped|^# skipped|^[0-9]+ s, [0-9]+ skipped$|^[0-9]+ passed, [0-9]+ failed$' "$work/log" | sed 's/^/  | /'
  else
    failed=1
    printf 'not ok - %s: %s: ended with %s after %s s\n' "$1" "$3" "$status" "$((SECONDS - began))"
    { grep -E '^not ok|ERROR' "$work/log" | head -n 40; tail -n 40 "$work/log"; } | sed 's/^/  | /'
  fi
  return "$status"
}

if why=$(no_releases) || { why="this is no clone with a commit" && ! git -c safe.directory="*" -C "$repo" rev-parse --verify -q HEAD >/dev/null; }; then
  skip "a fresh machine" "$why"
  finish
fi
mkdir -p "${place%/*}"
exec 8>"$place.lock"
if ! flock -n 8; then
  echo "not ok - a fresh machine: another run of this test is on its way"
  exit 1
fi
rm -rf --one-file-system "$place"
for release in ${FRESH_MACHINES:-bookworm trixie noble}; do
  root=$place/$release
  mkdir -p "$place"
  if ! make_release "$release" "$root" "$work/log" 8>&-; then
    skip "$release: the README's two commands" "debootstrap: $(tail -n 1 "$work/log")"
    continue
  fi
  hand_down "$root"
  git -c safe.directory='*' clone -q --no-local "$repo" "$root/root/flashvsr-deploy" 8>&- || exit
  { green "$release" "$root" "scripts/flashvsr-deploy rehearse" && green "$release" "$root" "scripts/test"; } 8>&-
  rm -rf --one-file-system "$root"
done
finish
