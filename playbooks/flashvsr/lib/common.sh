# shellcheck shell=bash
# shellcheck disable=SC2154 # variables of the playbook, and functions of the other files here
# What every step works with. The files of this directory stand in front of every script of this playbook; their functions print what they do.
#
# Layout under $root:
#   downloads/   what was fetched, verified, kept until `clean`     conda/    Miniforge
#   env/         the Python environment                             cuda/     CUDA compiler, where the box has none
#   tools/       compilers, Git and the like, where the box has none and none may be installed
#   FlashVSR/    FlashVSR's source                                  src/      other sources, with their build trees
#   weights/     model files                                        wheels/   wheels built here
#   smoke/       the last smoke run                                 tmp/      temporary files of builds

export PYTHONNOUSERSITE=1 PYTHONUTF8=1 GIT_TERMINAL_PROMPT=0 GIT_OPTIONAL_LOCKS=0
# What programs keep for later goes to the disk of $root; that of the home directory may be small, or be gone after a stop.
export XDG_CACHE_HOME=$root/tmp/cache TRITON_CACHE_DIR=$root/tmp/cache/triton MODELSCOPE_CACHE=$root/tmp/cache/modelscope
export CUDA_CACHE_PATH=$root/tmp/cache/cuda
# What the box has itself comes first.
export PATH=$PATH:$root/tools/bin
if [[ -z ${SSL_CERT_FILE:-} && -f $root/tools/ssl/cacert.pem && ! -e /etc/ssl/certs/ca-certificates.crt && ! -e /etc/pki/tls/certs/ca-bundle.crt ]]; then
  export SSL_CERT_FILE=$root/tools/ssl/cacert.pem CURL_CA_BUNDLE=$root/tools/ssl/cacert.pem GIT_SSL_CAINFO=$root/tools/ssl/cacert.pem
fi
# shellcheck disable=SC2034 # for the other files and the steps
python=$root/env/bin/python

say() { printf '%s\n' "$*"; }

# Ends the step: nothing but a change of something makes it work.
fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# Ends the step with EX_TEMPFAIL: the same may work in a while.
fail_for_now() {
  printf 'error: %s\n' "$*" >&2
  exit 75
}

# pinned NAME...: each of these variables must have a value.
pinned() {
  local name
  for name; do
    [[ -n ${!name} ]] || fail "the variable $name is empty: env/flashvsr.yaml pins it; take its line over into the file given by --env"
  done
}

# lines TEXT: its lines without blanks at the ends, empty lines and comments. Nowhere here is a text given to a command as its input (<<<, <<): before
# bash 5.1 that is a file below TMPDIR, and where none can be written a loop over it ends as if there were no lines.
lines() {
  local line blank=$' \t\r' IFS=$'\n' -
  set -f
  # shellcheck disable=SC2086 # a word is a line
  for line in $1; do
    line=${line#"${line%%[!"$blank"]*}"}
    line=${line%"${line##*[!"$blank"]}"}
    [[ -z $line || $line == '#'* ]] || printf '%s\n' "$line"
  done
}

# -- marks: "this was finished with that", shown by a rename as the very last thing an apply does -------------------

# mark FILE TEXT
mark() {
  mkdir -p -- "${1%/*}"
  printf '%s\n' "$2" >"$1.new"
  mv -f -- "$1.new" "$1"
}

# marked FILE TEXT
marked() { [[ -f $1 && $(<"$1") == "$2" ]]; }

# -- files ----------------------------------------------------------------------------------------------------------

# sha256 FILE. Where that can't be told ("|| exit 75" behind it ends the step) nothing is known of FILE: it is neither right nor wrong.
sha256() {
  local line
  line=$(sha256sum -b -- "$1") || fail_for_now "$1 can't be read to the end, so that its SHA-256 is not known; it is left as it is"
  printf '%s\n' "${line:0:64}"
}

sha256_text() {
  local line
  line=$(printf '%s' "$1" | sha256sum -b)
  printf '%s\n' "${line:0:64}"
}

size_of() { stat -c %s -- "$1" 2>/dev/null || printf '0\n'; }

# step_file NAME: a file that came with the step.
step_file() {
  local at
  for at in "$STEP_FILES/files/$1" "$STEP_FILES/$1"; do
    if [[ -f $at ]]; then
      printf '%s\n' "$at"
      return
    fi
  done
  fail "the file $1 did not come with the step"
}

# contains FILE TEXT
contains() {
  local line
  while IFS= read -r line || [[ -n $line ]]; do
    if [[ $line == *"$2"* ]]; then return 0; fi
  done <"$1"
  return 1
}

# is_file SHA256 FILE
is_file() {
  local got
  [[ -f $2 ]] || return 1
  [[ $1 != any ]] || return 0
  got=$(sha256 "$2") || exit 75
  [[ $got == "$1" ]]
}

# make_dir DIR
make_dir() {
  mkdir -p -- "$1" || fail "the directory $1 can't be made: may $(id -un) write below $root? Else take another place with --set root=DIRECTORY"
}

# A directory for temporary files on the disk that has the room; /tmp may be small, or in memory.
scratch() {
  mkdir -p -- "$root/tmp"
  printf '%s\n' "$root/tmp"
}
