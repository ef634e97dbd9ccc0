# shellcheck shell=bash
# shellcheck disable=SC2154 # variables of the playbook, and functions of the other files here
# Python packages: found in an index, fetched by their SHA-256, and installed from files only.

# What the step python makes the environment of, as its mark says.
python_made_of() { printf '%s %s' "$python_version" "$(sha256_text "$python_packages")"; }

# Whether the environment is that one, and whole.
python_is_made() { [[ -x $python ]] && marked "$root/env/.done/python" "$(python_made_of)"; }

# wheel_version FILE: "NAME VERSION", as its name says.
wheel_version() {
  local name=${1##*/} rest
  rest=${name#*-}
  printf '%s %s\n' "${name%%-*}" "${rest%%-*}"
}

# normalize VARIABLE NAME: NAME as indexes have it (PEP 503).
normalize() {
  local text=${2,,}
  text=${text//[_.]/-}
  while [[ $text == *--* ]]; do text=${text//--/-}; done
  printf -v "$1" %s "$text"
}

# wheel_files NAME VERSION DIR: the files in DIR of that version of a package, one a line.
wheel_files() {
  local file stem wanted found
  normalize wanted "$1-$2"
  for file in "$3"/*.whl "$3"/*.tar.gz "$3"/*.zip; do
    stem=${file##*/}
    case $stem in
      *.whl) found=${stem#*-} stem=${stem%%-*}-${found%%-*} ;;
      *.tar.gz) stem=${stem%.tar.gz} ;;
      *) stem=${stem%.zip} ;;
    esac
    normalize found "$stem"
    [[ $found != "$wanted" || ! -f $file ]] || printf '%s\n' "$file"
  done
}

# read_index BASE NAME: what the page BASE/NAME/ of a Python package index (PEP 503) links to, as lines "SHA-256 FILE ADDRESS" in the file
# $links; "-" where it states no SHA-256.
read_index() {
  local name page=$STEP_DIR/index.html
  normalize name "$2"
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

# wheel_sha256 BASE FILE DIR: $stated is the SHA-256 that the index page of the file's package states for it. What the page said once, or was sent
# here with the file, lies in DIR/FILE.sha256.
wheel_sha256() {
  local sha file _
  stated=
  if [[ -f $3/$2.sha256 && $(<"$3/$2.sha256") =~ ^([0-9a-f]{64})\ \*?"$2"$ ]]; then
    stated=${BASH_REMATCH[1]}
    return
  fi
  read_index "$1" "${2%%-*}"
  while read -r sha file _; do
    [[ $file != "$2" || $sha == - ]] || stated=$sha
  done <"$links"
  [[ -n $stated ]] || fail "$index_page states no SHA-256 for $2: pin it in torch_wheels"
  mark "$3/$2.sha256" "$stated *$2"
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
  local index wanted name version sha file address others
  wanted=$(hashed_requirements "$1") || exit
  index=$(python_index)
  make_dir "$2"
  while read -r name version sha; do
    while IFS= read -r file; do
      if is_file "$sha" "$file"; then continue 2; fi
    done < <(wheel_files "$name" "$version" "$2")
    read_index "$index" "$name"
    if ! file=$(file_with "$sha" "$links"); then
      others=$(stated_for "$version" "$links")
      fail "$index_page has no file with the SHA-256 $sha, which is pinned for $name $version, but ${others:-none of this version}. The mirror is wrong, or the pin is"
    fi
    address=${file#* } file=${file%% *}
    fetch_file "$address" "$sha" "$2/$file"
  done < <(lines "$wanted")
}

# hashed_requirements REQUIREMENTS: the same as lines "NAME VERSION SHA256".
hashed_requirements() {
  local line form='^([A-Za-z0-9._-]+)(\[[^]]*\])?==([^[:space:];]+)[^#]*[[:space:]]--hash=sha256:([0-9a-f]{64})$'
  while IFS= read -r line; do
    [[ $line =~ $form ]] || fail "not of the form NAME==VERSION --hash=sha256:...: $line"
    printf '%s %s %s\n' "${BASH_REMATCH[1]}" "${BASH_REMATCH[3]}" "${BASH_REMATCH[4]}"
  done < <(lines "$1")
}

# wheels_to_fetch REQUIREMENTS DIR: the lines of a step's downloads() for what fetch_wheels would bring.
wheels_to_fetch() {
  local wanted name version sha
  wanted=$(hashed_requirements "$1") || exit
  while read -r name version sha; do
    [[ -n $(wheel_files "$name" "$version" "$2") ]] || printf 'wheel %s %s %s %s\n' "$sha" "${pypi_index:--}" "$name" "$2"
  done < <(lines "$wanted")
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
