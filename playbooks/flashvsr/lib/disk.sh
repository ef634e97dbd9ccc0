# shellcheck shell=bash
# shellcheck disable=SC2154 # variables of the playbook, and functions of the other files here
# Room on the disk, and what is said where there is none.

# need_room DIR BYTES WHAT: ends the step where what is to come to DIR would not fit on its disk.
need_room() {
  local free
  make_dir "$1"
  free=$(($(df --output=avail -k -- "$1" | tail -n 1) * 1024))
  ((free >= $2)) || fail "$3 needs $(($2 / 1000000)) MB on the disk of $1, and $((free / 1000000)) MB are free. Make room there, or take another place with --set root=DIRECTORY"
}

# room DIR: "MIB FILES MOUNT" that are free on the disk of DIR (or of what will hold it); FILES is "-" where the file system counts none.
room() {
  local dir=$1 kib files all mount
  while [[ ! -d $dir ]]; do
    dir=${dir%/*}
    dir=${dir:-/}
  done
  read -r kib files all mount < <(df -k --output=avail,iavail,itotal,target -- "$dir" | tail -n 1)
  [[ $all =~ ^[1-9][0-9]*$ ]] || files=-
  printf '%d %s %s\n' $((kib / 1024)) "$files" "$mount"
}

# room_words DIR: the same for people.
room_words() {
  local mib files mount
  read -r mib files mount < <(room "$1")
  printf '%d MiB' "$mib"
  [[ $files == - ]] || printf ' and room for %s files' "$files"
  printf ' are free on %s' "$mount"
}

# no_room DIR: the disk of DIR is full, or as good as: no bytes, or no files.
no_room() {
  local mib files _
  read -r mib files _ < <(room "$1")
  ((mib < 1)) || [[ $files =~ ^[0-9]$ ]]
}

# stop_if_full DIR WHAT: ends the step if that is why WHAT failed.
stop_if_full() { ! no_room "$1" || fail "$2: no space left"; }

# Whatever ended the step: a full disk is named last.
name_full_disk() {
  if (($? != 0)) && no_room "$root"; then
    printf 'error: the disk is full: %s. Make room there, or set root to a directory on a larger disk; then run again\n' "$(room_words "$root")" >&2
  fi
}
trap name_full_disk EXIT
