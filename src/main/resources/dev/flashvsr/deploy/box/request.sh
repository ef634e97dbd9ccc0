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

# Fills `given` with the environment that every check has.
given_to_all() {
  local name
  given=()
  for name in "${!DEPLOY_BASE[@]}"; do
    given+=("$name=${DEPLOY_BASE[$name]}")
  done
  given+=("root=$ROOT")
  [[ -z ${SENT[deep]+set} ]] || given+=(DEPLOY_DEEP=1)
}

# Adds to `given` what the check of step $1 has beside that.
given_to_step() {
  local name
  for name in ${VALUES[$1]-}; do
    given+=("$name=${SENT[steps/$1/vars/$name]}")
  done
  given+=("STEP_ID=$1" "STEP_DIR=$deploy/state/$1/dir" "root=$ROOT")
  ! temporary_of "$1" || given+=("TMPDIR=$REPLY")
}

# REPLY: the text of library and script of step $1.
text_of_step() { REPLY=${SENT[library.sh]-}$'\n'${SENT[steps/$1/script.sh]-}; }

# Becomes the function $1 of step $2, in the environment that its check has; $3, where given, is bash that goes before the call.
become_function() {
  local given
  given_to_all
  given_to_step "$2"
  text_of_step "$2"
  cd /
  exec_script "$1" "$REPLY${3:+$'\n'"$3"}" "${given[@]}"
}
