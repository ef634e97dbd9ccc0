# shellcheck shell=bash
# shellcheck disable=SC2154 # variables of the playbook, and functions of the other files here
# Downloads over HTTP.

# fetch_file URL SHA256 FILE: FILE holds what URL gives, and has that SHA-256. Goes on where an earlier attempt was cut off (FILE.part);
# waits as a busy server asks (429, 503: Retry-After). With FETCH_TOKEN set, that is sent as bearer token.
# All that this playbook downloads comes by this function, but for what Git and apt-get fetch.
fetch_file() {
  local url=$1 sha=$2 file=$3 part=$3.part name=${3##*/} tries=0 status code before wait
  if is_file "$sha" "$file"; then return 0; fi
  if [[ -f $file ]]; then
    say "$name is there, but is not the one that is pinned: fetched anew"
    rm -f -- "$file"
  fi
  [[ -n $(type -P curl || type -P wget) ]] ||
    fail "nothing can be downloaded: this box has neither curl nor wget, and none may be installed. Ask for one of them, or for an image that has it"
  make_dir "${file%/*}"
  [[ $sha == any ]] || say "fetching $name from $url"
  while ((++tries <= 6)); do
    [[ $sha != any ]] || rm -f -- "$part"
    before=$(size_of "$part") status=0
    code=$(curl_file "$url" "$part" "$sha") || status=$?
    # shellcheck disable=SC2034 # for read_index
    fetched_from=${code#* } code=${code%% *}
    ((status)) || : >>"$part" # nothing at all makes no file
    (($(size_of "$part") <= before)) || tries=1
    case $status:$code in
      0:*)
        if is_file "$sha" "$part"; then
          take_part "$part" "$file"
          return 0
        fi
        # A part of one file and the rest of another: once more from its beginning.
        refuse_or_restart "$url" "$sha" "$part" "$before"
        continue
        ;;
      22:416 | 33:* | 36:*) # nothing is left to fetch, or the server can't go on in the middle
        if is_file "$sha" "$part"; then
          take_part "$part" "$file"
          return 0
        fi
        rm -f -- "$part"
        continue
        ;;
      22:401 | 22:403)
        if [[ -n ${FETCH_TOKEN:-} ]]; then
          say "the server refuses the token (HTTP $code): trying without it"
          FETCH_TOKEN=
          continue
        fi
        fail "$url: refused (HTTP $code). A mirror may serve it: set the variable that holds this address. If it asks for a login, set HF_TOKEN to one that may read it"
        ;;
      22:404 | 22:410 | 37:*) fail "$url: not there (HTTP $code). Is the address right, and is the mirror complete?" ;;
      23:*) fail "$part can't be written$(to_come "$part.headers"): $(room_words "${file%/*}"). Make room there, or take another place with --set root=DIRECTORY" ;;
      60:* | 77:*) fail "$url: the server's certificate is not accepted. Is this box's clock right ($(date -u)), and is ca-certificates installed?" ;;
      1:* | 3:*) fail "$url: curl can't use this address" ;;
    esac
    wait=$(retry_after "$part.headers" "$tries")
    say "$name: interrupted (curl $status, HTTP $code) at $(size_of "$part") bytes; again in $wait s"
    sleep "$wait"
  done
  [[ $code != 429 ]] || fail_for_now "$url: this server takes no more requests from here for now (HTTP 429). It may take more with a token: set HF_TOKEN"
  fail_for_now "$url: gave up after several interruptions; what has come is kept"
}

# to_come HEADERS: " (N MiB are to come)", where the server said so.
to_come() {
  local line bytes=0
  while IFS= read -r line; do
    if [[ ${line,,} =~ ^content-length:\ *([0-9]{1,15}) ]]; then bytes=${BASH_REMATCH[1]}; fi
  done <"$1"
  ((bytes == 0)) || printf ' (%d MiB were to come)' $(((bytes + 1048575) / 1048576))
}

# take_part PART FILE
take_part() {
  mv -f -- "$1" "$2" || fail "$2 can't be written"
  rm -f -- "$1.headers"
}

# fetch_page URL FILE: FILE holds what URL gives now. For lists of what there is: nothing of it is believed but addresses, of files that
# are pinned. $fetched_from is where it came from in the end.
fetch_page() {
  rm -f -- "$2"
  fetch_file "$1" any "$2"
}

# One transfer; prints the HTTP status and the last address. The token goes through a pipe, so that no process list shows it.
curl_file() {
  local show=--progress-bar token=${FETCH_TOKEN:-}
  token=${token//[[:space:]]/} # such as a line's end that came along
  if [[ -z $(type -P curl) ]]; then
    [[ -z $token ]] || say "the token is not sent, as wget would show it to every user of this box; curl is not here" >&2
    wget_file "$1" "$2"
    return
  fi
  [[ $3 != any ]] || show='--silent --show-error'
  # shellcheck disable=SC2086 # options
  printf '%s\n' "${token:+header = \"Authorization: Bearer $token\"}" |
    curl --config - --fail --location --globoff $show --connect-timeout 30 --speed-limit 1000 --speed-time 60 --continue-at - \
      --dump-header "$2.headers" --output "$2" --write-out '%{http_code} %{url_effective}' "$1"
}

# wget_file URL FILE: the same by GNU wget, for a box without curl; ends with what curl would end with.
wget_file() {
  local line status=0 code=000 at=$1 before trusted=()
  before=$(size_of "$2")
  # It knows none of the variables by which others find the authorities of the box.
  [[ -z ${SSL_CERT_FILE:-} ]] || trusted+=("--ca-certificate=$SSL_CERT_FILE")
  [[ -z ${SSL_CERT_DIR:-} ]] || trusted+=("--ca-directory=${SSL_CERT_DIR%%:*}")
  wget ${trusted[@]+"${trusted[@]}"} --no-config --no-verbose --server-response --tries=1 --timeout=60 \
    --continue --output-document "$2" "$1" 2>"$2.log" </dev/null || status=$?
  while IFS=$' \t\r' read -r line; do
    printf '%s\n' "$line"
    if [[ $line =~ ^HTTP/[0-9.]+\ ([0-9]{3}) ]]; then code=${BASH_REMATCH[1]}; fi
    if [[ ${line,,} == 'location: http'* ]]; then at=${line#* }; fi
  done <"$2.log" >"$2.headers"
  ((status == 0)) || tail -n 1 -- "$2.log" >&2
  rm -f -- "$2.log"
  printf '%s %s\n' "$code" "$at"
  case $status in
    0) ;;
    3) return 23 ;;
    5) return 60 ;;
    8) return 22 ;;
    *)
      if [[ $code == 200 ]] && ((before > 0 && $(size_of "$2") == before)); then return 33; fi
      return 56
      ;;
  esac
}

refuse_or_restart() {
  local url=$1 sha=$2 part=$3 before=$4 got
  got=$(sha256 "$part") || exit 75
  rm -f -- "$part"
  ((before > 0)) || fail "$url has the SHA-256 $got, but $sha is pinned. The mirror is wrong, or the pin is"
  say "what was put together has a wrong SHA-256: once more from its beginning"
}

# Seconds to wait: what the server asked for (a number, or a date), at most 5 minutes; else longer each time.
retry_after() {
  local line seconds=$((2 ** $2)) asked
  if [[ -f $1 ]]; then
    while IFS= read -r line; do
      [[ ${line,,} =~ ^retry-after:\ *(.*[^[:space:]])[[:space:]]*$ ]] || continue
      asked=${BASH_REMATCH[1]}
      if [[ $asked =~ ^0*([0-9]{1,9})$ ]]; then
        seconds=${BASH_REMATCH[1]}
      elif [[ $asked =~ ^[0-9]+$ ]]; then
        seconds=300
      elif asked=$(date -d "$asked" +%s 2>/dev/null); then
        asked=$((asked - $(date +%s)))
        seconds=$((asked > 0 ? asked : 1))
      fi
    done <"$1"
  fi
  printf '%d\n' $((seconds > 300 ? 300 : seconds))
}

# to_fetch SHA256 URL FILE [BYTES [SECRET]]: the line of a step's downloads() for a file that fetch_file would bring. One that lies under its name was
# whole when it got it.
to_fetch() {
  [[ -z $1 || -f $3 ]] || printf 'file %s %s %s %s %s\n' "$1" "$2" "${4:--}" "${5:--}" "$3"
}
