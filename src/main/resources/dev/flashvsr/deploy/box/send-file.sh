# shellcheck shell=bash disable=SC2154 # shares functions with the scripts that it is part of
# send-file PATH OFFSET SHA256 LIMIT: sends a file to the other side, which has OFFSET bytes of it that have this SHA-256. It
# prints one line: "missing", "failed" and the reason, or "file SIZE SHA256 FROM" and then the bytes from FROM on: OFFSET,
# where our first OFFSET bytes are those, else 0. A file of more than LIMIT bytes is neither read nor sent: "large SIZE".
set -uo pipefail
export LC_ALL=C
path=$1 offset=$2 hash=$3 limit=$4

judge_way "${path%/*}" 0
[[ -z $DISTRUST ]] || fail "$DISTRUST"
if [[ ! -e $path && ! -L $path ]]; then
  echo missing
  exit 0
fi
[[ -f $path ]] || fail "$path is not a file"
[[ -r $path ]] || fail "$path can't be read"
size=$(stat -L -c %s -- "$path" 2>&1) || fail "$size"
if ((size > limit)); then
  echo "large $size"
  exit 0
fi
from=0
if ((offset > 0 && offset <= size)); then
  hash_of "$path" "$offset"
  [[ $REPLY != "$hash" ]] || from=$offset
fi
hash_of "$path"
echo "file $size $REPLY $from"
# A file that grows meanwhile sends no more than was said.
tail -c "+$((from + 1))" -- "$path" | head -c "$((size - from))"
