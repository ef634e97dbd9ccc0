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

# STAT_STATE, STAT_SESSION and STAT_START of the process $1; 1: there is none, or it only waits to be reaped.
read_stat() {
  local text='' fields
  { IFS= read -r -d '' text <"/proc/$1/stat" || :; } 2>/dev/null
  text=${text##*) } # the command's name, in brackets, may hold anything
  # shellcheck disable=SC2206 # words and numbers
  fields=($text)
  ((${#fields[@]} > 19)) || return 1
  STAT_STATE=${fields[0]} STAT_SESSION=${fields[3]} STAT_START=${fields[19]}
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

# MEMBERS: the processes of session $1, without process $2.
session_members() {
  local entry
  MEMBERS=()
  for entry in /proc/[0-9]*; do
    entry=${entry#/proc/}
    if [[ $entry != "$2" ]] && read_stat "$entry" && [[ $STAT_SESSION == "$1" ]]; then
      MEMBERS+=("$entry")
    fi
  done
}

# Whether the process $1 has DEPLOY_ATTEMPT=$2 in its environment, as far as we may read it.
carries_mark() {
  local variables variable
  { mapfile -d '' -t variables <"/proc/$1/environ"; } 2>/dev/null || return 1
  for variable in "${variables[@]}"; do
    [[ $variable != "DEPLOY_ATTEMPT=$2" ]] || return 0
  done
  return 1
}

# MEMBERS: what is left of the session of the leader named in directory $1. The kernel gives a session's number to
# nobody else while one member lives, so one member with our mark says that all are ours; without a leader and without
# a mark they may be anybody's.
left_of() {
  local member
  MEMBERS=()
  read_process "$1/leader" || return 0
  if read_stat "$PROCESS_PID"; then
    if [[ $STAT_START == "$PROCESS_START" && $STAT_SESSION == "$PROCESS_PID" ]]; then
      session_members "$PROCESS_PID" 0
    fi
    return 0
  fi
  session_members "$PROCESS_PID" 0
  for member in "${MEMBERS[@]}"; do
    ! carries_mark "$member" "$1" || return 0
  done
  MEMBERS=()
}

# Sends signal $1 to the processes $2…; by sudo where they are another user's.
signal() {
  local name=$1 process
  shift
  for process in "$@"; do
    kill -s "$name" "$process" 2>/dev/null || ! read_stat "$process" || sudo -n kill -s "$name" "$process" 2>/dev/null || :
  done
}

# Ends what the command $2… lists in MEMBERS: TERM, ten seconds, KILL. $1 is called while it waits.
end_members() {
  local meanwhile=$1 begun termed=' ' member
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
    nap 0.05
  done
}

# Ends what is left of the session of the leader in directory $1; $2 is called while it waits.
end_session() { end_members "${2:-:}" left_of "$1"; }
