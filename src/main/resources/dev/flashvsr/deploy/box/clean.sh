# shellcheck shell=bash disable=SC2004
# clean ROOT MODE: what clean would remove below the root (MODE is list), or removes it (remove). Entries on stdin: only
# (ids, one a line; empty: everything, and .deploy itself at last); to list, also steps (ids), steps/ID/makes; to remove, also run, who, from, since, and agreed (the
# paths that were listed, one a line). Its order of files: docs/box-protocol.md, section 7.
set -uo pipefail
shopt -s nullglob
umask 077
export LC_ALL=C
cd /
declare -A AGREED=()

# What the steps that were sent make, and nobody has noted: it was there before us, or before there was a record.
read_named() {
  local step path
  for step in ${SENT[steps]-}; do
    split_lines "${SENT[steps/$step/makes]-}"
    for path in "${TEXT_LINES[@]}"; do
      if [[ -z ${WORD_OF[$path]-} ]]; then
        WORD_OF[$path]=found
        STEPS_OF[$path]+="$step "
      fi
    done
  done
}

# What would go and what would stay, as entries, each a few lines.
list() {
  local path number=0 word trash=("$deploy"/trash/*)
  local -A kib=()
  look read_named
  measure
  for path in "${TAKE[@]}"; do
    put_entry "take/$((++number))" "path=$path"$'\n'"kib=${kib[$root/$path]-}"$'\n'"steps=${STEPS_OF[$path]}"$'\n'"go=${GO[$path]}"$'\n'
  done
  for path in "${LEAVE[@]}"; do
    word=${WHY[$path]%% *}
    put_entry "leave/$((++number))" "path=$path"$'\n'"why=$word"$'\n'"what=${WHY[$path]#"$word"}"$'\n'"steps=${STEPS_OF[$path]}"$'\n'
  done
  ((${#trash[@]} == 0)) || put_entry trash "kib=${kib[$deploy/trash]-}"$'\n'
  if [[ $WHOLE ]]; then
    put_entry record "kib=${kib[$deploy]-}"$'\n'"root=${WORD_OF[.]-found}"$'\n'
  fi
}

# Sizes, as far as they can be told in 20 seconds. Neither links nor mounts are followed.
measure() {
  local size name all=()
  for name in "${TAKE[@]}" .deploy/trash; do
    ! is_there "$name" || all+=("$root/$name")
  done
  [[ ! $WHOLE ]] || all+=("$deploy")
  ((${#all[@]})) || return 0
  while IFS=$'\t' read -r size name; do
    kib[$name]=$size
  done < <(timeout 20 du -skx -- "${all[@]}" 2>/dev/null)
}

# Starts the removal in a session of its own, so that it comes to its end without us, and stays with it.
remove() {
  local path
  if [[ $deploy == */.deploy-removed ]]; then
    read_made
    remove_rest
  fi
  run=${SENT[run]-} who=${SENT[who]-} from=${SENT[from]-} since=${SENT[since]-}
  [[ $run =~ ^[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}$ ]] || exit 1
  split_lines "${SENT[agreed]-}"
  for path in "${TEXT_LINES[@]}"; do AGREED[$path]=yes; done
  run_dir=$deploy/runs/$run
  mkdir -p "$deploy/runs" && mkdir "$run_dir" || { give_up_reserve && mkdir "$run_dir"; } || exit 1
  {
    printf 'set -uo pipefail\nshopt -s nullglob\numask 077\nexport LC_ALL=C\n'
    declare -p root deploy run run_dir who from since WHOLE ONLY AGREED NEXT_BEAT BEATS WORD_OF STEPS_OF WHY GO
    declare -f
    printf 'clean_up\n'
  } >"$run_dir/clean.sh"
  choose_scope
  "${SCOPE[@]}" setsid "$BASH" --noprofile --norc "$run_dir/clean.sh" </dev/null 2>"$run_dir/runner.log" &
  wait "$!"
}

receive || exit 1
trust_root "$1"
[[ -d $1/.deploy || -d $1/.deploy-removed ]] || exit 0
root=$(cd -P -- "$1" && pwd -P) || exit 1
root=${root%/} deploy=$root/.deploy
mapfile -t ONLY < <(printf '%s' "${SENT[only]-}")
if [[ ! -d $deploy ]]; then
  deploy=$root/.deploy-removed
fi
WHOLE=yes
((${#ONLY[@]} == 0)) || WHOLE=
case $2 in
  list) list ;;
  remove) remove ;;
esac
exit 0
