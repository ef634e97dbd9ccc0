#!/usr/bin/env bash
# The bash on the box under the oldest bash that it must run with, 4.4. It is built into target/bash-4.4 from the directory
# BASH_44_SRC, or from GNU's archive; BASH_UNDER_TEST names one that is there already.
set -u
repo=$(cd "$(dirname "$0")/../../../.." && pwd -P)
# shellcheck source=src/test/sh/lib/check.sh
. "$repo/src/test/sh/lib/check.sh"
archive=https://ftp.gnu.org/gnu/bash/bash-4.4.tar.gz
sha256=d86b3392c1202e8ff5a423b302e6284db7f8f435ea9f39b5b1b20fd3ac36dfcb
built=$repo/target/bash-4.4/bash

# Brings the sources to $work/bash-4.4, or says in one line why not.
sources() {
  local got
  if [ -n "${BASH_44_SRC-}" ]; then
    cp -R -- "$BASH_44_SRC" "$work/bash-4.4" || return
    # As in the archive: what came of these with autoconf and bison is newer than they are. Neither is needed.
    touch -d 2016-09-01 "$work/bash-4.4/configure.ac" "$work/bash-4.4/aclocal.m4" "$work/bash-4.4/config.h.in" "$work/bash-4.4/parse.y"
    return
  fi
  if ! curl -fsSL --connect-timeout 20 --max-time 300 --retry 2 -o "$work/bash.tar.gz" "$archive" 2>"$work/curl"; then
    echo "$archive can't be fetched, and BASH_44_SRC names no sources: $(tail -n 1 "$work/curl")"
    return 1
  fi
  got=$(sha256sum "$work/bash.tar.gz") got=${got%% *}
  if [ "$got" != "$sha256" ]; then
    echo "$archive has the SHA-256 $got, and $sha256 is published"
    return 1
  fi
  tar -xzf "$work/bash.tar.gz" -C "$work"
}

# Its C is of 2016: newer compilers take some of it for an error.
build() {
  (
    cd "$work/bash-4.4" &&
      ./configure --without-bash-malloc --disable-nls CFLAGS='-O1 -std=gnu89 -w' &&
      make
  ) && mkdir -p "${built%/*}" && cp "$work/bash-4.4/bash" "$built.new" && mv "$built.new" "$built"
}

runner_tests() {
  bash "$repo/src/test/sh/runner/run.sh" >"$work/runner" 2>&1 && return
  grep -a -A 12 '^FAILED' "$work/runner"
  tail -n 1 "$work/runner"
  return 1
}

is_44() {
  # shellcheck disable=SC2016 # that bash expands it
  same 4.4 "$("$built" -c 'echo "${BASH_VERSINFO[0]}.${BASH_VERSINFO[1]}"')"
}

if [ -z "${BASH_UNDER_TEST-}" ]; then
  if [ ! -x "$built" ]; then
    if ! why=$(sources); then
      skip "the bash on the box under bash 4.4" "$why"
      finish
    fi
    check "bash 4.4 is built" build
  fi
  check "what was built is bash 4.4" is_44
  [ "$failed" = 0 ] || finish
  export BASH_UNDER_TEST=$built
fi
# shellcheck disable=SC2016 # that bash expands it
version=$("$BASH_UNDER_TEST" -c 'echo "$BASH_VERSION"') || version='no bash'
check "the bash on the box under bash $version" runner_tests
finish
