# shellcheck shell=bash
# shellcheck disable=SC2154 # variables and functions of lib/ and the playbook
# What the package manager of the box can bring, where packages may be installed. All else is left to the step tools, which
# brings it from conda packages; its check says what later steps really find.

wanted="$apt_packages; $needed_commands"

missing() {
  # shellcheck disable=SC2086 # a list of names
  missing_commands $needed_commands
  host_compiler 13 >/dev/null || printf ' g++ (13 or older)'
}

check() {
  local none
  none=$(missing)
  [[ -n $none ]] || return 0
  say "not there:$none"
  # Nothing that this step could do.
  if ! may_install; then
    say "$(why_not), so the step tools brings it"
    return 0
  fi
  marked "$left_mark" "$wanted"
}

# The package manager fetches by itself.
downloads() {
  [[ -z $(missing) ]] || ! may_install || say "other packages of the system, by apt-get; what it can't bring comes from conda packages (step tools)"
}

apply() {
  local none name
  none=$(missing)
  [[ -n $none ]] || return 0
  say "not there:$none"
  if ! may_install; then
    say "$(why_not): left to the step tools"
    return
  fi
  wait_for_others
  # A repository of somebody else that can't be read (an old CUDA key) must not stop this: install says what it lacks.
  as_root apt-get "${options[@]}" update || say "apt-get update had errors; going on with what is known"
  # shellcheck disable=SC2086 # a list of names
  if [[ -n $(missing_commands $needed_commands) ]]; then
    # shellcheck disable=SC2086 # a list of packages
    if ! install $apt_packages; then
      say "one after another, as one of them may have another name here:"
      for name in $apt_packages; do install "$name" || true; done
    fi
    hash -r
  fi
  if ! host_compiler 13 >/dev/null; then
    say "CUDA 12.4 takes no g++ newer than 13; this box has $(g++ -dumpfullversion 2>/dev/null || printf none)"
    for name in g++-13 g++-12 g++-11; do
      install "$name" || continue
      hash -r
      if host_compiler 13 >/dev/null; then break; fi
    done
  fi
  none=$(missing)
  if [[ -n $none ]]; then
    say "still not there:$none; left to the step tools"
    mark "$left_mark" "$wanted"
  fi
}

# Dialogs would wait for ever, and needrestart would restart services, the SSH server among them.
options=(-o DPkg::Lock::Timeout=60 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold -o Acquire::Retries=3)

# as_root COMMAND [ARGUMENT]...
as_root() {
  local quiet=(DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 NEEDRESTART_MODE=l)
  if ((EUID == 0)); then
    env "${quiet[@]}" "$@"
  else
    # shellcheck disable=SC2016 # for the other bash
    of_network | sudo -n env "${quiet[@]}" bash -c 'eval "$(cat)"; exec "$@" </dev/null' bash "$@"
  fi
}

# What sudo leaves out of the environment, as bash. It goes through a pipe: an argument would show the password of a proxy to all users of the box.
of_network() {
  local name
  while IFS= read -r name; do
    if [[ $name == *_proxy || $name == *_PROXY || $name == SSL_CERT_* ]]; then printf 'export %s=%q\n' "$name" "${!name}"; fi
  done < <(compgen -e)
}

why_not() {
  if [[ -z $(type -P apt-get) ]]; then
    say "this box has no apt-get"
  else
    say "packages can't be installed here: neither root nor sudo without a password"
  fi
}

# wait_for_others: until no other package manager is at work (a new machine updates itself), at most 10 minutes. It is named, not ended.
wait_for_others() {
  local holder said='' end=$((SECONDS + 600))
  while holder=$(lock_holder); do
    if [[ $holder != "$said" ]]; then
      say "waiting for another package manager: $holder"
      said=$holder
    fi
    ((SECONDS < end)) || give_way "another package manager is still at work: $holder. It is not ended from here, as that can leave packages half installed"
    sleep 2
  done
}

# lock_holder: "process N: COMMAND" of who holds a lock of the package managers; fails if none is held.
lock_holder() {
  local lock kind pid place inode
  for lock in /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/lib/apt/lists/lock /var/cache/apt/archives/lock; do
    inode=$(stat -c %i -- "$lock" 2>/dev/null) || continue
    while read -r _ kind _ _ pid place _; do
      [[ $kind == POSIX && $place == *:"$inode" && $pid =~ ^[1-9][0-9]*$ ]] || continue
      printf 'process %s: %s\n' "$pid" "$(command_of "$pid")"
      return
    done </proc/locks
  done
  return 1
}

# command_of PID
command_of() {
  local words=()
  if mapfile -d '' -t words <"/proc/$1/cmdline" && ((${#words[@]})); then
    printf '%s' "${words[*]}"
  else
    printf 'not to be seen from here'
  fi 2>/dev/null
}

# give_way MESSAGE: to be tried again in a while; at the third time what is missing is left to the step tools.
give_way() {
  if ((STEP_ATTEMPT >= 3)); then
    say "$1; left to the step tools"
    mark "$left_mark" "$wanted"
    exit 0
  fi
  fail_for_now "$1"
}

install() {
  local log=$STEP_DIR/apt.log
  as_root apt-get "${options[@]}" install --yes --no-install-recommends "$@" |& tee "$log" && return 0
  if contains "$log" 'dpkg --configure -a'; then
    say "an earlier installation was cut off: completing it"
    as_root dpkg --configure -a --force-confdef --force-confold || say "dpkg could not complete all of it"
    as_root apt-get "${options[@]}" install --yes --no-install-recommends "$@" |& tee "$log" && return 0
  fi
  if contains "$log" 'Could not get lock'; then give_way "another package manager is at work on this box"; fi
  if contains "$log" 'Failed to fetch'; then give_way "the package servers can't be reached"; fi
  if contains "$log" 'enough free space'; then say "the disk is too full for packages: $(room_words /var/cache/apt), $(room_words /usr)"; fi
  say "apt-get could not install $*"
  return 1
}
