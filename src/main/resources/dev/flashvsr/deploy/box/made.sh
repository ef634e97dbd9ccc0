# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# What lies below the root because of us: $deploy/made has lines "WORD STEP PATH", PATH relative to the root, the last
# line of a path counts. made: it was not there before; found: it was, so that clean leaves it alone; dir (STEP is "-"):
# a directory on the way to such a path, which was not there; clean removes it when it is empty. The root itself is ".".

declare -A WORD_OF=()  # of each path
declare -A STEPS_OF=() # ids of the steps that make it, each followed by a blank

read_made() {
  local word step path
  WORD_OF=() STEPS_OF=()
  while read -r word step path; do
    WORD_OF[$path]=$word
    [[ " ${STEPS_OF[$path]-}" == *" $step "* ]] || STEPS_OF[$path]+="$step "
  done 2>/dev/null <"$deploy/made" || :
}

# Makes $deploy below the root $1, and notes whether the root is ours. It is looked at again once it is there: until then
# others may have made it where they may write.
make_deploy() {
  local ours=
  trust_root "$1"
  [[ -d $1 ]] || ours=yes
  close_root
  mkdir -p "$deploy/runs" "$deploy/checkpoints" "$deploy/state" 2>/dev/null || return 1
  trust_root "$1"
  [[ ! $ours ]] || put "$deploy/made" $'dir - .\n'
}

# Whether something lies at the path $1 below the root, be it a link that leads nowhere.
is_there() { [[ -e ${deploy%/.deploy}/$1 || -L ${deploy%/.deploy}/$1 ]]; }

# Notes for step $1, before it makes the paths on stdin, which of them are there already. A path that is gone since it was
# found will be ours.
note_made() {
  local step=$1 path above word text=
  read_made
  while IFS= read -r path; do
    above=$path
    while [[ $above == */* ]]; do
      above=${above%/*}
      if [[ -z ${WORD_OF[$above]-} ]] && ! is_there "$above"; then
        WORD_OF[$above]='dir'
        text+="dir - $above"$'\n'
      fi
    done
    word=made
    if [[ ${WORD_OF[$path]-} != made && ${WORD_OF[$path]-} != dir ]] && is_there "$path"; then
      word=found
    fi
    if [[ $word != "${WORD_OF[$path]-}" || " ${STEPS_OF[$path]-}" != *" $step "* ]]; then
      WORD_OF[$path]=$word
      text+="$word $step $path"$'\n'
    fi
  done
  add_to_made "$text"
}

# Notes for step $1, which was as wanted before us, which of the paths on stdin are there.
note_found() {
  local path there=()
  while IFS= read -r path; do
    ! is_there "$path" || there+=("$path")
  done
  ((${#there[@]} == 0)) || note_made "$1" < <(printf '%s\n' "${there[@]}")
}

# By a rename: half a line would name another path.
add_to_made() {
  local text=
  [[ -n $1 ]] || return 0
  [[ ! -e $deploy/made ]] || slurp text "$deploy/made" || return 1
  put "$deploy/made" "$text$1" sync
}
