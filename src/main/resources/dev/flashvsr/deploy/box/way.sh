# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# Whether another user of this box could have made, or could change, what lies at a place: then nothing of it is read or
# run, as sshd does with the files of a login (StrictModes). Directories and links on the way belong to us or to root, and
# one that others may write in is sticky, or ours, and is made so before something is put there; .deploy and what is in it are
# closed to others. Whatever passes, nobody else can rename afterwards: what was checked is what is used.

declare -A SEEN=() # "UID GID MODE" of each path that was looked at, the mode in hex with the kind; empty: it is not there
LOOSE=()           # directories of ours on the way where others may rename what is in them
OPEN_ROOT=         # the root, where it is ours and others may put something in it

# Fills SEEN, by one process for a thousand paths.
look_at() {
  local from path found
  for path in "$@"; do SEEN[$path]=; done
  for ((from = 1; from <= $#; from += 1000)); do
    mapfile -d '' -t found < <(stat --printf '%u %g %f %n\0' -- "${@:from:1000}" 2>/dev/null)
    for path in "${found[@]}"; do
      SEEN[${path#* * * }]=${path%"${path#* * * }"}
    done
  done
}

# WAY: every directory on the way to the absolute path $1, itself last.
way_to() {
  local name path='' rest=$1/
  WAY=(/)
  while [[ $rest ]]; do
    name=${rest%%/*} rest=${rest#*/}
    if [[ $name ]]; then
      path+=/$name
      WAY+=("$path")
    fi
  done
}

# DISTRUST: why others could change what the directory or file $1 shows; empty where they can not. $2: "way", "root", or
# "closed", where others may not write at all. $1 was looked at and is there.
judge_place() {
  # shellcheck disable=SC2086 # three words
  set -- "$1" "$2" ${SEEN[$1]}
  local owner=$3 group=$4 mode=$((16#$5)) open=
  DISTRUST=
  if ((owner != 0 && owner != EUID)) && [[ $1 != / ]] && { [[ $2 != way ]] || ! is_outside "$owner"; }; then
    DISTRUST="$1 belongs to $(stat -c '%U (uid %u, mode %a)' -- "$1" 2>/dev/null), another user of this box"
    return
  fi
  ((mode & 0170000 ^ 0120000)) || return 0
  # The group of a user who has one to himself has his number.
  ((mode & 2 || (mode & 020 && group != 0 && group != EUID))) || return 0
  if [[ $2 == root ]] && ((owner == EUID)); then
    OPEN_ROOT=$1
  elif [[ $2 != way ]] || ((!(mode & 01000) && owner != EUID)); then
    printf -v DISTRUST '%s can be changed by other users of this box (mode %o, of uid %d)' "$1" $((mode & 07777)) "$owner"
  elif ((!(mode & 01000))); then
    LOOSE+=("$1")
  fi
}

# Whether nobody in this user namespace is uid $1: it stands for all who are outside, such as the owner of a disk that was
# mounted into the container, and their directories can be changed by others only where their mode says so.
is_outside() {
  local first outer count known=
  read -r count 2>/dev/null </proc/sys/kernel/overflowuid
  [[ $1 == "$count" ]] || return 1
  while read -r first outer count; do
    known=yes
    (($1 < first || $1 >= first + count)) || return 1
  done 2>/dev/null </proc/self/uid_map
  [[ $known ]]
}

# DISTRUST, for all that is on the way to the absolute path $1, links followed one by one; of its last $2 names the last is
# closed to others, and the one before it is a root.
judge_way() {
  local path=$1 closed=$2 links=0 i count target kinds=(way closed root)
  DISTRUST='' LOOSE=() OPEN_ROOT=
  while :; do
    way_to "$path"
    [[ ${SEEN[$path]+looked} ]] || look_at "${WAY[@]}"
    count=${#WAY[@]}
    if [[ -z ${SEEN[/]} ]]; then
      DISTRUST='/ can not be looked at (stat of coreutils is needed)'
      return
    fi
    for ((i = 0; i < count; i++)); do
      [[ ${SEEN[${WAY[i]}]} ]] || return 0 # from here on there is nothing
      judge_place "${WAY[i]}" "${kinds[count - i <= closed ? count - i : 0]}"
      [[ -z $DISTRUST ]] || return 0
      is_link "${WAY[i]}" || continue
      if ((++links > 40)) || ! target=$(readlink -- "${WAY[i]}" && printf x); then
        DISTRUST="the symbolic link ${WAY[i]} leads nowhere"
        return
      fi
      target=${target%$'\n'x}
      [[ $target == /* ]] || target=${WAY[i]%/*}/$target
      path=$target${path#"${WAY[i]}"}
      ((closed <= count - i)) || closed=$((count - i))
      continue 2
    done
    return 0
  done
}

is_link() { [[ ${SEEN[$1]} == *' a'???' ' ]]; }
