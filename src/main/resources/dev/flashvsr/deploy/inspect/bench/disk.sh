# shellcheck shell=bash disable=SC2154 # variables and functions of place.sh
# Measures the disk below the root's place, in a directory of its own that it removes again. Its arguments: the root; the
# most bytes of the large file; the most small files; the seconds that each of the measurements may take.
set -uo pipefail
export LC_ALL=C
LEAST=4000000000 # bytes that must be free
PIECE=$((32 << 20))

# REPLY: nanoseconds.
now() { REPLY=$(date +%s%N); }

# Prints $1=$2 a second, for what took from $3 to $4, divided by $5.
rate() {
  local millis=$((($4 - $3) / 1000000))
  ((millis > 0)) || millis=1
  local value=$(($2 * 10000 / millis / $5))
  printf '%s=%d.%d\n' "$1" $((value / 10)) $((value % 10))
}

# Pieces until it is large enough, or the time is up; each is on the disk before the next.
write_large() {
  local start end status
  head -c "$PIECE" /dev/urandom >"$dir/piece" || return 1
  sync "$dir/piece" 2>/dev/null
  : >"$dir/large"
  now
  start=$REPLY end=$REPLY
  while (($(stat -c %s "$dir/large") < size && end - start < seconds * 1000000000)); do
    status=0
    timeout -k 1 "$seconds" dd if="$dir/piece" of="$dir/large" bs=4M oflag=append conv=notrunc,fsync 2>/dev/null || status=$?
    now
    end=$REPLY
    ((status == 0 || status == 124 || status == 137)) || return 1
  done
  written=$(stat -c %s "$dir/large")
  printf 'size_bytes=%d\n' "$written"
  rate write_mb_s "$written" "$start" "$end" 1000000
}

# Past the memory of the kernel, where the file system lets us.
read_large() {
  local start how=direct flag=direct bytes
  dd of="$dir/large" oflag=nocache conv=notrunc count=0 2>/dev/null
  if ! dd if="$dir/large" of=/dev/null bs=4M count=1 iflag=direct 2>/dev/null; then
    how=cached flag=fullblock
  fi
  now
  start=$REPLY
  bytes=$(timeout -k 1 "$seconds" dd if="$dir/large" bs=4M iflag="$flag" 2>/dev/null | wc -c)
  now
  printf 'read_how=%s\n' "$how"
  rate read_mb_s "$bytes" "$start" "$REPLY" 1000000
}

# What unpacking and removing a tree of packages is made of. Builtins only: a process a file would be what is measured.
small_files() {
  local i made=0 start middle late data
  printf -v data '%2048s' ''
  mkdir "$dir/small" || return 1
  now
  start=$REPLY
  late=$((SECONDS + seconds))
  for ((i = 0; i < most_files && SECONDS < late; i++)); do
    printf '%s' "$data" >"$dir/small/$i" || return 1
    made=$((i + 1))
  done
  now
  middle=$REPLY
  printf 'files=%d\n' "$made"
  rate create_per_s "$made" "$start" "$middle" 1
  for ((i = 0; i < made; i++)); do
    [[ -s $dir/small/$i ]] || return 1
  done
  now
  rate stat_per_s "$made" "$middle" "$REPLY" 1
  middle=$REPLY
  rm -rf -- "$dir/small"
  now
  rate delete_per_s "$made" "$middle" "$REPLY" 1
  rate files_per_s "$made" "$start" "$REPLY" 1
}

place=$1 size=$2 most_files=$3 seconds=$4
find_place "$place"
printf 'place=%s\n' "$place"
{ read -r _ && read -r free type; } < <(df -B1 --output=avail,fstype -- "$place" 2>/dev/null)
printf 'type=%s\nfree_bytes=%s\n' "${type-}" "${free-}"
if [[ ! ${free-} =~ ^[0-9]+$ ]]; then
  echo "refused=nobody says how much is free in $place"
  exit 3
fi
if ((free < LEAST)); then
  echo "refused=less than 4 GB are free in $place"
  exit 3
fi
((size <= free / 20)) || size=$((free / 20))
sweep
make_dir
write_large || { echo 'error=the large file could not be written'; exit 1; }
read_large
rm -f -- "$dir/large" "$dir/piece"
small_files || { echo 'error=the small files could not be written'; exit 1; }
