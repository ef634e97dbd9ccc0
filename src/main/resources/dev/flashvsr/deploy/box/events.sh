# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# What the runner says, for those who follow.

# Adds the line "EPOCH $*" to the run's events.
event() {
  local now
  printf -v now '%(%s)T' -1
  add_line "$run_dir/events" "$now $*"
}

# Says every five seconds that this runner lives.
beat() {
  uptime_now
  if ((REPLY >= NEXT_BEAT)); then
    NEXT_BEAT=$((REPLY + 500))
    ((++BEATS))
    { printf '%s\n' "$BEATS" >"$run_dir/alive"; } 2>/dev/null || :
  fi
}
NEXT_BEAT=0
BEATS=0
