# shellcheck shell=bash disable=SC2034 # shares variables with the scripts that it is part of
# Looks at the box and changes nothing: facts, state, and what the checks of all steps say now. Its entries on stdin:
# root (may be empty), deep and caches (directories below root; both may be missing), limit (seconds a check; 30), those of request.sh (no steps: only the state);
# probes and what is below it (probes.sh). Its order of files: docs/box-protocol.md, section 7.
set -uo pipefail
shopt -s nullglob
export LC_ALL=C

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

# Runs a command and prints what it prints in one piece: each piece is a packet of its own, all the way to the reader.
in_one_piece() {
  local all
  all=$(
    "$@"
    printf x
  )
  printf '%s' "${all%x}"
}

put_what_is_there() {
  put_entry root "$ROOT"
  put_entry root.why "$ROOT_WHY"
  [[ -z $ROOT_SKIPPED ]] || put_entry root.skipped "$ROOT_SKIPPED"
  ((${#LOOSE[@]} == 0)) || put_entry root.loose "${LOOSE[0]}"
  [[ -z $OPEN_ROOT ]] || put_entry root.open "$OPEN_ROOT"
  [[ -d $ROOT ]] || put_entry root.missing ''
  put_facts "$ROOT"
  put_state
  put_caches
}

# Asks the driver for its list of cards beside all else; a broken driver can hang. Nothing is started where there is none:
# bash 4.4 can crash when a process substitution ends just as the next one begins.
start_gpu() {
  GPU_FD=
  if command -v nvidia-smi >/dev/null; then
    exec {GPU_FD}< <(list_gpus)
  fi
}

# timeout looks for it by the PATH it is given, and nothing is exported here; it may lie in /usr/local/nvidia/bin.
list_gpus() { PATH=$PATH timeout -k 1 20 nvidia-smi -L 2>/dev/null </dev/null; }

# Prints the first line of that list.
put_gpu() {
  local line=
  if [[ $GPU_FD ]]; then
    IFS= read -r -n 1000 -t 25 -u "$GPU_FD" line || :
    [[ -z $line ]] || put_entry fact/gpu "$line"
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
start_gpu
start_probes
start_checks
in_one_piece put_what_is_there
put_checks
put_probes
put_gpu
