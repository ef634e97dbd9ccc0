# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# Probes: commands that read and change nothing. The entries that ask for them: probes (lines "ID LANE SECONDS"),
# probes/ID/command, probes/ID/vars/NAME. The probes of a lane run one after another, the lanes beside each other.

PROBE_TEXT=1048576 # bytes of output that are kept
LANE_TEXT=1572864  # of all probes of a lane: the whole answer must stay within what the other side reads
declare -A PROBE_LANES=() PROBE_LIMITS=()
declare -a PROBE_FDS=()

# Starts all lanes; put_probes collects what they print.
start_probes() {
  local id lane seconds line fd
  split_lines "${SENT[probes]-}"
  for line in "${TEXT_LINES[@]}"; do
    id=${line%% *} seconds=${line##* } lane=${line#* }
    lane=${lane% *}
    if [[ -n $id && -n ${SENT[probes/$id/command]+set} && $seconds =~ ^[1-9][0-9]{0,3}$ ]]; then
      PROBE_LANES[$lane]+="$id "
      PROBE_LIMITS[$id]=$seconds
    fi
  done
  for lane in "${!PROBE_LANES[@]}"; do
    # shellcheck disable=SC2086 # ids are words
    exec {fd}< <(run_lane "$lane" ${PROBE_LANES[$lane]} 2>/dev/null)
    PROBE_FDS+=("$fd")
  done
}

# Prints the answers: entries probe/ID (what it printed) and probe/ID/exit (its status, "timeout", or "cut" for too much).
put_probes() {
  local fd
  for fd in ${PROBE_FDS[@]+"${PROBE_FDS[@]}"}; do
    cat <&"$fd"
  done
}

# Prints the answers of the probes of lane $1 when the last has ended: a reader that is busy elsewhere holds none of them
# up. What two probes of a lane waited for in vain (a driver that hangs) the others do not wait for; on the way out each
# probe asks another host.
run_lane() {
  local id lane=$1 late=0 entries='' most
  shift
  for id in "$@"; do
    if ((late < 2)); then
      most=$((LANE_TEXT - ${#entries}))
      run_probe "$id" "$((most > PROBE_TEXT ? PROBE_TEXT : most < 4096 ? 4096 : most))"
    else
      PROBE_SAID='not run: two probes before it were out of time' PROBE_EXIT='timeout'
    fi
    [[ $PROBE_EXIT != timeout || $lane == net ]] || late=$((late + 1))
    add_entry "probe/$id" "$PROBE_SAID"
    add_entry "probe/$id/exit" "$PROBE_EXIT"
  done
  printf '%s' "$entries"
}

# PROBE_SAID, at most $2 bytes of it, and PROBE_EXIT of probe $1. What it leaves running keeps its output open and is not
# waited for. A process that waits for a broken driver can't even be killed: it is left behind.
run_probe() {
  local fd status=0 end left piece mark=''
  exec {fd}< <(
    (become_probe "$1" 2>&1)
    printf '\001%d\001' "$?"
  )
  uptime_now
  end=$((REPLY + (PROBE_LIMITS[$1] + 3) * 100))
  PROBE_SAID='' PROBE_EXIT=''
  # The text may hold such bytes, too: what ends it is a number between two of them.
  while [[ ! $PROBE_EXIT ]] && ((${#PROBE_SAID} < $2 && status == 0)); do
    uptime_now
    left=$((end > REPLY ? end - REPLY : 1))
    printf -v left '%d.%02d' $((left / 100)) $((left % 100))
    IFS= read -r -d $'\001' -n "$(($2 - ${#PROBE_SAID}))" -t "$left" -u "$fd" piece || status=$?
    if [[ $mark && $piece =~ ^[0-9]{1,3}$ ]] && ((status == 0)); then
      PROBE_EXIT=$piece
    else
      PROBE_SAID+=$mark$piece mark=$'\001'
    fi
  done
  exec {fd}<&-
  if ((status > 128)) || [[ $PROBE_EXIT == 124 || $PROBE_EXIT == 137 ]]; then
    PROBE_EXIT='timeout'
  elif [[ ! $PROBE_EXIT =~ ^[0-9]{1,3}$ ]]; then
    PROBE_EXIT='cut'
  fi
}

# Becomes probe $1. PROBE_SESSION is a file that holds the environment which the session began with.
become_probe() {
  local name given=()
  for name in "${!DEPLOY_BASE[@]}"; do
    given+=("$name=${DEPLOY_BASE[$name]}")
  done
  for name in "${!SENT[@]}"; do
    if [[ $name == "probes/$1/vars/"* ]]; then
      given+=("${name##*/}=${SENT[$name]}")
    fi
  done
  set -- "${SENT[probes/$1/command]}" "${PROBE_LIMITS[$1]}" "$1" "${given[@]}" "root=$ROOT" "PROBE_SESSION=/proc/$$/environ" LC_ALL=C
  export_all "${@:4}"
  cd /
  exec timeout -k 2 "$2" "$BASH" --noprofile --norc -c "$1" "$3" </dev/null
}
