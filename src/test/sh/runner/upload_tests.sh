# shellcheck shell=bash disable=SC2154 # part of run.sh
# One channel of an upload, as a lead that is alone.

# begin_upload [PATH]: makes 2 MiB in $BOX/here, and starts the receiver with this PATH; INPUT is its stdin, its first word
# has come, ANSWERS the rest.
begin_upload() {
  local word hash
  head -c 2097152 /dev/urandom >"$BOX/here"
  hash=$(sha256sum <"$BOX/here")
  mkfifo "$BOX/in" "$BOX/out"
  PATH=${1:-$PATH} box_script "$RECEIVE_BLOCKS" "$BOX/there" 2097152 "${hash%% *}" 131072 lead <"$BOX/in" >"$BOX/out" &
  RECEIVER=$!
  exec {INPUT}>"$BOX/in" {ANSWERS}<"$BOX/out"
  read -r -u "$ANSWERS" word
  is "$word" fresh
}

end_upload() {
  local said
  { echo '0 2097152' && cat "$BOX/here" && echo end; } >&"$INPUT"
  said=$(cat <&"$ANSWERS")
  is "$said" $'written\ndone'
  wait "$RECEIVER"
  cmp "$BOX/here" "$BOX/there"
}

# Of the pipe that is the receiver's stdin, in bytes. 1032 is F_GETPIPE_SZ.
pipe_size() { python3 -c "import fcntl; print(fcntl.fcntl($INPUT, 1032))"; }

test_an_upload_widens_its_pipe() {
  begin_upload
  is "$(pipe_size)" 1048576
  end_upload
}

test_without_perl_an_upload_arrives_as_well() {
  local tool
  mkdir "$BOX/bin"
  for tool in dd env head mkdir mv rm sha256sum stat; do
    ln -s "$(command -v "$tool")" "$BOX/bin/$tool"
  done
  begin_upload "$BOX/bin"
  is "$(pipe_size)" 65536
  end_upload
}
