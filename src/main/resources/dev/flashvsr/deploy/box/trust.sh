# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# Whether a root is to be trusted, by way.sh, which comes before this.

# DISTRUST, for the root $1, its .deploy and what lies in it.
judge_root() {
  local entry entries loose open
  way_to "$1/.deploy"
  set -- "${WAY[-1]}"
  entries=("$1"/* "$1"/{runs,state,checkpoints,files}/* "$1"-removed "$1"-removed/*)
  look_at "${WAY[@]}" "${entries[@]}"
  judge_way "$1" 2
  [[ -z $DISTRUST && ${SEEN[${1%/*}]-} ]] || return 0
  loose=("${LOOSE[@]}") open=$OPEN_ROOT
  for entry in "${entries[@]}"; do
    [[ ${SEEN[$entry]} ]] || continue
    judge_place "$entry" closed
    if [[ -z $DISTRUST ]] && is_link "$entry"; then
      judge_way "$entry" 1
      loose+=("${LOOSE[@]}")
    fi
    [[ -z $DISTRUST ]] || return 0
  done
  LOOSE=("${loose[@]}") OPEN_ROOT=$open
  [[ ! $open ]] || judge_planted "$open"
}

# DISTRUST, for what lies in the root $1, where others may put something: it is ours or root's, as far as names show.
judge_planted() {
  local entry entries=("$1"/* "$1"/.[!.]*)
  look_at "${entries[@]}"
  for entry in "${entries[@]}"; do
    if [[ ${SEEN[$entry]} && ${SEEN[$entry]} != "$EUID "* && ${SEEN[$entry]} != '0 '* ]]; then
      judge_place "$entry" closed
      return
    fi
  done
}

# Ends this, with a status that the other side knows and the reason in DISTRUST.
trust_nobody() {
  printf '%s\n' "${1-$DISTRUST}" >&2
  exit 78
}

# Ends this unless the root $1 is to be trusted.
trust_root() {
  [[ $1 == /* ]] || trust_nobody "the root is no absolute path: $1"
  judge_root "$1"
  [[ -z $DISTRUST ]] || trust_nobody
}

# Takes from others what would let them change the root later: where they may write on the way, and in the root itself.
close_root() {
  local place
  ((${#LOOSE[@]} == 0)) || chmod +t -- "${LOOSE[@]}" 2>/dev/null || place=${LOOSE[0]}
  [[ ! $OPEN_ROOT ]] || chmod go-w -- "$OPEN_ROOT" 2>/dev/null || place=$OPEN_ROOT
  [[ -z ${place-} ]] || trust_nobody "$place can be changed by other users of this box, and its mode can't be set"
}
