# shellcheck shell=bash disable=SC2034,SC2154,SC2004 # shares variables with the scripts that it is part of
# Entries, the one format for structured data in both directions: "NAME SIZE", newline, SIZE raw bytes, newline.

# Prints an entry; its size is in bytes because every script here sets LC_ALL=C.
put_entry() { printf '%s %d\n%s\n' "$1" "${#2}" "$2"; }

# Adds an entry to the variable `entries`, to be printed with others.
add_entry() {
  local entry
  printf -v entry '%s %d\n%s\n' "$1" "${#2}" "$2"
  entries+=$entry
}

# Prints a file as an entry, where there is one.
put_file_entry() {
  local content
  ! slurp content "$2" || put_entry "$1" "$content"
}

# Reads the next header into ENTRY_NAME and ENTRY_SIZE. 1: the end mark; 2: the stream broke off or is no list of entries.
# Patterns, because bash compiles a regular expression each time: that took a quarter of the reading.
read_entry() {
  local line
  IFS= read -r line || return 2
  ENTRY_NAME=${line% *} ENTRY_SIZE=${line##* }
  [[ $line == *' '* && $ENTRY_SIZE && $ENTRY_SIZE != *[!0-9]* && $ENTRY_SIZE != 0?* && ${#ENTRY_SIZE} -le 15 ]] || return 2
  if [[ $ENTRY_NAME == . ]]; then
    return 1
  fi
  [[ $ENTRY_NAME && $ENTRY_NAME != *[!A-Za-z0-9._/@+-]* && "/$ENTRY_NAME/" != *//* && "/$ENTRY_NAME/" != */./* && "/$ENTRY_NAME/" != */../* ]] || return 2
}

# Reads the entry's bytes (text, no NUL) into the variable $1. A builtin for the short ones: a process each would be slow.
entry_text() {
  local entry_bytes='' entry_end
  if ((ENTRY_SIZE > 1024)); then
    entry_bytes=$(head -c "$ENTRY_SIZE" && printf x)
    entry_bytes=${entry_bytes%x}
    ((${#entry_bytes} == ENTRY_SIZE)) || return 2
  elif ((ENTRY_SIZE > 0)); then
    IFS= read -r -N "$ENTRY_SIZE" entry_bytes || return 2
  fi
  IFS= read -r -N 1 entry_end && [[ $entry_end == $'\n' ]] || return 2
  printf -v "$1" '%s' "$entry_bytes"
}

# Reads the entry's bytes, whatever they are, into the file $1.
entry_file() {
  local newline
  head -c "$ENTRY_SIZE" >"$1" && IFS= read -r -N 1 newline && [[ $newline == $'\n' ]]
}
