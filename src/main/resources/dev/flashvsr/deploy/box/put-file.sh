# shellcheck shell=bash
# Writes $2 bytes of stdin to the file $1. The name appears last, by a rename, so that nobody meets half a file.
set -euo pipefail
umask 077

path=$1 size=$2
mkdir -p -- "$(dirname -- "$path")"
part=$path.part.$$
trap 'rm -f -- "$part"' EXIT
head -c "$size" >"$part"
if (($(stat -c %s -- "$part") != size)); then
    echo "the connection ended in the middle of $path" >&2
    exit 75
fi
mv -f -- "$part" "$path"
trap - EXIT
