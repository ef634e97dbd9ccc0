# shellcheck shell=bash disable=SC2034 # shares variables with the scripts that it is part of
# What both ways of a large file have in common.

# Ends with a reason, on one line.
fail() {
  printf 'failed %s\n' "${1//$'\n'/ }"
  exit 0
}

# REPLY: the SHA-256 of the file $1, or of its first $2 bytes. openssl, where there is one, uses the processor's own
# instructions, which many a sha256sum does not.
hash_of() {
  if REPLY=$(read_by "$1" "${2-}" openssl dgst -sha256 -r 2>/dev/null) && [[ $REPLY =~ ^[0-9a-f]{64}\  ]]; then
    REPLY=${REPLY%% *}
    return
  fi
  REPLY=$(read_by "$1" "${2-}" sha256sum 2>&1) || fail "${REPLY%%$'\n'*}"
  REPLY=${REPLY%% *}
}

# Runs $3 and what follows on the first $2 bytes of the file $1. With an empty $2 it reads the file itself, which saves a copy.
read_by() {
  if [[ -z $2 ]]; then "${@:3}" <"$1"; else head -c "$2" -- "$1" | "${@:3}"; fi
}
