# shellcheck shell=bash disable=SC2034 # shares variables with the scripts that it is part of
# Calls one function of the scripts of steps, each in the environment that its check has, and changes nothing. Its entries
# on stdin: root (absolute), function, limit (seconds a step; 30), and those of request.sh. A function that writes, or that
# does not end, is the playbook's fault; the time limit ends it.
set -uo pipefail
export LC_ALL=C
CALL_TEXT=1048576 # bytes of a step's output that are kept
CALLS_TEXT=6291456 # of all steps: the whole answer must stay within what the other side reads
declare -A CALL_FDS=()

# Starts the function of step $1. Its status comes after what it printed, behind a byte that no text holds.
start_call() {
  local fd deploy_within=(timeout -k 2 "$limit")
  exec {fd}< <(
    (become_function "$function" "$1" "declare -F $function >/dev/null || exit 0") 2>/dev/null
    printf '\001%d' "$?"
  )
  CALL_FDS[$1]=$fd
}

# Prints the answers of step $1: call/ID, what it printed (at most $2 bytes), and call/ID/exit: its status, "timeout", or
# "cut" for too much. A process that it left behind and that holds the pipe open is not waited for.
put_call() {
  local said status left
  uptime_now
  left=$(((end - REPLY) / 100 + 3))
  # Some more than is kept, for the status.
  said=$(PATH=$PATH timeout "$((left > 1 ? left : 1))" head -c "$(($2 + 8))" <&"${CALL_FDS[$1]}" 2>/dev/null && printf x)
  said=${said%x}
  status='cut'
  if [[ $said == *$'\001'* ]]; then
    status=${said##*$'\001'}
    said=${said%$'\001'*}
    [[ $status =~ ^[0-9]{1,3}$ ]] || status='cut'
    [[ $status != 124 && $status != 137 ]] || status='timeout'
  elif ((${#said} < $2)); then
    status='timeout'
  fi
  said=${said:0:$2}
  put_entry "call/$1" "$said"
  put_entry "call/$1/exit" "$status"
  CALLS_TEXT=$((CALLS_TEXT - ${#said}))
}

if ! receive; then
  printf 'the call did not arrive whole\n' >&2
  exit 1
fi
function=${SENT[function]} limit=${SENT[limit]:-30} ROOT=${SENT[root]}
deploy=$ROOT/.deploy
[[ $function =~ ^[a-z_]{1,64}$ && $limit =~ ^[1-9][0-9]{0,3}$ ]] || exit 1
trust_root "$ROOT"
base_environment
PATH=${DEPLOY_BASE[PATH]}
export_nothing
uptime_now
end=$((REPLY + limit * 100))
for step in ${SENT[steps]-}; do
  start_call "$step"
done
for step in ${SENT[steps]-}; do
  put_call "$step" "$((CALLS_TEXT > CALL_TEXT ? CALL_TEXT : CALLS_TEXT > 0 ? CALLS_TEXT : 0))"
done
