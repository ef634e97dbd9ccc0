# shellcheck shell=bash disable=SC2034,SC2154 # shares variables with the scripts that it is part of
# taken ROOT: how much room what steps make takes below the root already, as entries taken/ID, in KiB, as far as it can be told in 20 seconds.
# What two steps make counts for the first. Entries on stdin: steps (ids, one a line), steps/ID/makes. Read-only. Its order of files:
# docs/box-protocol.md, section 7.
set -uo pipefail
export LC_ALL=C
declare -A STEP_OF=() TAKEN=()
all=()
receive || exit 1
trust_root "$1"
for step in ${SENT[steps]-}; do
  TAKEN[$step]=0
  split_lines "${SENT[steps/$step/makes]-}"
  for path in "${TEXT_LINES[@]}"; do
    path=$1/$path
    [[ -z ${STEP_OF[$path]-} && -e $path ]] || continue
    STEP_OF[$path]=$step
    all+=("$path")
  done
done
if ((${#all[@]})); then
  while IFS=$'\t' read -r size path; do
    step=${STEP_OF[$path]}
    TAKEN[$step]=$((${TAKEN[$step]} + size))
  done < <(timeout -k 2 20 du -sk -- "${all[@]}" 2>/dev/null)
fi
for step in ${SENT[steps]-}; do
  put_entry "taken/$step" "${TAKEN[$step]}"
done
