# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# Runs a step's check or apply: a bash process of its own, with the function as its last command and never inside a
# condition (where "set -e" would be off).

# Replaces this process, which exports nothing. $1: check or apply; $2: library and script; the rest: its environment,
# as NAME=value.
exec_script() {
  local deploy_function=$1 deploy_text=$2
  shift 2
  export_all "$@"
  umask 022
  # An argument may have 128 KiB. A longer text comes over a pipe: a file is not wanted when only looking.
  if ((${#deploy_text} < 100000)); then
    exec "$BASH" --noprofile --norc -euo pipefail -c "$deploy_text"$'\n'"$deploy_function" "$deploy_function" </dev/null
  fi
  exec "$BASH" --noprofile --norc -euo pipefail -c ". /dev/fd/9; exec 9<&-; $deploy_function" "$deploy_function" \
    9< <(printf '%s\n' "$deploy_text") </dev/null
}

# REPLY: what the exit status $1 of a check means.
check_says() {
  case $1 in
    0) REPLY=yes ;;
    75 | timeout) REPLY=unknown ;;
    *) REPLY=no ;;
  esac
}
