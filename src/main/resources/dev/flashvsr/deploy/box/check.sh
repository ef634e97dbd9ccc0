# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# Runs a step's check or apply: a bash process of its own, with the function as its last command and never inside a
# condition (where "set -e" would be off).

# Ends what it is part of as "can't tell", and says why, where bash can't give a command a text as its input (<<<, <<): before 5.1 each such text, and
# since then a long one, is a file below TMPDIR, and a loop over one that can't be written ends as if there were nothing to loop over. Where the disk of
# the root is full, /tmp may do.
# shellcheck disable=SC2016 # run elsewhere
deploy_texts_work='printf -v deploy_long_text %4096s x; { : <<<"$deploy_long_text"; } 2>/dev/null || { TMPDIR=/tmp; : <<<"$deploy_long_text"; } 2>/dev/null || { printf "error: %s\n"'
# shellcheck disable=SC2016
deploy_texts_work+=' "no temporary file can be written below the root, nor in /tmp: make room on one of these disks" >&2; exit 75; }; unset -v deploy_long_text'

# Replaces this process, which exports nothing. $1: check or apply; $2: library and script; the rest: its environment,
# as NAME=value. What is run stays in positional parameters, which no name in that environment can overwrite. The array
# deploy_within, where there is one, is a command that runs it, such as timeout.
exec_script() {
  export_all "${@:3}"
  umask 022
  eval "$deploy_texts_work"
  # An argument may have 128 KiB. A longer text comes over a pipe: a file is not wanted when only looking.
  if ((${#2} < 100000)); then
    exec ${deploy_within[@]+"${deploy_within[@]}"} "$BASH" --noprofile --norc -euo pipefail -c "$2"$'\n'"$1" "$1" </dev/null
  fi
  exec ${deploy_within[@]+"${deploy_within[@]}"} "$BASH" --noprofile --norc -euo pipefail -c ". /dev/fd/9; exec 9<&-; $1" "$1" 9< <(printf '%s\n' "$2") </dev/null
}

# REPLY: what the exit status $1 of a check means.
check_says() {
  case $1 in
    0) REPLY=yes ;;
    75 | timeout) REPLY=unknown ;;
    *) REPLY=no ;;
  esac
}
