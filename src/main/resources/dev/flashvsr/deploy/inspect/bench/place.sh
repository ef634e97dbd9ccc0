# shellcheck shell=bash
# Where measurements write: a directory of their own below the root's place, removed again however they end.

# place: the directory $1, or the nearest above it that is there.
find_place() {
  place=$1
  while [[ ! -d $place && $place == /*/* ]]; do place=${place%/*}; done
  [[ -d $place ]] || place=/
}

# dir: the directory below $place; ends with 3 where nothing can be written there.
make_dir() {
  dir=$place/.flashvsr-bench.$HOSTNAME.$BASHPID
  if ! mkdir -m 700 -- "$dir" 2>/dev/null; then
    echo "refused=nothing can be written in $place"
    exit 3
  fi
  trap 'rm -rf -- "$dir"' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 141' PIPE
  trap 'exit 143' TERM
}

# Removes what an earlier run left: its process is gone, or it is older than any run gets.
sweep() {
  local left pid
  for left in "$place/.flashvsr-bench.$HOSTNAME."*; do
    pid=${left##*.}
    if [[ -d $left && ! -L $left && -O $left && $pid =~ ^[0-9]+$ && ! -e /proc/$pid ]]; then
      rm -rf -- "$left"
    fi
  done
  find "$place" -maxdepth 1 -type d -name '.flashvsr-bench.*' -user "$(id -u)" -mmin +10 -exec rm -rf -- {} + 2>/dev/null
}
