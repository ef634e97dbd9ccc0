# shellcheck shell=bash
# Takes what comes on stdin, at most $1 bytes and $2 seconds of it, from its first byte on. Prints how much that was.
set -u
export LC_ALL=C
head -c 1 >/dev/null
start=$(date +%s%N)
bytes=$(timeout -k 1 "$2" head -c "$1" | wc -c)
printf 'push_bytes=%d\npush_ms=%d\n' "$bytes" $((($(date +%s%N) - start) / 1000000))
