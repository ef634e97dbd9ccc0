# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# Where everything goes on this box.

# Sets ROOT and ROOT_WHY from $1, which may be empty. Where another user could have put something there, this ends (trust.sh)
# for a root that was named, and looks elsewhere for one that was not: ROOT_SKIPPED has a line for each that was found so.
choose_root() {
  local place root places free=() ways=()
  ROOT_SKIPPED=
  if [[ -n $1 ]]; then
    ROOT=$1 ROOT_WHY=given
    # shellcheck disable=SC2088 # the tilde is the user's text
    case $ROOT in
      '~') ROOT=$HOME ;;
      '~/'*) ROOT=${HOME%/}/${ROOT#'~/'} ;;
    esac
    trust_root "$ROOT"
    return
  fi
  places=(/workspace "$HOME" /data /mnt/*)
  for place in "${places[@]}"; do
    root=${place%/}/flashvsr
    # The second is what a clean that was ended at its end has left.
    if [[ -e $root/.deploy/box.json || -e $root/.deploy-removed ]]; then
      judge_root "$root"
      if [[ -z $DISTRUST ]]; then
        ROOT=$root ROOT_WHY=found
        return
      fi
      ROOT_SKIPPED+="$root: ${DISTRUST//$'\n'/ }"$'\n'
    fi
  done
  for place in "${places[@]}"; do
    way_to "${place%/}/flashvsr"
    ways+=("${WAY[@]}")
  done
  look_at "${ways[@]}"
  for place in "${places[@]}"; do
    judge_way "${place%/}/flashvsr" 1
    [[ $DISTRUST ]] || free+=("$place")
  done
  ROOT_WHY=chosen
  best_place ${free[@]+"${free[@]}"}
  ROOT=${REPLY%/}/flashvsr
  trust_root "$ROOT"
}

# REPLY: of the directories given, the best that can be written and lets programs run: first those with room, of these
# the ones that outlive the container, of these the one with most room.
best_place() {
  local place free type target score best=-1 chosen=$HOME
  for place in "$@"; do
    [[ -d $place && -w $place && -x $place ]] || continue
    { read -r _ && read -r free type target; } < <(df -B1 --output=avail,fstype,target "$place" 2>/dev/null) || continue
    if [[ ! $free =~ ^[0-9]+$ ]] || ! lets_run "$target"; then
      continue
    fi
    score=$((free >> 20)) # MiB; the two properties weigh more than any disk
    ((free < 40 << 30)) || ((score += 1 << 50))
    case $type in overlay | tmpfs | ramfs | aufs) ;; *) ((score += 1 << 45)) ;; esac
    if ((score > best)); then
      best=$score chosen=$place
    fi
  done
  REPLY=$chosen
}

# Whether the mount at $1 can be written and programs on it can be run.
lets_run() {
  local target options found=rw
  while read -r _ target _ options _; do
    printf -v target '%b' "$target" # blanks are \040 there
    [[ $target != "$1" ]] || found=$options
  done </proc/self/mounts
  [[ ",$found," != *,noexec,* && ",$found," != *,ro,* ]]
}
