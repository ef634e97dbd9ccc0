# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# Small files under .deploy, read without a new process and written so that a kill never leaves half of one.
# $deploy: the directory .deploy, for the reserve.

# Puts the exact bytes of a file into the variable $1; 1 where it can't be read.
slurp() { { IFS= read -r -d '' "$1" <"$2" || [[ -r $2 ]]; } 2>/dev/null; }

# TEXT_LINES: the lines of $1 that are not empty. Texts are split here and not read from <<<, which before bash 5.1 is a file: where /tmp is full, there
# would seem to be none.
split_lines() {
  local IFS=$'\n' -
  set -f
  # shellcheck disable=SC2206 # a word is a line
  TEXT_LINES=($1)
}

# REPLY: the first line of a file, empty where there is none.
first_line() {
  REPLY=
  { IFS= read -r REPLY <"$1"; } 2>/dev/null || :
}

# REPLY: the value of the line "$2=value" of the file $1, empty where there is none.
value_of() {
  local line
  REPLY=
  while IFS= read -r line; do
    if [[ $line == "$2="* ]]; then
      REPLY=${line#*=}
      return
    fi
  done 2>/dev/null <"$1" || :
}

# Writes $2 into the file $1 by a rename; with "sync" as $3 it is on the disk before that. A full disk gives up the reserve.
put() {
  local again
  put_once "$@" && return
  for again in 1 2 3; do # what is given up may be taken by others before it is used here
    give_up_reserve
    put_once "$@" && return
  done
  return 1
}

put_once() {
  local new=$1.new$BASHPID
  if { printf '%s' "$2" >"$new"; } 2>/dev/null && { [[ ${3-} != sync ]] || sync "$new"; } && mv -fT "$new" "$1"; then
    return
  fi
  rm -f "$new"
  return 1
}

# Writes $2 into the file $1 unless there is one: of several that try at once, one returns 0.
put_first() {
  local new=$1.new$BASHPID won=1
  { printf '%s' "$2" >"$new"; } 2>/dev/null || { give_up_reserve && printf '%s' "$2" >"$new"; } || return 1
  if ln -T "$new" "$1" 2>/dev/null; then
    won=0
  elif [[ ! -e $1 ]] && mv -nT "$new" "$1" && [[ ! -e $new ]]; then
    won=0 # a file system without links
  fi
  rm -f "$new"
  return "$won"
}

# Frees some of the space and of the inodes that were kept for exit codes and checkpoints: not all, for a step that fills the
# disk takes at once what it is left, and others have their exit codes to write, too.
give_up_reserve() {
  local spare=("$deploy"/spare/*)
  rm -f -- "${spare[@]:0:8}"
  truncate -c -s -256K "$deploy/reserve" 2>/dev/null # last: a step that waits for room is quick
  [[ -s $deploy/reserve ]] || rm -f "$deploy/reserve"
  return 0
}

# REPLY: why nothing can be written below $deploy, as the mount shows it now; empty where it shows nothing.
why_full() {
  local said space inodes free mount
  REPLY=
  said=$({ head -c 65536 /dev/zero >"$deploy/.room.$$"; } 2>&1 && sync "$deploy/.room.$$" 2>&1; rm -f "$deploy/.room.$$")
  { read -r _ && read -r space inodes free mount; } < <(df -B1 --output=avail,itotal,iavail,target "$deploy" 2>/dev/null) || return 0
  if [[ $inodes == [1-9]* && $free =~ ^[0-9]+$ ]] && ((free < 8)) && [[ $said || $free == 0 ]]; then
    REPLY="no inodes left at $mount: it holds as many files as it can (df -i)"
  elif [[ $said == *'No space left'* ]] || { [[ $space =~ ^[0-9]+$ ]] && ((space < 65536)); }; then
    REPLY="no space left at $mount"
  elif [[ $said ]]; then
    said=${said##*: }
    REPLY="${said,} at $mount"
  fi
}

# Adds a line to a file; a full disk gives up the reserve, and the broken line is ended.
add_line() {
  { printf '%s\n' "$2" >>"$1"; } 2>/dev/null || { give_up_reserve && printf '\n%s\n' "$2" >>"$1"; }
}

# REPLY: hundredths of a second since the machine started; the wall clock may jump.
uptime_now() {
  local rest
  read -r REPLY rest </proc/uptime
  REPLY=$((10#${REPLY/./}))
}

# Waits $1 seconds without a new process: nobody ever writes to this pipe.
nap() {
  [[ -n ${NAP_FD-} ]] || exec {NAP_FD}<> <(:)
  read -r -t "$1" -u "$NAP_FD" || :
}
