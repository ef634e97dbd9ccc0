# For tests that make a release of Debian or Ubuntu by debootstrap: from where this machine's apt gets its packages. Ubuntu is taken from beside
# Debian, where the mirror has both, or from UBUNTU_MIRROR; its packages are checked against its key where that is installed (ubuntu-archive-keyring).
# shellcheck shell=bash
# The caller has sourced scripts/testbox.d/base.sh.

# no_releases: says in one line why none can be made here; fails where one can.
no_releases() {
  # shellcheck source=/dev/null
  if [ "$(id -u)" != 0 ] || [ "$(. /etc/os-release && printf '%s' "$ID")" != debian ] || ! command -v debootstrap >/dev/null; then
    echo "only root on Debian with debootstrap can"
  elif ! release_mirror >/dev/null; then
    echo "apt has no source of this machine's release"
  else
    return 1
  fi
}

# Prints where this machine's apt gets its own release.
release_mirror() {
  local codename mirror
  # shellcheck source=/dev/null
  codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME-}")
  mirror=$(mirror_of "$codename")
  if [ -z "$mirror" ]; then
    apt-get -qq update >&2 || true
    mirror=$(mirror_of "$codename")
  fi
  [ -n "$mirror" ] && printf '%s\n' "$mirror"
}

# make_release NAME DIRECTORY LOG: the smallest that can be, with this machine's way to the archive. Not 0 where that can't be had.
make_release() {
  local mirror from options=(--variant=minbase) script=() key=/usr/share/keyrings/ubuntu-archive-keyring.gpg
  mirror=$(release_mirror) from=$mirror
  case $1 in
    focal | jammy | noble)
      from=${UBUNTU_MIRROR:-${mirror%/debian*}/ubuntu}
      options+=("--components=main,universe") script=(/usr/share/debootstrap/scripts/gutsy) # of all Ubuntus since
      if [ -e "$key" ]; then options+=("--keyring=$key"); else options+=(--no-check-gpg); fi
      ;;
  esac
  debootstrap "${options[@]}" "$1" "$2" "$from" ${script[@]+"${script[@]}"} >"$3" 2>&1 </dev/null || return
  cp -L /etc/resolv.conf /etc/hosts "$2/etc/" && cp -rL /etc/apt/apt.conf.d/. "$2/etc/apt/apt.conf.d/"
}
