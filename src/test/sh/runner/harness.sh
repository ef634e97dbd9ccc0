# shellcheck shell=bash disable=SC2016,SC2034,SC2119,SC2120,SC2153,SC2154 # part of run.sh; holds other scripts' text
# A box in a directory of its own, plans for it, and the scripts that run there, called as the orchestrator calls them.

# The bash under test; every script of the box is started by it.
BASH_UNDER_TEST=${BASH_UNDER_TEST:-$BASH}
BOX_SCRIPTS=${BOX_SCRIPTS:-$HERE/../../../main/resources/dev/flashvsr/deploy/box}

# Begins a test with a new box.
new_box() {
  BOX=$(mktemp -d "$SCRATCH/box.XXXXXX")
  ROOT=$BOX/root DEPLOY=$BOX/root/.deploy
  EFFECTS=$BOX/effects
  mkdir -p "$ROOT" "$EFFECTS" "$BOX/home"
  new_plan
}

# Begins a new plan: a bundle's directory without its steps.
new_plan() {
  PLAN=$(mktemp -d "$BOX/plan.XXXXXX")
  mkdir -p "$PLAN/box" "$PLAN/steps"
  cp "$BOX_SCRIPTS"/*.sh "$PLAN/box/"
  printf '%s' "${1:-$(hash plan)}" >"$PLAN/plan"
  printf 'someone' >"$PLAN/who"
  printf 'laptop' >"$PLAN/from"
  printf '1700000000' >"$PLAN/since"
  printf '%s' "$ROOT" >"$PLAN/root"
  : >"$PLAN/order"
  hash "$PLAN" >"$PLAN/agreed"
  # What tests' scripts use: an effect is a marker, and every apply leaves a line, so that two of them show.
  cat >"$PLAN/library.sh" <<'LIBRARY'
present() { [[ -e $EFFECTS/$STEP_ID ]]; }
count() { printf '%s\n' "$STEP_ATTEMPT" >>"$EFFECTS/$STEP_ID.applied"; }
effect() { printf '%s' "${VALUE-}" >"$EFFECTS/$STEP_ID.new"; mv "$EFFECTS/$STEP_ID.new" "$EFFECTS/$STEP_ID"; }
until_there() { until [[ -e $1 ]]; do sleep 0.02; done; }
LIBRARY
}

# Adds a step: id, script ('' for a plain effect), then needs=, locks=, above= (what it needs of the whole playbook; default: needs), makes=, secrets=,
# limits as name=value, fp=, script_hash=, action=, force=yes.
step() {
  local id=$1 script=$2 dir=$PLAN/steps/$1 option
  local needs='' above locks='' makes='' secrets='' fp=fp script_hash=s action=unknown force=''
  local timeout=0 check_timeout=60 log_limit=0 retries=0 backoff=0 confirm_pause=0
  shift 2
  for option in "$@"; do printf -v "${option%%=*}" '%s' "${option#*=}"; done
  mkdir -p "$dir/vars"
  printf '%s\n' "$id" >>"$PLAN/order"
  printf '%s' "${script:-"check() { present; }; apply() { count; effect; }"}" >"$dir/script.sh"
  lines "$needs" >"$dir/needs"
  printf '%s\n' "$id ${above-$needs}" >>"$PLAN/graph"
  lines "$locks" >"$dir/locks"
  lines "$makes" >"$dir/makes"
  lines "$secrets" >"$dir/secrets"
  for option in timeout check_timeout log_limit retries backoff confirm_pause; do
    printf '%s=%s\n' "$option" "${!option}"
  done >"$dir/limits"
  printf '%s' "$action" >"$dir/action"
  [[ -z $force ]] || : >"$dir/force"
  hash "$fp" >"$dir/fingerprint"
  hash "$script_hash" >"$dir/script"
  printf '%s' "$ROOT" >"$dir/vars/root"
  printf '%s' "$EFFECTS" >"$dir/vars/EFFECTS"
  printf '{\n  "step": "%s",\n  "fingerprint": "%s",\n  "script": "%s",\n' "$id" "$(hash "$fp")" "$(hash "$script_hash")" >"$dir/checkpoint.head"
}

# One word a line.
lines() {
  local word
  for word in $1; do printf '%s\n' "$word"; done
}

hash() {
  local sum
  sum=$(printf '%s' "$1" | sha256sum)
  printf '%s' "${sum%% *}"
}

# Notes for every step of the plan what lies on the box now, as a plan made now would.
see() {
  local id
  while read -r id; do
    [[ ! -e $DEPLOY/checkpoints/$id.json ]] || cp "$DEPLOY/checkpoints/$id.json" "$PLAN/steps/$id/seen.checkpoint"
    [[ ! -e $DEPLOY/state/$id/last ]] || cp "$DEPLOY/state/$id/last" "$PLAN/steps/$id/seen.last"
  done <"$PLAN/order"
}

# Sets the planned action of a step.
planned() { printf '%s' "$2" >"$PLAN/steps/$1/action"; }

# A new run's name.
run_name() {
  local uuid
  read -r uuid </proc/sys/kernel/random/uuid
  printf '%(%Y%m%dT%H%M%SZ)T-%s' -1 "${uuid:0:8}"
}

# The bundle as entries; secrets as NAME=value arguments.
bundle_entries() {
  local file secret
  while IFS= read -r -d '' file; do
    file_entry "bundle/${file#"$PLAN/"}" "$file"
  done < <(find "$PLAN" -type f -print0)
  for secret in "$@"; do
    secret=${secret%%=*}
    printf 'secrets %d\ntraces of %s\n\n' $((11 + ${#secret})) "$secret"
  done
  for secret in "$@"; do
    printf '@secret/%s %d\n%s\n' "${secret%%=*}" "$(printf '%s' "${secret#*=}" | wc -c)" "${secret#*=}"
  done
  printf '. 0\n\n'
}

file_entry() {
  local content='' LC_ALL=C
  if IFS= read -r -d '' content <"$2"; then # it holds a NUL
    printf '%s %d\n' "$1" "$(stat -c %s "$2")"
    cat "$2"
    printf '\n'
  else
    printf '%s %d\n%s\n' "$1" "${#content}" "$content"
  fi
}

# Runs a script made of box files as the orchestrator does: their text evaluated, stdin for the script itself.
box_script() {
  local name text=''
  for name in $1; do text+=$(<"$BOX_SCRIPTS/$name.sh")$'\n'; done
  shift
  (cd / && exec env -u BASH_ENV HOME="$BOX/home" "$BASH_UNDER_TEST" --noprofile --norc -c 'text=$1; shift; (eval "$text")' box "$text" "$@")
}

SUBMIT='files way trust entries procs env logind made submit'
FOLLOW='files way trust procs follow'
CANCEL='files way trust entries procs lock checkpoint attempt cancel'
CLEAN='files way trust entries procs env check lock events checkpoint attempt made ours cleaner logind request clean'
NOTE='files way trust entries env check made request note'
SURVEY='files way trust entries procs env check checkpoint logind facts root state probes request checks survey'
CALL='files way trust entries env check request call'
TAKEN='files way trust entries env check request taken'
RECEIVE_BLOCKS='way transfer receive-blocks'

# Submits the plan; RUN and RUN_DIR. Prints the answer.
submit() {
  RUN=$(run_name)
  RUN_DIR=$DEPLOY/runs/$RUN
  printf '%s' "$RUN" >"$PLAN/run"
  bundle_entries "$@" | box_script "$SUBMIT" "$ROOT"
}

# Submits and waits for the end. END: the run's end.
run_plan() {
  ANSWER=
  submit "$@" >"$BOX/answer"
  ANSWER=$(<"$BOX/answer")
  if [[ $ANSWER != started* ]]; then
    printf 'not started: %s\n' "$ANSWER"
    return 1
  fi
  wait_for_end
}

wait_for_end() {
  await 60 test -e "$RUN_DIR/end" || { dump; return 1; }
  END=$(<"$RUN_DIR/end")
}

# Waits until the command succeeds, at most $1 seconds.
await() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    if ((SECONDS >= end)); then
      printf 'waited in vain for: %s\n' "$*"
      return 1
    fi
    read -r -t 0.02 -u "$NAP" || :
  done
}

# Shows the run for a failed test.
dump() {
  printf -- '-- events\n'
  cat "$RUN_DIR/events" 2>/dev/null
  printf -- '-- runner.log\n'
  cat "$RUN_DIR/runner.log" 2>/dev/null
  for file in "$RUN_DIR"/steps/*/*/log; do
    printf -- '-- %s\n' "$file"
    tail -n 20 "$file"
  done
}

# The events of the run without their times.
events() {
  local epoch rest
  while read -r epoch rest; do printf '%s\n' "$rest"; done <"$RUN_DIR/events"
}

# How often the step was applied.
applied() {
  local lines=()
  [[ ! -e $EFFECTS/$1.applied ]] || mapfile -t lines <"$EFFECTS/$1.applied"
  printf '%d' "${#lines[@]}"
}

# Assertions: a test ends at the first that does not hold.
is() {
  if [[ $1 != "$2" ]]; then
    printf 'expected: %s\n but was: %s (line %s)\n' "$2" "$1" "${BASH_LINENO[0]}"
    dump
    exit 1
  fi
}

has() {
  if [[ $1 != *"$2"* ]]; then
    printf 'expected to hold: %s\nbut was: %s (line %s)\n' "$2" "$1" "${BASH_LINENO[0]}"
    dump
    exit 1
  fi
}

hasnt() {
  if [[ $1 == *"$2"* ]]; then
    printf 'expected not to hold: %s\nbut was: %s (line %s)\n' "$2" "$1" "${BASH_LINENO[0]}"
    dump
    exit 1
  fi
}

# A test of its own that can't be done here ends so.
skip() {
  printf '%s\n' "$1"
  exit 77
}

# A probe of the plan: $1 id, $2 lane, $3 seconds, $4 command.
probe() {
  mkdir -p "$PLAN/probes/$1/vars"
  printf '%s' "$4" >"$PLAN/probes/$1/command"
  printf '%s\n' "$1 $2 $3" >>"$PLAN/probes/list"
}

# What a script that asks about the plan's steps is sent of them.
request_entries() {
  local id file
  file_entry library.sh "$PLAN/library.sh"
  file_entry steps "$PLAN/order"
  while read -r id; do
    file_entry "steps/$id/script.sh" "$PLAN/steps/$id/script.sh"
    for file in "$PLAN/steps/$id/vars"/*; do file_entry "steps/$id/vars/${file##*/}" "$file"; done
  done <"$PLAN/order"
}

# Calls the function $1 of all steps of the plan. ENTRY: the answer.
call() {
  {
    printf 'root %d\n%s\nfunction %d\n%s\nlimit 1\n%s\n' "${#ROOT}" "$ROOT" "${#1}" "$1" "${LIMIT:-5}"
    request_entries
    printf '. 0\n\n'
  } >"$BOX/call.in"
  box_script "$CALL" <"$BOX/call.in" >"$BOX/call.out"
  parse_entries <"$BOX/call.out"
}

# Surveys the box for the plan, with $1 as root (default: the test's). ENTRY: what each entry of the answer says.
survey() {
  local id file name size value input=$BOX/survey.in
  {
    printf 'root %d\n%s\n' "${#1}" "$1"
    request_entries
    printf 'limit 1\n%s\n' "${LIMIT:-5}"
    if [[ -d $PLAN/probes ]]; then
      file_entry probes "$PLAN/probes/list"
      while read -r id _; do
        file_entry "probes/$id/command" "$PLAN/probes/$id/command"
        for file in "$PLAN/probes/$id/vars"/*; do
          if [[ -e $file ]]; then file_entry "probes/$id/vars/${file##*/}" "$file"; fi
        done
      done <"$PLAN/probes/list"
    fi
    printf '. 0\n\n'
  } >"$input"
  box_script "$SURVEY" <"$input" | cat >"$BOX/survey.out"
  parse_entries <"$BOX/survey.out"
}

# Reads entries on stdin into ENTRY.
parse_entries() {
  local name size value newline LC_ALL=C
  declare -gA ENTRY=()
  while read -r name size; do
    value=
    ((size == 0)) || IFS= read -r -N "$size" value
    IFS= read -r newline
    is "$newline" ''
    ENTRY[$name]=$value
  done
}

# Whether the process has ended, reaped or not.
gone() {
  local text=''
  { IFS= read -r -d '' text <"/proc/$1/stat" || :; } 2>/dev/null
  [[ -z $text || ${text##*) } == [ZX]* ]]
}

# The pid in a file that names a process.
pid_in() {
  local line
  while IFS= read -r line; do
    [[ $line != pid=* ]] || printf '%s' "${line#pid=}"
  done <"$1"
}

# Ends the run's runner as the kernel would, and waits until it is gone.
kill_runner() {
  local pid
  pid=$(pid_in "$RUN_DIR/runner")
  kill -s KILL "$pid" 2>/dev/null || :
  await 5 gone "$pid"
}
