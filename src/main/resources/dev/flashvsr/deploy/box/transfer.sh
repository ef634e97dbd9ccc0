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
  if REPLY=$(bytes_of "$@" 2>/dev/null | openssl dgst -sha256 -r 2>/dev/null) && [[ $REPLY =~ ^[0-9a-f]{64}\  ]]; then
    REPLY=${REPLY%% *}
    return
  fi
  REPLY=$({ bytes_of "$@" | sha256sum; } 2>&1) || fail "${REPLY%%$'\n'*}"
  REPLY=${REPLY%% *}
}

bytes_of() {
  if (($# == 1)); then cat -- "$1"; else head -c "$2" -- "$1"; fi
}
