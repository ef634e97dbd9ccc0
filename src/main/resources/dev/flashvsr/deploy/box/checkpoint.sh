# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# What is known to be done, and the latest attempt at each step.

# REPLY: the text of the member "$2" of the checkpoint $1, which has one member a line; empty where there is none.
checkpoint_member() {
  local line
  REPLY=
  while IFS= read -r line; do
    if [[ $line =~ ^\ *\"$2\":\ *\"([^\"]*)\" ]]; then
      REPLY=${BASH_REMATCH[1]}
      return
    fi
  done 2>/dev/null <"$1" || :
}

# Writes the checkpoint of step $1: the head from file $2, then run $3, attempt $4 and seconds $5.
write_checkpoint() {
  local head time
  slurp head "$2" || return 1
  TZ=UTC printf -v time '%(%Y-%m-%dT%H:%M:%SZ)T' -1
  printf -v head '%s  "run": "%s",\n  "attempt": %d,\n  "seconds": %d,\n  "time": "%s"\n}\n' "$head" "$3" "$4" "$5" "$time"
  put "$deploy/checkpoints/$1.json" "$head" sync
}

# LAST_RUN, LAST_NUMBER and LAST (its directory) of the latest attempt at step $1; 1: there is none.
last_attempt() {
  local line
  LAST_RUN='' LAST_NUMBER=0 LAST=''
  first_line "$deploy/state/$1/last"
  line=$REPLY
  [[ $line =~ ^([A-Za-z0-9-]+)\ ([1-9][0-9]{0,8})$ ]] || return 1
  LAST_RUN=${BASH_REMATCH[1]} LAST_NUMBER=${BASH_REMATCH[2]}
  LAST=$deploy/runs/$LAST_RUN/steps/$1/$LAST_NUMBER
  [[ -d $LAST ]]
}

# Whether the attempt in directory $1 ended well.
ended_well() {
  first_line "$1/result"
  [[ $REPLY == ok ]]
}
