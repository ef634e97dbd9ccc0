# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# Processes by a name that is never given twice: pid, start time, boot id and pid namespace. Sessions, and ending them.

# BOOT, PIDNS, HOST: what distinguishes this machine (or container) from another that sees the same disk.
read_machine() {
  first_line /proc/sys/kernel/random/boot_id
  BOOT=$REPLY
  PIDNS=$(readlink /proc/self/ns/pid)
  first_line /proc/sys/kernel/hostname
  HOST=$REPLY
}

# STAT_STATE, STAT_PARENT, STAT_SESSION and STAT_START of the process $1; 1: there is none, or it only waits to be reaped.
read_stat() {
  local text='' fields
  { IFS= read -r -d '' text <"/proc/$1/stat" || :; } 2>/dev/null
  text=${text##*) } # the command's name, in brackets, may hold anything
  # shellcheck disable=SC2206 # words and numbers
  fields=($text)
  ((${#fields[@]} > 19)) || return 1
  STAT_STATE=${fields[0]} STAT_PARENT=${fields[1]} STAT_SESSION=${fields[3]} STAT_START=${fields[19]}
  [[ $STAT_STATE != [ZXx] ]]
}

# REPLY: the lines that name the process $1.
describe_process() {
  read_stat "$1" || STAT_START=0
  REPLY="pid=$1"$'\n'"start=$STAT_START"$'\n'"boot=$BOOT"$'\n'"pidns=$PIDNS"$'\n'
}

# PROCESS_PID and PROCESS_START from such a file; 1: none, or of another machine.
read_process() {
  local name value boot='' pidns=''
  PROCESS_PID=0 PROCESS_START=0
  [[ -r $1 ]] || return 1
  while IFS='=' read -r name value; do
    case $name in
      pid) PROCESS_PID=$value ;;
      start) PROCESS_START=$value ;;
      boot) boot=$value ;;
      pidns) pidns=$value ;;
    esac
  done 2>/dev/null <"$1" || return 1
  [[ $PROCESS_PID =~ ^[1-9][0-9]*$ && $boot == "$BOOT" && $pidns == "$PIDNS" ]]
}

# Whether the process that the file $1 names lives.
alive() { read_process "$1" && read_stat "$PROCESS_PID" && [[ $STAT_START == "$PROCESS_START" ]]; }

# What lives now: PARENT_OF, SESSION_OF and MARK_OF of each process. A mark is what DEPLOY_ATTEMPT says in the environment
# that a process began with, as far as we may read it; of that path only what follows ".deploy/", for a root may be
# reached by several paths.
scan_processes() {
  local entry
  PARENT_OF=() SESSION_OF=() MARK_OF=()
  for entry in /proc/[0-9]*; do
    entry=${entry#/proc/}
    read_stat "$entry" || continue
    PARENT_OF[entry]=$STAT_PARENT SESSION_OF[entry]=$STAT_SESSION
    if ((STAT_SESSION != 0)) && read_mark "$entry"; then # session 0: a thread of the kernel
      MARK_OF[entry]=$REPLY
    fi
  done
}

# REPLY: the mark of the process $1; 1: none.
read_mark() {
  local variables variable
  { mapfile -d '' -t variables <"/proc/$1/environ"; } 2>/dev/null || return 1
  for variable in "${variables[@]}"; do
    if [[ $variable == DEPLOY_ATTEMPT=*/.deploy/* ]]; then
      REPLY=${variable##*/.deploy/}
      return 0
    fi
  done
  return 1
}

# MEMBERS: of the processes scanned, those of the attempt in directory $1: what carries its mark, the session of its leader,
# the sessions that one of these leads, and their children. So a daemon is found that left the session, and one that
# another user runs. Neither this process nor what started it is ever among them.
members_of() {
  local key=${1##*/.deploy/} process more=yes
  local -a mine=()
  for process in "${!MARK_OF[@]}"; do
    [[ ${MARK_OF[process]} != "$key" ]] || mine[process]=yes
  done
  add_session "$1/leader"
  while [[ $more ]]; do
    more=
    for process in "${!PARENT_OF[@]}"; do
      if [[ -z ${mine[process]-} && -n ${mine[PARENT_OF[process]]-}${mine[SESSION_OF[process]]-} ]]; then
        mine[process]=yes more=yes
      fi
    done
  done
  process=$BASHPID
  while ((process > 0)); do
    unset "mine[process]"
    process=${PARENT_OF[process]-0}
  done
  MEMBERS=("${!mine[@]}")
}

# Adds to `mine` the leader that the file $1 names, or what is left of its session when it is dead. The kernel gives a session's number to
# nobody else while one member lives, so one member with our mark says that all are ours; without a leader and without
# a mark they may be anybody's.
add_session() {
  local process ours=
  read_process "$1" || return 0
  if read_stat "$PROCESS_PID"; then
    if [[ $STAT_START == "$PROCESS_START" && $STAT_SESSION == "$PROCESS_PID" ]]; then
      mine[PROCESS_PID]=yes
    fi
    return 0
  fi
  for process in "${!mine[@]}"; do
    [[ ${SESSION_OF[process]-} != "$PROCESS_PID" ]] || ours=yes
  done
  [[ $ours ]] || return 0
  for process in "${!SESSION_OF[@]}"; do
    [[ ${SESSION_OF[process]} != "$PROCESS_PID" ]] || mine[process]=yes
  done
}

# MEMBERS: what lives of the attempts in the directories $1….
left_of() {
  local attempt all=()
  scan_processes
  for attempt in "$@"; do
    members_of "$attempt"
    all+=("${MEMBERS[@]}")
  done
  MEMBERS=("${all[@]}")
}

# Sends signal $1 to the processes $2…; by sudo where they are another user's.
signal() {
  local name=$1 process
  shift
  for process in "$@"; do
    kill -s "$name" "$process" 2>/dev/null || ! read_stat "$process" || sudo -n kill -s "$name" "$process" 2>/dev/null || :
  done
}

# Ends what the command $2… lists in MEMBERS: TERM, ten seconds, KILL. $1 is called while it waits. 1: what is listed then
# can't be ended.
end_members() {
  local meanwhile=$1 begun termed=' ' member pause=5
  shift
  uptime_now
  begun=$REPLY
  while "$@" && ((${#MEMBERS[@]})); do
    uptime_now
    if ((REPLY - begun > 1500)); then
      return 1 # not even KILL ends it: it hangs in the kernel
    elif ((REPLY - begun > 1000)); then
      signal KILL "${MEMBERS[@]}"
    else
      for member in "${MEMBERS[@]}"; do
        if [[ $termed != *" $member "* ]]; then
          termed+="$member "
          signal TERM "$member"
          signal CONT "$member"
        fi
      done
    fi
    "$meanwhile"
    nap "0.$((pause / 10))$((pause % 10))"
    ((pause = pause < 15 ? pause * 2 : 25))
  done
}

# Ends what lives of the attempt in directory $1; $2 is called while it waits. 1: what MEMBERS lists can't be ended.
end_session() { end_members "${2:-:}" left_of "$1"; }
