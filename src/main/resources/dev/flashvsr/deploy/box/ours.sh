# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# Which paths below the root clean removes, and which it leaves. $root: the root without links, $deploy below it.

ONLY=()           # ids of the steps that are meant; none: all
TAKE=()           # paths to be removed, none of them within another
LEAVE=()          # paths that are there and stay
declare -A WHY=() # why each of those stays: found; shared IDS; link PATH; mount PLACE
declare -A GO=()  # ids of the steps that lose something with each of TAKE

# Fills TAKE, LEAVE, WHY and GO. $1, where given, is called for more paths than are in the record.
look() {
  local path outer=
  TAKE=() LEAVE=() WHY=() GO=()
  read_made
  "${1-:}"
  read_mounts
  while IFS= read -r path; do
    if [[ -n $outer && $path == "$outer"/* ]]; then
      GO[$outer]+=${STEPS_OF[$path]}
    elif is_path "$path" && is_there "$path" && is_meant "$path"; then
      why_left "$path"
      if [[ -z $REPLY ]]; then
        outer=$path
        TAKE+=("$path")
        GO[$path]=${STEPS_OF[$path]}
      else
        LEAVE+=("$path")
        WHY[$path]=$REPLY
      fi
    fi
  done < <(sorted_paths)
}

# Those of steps; what is within a directory follows it at once.
sorted_paths() {
  local path
  for path in "${!WORD_OF[@]}"; do
    [[ ${WORD_OF[$path]} == 'dir' ]] || printf '%s\n' "${path//\//$'\001'}"
  done | LC_ALL=C sort | tr '\001' /
}

# Whether $1 names something below the root that is not ours in another way; the record is a file that anybody may have written.
is_path() { [[ $1 =~ ^[A-Za-z0-9._@+-]+(/[A-Za-z0-9._@+-]+)*$ && /$1/ != */./* && /$1/ != */../* && $1/ != .deploy/* ]]; }

# Whether a step that is meant makes path $1.
is_meant() {
  local step
  ((${#ONLY[@]})) || return 0
  for step in "${ONLY[@]}"; do
    [[ " ${STEPS_OF[$1]}" != *" $step "* ]] || return 0
  done
  return 1
}

# REPLY: why path $1 stays; empty where it goes.
why_left() {
  local above=$1 place step others=
  while [[ $above == */* ]]; do
    above=${above%/*}
    if [[ -L $root/$above ]]; then
      REPLY="link $above"
      return
    fi
  done
  for place in "${MOUNTS[@]}"; do
    if [[ $root/$1/ == "$place"/* || $place/ == "$root/$1"/* ]]; then
      REPLY="mount $place"
      return
    fi
  done
  if [[ ${WORD_OF[$1]} != made ]]; then
    REPLY=found
    return
  fi
  if ((${#ONLY[@]})); then
    for step in ${STEPS_OF[$1]}; do
      # One that never ran here has nothing in it.
      [[ " ${ONLY[*]} " == *" $step "* || ! -e $deploy/state/$step/last ]] || others+=${others:+ }$step
    done
  fi
  REPLY=${others:+shared $others}
}

# MOUNTS: the places below the root where something is mounted; blanks are \040 there.
read_mounts() {
  local place
  MOUNTS=()
  while read -r _ _ _ _ place _; do
    printf -v place '%b' "$place"
    [[ $place != "$root"/* ]] || MOUNTS+=("$place")
  done </proc/self/mountinfo
}
