# shellcheck shell=bash
# shellcheck disable=SC2154 # variables and functions of lib.sh and the playbook

missing() {
  local name
  for name in $needed_commands; do
    [[ -n $(type -P "$name") ]] || printf ' %s' "$name"
  done
}

check() {
  local none
  none=$(missing)
  if [[ -n $none ]]; then
    say "not there:$none"
    return 1
  fi
  host_compiler 13 >/dev/null
}

apply() {
  local none
  none=$(missing)
  if [[ -n $none ]]; then
    say "not there:$none"
    may_install "$none"
    # A repository of somebody else that can't be read (an old CUDA key) must not stop this: install says what it lacks.
    as_root apt-get "${options[@]}" update || say "apt-get update had errors; going on with what is known"
    # shellcheck disable=SC2086 # a list of packages
    install $apt_packages
    hash -r
    none=$(missing)
    [[ -z $none ]] || fail "still not there after installing $apt_packages:$none. Is apt_packages complete?"
  fi
  if ! host_compiler 13 >/dev/null; then
    say "CUDA 12.4 takes no g++ newer than 13; this box has only $(g++ -dumpfullversion)"
    may_install g++-13
    install g++-13 || install g++-12 || fail "neither g++-13 nor g++-12 can be installed"
  fi
}

# Dialogs would wait for ever, and needrestart would restart services, the SSH server among them.
# The wait for another package manager (a new machine updates itself) names its process.
options=(-o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold -o Acquire::Retries=3)

as_root() {
  local sudo=()
  ((EUID == 0)) || sudo=(sudo -n)
  ${sudo[@]+"${sudo[@]}"} env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 NEEDRESTART_MODE=l "$@"
}

may_install() {
  [[ -n $(type -P apt-get) ]] || fail "$1 can't be installed: this box has no apt-get. Install it by the means of its system, then run again"
  if ((EUID != 0)) && ! sudo -n true 2>/dev/null; then
    fail "$1 can't be installed: neither root nor sudo without a password. Ask the provider for it, or for an image with these commands"
  fi
}

install() {
  local log=$STEP_DIR/apt.log
  as_root apt-get "${options[@]}" install --yes --no-install-recommends "$@" |& tee "$log" && return 0
  if contains "$log" 'dpkg --configure -a'; then
    say "an earlier installation was cut off: completing it"
    as_root dpkg --configure -a --force-confdef --force-confold
    as_root apt-get "${options[@]}" install --yes --no-install-recommends "$@" && return 0
  fi
  if contains "$log" 'Could not get lock'; then fail_for_now "another package manager is at work on this box"; fi
  if contains "$log" 'Failed to fetch'; then fail_for_now "the package servers can't be reached"; fi
  say "apt-get could not install $*"
  return 1
}
