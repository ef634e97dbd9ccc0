# shellcheck shell=bash disable=SC2034 # shares variables with the scripts that it is part of
# Looks at the box and changes nothing: facts, state, and what the checks of all steps say now. Its entries on stdin:
# root (may be empty), deep and caches (directories below root; both may be missing), limit (seconds a check; 30), those of request.sh (no steps: only the state);
# probes and what is below it (probes.sh). Its order of files: docs/box-protocol.md, section 7.
set -uo pipefail
shopt -s nullglob
export LC_ALL=C
declare -A GROUP=() # process group of each check that has not answered

# Runs the check of step $1 and answers on ANSWERS: step, exit status and the end of what it said, without newlines and
# ended by a byte that is in none of them. It is one short write, which a pipe keeps in one piece.
ask() {
  local said='' piece status
  shopt -s lastpipe # read here, not in one more process: this is done for every step
  become_function check "$1" 2>&1 {ANSWERS}>&- | while IFS= read -r -N 1024 piece || [[ $piece ]]; do
    said+=$piece
    ((${#said} < 4096)) || said=${said: -1024}
  done
  status=${PIPESTATUS[0]}
  ((${#said} <= 1024)) || said=${said: -1024}
  while [[ $said == *$'\n' ]]; do said=${said%$'\n'}; done
  said=${said//[$'\001\002']/}
  printf '%s\001' "$1 $status ${said//$'\n'/$'\002'}" >&"$ANSWERS"
}

# Prints the answer of step $1 with exit status $2.
put_answer() {
  check_says "$2"
  put_entry "check/$1" "$REPLY"
  [[ -z $3 ]] || put_entry "check/$1/said" "$3"
}

# All checks at once, each in a process group of its own; those that take too long are ended with their children.
put_checks() {
  local step answer status said end left
  exec {ANSWERS}<> <(:)
  set -m
  for step in ${SENT[steps]-}; do
    ask "$step" </dev/null &
    GROUP[$step]=$!
  done
  set +m
  uptime_now
  end=$((REPLY + ${SENT[limit]:-30} * 100))
  while ((${#GROUP[@]})); do
    uptime_now
    left=$((end - REPLY))
    ((left > 0)) || break
    printf -v left '%d.%02d' $((left / 100)) $((left % 100))
    IFS= read -r -d $'\001' -t "$left" -u "$ANSWERS" answer || break
    step=${answer%% *} answer=${answer#* }
    status=${answer%% *} said=${answer#* }
    unset "GROUP[$step]"
    put_answer "$step" "$status" "${said//$'\002'/$'\n'}"
  done
  for step in "${!GROUP[@]}"; do
    kill -s KILL -- "-${GROUP[$step]}" 2>/dev/null
    put_answer "$step" timeout ''
  done
}

# The entries of caches that are there whole: of each directory below the root that is asked for their names, one a line.
put_caches() {
  local directory entry names
  for directory in ${SENT[caches]-}; do
    names=
    for entry in "$ROOT/$directory"/*/built-for; do
      entry=${entry%/built-for}
      [[ ! ${entry##*/} =~ ^[0-9a-f]{64}$ ]] || names+=${entry##*/}$'\n'
    done
    put_entry "cache/$directory" "$names"
  done
}

# The first line of nvidia-smi's list, where there is one; a broken driver can hang.
put_gpu() {
  local line
  if command -v nvidia-smi >/dev/null; then
    # timeout looks for it by the PATH it is given, and nothing is exported here; it may lie in /usr/local/nvidia/bin.
    line=$(PATH=$PATH timeout -k 1 20 nvidia-smi -L 2>/dev/null </dev/null)
    [[ -z $line ]] || put_entry fact/gpu "${line%%$'\n'*}"
  fi
}

if ! receive; then
  printf 'the survey did not arrive whole\n' >&2
  exit 1
fi
read_machine
base_environment
HOME=${DEPLOY_BASE[HOME]}
choose_root "${SENT[root]-}"
deploy=$ROOT/.deploy
PATH=${DEPLOY_BASE[PATH]}
export_nothing
exec {gpu}< <(put_gpu)
start_probes
put_entry root "$ROOT"
put_entry root.why "$ROOT_WHY"
[[ -d $ROOT ]] || put_entry root.missing ''
put_facts "$ROOT"
put_state
put_caches
put_checks 2>/dev/null
put_probes
IFS= read -r -d '' -t 25 -u "$gpu" gpu_entry || :
printf '%s' "${gpu_entry-}"
