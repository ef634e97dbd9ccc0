# shellcheck shell=bash
# shellcheck disable=SC2154 # variables of the playbook
# Functions in front of every script of this playbook. They print what they do.
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
  export SSL_CERT_FILE=$root/tools/ssl/cacert.pem
fi
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

# lines TEXT: its lines without blanks at the ends, empty lines and comments.
lines() {
  local line
  while IFS=$' \t\r' read -r line || [[ -n $line ]]; do
    [[ -z $line || $line == '#'* ]] || printf '%s\n' "$line"
  done <<<"$1"
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

sha256() {
  local line
  line=$(sha256sum -b -- "$1") || return
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

# -- downloads ------------------------------------------------------------------------------------------------------

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

# make_dir DIR
make_dir() {
  mkdir -p -- "$1" || fail "the directory $1 can't be made: may $(id -un) write below $root? Else take another place with --set root=DIRECTORY"
}

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

# is_file SHA256 FILE
is_file() { [[ -f $2 && ($1 == any || $(sha256 "$2") == "$1") ]]; }

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
  local line status=0 code=000 at=$1 before
  before=$(size_of "$2")
  wget --no-config --no-verbose --server-response --tries=1 --timeout=60 \
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
  got=$(sha256 "$part")
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

# git with what is needed everywhere: a volume's files may belong to another user id; a silent link is given up.
git() {
  command git -c safe.directory='*' -c advice.detachedHead=false -c http.lowSpeedLimit=1000 -c http.lowSpeedTime=60 "$@"
}

# at_commit DIR COMMIT: DIR is a work tree of that commit, with no file of it changed (compiled Python apart).
at_commit() {
  [[ -d $1/.git && $(git -C "$1" rev-parse --verify -q HEAD) == "$2" ]] &&
    git -C "$1" diff --quiet --no-ext-diff --ignore-submodules HEAD -- . ':(exclude)*.pyc'
}

# fetch_git URL COMMIT DIR: DIR becomes a work tree of that commit, in one rename. An older DIR is replaced, build outputs and all.
fetch_git() {
  local url=$1 commit=$2 dir=$3 new=$3.new
  [[ $commit =~ ^[0-9a-f]{40}$ ]] || fail "'$commit' is no full commit id (40 digits)"
  if at_commit "$dir" "$commit"; then return 0; fi
  say "fetching commit $commit of $url"
  rm -rf -- "$new"
  mkdir -p -- "$new"
  git -C "$new" init -q
  git -C "$new" remote add origin "$url"
  if ! git -C "$new" fetch -q --depth 1 --no-tags origin "$commit"; then
    # Not every server gives a commit that is no tip of a branch.
    say "fetching all of its history instead"
    if ! git -C "$new" fetch -q origin '+refs/heads/*:refs/remotes/origin/*' '+refs/tags/*:refs/tags/*'; then
      stop_if_full "$new" "$url can't be fetched"
      fail_for_now "$url can't be fetched"
    fi
  fi
  git -C "$new" rev-parse -q --verify "$commit^{commit}" >/dev/null || fail "$url has no commit $commit"
  GIT_LFS_SKIP_SMUDGE=1 git -C "$new" checkout -q --detach "$commit"
  rm -rf -- "$dir"
  mkdir -p -- "${dir%/*}"
  mv -- "$new" "$dir"
}

# -- conda and pip, from files only ---------------------------------------------------------------------------------

# conda_env DIR LINES: a conda environment of exactly these packages: lines "SHA-256 SUBDIR/FILE" of $conda_channel.
conda_env() {
  local dir=$1 list=$root/downloads/conda/${1##*/}.txt sha path
  mkdir -p -- "$root/downloads/conda"
  printf '@EXPLICIT\n' >"$list.new"
  while read -r sha path; do
    fetch_file "$conda_channel/$path" "$sha" "$root/downloads/conda/$path"
    printf 'file://%s\n' "$root/downloads/conda/$path" >>"$list.new"
  done < <(lines "$2")
  mv -f -- "$list.new" "$list"
  # The marks first: what is half removed must not pass for whole. Of packages that conda had half unpacked it would take what is there.
  rm -rf -- "$dir/.done"
  rm -rf -- "$dir" "$root/downloads/conda/pkgs"
  # With a home of its own, so that no .condarc there has a say, and no list of environments is written there.
  if ! HOME=$(conda_home) TMPDIR=$(scratch) CONDA_PKGS_DIRS=$root/downloads/conda/pkgs \
    "$root/conda/bin/conda" create --yes --offline --no-default-packages --prefix "$dir" --file "$list"; then
    stop_if_full "$dir" "$dir can't be made"
    fail "conda could not make $dir; its words above say why"
  fi
  rm -rf -- "$root/downloads/conda/pkgs"
}

# A home directory for conda, in which it finds nothing and may write.
conda_home() {
  mkdir -p -- "$root/tmp/home"
  printf '%s\n' "$root/tmp/home"
}

# wheel_version FILE: "NAME VERSION", as its name says.
wheel_version() {
  local name=${1##*/} rest
  rest=${name#*-}
  printf '%s %s\n' "${name%%-*}" "${rest%%-*}"
}

# read_index BASE NAME: what the page BASE/NAME/ of a Python package index (PEP 503) links to, as lines "SHA-256 FILE ADDRESS" in the file
# $links; "-" where it states no SHA-256.
read_index() {
  local name=${2,,} page=$STEP_DIR/index.html
  name=${name//[_.]/-}
  while [[ $name == *--* ]]; do name=${name//--/-}; done
  index_page=${1%/}/$name/
  links=$STEP_DIR/index.links
  fetch_page "$index_page" "$page"
  "$python" -I -c '
import re, sys
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit


class Links(HTMLParser):
    base = sys.argv[2]

    def handle_starttag(self, tag, attributes):
        address = dict(attributes).get("href")
        if not address:
            return
        if tag == "base":
            self.base = urljoin(self.base, address)
        elif tag == "a":
            address, fragment = urldefrag(urljoin(self.base, address))
            sha256 = re.search(r"\bsha256=([0-9a-f]{64})\b", fragment)
            file = unquote(urlsplit(address).path).rpartition("/")[2]
            if re.fullmatch(r"[\w.+!-]+", file):
                print(sha256[1] if sha256 else "-", file, address.replace(" ", "%20"))


with open(sys.argv[1], encoding="utf-8", errors="replace") as page:
    Links().feed(page.read())
' "$page" "$fetched_from" >"$links"
}

# wheel_sha256 BASE FILE: $stated is the SHA-256 that the index page of the file's package states for it.
wheel_sha256() {
  local sha file _
  stated=
  read_index "$1" "${2%%-*}"
  while read -r sha file _; do
    [[ $file != "$2" || $sha == - ]] || stated=$sha
  done <"$links"
  [[ -n $stated ]] || fail "$index_page states no SHA-256 for $2: pin it in torch_wheels"
}

# The Python package index that is used: $pypi_index, or where that is empty the one that pip would use.
python_index() {
  if [[ -n $pypi_index ]]; then
    printf '%s\n' "$pypi_index"
  else
    "$python" -I -c 'from pip._internal.commands import create_command; print(create_command("download").parse_args([])[0].index_url)' ||
      fail "pip does not tell which package index it would use: set the variable pypi_index"
  fi
}

# fetch_wheels REQUIREMENTS DIR: fetches what lines "NAME==VERSION --hash=sha256:..." pin, each file from the address that the index gives for
# just this SHA-256.
fetch_wheels() {
  local index line name version sha file address others had=$2/files.txt
  local form='^([A-Za-z0-9._-]+)(\[[^]]*\])?==([^[:space:];]+)[^#]*[[:space:]]--hash=sha256:([0-9a-f]{64})$'
  index=$(python_index)
  mkdir -p -- "$2"
  while IFS= read -r line; do
    [[ $line =~ $form ]] || fail "not of the form NAME==VERSION --hash=sha256:...: $line"
    name=${BASH_REMATCH[1]} version=${BASH_REMATCH[3]} sha=${BASH_REMATCH[4]}
    if file=$(file_with "$sha" "$had") && is_file "$sha" "$2/$file"; then continue; fi
    read_index "$index" "$name"
    if ! file=$(file_with "$sha" "$links"); then
      others=$(stated_for "$version" "$links")
      fail "$index_page has no file with the SHA-256 $sha, which is pinned for $name $version, but ${others:-none of this version}. The mirror is wrong, or the pin is"
    fi
    address=${file#* } file=${file%% *}
    fetch_file "$address" "$sha" "$2/$file"
    printf '%s %s\n' "$sha" "$file" >>"$had"
  done < <(lines "$1")
}

# file_with SHA256 LIST: what stands behind that SHA-256 in the file LIST of lines "SHA-256 ...".
file_with() {
  local sha rest
  [[ -f $2 ]] || return 1
  while read -r sha rest; do
    if [[ $sha == "$1" ]]; then
      printf '%s\n' "$rest"
      return
    fi
  done <"$2"
  return 1
}

# stated_for VERSION LINKS: the first files of that version, each with its SHA-256.
stated_for() {
  local sha file _ found=0 list=
  while read -r sha file _; do
    if [[ $file == *-"$1"[-.]* ]] && ((++found <= 4)); then list+=${list:+, }"$file with $sha"; fi
  done <"$2"
  ((found <= 4)) || list+=" and $((found - 4)) more"
  printf '%s\n' "$list"
}

# install_wheels DIR REQUIREMENTS: installs these lines from the wheels in DIR, and nothing else.
install_wheels() {
  forget_broken
  if ! PIP_CONFIG_FILE=/dev/null TMPDIR=$(scratch) "$python" -m pip install --disable-pip-version-check --no-input --no-cache-dir \
    --no-index --find-links "$1" --no-deps --require-hashes --force-reinstall --no-warn-script-location --requirement <(lines "$2") |&
    tee "$STEP_DIR/pip.log"; then
    if contains "$STEP_DIR/pip.log" 'No space left on device' || contains "$STEP_DIR/pip.log" 'Disk quota exceeded'; then
      fail "the disk of $root is too small for the packages. Make room there, or take another place with --set root=DIRECTORY"
    fi
    return 1
  fi
}

# Makes pip forget what an installation that was cut off has left: it could neither use nor remove it.
forget_broken() {
  "$python" -I -c '
import shutil, sysconfig
from pathlib import Path

site = Path(sysconfig.get_path("purelib"))
for info in site.glob("*.dist-info"):
    if not (info / "RECORD").exists() or not (info / "INSTALLER").exists():
        print("removing", info.name, "which is not complete")
        shutil.rmtree(info)
for left in site.glob("~*"):
    shutil.rmtree(left, ignore_errors=True)
'
}

# installed REQUIREMENTS: the environment has each NAME at just that VERSION (lines "NAME==VERSION ...").
installed() {
  [[ -x $python ]] || return 1
  lines "$1" | "$python" -I -c '
import sys
from importlib.metadata import PackageNotFoundError, distribution

for line in sys.stdin:
    name, _, version = line.split()[0].partition("==")
    try:
        found = distribution(name)
    except PackageNotFoundError:
        sys.exit(f"{name} is not installed")
    # pip writes INSTALLER after all other files of a package.
    if found.version != version or found.read_text("INSTALLER") is None:
        sys.exit(f"{name} is {found.version}, not {version}, or not completely there")
'
}

# A directory for temporary files on the disk that has the room; /tmp may be small, or in memory.
scratch() {
  mkdir -p -- "$root/tmp"
  printf '%s\n' "$root/tmp"
}

# contains FILE TEXT
contains() {
  local line
  while IFS= read -r line || [[ -n $line ]]; do
    if [[ $line == *"$2"* ]]; then return 0; fi
  done <"$1"
  return 1
}

# -- facts of the box -----------------------------------------------------------------------------------------------

# The compute capabilities of the box's GPUs, as in "80", one a line, each once.
gpu_archs() {
  local archs
  archs=$(nvidia-smi --query-gpu=compute_cap --format=csv,noheader | sort -u) || return
  archs=${archs//[. ]/}
  [[ $archs =~ ^[0-9]+($'\n'[0-9]+)*$ ]] || return 1
  printf '%s\n' "$archs"
}

# Why nothing can be computed on a GPU here, and what to do about it; nothing where nothing is known to be wrong.
gpu_trouble() {
  local text mig status=0
  if [[ -z $(type -P nvidia-smi) ]]; then
    say "this box has no nvidia-smi, so no NVIDIA driver. It needs a GPU, or as a container access to it (docker run --gpus all): take another one"
    return
  fi
  text=$(nvidia-smi -L 2>&1) || status=$?
  case $text in
    *'ersion mismatch'*)
      say "the NVIDIA driver in the kernel and its libraries are of two versions, since an upgrade replaced one of them: reboot the box (for a" \
        "container, its host: ask the provider)"
      ;;
    *"couldn't communicate with the NVIDIA driver"*)
      say "the NVIDIA driver is installed, but not loaded: reboot the box; where that does not help, take another one"
      ;;
    *'Failed to initialize NVML: Unknown Error'*) say "this container has lost its GPU: restart it" ;;
    *'No devices '*) say "the NVIDIA driver finds no GPU: was the box rented, or the container started, with one?" ;;
    *)
      if ((status)); then
        say "nvidia-smi does not work: $text"
      elif [[ $text =~ MIG\ [^\ ]*\.([0-9]+)gb ]]; then
        ((BASH_REMATCH[1] >= 20)) || say "this box has only a slice of a GPU, with ${BASH_REMATCH[1]} GB (${BASH_REMATCH[0]}), and FlashVSR needs 20:" \
          "rent a whole GPU, or a larger slice"
      elif mig=$(nvidia-smi --query-gpu=mig.mode.current --format=csv,noheader 2>/dev/null) && [[ $mig == Enabled* ]]; then
        say "the GPU is to be divided (MIG), and no part of it is there, so that CUDA finds none: ask the provider to switch MIG off (nvidia-smi -mig 0)"
      fi
      ;;
  esac
}

# nvcc_version DIR: release of the CUDA compiler in DIR, as in "12.4".
nvcc_version() {
  local text
  text=$("$1/bin/nvcc" --version 2>/dev/null) || return 1
  [[ $text =~ release\ ([0-9]+\.[0-9]+) ]] && printf '%s\n' "${BASH_REMATCH[1]}"
}

# Where the CUDA compiler is that cuda-compiler chose.
cuda_home() { [[ -f $root/cuda-home ]] && printf '%s\n' "$(<"$root/cuda-home")"; }

# newest_gcc CUDA: the newest gcc that this nvcc takes, as its host_config.h says (12.4 to 12.7: 13; from 12.8: 14).
newest_gcc() { if ((${1#*.} >= 8)); then printf '14\n'; else printf '13\n'; fi; }

# version_below A B: whether the dotted version A is older than B.
version_below() { [[ $1 != "$2" && $(printf '%s\n' "$1" "$2" | sort -V | head -n 1) == "$1" ]]; }

# missing_commands NAME...: those that are not on PATH, each after a blank. What curl is for, wget can do.
missing_commands() {
  local name
  for name; do
    [[ -n $(type -P "$name") || ($name == curl && -n $(type -P wget)) ]] || printf ' %s' "$name"
  done
}

# host_compiler MAX: "GCC G++" of the first pair that is no newer than gcc MAX; the last are conda's, of the step tools.
host_compiler() {
  local version gcc cc cxx
  for gcc in gcc gcc-14 gcc-13 gcc-12 gcc-11 x86_64-conda-linux-gnu-gcc; do
    cc=$(type -P "$gcc") || continue
    cxx=$(type -P "${gcc/%gcc*/g++${gcc##*gcc}}") || continue
    case $cc:$cxx in
      "$root/tools/bin/"*:"$root/tools/bin/"*) ;;
      *"$root/tools/bin/"*) continue ;; # one of the box's, one of conda's
    esac
    version=$("$cxx" -dumpfullversion 2>/dev/null) || continue
    if ((${version%%.*} <= $1)); then
      printf '%s %s\n' "${cc##*/}" "${cxx##*/}"
      return
    fi
  done
  return 1
}
