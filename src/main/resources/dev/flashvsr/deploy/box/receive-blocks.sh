# shellcheck shell=bash disable=SC2154 # shares functions with the scripts that it is part of
# receive-blocks PATH SIZE SHA256 BLOCK ROLE [ROOT]: one channel of an upload. What arrives is written into a part file at
# its place, and only a whole file gets its name. With ROOT the lead notes whether the root directory is made by it (made.sh).
#
# The "lead" first says what is here already: "have" (all of it), "fresh" (nothing), or "part", a line for each block of
# the part file with its SHA-256, and ".". Other roles say nothing. Then stdin has lines "OFFSET LENGTH", each followed by
# so many bytes: each is answered by "written". The lead's stdin ends with "end": "done", or "wrong" and the SHA-256.
# "failed" and the reason may come at any time, and is the last line.
set -uo pipefail
umask 077
# split starts its filter by $SHELL; messages of tools are read in English.
export LC_ALL=C SHELL=/bin/sh

path=$1 size=$2 hash=$3 block=$4 role=$5 root=${6-}
# A writer that a lost link left behind must not reach the part of another content.
part=$path.${hash:0:16}.part

# Whether the whole file is here: by its content, whoever wrote it.
have() {
  [[ -f $path && $(stat -L -c %s -- "$path") == "$size" ]] || return 1
  hash_of "$path"
  [[ $REPLY == "$hash" ]]
}

# Ends this where another user could change what is written here, or give it another place.
look_at_way() {
  judge_way "$path" 1
  [[ $DISTRUST ]] || judge_way "$part" 1
  [[ -z $DISTRUST ]] || fail "$DISTRUST"
}

# Says what is here of it; not all.
report() {
  local said ours=
  if [[ $path == */* && ! -d ${path%/*} ]]; then
    [[ -z $root || -d $root ]] || ours=yes
    said=$({ mkdir -p -- "${path%/*}" && { [[ -z $ours ]] || echo 'dir - .' >"$root/.deploy/made"; }; } 2>&1) || fail "$said"
    # shellcheck disable=SC2034 # of way.sh
    SEEN=()
    look_at_way # others may have been quicker
  fi
  if [[ ! -s $part ]]; then
    echo fresh
    return
  fi
  if (($(stat -c %s -- "$part") > size)); then
    said=$(truncate -s "$size" -- "$part" 2>&1) || fail "$said"
  fi
  echo part
  split -b "$block" --filter='exec sha256sum' -- "$part" || fail "$part can't be read"
  echo .
}

# Makes the pipe of stdin hold 1 MiB, not 64 KiB (1031 is F_SETPIPE_SZ). sshd takes up to 256 KiB from the link before it
# writes to the pipe again; what does not fit it keeps, in a buffer that it allocates and copies anew for each packet, up to
# 2 MiB: 100 of its 160 ms for a file of 64 MiB (docs/measured.md). Without perl it stays so.
widen_stdin() {
  PERL5OPT='' perl -e 'fcntl(STDIN, 1031, 1 << 20)' 2>/dev/null || :
}

# Writes the next $2 bytes at $1. dd ends well, too, when there are fewer: then the link is gone.
receive() {
  local said
  said=$(dd of="$part" bs="$block" seek="$1" count="$2" conv=notrunc oflag=seek_bytes iflag=fullblock,count_bytes 2>&1) ||
    fail "$said"
  [[ $said == *$'\n'"$2 byte"* ]] || exit 75
  echo written
}

# Checks the whole and gives it its name.
finish() {
  local said
  ((size > 0)) || : >>"$part"
  hash_of "$part"
  if [[ $REPLY != "$hash" ]]; then
    rm -f -- "$part"
    echo "wrong $REPLY"
    return
  fi
  said=$(mv -fT -- "$part" "$path" 2>&1) || fail "$said"
  echo 'done'
}

look_at_way
if [[ $role == lead ]] && have; then
  echo have
  exit 0
fi
((size <= 1 << 20)) || widen_stdin
[[ $role != lead ]] || report
while IFS=' ' read -r offset length; do
  if [[ $offset == end ]]; then
    finish
    exit 0
  fi
  [[ $offset =~ ^[0-9]{1,18}$ && $length =~ ^[0-9]{1,18}$ ]] || fail 'the stream is broken'
  receive "$offset" "$length"
done
