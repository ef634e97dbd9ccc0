# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# What the other side asks about steps: their scripts and variables, and becoming a function of such a script. Its entries
# on stdin: library.sh, steps (ids, one a line), steps/ID/script.sh, steps/ID/vars/NAME, and what else the reader asks for.
declare -A SENT=()   # text of each entry
declare -A VALUES=() # names of the variables of each step

# Reads all entries.
receive() {
  local text step
  while :; do
    read_entry
    case $? in
      1) return 0 ;;
      2) return 1 ;;
    esac
    entry_text text || return 1
    SENT[$ENTRY_NAME]=$text
    if [[ $ENTRY_NAME == steps/*/vars/* ]]; then
      step=${ENTRY_NAME#steps/}
      VALUES[${step%%/*}]+="${ENTRY_NAME##*/} "
    fi
  done
}

# Becomes the function $1 of step $2, in the environment that its check has; $3, where given, is bash that goes before the call.
become_function() {
  local name step=$2 given=()
  for name in "${!DEPLOY_BASE[@]}"; do
    given+=("$name=${DEPLOY_BASE[$name]}")
  done
  for name in ${VALUES[$step]-}; do
    given+=("$name=${SENT[steps/$step/vars/$name]}")
  done
  given+=("STEP_ID=$step" "STEP_DIR=$deploy/state/$step/dir" "root=$ROOT")
  [[ -z ${SENT[deep]+set} ]] || given+=(DEPLOY_DEEP=1)
  cd /
  exec_script "$1" "${SENT[library.sh]-}"$'\n'"${SENT[steps/$step/script.sh]-}"${3:+$'\n'"$3"} "${given[@]}"
}
