# shellcheck shell=bash
# Prints random bytes: at most $1, for at most $2 seconds.
timeout -k 1 "$2" head -c "$1" /dev/urandom
true
