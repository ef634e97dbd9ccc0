#!/usr/bin/env bash
# A network whose certificates an authority of its own signs: what the box states for one program (SSL_CERT_FILE, GIT_SSL_CAINFO, ...) is stated for all.
# Real curl, wget, git, pip and Python against an https server on 127.0.0.1.
# shellcheck disable=SC2016 # what others expand
set -u
repo=$(cd "$(dirname "$0")/../../.." && pwd -P)
# shellcheck source=src/test/sh/lib/check.sh
. "$repo/src/test/sh/lib/check.sh"

if ! command -v openssl >/dev/null; then
  skip "authorities of a network" "there is no openssl"
  finish
fi
# -- an authority, and a server that it vouches for --
(
  cd "$work" && mkdir www &&
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj '/CN=authority of a test' -keyout ca.key -out ca.pem &&
    openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout s.key -out s.csr &&
    printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\n' >ext &&
    openssl x509 -req -in s.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile ext -out s.pem &&
    mkdir directory && cp ca.pem "directory/$(openssl x509 -noout -hash -in ca.pem).0"
) >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
git init -q --bare "$work/www/r.git"
git -C "$work/www/r.git" update-server-info
mkdir -p "$work/www/simple/nothing"
echo hello >"$work/www/file"
cat >"$work/server.py" <<'PY'
import functools, http.server, ssl, sys
handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=sys.argv[1] + "/www")
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1] + "/s.pem", sys.argv[1] + "/s.key")
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_port, flush=True)
server.serve_forever()
PY
python3 "$work/server.py" "$work" >"$work/port" 2>/dev/null &
server=$!
trap 'kill "$server"; rm -rf "$work"' EXIT
until [ -s "$work/port" ]; do kill -0 "$server" || exit 1; done
url=https://localhost:$(<"$work/port")
python3 -m venv "$work/venv" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }

# environment NAME=VALUE...: what scripts get on a box whose session has these, as lines NAME=VALUE.
environment() {
  env -i PATH="$PATH" HOME="$work" "$@" bash -c 'set -uo pipefail; . "$1"; base_environment
    for name in "${!DEPLOY_BASE[@]}"; do printf "%s=%s\n" "$name" "${DEPLOY_BASE[$name]}"; done' - "$repo/src/main/resources/dev/flashvsr/deploy/box/env.sh"
}
# Runs a command in that environment.
with() { env -i "${given[@]}" PYTHONDONTWRITEBYTECODE=1 GIT_TERMINAL_PROMPT=0 "$@"; }

curls() { with curl -sSf -o "$work/got" "$url/file" && same hello "$(<"$work/got")"; }
gits() { with git ls-remote "$url/r.git"; }
pips() {
  with "$work/venv/bin/pip" --disable-pip-version-check --retries 0 download --no-deps -d "$work" --index-url "$url/simple/" nothing >"$work/said" 2>&1
  has "$(<"$work/said")" 'from versions: none' && ! grep -i 'certificate' "$work/said"
}
pythons() { with python3 -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1])' "$url/file"; }
# As the playbook's library does it, on a box without curl, too.
fetches() {
  mkdir -p "$work/root"
  rm -f "$work/root/file"*
  with root="$work/root" STEP_DIR="$work" bash -euo pipefail -c "$(cat "$repo"/playbooks/flashvsr/lib/*.sh)
type() { [[ $1 == curl || \$* != '-P curl' ]] && builtin type \"\$@\"; }
fetch_file $url/file $(sha256sum <"$work/www/file" | head -c 64) \$root/file"
}
all_trust() { curls && gits && pips && pythons && fetches curl && fetches wget; }

none() { mapfile -t given < <(environment); ! curls && ! gits && ! pips && ! pythons; }
check "a server of a foreign authority is trusted by none" none
mapfile -t given < <(environment "SSL_CERT_FILE=$work/ca.pem")
check "SSL_CERT_FILE of the box serves curl, wget, git, pip and Python" all_trust
same_as() { same "$(environment "$1=$3" | LC_ALL=C sort)" "$(environment "$2=$3" | LC_ALL=C sort)"; }
for name in CURL_CA_BUNDLE REQUESTS_CA_BUNDLE GIT_SSL_CAINFO PIP_CERT AWS_CA_BUNDLE; do
  check "... and so does $name" same_as SSL_CERT_FILE "$name" "$work/ca.pem"
done
mapfile -t given < <(environment "SSL_CERT_DIR=$work/directory")
check "SSL_CERT_DIR, a directory, does as well" all_trust
for name in GIT_SSL_CAPATH REQUESTS_CA_BUNDLE; do
  check "... and so does $name" same_as SSL_CERT_DIR "$name" "$work/directory"
done
kept() {
  cp "$work/ca.pem" "$work/other.pem"
  environment "SSL_CERT_FILE=$work/ca.pem" "GIT_SSL_CAINFO=$work/other.pem" CURL_CA_BUNDLE=/nonexistent >"$work/said"
  has "$(<"$work/said")" "GIT_SSL_CAINFO=$work/other.pem" && has "$(<"$work/said")" "CURL_CA_BUNDLE=$work/ca.pem" && has "$(<"$work/said")" "SSL_CERT_FILE=$work/ca.pem" &&
    same '' "$(grep PIP_ "$work/said")" && same '' "$(environment CURL_CA_BUNDLE=/nonexistent | grep -E 'CURL|CERT|SSL')"
}
check "two that differ are kept apart; one that names nothing is left out; PIP_* is not passed on" kept
finish
