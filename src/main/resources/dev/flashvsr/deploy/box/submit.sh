# shellcheck shell=bash
# submit ROOT: reads a bundle and secrets as entries on stdin, and starts its runner once all of it is here.
# Sent behind files, way, trust, entries, procs, env, logind and made.
set -uo pipefail
shopt -s nullglob
umask 077
export LC_ALL=C
deploy=$1/.deploy

# Answers that nothing was started, and why.
refuse() {
  [[ -z ${new-} ]] || rm -rf "$new" # first: where nobody hears the answer, it ends this
  put_entry refused "error=$1"$'\n'
  exit 0
}

# The same after a failed write: a disk that takes nothing more is named by its mount, else $1 is the reason.
refuse_write() {
  why_full
  refuse "${REPLY:-$1}"
}

# The same when what every run needs can't be written.
refuse_full() {
  why_full
  refuse "${REPLY:-"no space left at $deploy"}: the few MiB and inodes that the run keeps back can not be written"
}

# Removes what submits that were cut off have left; the name tells whose it is, before there is a file in it.
remove_old() {
  local old pid start
  for old in "$deploy"/runs/.new-*; do
    start=${old##*-}
    pid=${old#*/.new-}
    if ! { read_stat "${pid%-*}" && [[ $STAT_START == "$start" ]]; }; then
      rm -rf "$old"
    fi
  done
}

# Reads the entries into $new and SECRETS, up to the end mark.
receive() {
  local directory name
  while :; do
    read_entry
    case $? in
      1) return 0 ;; # the end mark
      2) return 1 ;; # a broken stream
    esac
    case $ENTRY_NAME in
      bundle/*)
        directory=$new/${ENTRY_NAME%/*}
        [[ -d $directory ]] || mkdir -p "$directory" || refuse_write "no directory can be made in $deploy"
        if ((ENTRY_SIZE > 1024)) || [[ $ENTRY_NAME == */files/* ]]; then
          entry_file "$new/$ENTRY_NAME" || return 1
        else
          entry_text name || return 1
          { printf '%s' "$name" >"$new/$ENTRY_NAME"; } 2>/dev/null || return 1
        fi
        ;;
      @secret/*)
        name=${ENTRY_NAME#@secret/}
        [[ $name =~ ^[A-Za-z_][A-Za-z0-9_]*$ ]] || return 1
        entry_text "SECRETS[$name]" || return 1
        ;;
      secrets) entry_file "$new/secrets" || return 1 ;; # their traces: enough to find them in a log, not to know them
      *) return 1 ;;
    esac
  done
}

# Puts the large files, which came before, beside the small ones. A link shows the very file that was verified when it
# came, so its size is enough; a copy, where there are no links, is verified anew.
place_stored() {
  local list hash size name file place copy
  for list in "$new"/bundle/steps/*/stored; do
    while IFS=' ' read -r hash size name; do
      [[ $hash =~ ^[0-9a-f]{64}$ && $name =~ ^[A-Za-z0-9._/@+-]+$ && "/$name/" != */../* ]] || return 1
      file=$deploy/files/$hash
      place=${list%/stored}/files/$name
      mkdir -p -- "${place%/*}" || return 1
      if ! ln -T -- "$file" "$place" 2>/dev/null; then
        cp -T -- "$file" "$place" || return 1
        copy=$(sha256sum <"$place") && [[ ${copy%% *} == "$hash" ]] || return 1
      fi
      [[ $(stat -c %s -- "$place") == "$size" ]] || return 1
    done <"$list"
  done
}

# Writes down the environment of scripts as this session has it.
note_environment() {
  local name
  mkdir "$new/env" || return 1
  base_environment
  for name in "${!DEPLOY_BASE[@]}"; do
    printf '%s' "${DEPLOY_BASE[$name]}" >"$new/env/$name" || return 1
  done
}

# Makes the spare inodes whole: files without a byte, which are removed when a write fails.
keep_inodes() {
  local number
  mkdir -p "$deploy/spare" || return 1
  for ((number = 0; number < 64; number++)); do
    { : >>"$deploy/spare/$number"; } 2>/dev/null || return 1
  done
}

# Makes the identity of the box, once, and the reserve, whenever it is not whole.
prepare_box() {
  local id now
  if [[ ! -e $deploy/box.json ]]; then
    first_line /proc/sys/kernel/random/uuid
    id=${REPLY//-/}
    TZ=UTC printf -v now '%(%Y-%m-%dT%H:%M:%SZ)T' -1
    put_first "$deploy/box.json" "{\"id\":\"$id\",\"made\":\"$now\"}"$'\n' || [[ -e $deploy/box.json ]] || return 1
  fi
  keep_inodes || return 1
  [[ $(stat -c %s "$deploy/reserve" 2>/dev/null) != 4194304 ]] || return 0
  rm -f "$deploy/reserve" # there may be no room for a second one
  # Random bytes: a file system that compresses or leaves holes out must keep them, too.
  if head -c 4194304 /dev/urandom >"$deploy/reserve.$$" 2>/dev/null && sync "$deploy/reserve.$$" && mv -fT "$deploy/reserve.$$" "$deploy/reserve"; then
    return
  fi
  rm -f "$deploy/reserve.$$"
  return 1
}

# Prints the secrets as the runner reads them: NAME=value, each ended by NUL, then a dot.
say_secrets() {
  local name
  for name in "${!SECRETS[@]}"; do printf '%s=%s\0' "$name" "${SECRETS[$name]}"; done
  printf '.\0'
}

# Becomes the runner, in a session of its own. Its stdin has the secrets: an environment is open to all processes of the user.
become_runner() {
  export_nothing
  export PATH="${DEPLOY_BASE[PATH]}" HOME="${DEPLOY_BASE[HOME]}"
  exec >/dev/null 2>>"$run_dir/runner.log"
  cd /
  exec "${SCOPE[@]}" setsid "$BASH" --noprofile --norc "$run_dir/bundle/box/runner.sh" "$run_dir"
}

declare -A SECRETS
make_deploy "$1" || refuse_write "$deploy can not be written"
chmod 700 "$deploy" || refuse "$deploy belongs to another user"
read_machine
remove_old
read_stat "$$"
new=$deploy/runs/.new-$$-$STAT_START
mkdir "$new" || refuse_write "$deploy can not be written"
# What needs nothing of the bundle, whose end may come late, behind large files.
{ prepare_box && note_environment; } </dev/null || refuse_full
choose_scope </dev/null
receive || refuse_write "the bundle did not arrive whole in $deploy"
place_stored || refuse_write "a file of a step is not as it was sent to $deploy/files"
first_line "$new/bundle/run"
run=$REPLY
[[ $run =~ ^[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}$ ]] || refuse 'the bundle names no run'
run_dir=$deploy/runs/$run
[[ ! -e $run_dir ]] || refuse "there is a run $run already"
mv -T "$new" "$run_dir" || refuse_write "$deploy can not be written"
new=
say_secrets | become_runner &
runner=$!

uptime_now
deadline=$((REPLY + 6000))
while [[ ! -e $run_dir/started && ! -e $run_dir/refused ]]; do
  read_stat "$runner" && living=yes || living=
  nap 0.02 # one that ends has written its answer before
  uptime_now
  if [[ ! -e $run_dir/started && ! -e $run_dir/refused && ! $living ]] || ((REPLY > deadline)); then
    new=$run_dir
    slurp why "$run_dir/runner.log" || why=
    refuse "the runner did not start: ${why:0:500}"
  fi
done
if [[ -e $run_dir/started ]]; then
  put_file_entry started "$run_dir/started"
else
  put_file_entry refused "$run_dir/refused"
  rm -rf "$run_dir"
fi
