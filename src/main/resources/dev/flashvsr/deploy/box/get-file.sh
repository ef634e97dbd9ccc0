# shellcheck shell=bash
# Prints a dot and the bytes of the file $1; nothing when there is no such file, so that an empty one can be told from none.
set -euo pipefail

[[ -e $1 ]] || exit 0
printf .
cat -- "$1"
