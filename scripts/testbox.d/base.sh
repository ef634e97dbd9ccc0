# shellcheck shell=bash disable=SC2154 # part of scripts/testbox
# The system that all boxes have in common: made once, by debootstrap, from where this machine's apt gets its packages.

# Kept small: what a box has anyway, and what the campaign's playbook needs. No Python: a rented box may have none.
PACKAGES=openssh-server,procps,iproute2,curl,git,ninja-build,g++

# Sets BASE, and makes it where it is not there yet.
make_base() {
  local suite distribution sum
  # shellcheck source=/dev/null
  suite=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME-}")
  # shellcheck source=/dev/null
  distribution=$(. /etc/os-release && printf '%s' "${ID-}")
  sum=$({ echo "$PACKAGES" && cat "$here/clock.c"; } | cksum)
  BASE=$cache/base-$distribution-$suite-${sum%% *}
  [ ! -d "$BASE" ] || return 0
  command -v debootstrap >/dev/null || not_here 'debootstrap is not installed (apt-get install debootstrap)'
  mkdir -p "$cache"
  exec 8>"$cache/lock"
  flock 8
  if [ ! -d "$BASE" ]; then
    bootstrap "$suite" "$distribution"
  fi
  exec 8>&-
}

bootstrap() {
  local new=$cache/.new mirror components=main
  mirror=$(mirror_of "$1")
  if [ -z "$mirror" ]; then
    apt-get -qq update >&2 || true
    mirror=$(mirror_of "$1")
  fi
  [ -n "$mirror" ] || not_here "apt has no source of $1"
  case $2 in ubuntu) components=main,universe ;; esac
  rm -rf "$new"
  printf 'testbox: making the base system in %s (once, some minutes)\n' "$BASE" >&2
  if ! debootstrap --variant=minbase --components="$components" --include="$PACKAGES" "$1" "$new" "$mirror" \
    >"$cache/debootstrap.log" 2>&1 8>&-; then
    not_here "debootstrap failed: see $cache/debootstrap.log"
  fi
  chroot "$new" gcc -O2 -shared -fPIC -o /usr/lib/testbox-clock.so -x c - <"$here/clock.c" || fail 'the clock does not compile'
  rm -rf "$new"/var/cache/apt/* "$new"/var/lib/apt/lists/* "$new"/usr/share/{doc,man,locale}/* "$new"/etc/ssh/ssh_host_*
  mv "$new" "$BASE"
}

# Prints where this machine's apt gets the suite $1 of its distribution; nothing where it does not.
mirror_of() {
  local sources site codename component
  # shellcheck disable=SC2016 # apt-get expands them
  sources=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' 2>/dev/null) || true
  while read -r site codename component; do
    if [ "$codename" = "$1" ] && [ "$component" = main ] && [[ ${site%/} =~ /(debian|ubuntu|ubuntu-ports)$ ]]; then
      printf '%s\n' "$site"
      return
    fi
  done < <(printf '%s\n' "$sources")
}
