# shellcheck shell=bash
# follow ROOT MARK RUN: sends what files under .deploy grow by, as frames. One process looks at the sizes of all of them,
# four times a second. RUN may be empty; else it also tells how its runner is. Sent behind files, way, trust and procs.
set -uo pipefail
export LC_ALL=C
deploy=$1/.deploy mark=$2 run=$3
declare -A OFFSET  # of each file that is followed
TOLD=''            # what was said last about the runner
DEAD_SINCE=''      # uptime
HAPPENED=''        # whether the events have just grown
AT_MOST=65536

# Prints a frame: path, offset, text.
frame() { printf '%s %s %d %d\n%s\n' "$mark" "$1" "$2" "${#3}" "$3"; }

# REPLY: how its runner is: alive, stopped, dead, cancelled (dead, and `cancel` is about to end the run), or ended and the
# run's end, which is final once the runner is gone; nothing where no run is followed.
runner_state() {
  REPLY=
  if [[ -z $run ]]; then
    return
  elif alive "$deploy/runs/$run/runner"; then
    DEAD_SINCE=
    [[ $STAT_STATE == T ]] && REPLY=stopped || REPLY=alive
  elif [[ -e $deploy/runs/$run/end ]]; then
    first_line "$deploy/runs/$run/end"
    case $REPLY in ok | failed | cancelled) ;; *) REPLY=failed ;; esac
    REPLY="ended $REPLY"
  else
    DEAD_SINCE=${DEAD_SINCE:-$NOW}
    REPLY='dead'
    if [[ -e $deploy/runs/$run/cancel ]] && ((NOW - DEAD_SINCE < 6000)); then
      REPLY=cancelled
    fi
  fi
}

# Sends what is new in the files given. MORE: whether some is left for the next turn.
send_new() {
  local size path offset count
  MORE=
  (($#)) || return 0
  while read -r size path; do
    offset=${OFFSET[$path]}
    if ((offset < 0)); then
      offset=$((size + offset > 0 ? size + offset : 0))
      OFFSET[$path]=$offset
    fi
    ((count = size - offset)) || :
    ((count > 0)) || continue
    if ((count > AT_MOST)); then
      count=$AT_MOST MORE=yes
    fi
    printf '%s %s %d %d\n' "$mark" "$path" "$offset" "$count"
    dd "if=$path" bs=65536 "skip=$offset" "count=$count" iflag=skip_bytes,count_bytes status=none
    printf '\n'
    OFFSET[$path]=$((offset + count))
    SPOKE=$NOW
    [[ $path != "runs/$run/events" ]] || HAPPENED=yes
  done < <(stat -c '%s %n' -- "$@" 2>/dev/null)
}

# Carries out one line of the client.
obey() {
  local verb path offset words
  # shellcheck disable=SC2206 # words; a pattern among them matches no path below
  words=($1)
  verb=${words[0]-} path=${words[1]-} offset=${words[2]-}
  if [[ ! $path =~ ^[A-Za-z0-9._+@/-]+$ || /$path/ == */../* || $path == /* || $path == -* ]]; then
    return
  fi
  case $verb in
    follow)
      [[ $offset =~ ^-?[0-9]{1,15}$ ]] || return
      OFFSET[$path]=$offset
      ;;
    drop)
      if [[ -n ${OFFSET[$path]-} ]]; then
        while send_new "$path" && [[ $MORE ]]; do :; done
        unset "OFFSET[$path]"
      fi
      frame @dropped 0 "$path"
      ;;
  esac
}

# Waits for a word of the client, for at most $1 hundredths of a second. To read its line with such a limit would not do:
# bash loses a byte that it has just read when the time is up, and a request with it.
spoken_within() {
  local left
  for ((left = $1; left > 0; left -= 2)); do
    ! read -r -t 0 || return 0
    nap 0.02
  done
  read -r -t 0
}

trust_root "$1"
set -f
cd "$deploy" 2>/dev/null || exit 1
read_machine
uptime_now
NOW=$REPLY HEARD=$REPLY SPOKE=$REPLY
pause=4
while :; do
  if spoken_within "$pause"; then
    read -r -t 30 line || exit 0 # the client is gone
    uptime_now
    NOW=$REPLY HEARD=$REPLY
    obey "$line"
    pause=2
    continue
  fi
  uptime_now
  NOW=$REPLY
  ((NOW - HEARD < 3000)) || exit 0
  runner_state
  state=$REPLY
  send_new "${!OFFSET[@]}"
  if [[ $MORE ]]; then
    pause=0
    continue
  fi
  # Told only when all that was written before is sent.
  if [[ $state != "$TOLD" ]]; then
    frame @runner 0 "$state"
    TOLD=$state SPOKE=$NOW
  elif ((NOW - SPOKE >= 400)); then
    frame . 0 ''
    SPOKE=$NOW
  fi
  # After an event there is soon another, such as the end.
  pause=${HAPPENED:+6} pause=${pause:-24} HAPPENED=
done
