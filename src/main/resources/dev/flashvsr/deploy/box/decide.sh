# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# Whether a step runs: the table of the design, as it stands just before the step's turn.

# Whether what the plan saw of step $1 is still so, byte for byte; then its planned skip or adopt needs no check.
as_planned() {
  same_file "$bundle/steps/$1/seen.checkpoint" "$deploy/checkpoints/$1.json" &&
    same_file "$bundle/steps/$1/seen.last" "$deploy/state/$1/last"
}

# Whether both files hold the same bytes, or neither is there.
same_file() {
  local one='' other=''
  [[ -e $1 || -e $2 ]] || return 0
  [[ -e $1 && -e $2 ]] && slurp one "$1" && slurp other "$2" && [[ $one == "$other" ]]
}

# REPLY: skip, adopt, run, rerun or resume for step $1, whose check said $2.
decide() {
  local said=$2 fingerprint last_fingerprint='' before='' badly='' known=$deploy/checkpoints/$1.json
  first_line "$bundle/steps/$1/fingerprint"
  fingerprint=$REPLY
  if last_attempt "$1" && ! ended_well "$LAST"; then
    badly=yes
    first_line "$LAST/fingerprint"
    last_fingerprint=$REPLY
    first_line "$LAST/before"
    before=$REPLY
  fi
  if [[ $said != yes ]]; then
    REPLY=${badly:+resume}
    REPLY=${REPLY:-run}
  elif [[ $badly && ($last_fingerprint != "$fingerprint" || $before == yes || $before == forced) ]]; then
    REPLY=rerun # what is there is not known to be this attempt's doing
  else
    checkpoint_member "$known" fingerprint
    case $REPLY in
      '') REPLY=adopt ;; # there is no checkpoint, or none that can be read
      "$fingerprint") REPLY=skip ;;
      *) REPLY=rerun ;;
    esac
  fi
}

# Step $1 is as wanted: $2 is skip or adopt.
settle() {
  local head=$bundle/steps/$1/checkpoint.head script
  if [[ $2 == adopt ]]; then
    note_found "$1" <"$bundle/steps/$1/makes" || return 1
    write_checkpoint "$1" "$head" "$run" 0 0 || return 1
    event adopted "$1"
  else
    first_line "$bundle/steps/$1/script"
    script=$REPLY
    checkpoint_member "$deploy/checkpoints/$1.json" script
    if [[ $REPLY == "$script" ]]; then
      event skipped "$1" reason=same
    else
      write_checkpoint "$1" "$head" "$run" 0 0 || return 1
      event skipped "$1" reason=renewed
    fi
  fi
}
