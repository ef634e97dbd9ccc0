# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables shared with the caller
# Shared by the tests of the playbook: a place to work in, a server, and scripts run as the box runs them.
# The caller sets $here (the directory of the tests). Afterwards $playbook and $work are set, and $url by start_server.

playbook=$(cd "$here/../../../playbooks/flashvsr" && pwd)
work=$(mktemp -d)
mkdir -p "$work/root" "$work/www" "$work/step" "$work/bin"
passed=0 failed=0 server=

at_end() {
  if [[ -n $server ]]; then kill "$server"; fi
  chmod -R u+w "$work"
  rm -rf "$work"
}
trap at_end EXIT

# start_server DIR
start_server() {
  python3 "$here/playbook/server.py" "$1" "$work/server.log" >"$work/port" &
  server=$!
  until [[ -s $work/port ]]; do
    kill -0 "$server" || exit 1
  done
  url=http://127.0.0.1:$(<"$work/port")
}

# in_step ROOT COMMANDS [NAME=VALUE]...: runs commands after the library, in an emptied environment and a session of their own; $status, and
# output in $work/log.
in_step() {
  local root=$1 commands=$2
  shift 2
  status=0
  env -i HOME="$work" PATH="$work/bin:$PATH" LC_ALL=C.UTF-8 root="$root" STEP_DIR="$work/step" STEP_ATTEMPT=1 "$@" \
    setsid -w bash -euo pipefail -c "$(cat "$playbook"/lib/*.sh)"$'\n'"$commands" >"$work/log" 2>&1 </dev/null || status=$?
}

# A Python with numpy and imageio-ffmpeg, kept for the next time, as it is downloaded: $driver_python. Fails where that can't be.
with_driver_python() {
  driver_python=$here/../../../target/driver-python/bin/python
  "$driver_python" -c 'import numpy, imageio_ffmpeg' 2>/dev/null && return
  python3 -m venv "${driver_python%/bin/python}" &&
    "$driver_python" -m pip install -q numpy==1.26.4 imageio-ffmpeg==0.6.0
} >"$work/log" 2>&1

# expect WHAT STATUS GOT WANTED
expect() {
  if [[ $status == "$2" && $3 == "$4" ]]; then
    passed=$((passed + 1))
    printf 'ok - %s\n' "$1"
  else
    failed=$((failed + 1))
    printf 'not ok - %s\n  status %s, wanted %s\n  got:    %s\n  wanted: %s\n' "$1" "$status" "$2" "$3" "$4"
    tail -n 20 "$work/log" | sed 's/^/  | /'
  fi
}

finish() {
  printf '%d passed, %d failed\n' "$passed" "$failed"
  ((failed == 0))
}
