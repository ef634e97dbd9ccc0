#!/usr/bin/env bash
# The kinds of boxes that docs/boxes.md lists: the playbook's first steps on a test box (a real Debian with real apt, dpkg and sudo, and its
# own users, file systems and processes). Stand-ins, which say so: the packages that are installed (small, from an archive of
# files on the box), conda and its packages, nvidia-smi and nvcc.
# shellcheck disable=SC2016 # the box expands what is in single quotes
set -u
repo=$(cd "$(dirname "$0")/../../.." && pwd -P)
# shellcheck source=src/test/sh/lib/check.sh
. "$repo/src/test/sh/lib/check.sh"
testbox() { "$repo/scripts/testbox" "$@"; }
playbook=$repo/playbooks/flashvsr

box=kinds$$
trap 'testbox rm "$box" 2>/dev/null; rm -rf "$work"' EXIT
code=0
testbox new "$box" --owner $$ --user tester --disk 512 >"$work/info" 2>"$work/said" || code=$?
if [ "$code" = 77 ]; then
  skip "kinds of boxes" "$(tail -n 1 "$work/said")"
  finish
fi
check "a box is made" test "$code" = 0
[ "$code" = 0 ] || finish
value() { sed -n "s/^$1=//p" "$work/info"; }
disk=$(value state)/disk # /workspace, as seen from outside
as_root() { timeout 120 "$repo/scripts/testbox" exec "$box" "$@"; }
as_user() { timeout 120 "$repo/scripts/testbox" ssh "$box" "$@"; }

# -- what is installed there --
# deb NAME [POSTINST] COMMAND=TEXT...: a package with these scripts in /usr/bin, which say that they are stand-ins.
deb() {
  local name=$1 tree=$work/deb pair
  shift
  rm -rf "$tree"
  mkdir -p "$tree/DEBIAN" "$tree/usr/bin"
  printf 'Package: %s\nVersion: 1\nArchitecture: all\nMaintainer: x <x@x>\nDescription: stand-in of a test\n' "$name" >"$tree/DEBIAN/control"
  if [[ ${1-} == '#!'* ]]; then
    printf '%s\n' "$1" >"$tree/DEBIAN/postinst"
    chmod 755 "$tree/DEBIAN/postinst"
    shift
  fi
  for pair; do
    printf '#!/bin/sh\necho "%s"\n' "${pair#*=}" >"$tree/usr/bin/${pair%%=*}"
    chmod 755 "$tree/usr/bin/${pair%%=*}"
  done
  dpkg-deb --root-owner-group -b "$tree" "$disk/archive/$name.deb" >/dev/null || exit 1
  {
    dpkg-deb -f "$disk/archive/$name.deb"
    printf 'Filename: ./%s.deb\nSize: %s\nSHA256: %s\n\n' "$name" "$(stat -c %s "$disk/archive/$name.deb")" \
      "$(sha256sum <"$disk/archive/$name.deb" | head -c 64)"
  } >>"$disk/archive/Packages"
}
mkdir "$disk/archive" "$disk/www" "$disk/steps"
deb make-stand-in $'#!/bin/sh\nenv >/workspace/seen-by-packages' make="a stand-in of make"
deb cmake-stand-in cmake="a stand-in of cmake"
deb git-lfs-stand-in git-lfs="a stand-in of git-lfs"
deb late-stand-in late="a stand-in"
deb g++-11 g++-11=11.9.9 gcc-11=11.9.9
deb slow $'#!/bin/sh\nread -r _ </workspace/pipe' slow="a stand-in"
cp -r "$playbook/lib" "$playbook"/steps/*.sh "$disk/steps"
as_root bash -c 'rm -f /etc/apt/sources.list /etc/apt/sources.list.d/*
  echo "deb [trusted=yes] file:/workspace/archive ./" >/etc/apt/sources.list' || exit 1

wanted="gcc g++ make cmake ninja git git-lfs curl"
packages="make-stand-in cmake-stand-in git-lfs-stand-in"
conda_packages=

# step WHO ID FUNCTION [NAME=VALUE]...: as the runner does it there.
step() {
  local who=$1 id=$2 function=$3 text
  shift 3
  printf -v text ' %q' root=/workspace/it "STEP_DIR=/workspace/step-$who" STEP_ATTEMPT=1 "needed_commands=$wanted" "apt_packages=$packages" \
    "tools_packages=$conda_packages" conda_channel=file:///workspace/www driver_min=525.60.13 "gpu_capabilities=8.0 8.6 8.7 8.9 9.0" \
    torch_version=2.5.1+cu121 "cuda_versions=12.4 12.5 12.6 12.8" cuda_packages= "room_needed=1 10 x" "$@"
  printf '%s\n' "$function" >"$disk/steps/call-$who"
  text="umask 022; mkdir -p /workspace/it /workspace/step-$who; env -i HOME=\$HOME PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8$text \
setsid -w bash -euo pipefail -c \"\$(cat /workspace/steps/lib/*.sh /workspace/steps/$id.sh /workspace/steps/call-$who)\" </dev/null 2>&1"
  "as_$who" bash -c "$([[ $who == user ]] && printf '%q' "$text" || printf '%s' "$text")" >"$work/log"
}
# says CODE TEXT...: the step before ended so, and said all of these.
said() {
  local code=$1 part
  shift
  for part; do has "$(<"$work/log")" "$part" || return 1; done
  same "$code" "$ended" || { cat "$work/log"; return 1; }
}
ends() {
  ended=0
  step "$@" || ended=$?
}
again() { as_root bash -c "rm -rf /workspace/it; dpkg --purge $packages g++-11 slow late-stand-in >/dev/null 2>&1; rm -rf /var/lib/apt/lists/*; true"; }

# -- root, no systemd, no sudo: a container --
container() {
  same '' "$(as_root bash -c 'command -v sudo; ls -d /run/systemd/system 2>/dev/null')" || return 1
  ends root system-packages check && said 1 'not there: make cmake git-lfs' || return 1
  ends root system-packages apply && said 0 'git-lfs-stand-in' || return 1
  ends root system-packages check && said 0 && ends root tools check && said 0
}
check "root in a container without systemd and sudo, with empty package lists: apt installs what is missing" container

no_dialogs() {
  has "$(<"$disk/seen-by-packages")" DEBIAN_FRONTEND=noninteractive && has "$(<"$disk/seen-by-packages")" NEEDRESTART_SUSPEND=1 &&
    has "$(<"$disk/seen-by-packages")" NEEDRESTART_MODE=l
}
check "dialogs are off for what is installed" no_dialogs

broken_list() {
  again
  as_root bash -c 'mkdir -p /workspace/foreign && : >/workspace/foreign/Packages && printf "Origin: x\n" >/workspace/foreign/Release
    echo "deb file:/workspace/foreign ./" >/etc/apt/sources.list.d/cuda.list
    echo "deb file:/workspace/nowhere ./" >/etc/apt/sources.list.d/gone.list; ! apt-get update >/dev/null 2>&1' || return 1
  ends root system-packages apply
  as_root bash -c 'rm /etc/apt/sources.list.d/*.list'
  said 0 'not signed' 'apt-get update had errors' && ends root system-packages check && said 0
}
check "third-party lists that are broken (unsigned, gone) fail apt-get update, and the installation goes on" broken_list

cut_off() {
  again
  as_root bash -c 'dpkg --unpack /workspace/archive/late-stand-in.deb >/dev/null && : >/var/lib/dpkg/updates/0001' || return 1
  ends root system-packages apply && said 0 'an earlier installation was cut off' || return 1
  same 'install ok installed' "$(as_root dpkg-query -W -f '${Status}' late-stand-in)" && ends root system-packages check && said 0
}
check "an installation that was cut off is completed by dpkg --configure -a" cut_off

other_name() {
  again
  ends root system-packages apply apt_packages="build-essential-of-another-release $packages" &&
    said 0 'Unable to locate package build-essential-of-another-release' 'one after another' && ends root system-packages check && said 0
}
check "where one package has another name, the others are installed all the same" other_name

# A real apt-get that installs a package which waits.
locked() {
  local waits turn
  again
  as_root bash -c 'rm -f /workspace/pipe; mkfifo /workspace/pipe; apt-get update >/dev/null 2>&1
    setsid -f apt-get install -y slow >/workspace/slow.log 2>&1 </dev/null' || return 1
  until grep -q 'Setting up slow' "$disk/slow.log"; do sleep 0.1; done
  step root system-packages apply &
  waits=$!
  for ((turn = 0; turn < 300; turn++)); do
    if grep -q waiting "$work/log" 2>/dev/null; then break; fi
    sleep 0.1
  done
  kill -0 "$waits" && has "$(<"$work/log")" 'waiting for another package manager: process ' &&
    has "$(<"$work/log")" ': apt-get install -y slow' && as_root bash -c 'echo >/workspace/pipe' && wait "$waits" &&
    same 'install ok installed' "$(as_root dpkg-query -W -f '${Status}' slow)" && ends root system-packages check && said 0
}
check "a package manager at work is named (process and command), waited for and not ended" locked

held_too_long() {
  again
  as_root bash -c 'apt-get update >/dev/null 2>&1; setsid -f apt-get install -y slow >/workspace/slow.log 2>&1 </dev/null' || return 1
  : >"$disk/slow.log"
  until grep -q 'Setting up slow' "$disk/slow.log"; do sleep 0.1; done
  # Its clock runs fast: the limit of 10 minutes is over at the second look.
  ends root system-packages 'sleep() { SECONDS=$((SECONDS + 700)); }; apply' && said 75 ': apt-get install -y slow. It is not ended from here' || return 1
  ends root system-packages 'sleep() { SECONDS=$((SECONDS + 700)); }; apply' STEP_ATTEMPT=3 && said 0 'left to the step tools' || return 1
  as_root bash -c 'pgrep -x apt-get >/dev/null && echo >/workspace/pipe && while pgrep -x apt-get >/dev/null; do sleep 0.1; done'
}
check "... for at most 10 minutes; the third time, what is missing is left to conda packages" held_too_long

too_new() {
  again
  ends root system-packages apply || return 1
  as_root bash -c 'for name in gcc g++; do printf "#!/bin/sh\necho 14.2.0\n" >/usr/local/bin/$name; chmod 755 /usr/local/bin/$name
    for old in /usr/bin/$name-1[0-9]; do mv "$old" "$old.away"; done; done' || return 1
  ends root system-packages check && said 1 'g++ (13 or older)' || return 1
  ends root system-packages apply && said 0 'no g++ newer than 13; this box has 14.2.0' 'Setting up g++-11' && ends root system-packages check && said 0 &&
    ends root tools 'host_compiler 13' && said 0 'gcc-11 g++-11'
}
check "a g++ that is too new for CUDA gets an older one beside it" too_new
as_root bash -c 'dpkg --purge g++-11 >/dev/null 2>&1; rm -f /usr/local/bin/gcc /usr/local/bin/g++; for old in /usr/bin/*.away; do mv "$old" "${old%.away}"; done'

no_apt() {
  again
  as_root mv /usr/bin/apt-get /usr/bin/apt-get.away
  ends root system-packages check
  as_root mv /usr/bin/apt-get.away /usr/bin/apt-get
  said 0 'this box has no apt-get, so the step tools brings it'
}
check "root on a distribution without apt-get: left to conda packages" no_apt

# -- no right to install: conda packages --
# A conda that unpacks its stand-in packages: each is a script that is put under bin.
cat >"$disk/www/Miniforge.sh" <<'SH'
#!/bin/bash
# Stand-in for Miniforge's installer: -b -p PREFIX.
echo "home of conda: $HOME"
mkdir -p "$3/bin"
cat >"$3/bin/conda" <<'CONDA'
#!/bin/bash
echo "a stand-in of conda; home: $HOME, temporary files: $TMPDIR"
while (($#)); do
  case $1 in --prefix) prefix=$2 ;; --file) list=$2 ;; esac
  shift
done
mkdir -p "$prefix/bin"
while read -r package; do
  [[ $package == file://* ]] || continue
  name=${package##*/} name=${name%-1-0.conda}
  cp "${package#file://}" "$prefix/bin/$name" && chmod +x "$prefix/bin/$name" || exit 1
done <"$list"
CONDA
chmod +x "$3/bin/conda"
SH
mkdir -p "$disk/www/linux-64"
for name in make cmake git-lfs x86_64-conda-linux-gnu-gcc x86_64-conda-linux-gnu-g++; do
  printf '#!/bin/sh\n# a stand-in for a conda package\necho 12.4.0\n' >"$disk/www/linux-64/$name-1-0.conda"
  conda_packages+="$(sha256sum <"$disk/www/linux-64/$name-1-0.conda" | head -c 64) linux-64/$name-1-0.conda"$'\n'
done
miniforge=(miniforge_url=file:///workspace/www/Miniforge.sh "miniforge_sha256=$(sha256sum <"$disk/www/Miniforge.sh" | head -c 64)")

plain_user() {
  again
  as_root bash -c 'chown -R tester /workspace/step-* ; mkdir -p /workspace/it && chown tester /workspace/it'
  as_user 'printf "channels: [nowhere]\n" >~/.condarc; find ~ | sort' >"$work/home" || return 1
  ends user system-packages check && said 0 'neither root nor sudo without a password, so the step tools brings it' || return 1
  ends user tools check && said 1 'not there: make cmake git-lfs' || return 1
  ends user conda apply "${miniforge[@]}" && said 0 'home of conda: /workspace/it/tmp/home' || return 1
  ends user tools apply && said 0 'a stand-in of conda; home: /workspace/it/tmp/home, temporary files: /workspace/it/tmp' || return 1
  ends user tools check && said 0 && ends user flashvsr-source 'type -P git-lfs make; git lfs; type -P git' && said 0 /workspace/it/tools/bin/git-lfs /usr/bin/git || return 1
  same "$(<"$work/home")" "$(as_user 'find ~ | sort')"
}
check "a plain user without sudo: conda packages bring the tools, later steps find them, and the home stays as it was" plain_user

half_tools() {
  as_user 'rm /workspace/it/tools/.done' && ends user tools check && said 1 && ends user tools apply && ends user tools check && said 0
}
check "tools that were cut off are not taken for done" half_tools

box_compiler() {
  as_root bash -c 'for name in gcc g++; do printf "#!/bin/sh\necho 15.1.0\n" >/usr/local/bin/$name; chmod 755 /usr/local/bin/$name
    for old in /usr/bin/$name-1[0-9]; do mv "$old" "$old.away"; done; done' || return 1
  ends user tools 'host_compiler 13' &&
    said 0 'x86_64-conda-linux-gnu-gcc x86_64-conda-linux-gnu-g++'
  local result=$?
  as_root bash -c 'rm -f /usr/local/bin/gcc /usr/local/bin/g++; for old in /usr/bin/*.away; do mv "$old" "${old%.away}"; done'
  return "$result"
}
check "a plain user's box with a g++ that is too new: conda's is taken" box_compiler

with_sudo() {
  cp "$work"/sudo_*.deb "$disk/sudo.deb"
  again
  as_root bash -c 'dpkg -i /workspace/sudo.deb 2>&1 && echo "tester ALL=(ALL) NOPASSWD: ALL" >/etc/sudoers.d/tester &&
    chmod 440 /etc/sudoers.d/tester; mkdir -p /workspace/it && chown tester /workspace/it' || return 1
  ends user system-packages check && said 1 'not there: make cmake git-lfs' || return 1
  ends user system-packages apply && said 0 && ends user system-packages check && said 0 && ends user tools check && said 0 || return 1
  as_root dpkg --purge sudo >/dev/null 2>&1 # as sudo of root refuses, it may stay
  as_root rm -f /etc/sudoers.d/tester
}
if (cd "$work" && apt-get download sudo) >/dev/null 2>&1; then
  check "a plain user with sudo -n: apt installs what is missing" with_sudo
else
  skip "a plain user with sudo -n" "sudo can't be downloaded"
fi

# -- disks --
small_system_disk() {
  again
  as_root bash -c 'mkdir -p /workspace/it && chown tester /workspace/it; cat /dev/zero >/filler 2>/dev/null; touch /workspace/before; df -k / | tail -n 1' || return 1
  ends user conda apply "${miniforge[@]}" && said 0 && ends user tools apply && said 0 && ends user tools check && said 0 || return 1
  same '' "$(as_root find / -xdev -newer /workspace/before -type f -not -path '/proc/*')"
}
check "a full system disk beside a large volume: conda, its packages and temporary files lie on the volume" small_system_disk
as_root rm -f /filler

full_disk() {
  again
  as_root bash -c 'mkdir -p /workspace/it && chown tester /workspace/it'
  ends user conda apply "${miniforge[@]}" && said 0 || return 1
  testbox fill "$box"
  ends user tools apply
  testbox unfill "$box"
  [[ $ended != 0 ]] && has "$(<"$work/log")" 'free on /workspace'
}
check "a volume that fills up in a step is named, with what is free" full_disk

# -- the first look: GPU and driver by a stand-in of nvidia-smi --
card() { # DRIVER CAPABILITY LIST
  cat >"$disk/smi" <<SH
#!/bin/sh
case "\$*" in
  *driver_version*) echo "$1" ;;
  *compute_cap*) printf '%s\n' $2 ;;
  -L) printf '$3\n' ;;
esac
SH
  as_root install -m 755 /workspace/smi /usr/local/bin/nvidia-smi
}
uuid='(UUID: GPU-0)'
fits() {
  card 550.127.05 8.0 "GPU 0: NVIDIA A100-SXM4-80GB $uuid"
  ends root box check && said 1 && ends root box apply && said 0 'A100' 'free on /workspace' && ends root box check && said 0
  ! grep -E 'warning|note' "$work/log"
}
as_root rm -rf /workspace/it
check "an A100 with a driver that fits passes, without a warning" fits
other_card() {
  card 550.127.05 8.0 "GPU 0: NVIDIA A100-SXM4-80GB (UUID: GPU-1)"
  ends root box check && said 1
}
check "... and is looked at again when the card is another" other_card

other_processor() { ends root box 'uname() { echo aarch64; }; check' && said 1 'a processor of the kind aarch64'; }
check "another processor than x86_64 is refused" other_processor
no_card() {
  as_root rm /usr/local/bin/nvidia-smi
  ends root box check && said 1 'no NVIDIA GPU answers here. nvidia-smi says: ' 'not found'
}
check "a box without a card or driver is refused" no_card

# refuses TEXT DRIVER CAPABILITY LIST
refuses() {
  card "$2" "$3" "$4" && ends root box check && said 1 "$1" && ends root box apply && said 1 "$1"
}
check "a driver that is too old is refused with the number that is needed" \
  refuses 'the NVIDIA driver is 470.57.02; torch 2.5.1+cu121 needs 525.60.13 or newer' 470.57.02 8.0 "GPU 0: NVIDIA A100 $uuid"
check "... and so is one just below it" refuses 'needs 525.60.13 or newer' 525.60.4 8.0 "GPU 0: NVIDIA A100 $uuid"
check "Blackwell is refused with the reason" \
  refuses 'compute capability 12.0 is none of 8.0 8.6 8.7 8.9 9.0: torch 2.5.1+cu121 has no code for so new a card' 570.1 12.0 "GPU 0: NVIDIA RTX PRO 6000 $uuid"
check "a card older than Ampere is refused with the reason" refuses 'written for 8.0' 550.1 7.5 "GPU 0: Tesla T4 $uuid"
check "an nvidia-smi that fails is quoted" \
  refuses 'nvidia-smi says: Failed to initialize NVML: Driver/library version mismatch' 'Failed to initialize NVML: Driver/library version mismatch' 8.0 x

# warns TEXT CAPABILITY LIST
warns() {
  card 550.127.05 "$2" "$3" && ends root box apply && said 0 "$1"
}
check "an H100 is compiled for, with a warning" warns 'warning: compute capability 9.0 (H100, H200): compiled for it' 9.0 "GPU 0: NVIDIA H100 $uuid"
check "an RTX A6000 (8.6) gets code for 8.0, with a warning" warns 'capability 8.6: kernels made for 8.0 run there' 8.6 "GPU 0: NVIDIA RTX A6000 $uuid"
check "an L40S (8.9) likewise" warns 'capability 8.9: kernels made for 8.0 run there' 8.9 "GPU 0: NVIDIA L40S $uuid"
check "of several GPUs it is said which is used" warns 'note: 2 GPUs; FlashVSR uses the first' '8.0 8.0' "GPU 0: NVIDIA A100 $uuid\nGPU 1: NVIDIA A100 (UUID: GPU-1)"
check "a MIG slice is reported" warns 'a slice (MIG) of a card' 8.0 "GPU 0: NVIDIA A100 $uuid\n  MIG 3g.40gb     Device  0: (UUID: MIG-0)"
check "a vGPU is reported" warns 'a virtual GPU (vGPU)' 8.0 "GPU 0: GRID A100-40C $uuid"

card 550.127.05 8.0 "GPU 0: NVIDIA A100 $uuid"
too_small() {
  ends root box apply room_needed=$'9000 10 there\n20000 10 later' &&
    said 1 'too little room for /workspace/it: 29000 MiB are needed, ' ' are free on /workspace' || return 1
  as_root touch /workspace/it/there
  ends root box apply room_needed=$'9000 10 there\n20000 10 later' && said 1 '20000 MiB are needed'
}
check "too little room is refused before anything is downloaded: what is needed, what is free, where; what is there counts no more" too_small
too_few() {
  ends root box apply room_needed='1 100000000 x' && said 1 '100000000 files (inodes) are needed, ' ' are free on /workspace'
}
check "too few inodes likewise" too_few

# -- CUDA toolkits: stand-ins of nvcc that say a version --
toolkit() { # DIR VERSION [runtime]
  as_root bash -c 'mkdir -p "$1/bin" "$1/include"
    printf "#!/bin/sh\necho \"Cuda compilation tools, release %s, V%s.1\"\nif [ \"\$1\" != --version ]; then for last; do :; done; echo >\"\$last\"; fi\n" \
      "$2" "$2" >"$1/bin/nvcc"
    chmod 755 "$1/bin/nvcc"; [ -n "$3" ] || : >"$1/include/cuda_runtime.h"' toolkit "$1" "$2" "${3-}"
}
no_toolkits() { as_root bash -c 'rm -rf /usr/local/cuda* /workspace/it/cuda*'; }
two_toolkits() {
  no_toolkits
  toolkit /usr/local/cuda-12.1 12.1 && toolkit /usr/local/cuda-12.8 12.8 && toolkit /usr/local/cuda-12.4 12.4 && toolkit /usr/local/cuda-13.0 13.0 &&
    as_root ln -s cuda-13.0 /usr/local/cuda && ends root cuda-compiler apply && said 0 'using the CUDA compiler 12.4 of this box, /usr/local/cuda-12.4' &&
    ends root cuda-compiler check && said 0
}
check "of several toolkits the right one is used: 12.4, though /usr/local/cuda is 13.0" two_toolkits
none_fits() {
  no_toolkits
  toolkit /usr/local/cuda-12.1 12.1 && toolkit /usr/local/cuda-13.0 13.0 && toolkit /usr/local/cuda-12.6 12.6 runtime || return 1
  # Here there are no conda packages to go on with.
  ends root cuda-compiler apply && said 1 'not used: CUDA 12.1 in /usr/local/cuda-12.1 is none of' 'not used: CUDA 13.0' \
    'not used: CUDA 12.6 in /usr/local/cuda-12.6 has no headers' 'the variable cuda_packages is empty'
}
check "12.1, 13.0 and one without headers are not used, each with its reason" none_fits
does_not_compile() {
  no_toolkits
  toolkit /usr/local/cuda-12.4 12.4 && as_root bash -c 'printf "#!/bin/sh\n[ \"\$1\" != --version ] || exec echo release 12.4,\necho unsupported GNU version; exit 1\n" >/usr/local/cuda-12.4/bin/nvcc' &&
    ends root cuda-compiler apply && said 1 'unsupported GNU version' 'not used: CUDA 12.4 in /usr/local/cuda-12.4, as it does not compile'
}
check "a toolkit that does not compile here is not used, and its words are shown" does_not_compile
no_toolkits

# -- start files of the shell, and what a ready image sets: the whole program, over SSH --
up() {
  HOME=$work/home.d "$repo/scripts/flashvsr-deploy" up "tester@$(value address)" --yes --plain --identity "$(value key)" --known-hosts "$work/known" \
    --accept-new-host-key --state-dir "$work/state" --ssh-config /dev/null --playbook "$work/small" --set root=/workspace/up >"$work/log" 2>&1
}
mkdir -p "$work/small" "$work/home.d"
cp -r "$playbook/lib" "$work/small"
cat >"$work/small/playbook.yaml" <<'END'
version: 1
name: small
library: [lib/common.sh, lib/disk.sh]
steps:
  - id: environment
    check: '[[ -e $root/seen ]]'
    run: 'export -p | grep -oE "(PIP_|CONDA_|PYTHON|LD_PRELOAD|HF_)[A-Z_0-9]*" | sort -u | tr "\n" " " >$root/seen.new; mv $root/seen.new $root/seen'
END
chatty() {
  as_root bash -c 'rm -rf /workspace/up; cat >/home/tester/.bashrc' <<'END'
echo "Welcome to this image"
export PIP_INDEX_URL=http://nowhere.invalid PIP_BREAK_SYSTEM_PACKAGES=1 CONDA_PREFIX=/opt/conda CONDA_PKGS_DIRS=/nowhere HF_HUB_ENABLE_HF_TRANSFER=1
export PYTHONPATH=/opt/lib PYTHONHOME=/opt LD_PRELOAD=/usr/lib/x86_64-linux-gnu/libz.so.1
return 0
END
  up || { cat "$work/log"; return 1; }
  same 'PYTHONNOUSERSITE PYTHONUTF8 ' "$(<"$disk/up/seen")"
}
check "a .bashrc that prints, sets PIP_*, CONDA_*, PYTHONPATH, LD_PRELOAD and returns early has no effect on the steps" chatty
exits() {
  local code=0
  as_root bash -c 'rm -rf /workspace/up; printf "echo no commands here\nexit 7\n" >/home/tester/.bashrc'
  up || code=$?
  same 4 "$code" && has "$(<"$work/log")" /.bashrc && has "$(<"$work/log")" 'case $- in' && [ ! -e "$disk/up" ]
}
check "a .bashrc that exits is refused in clear words, and nothing is changed" exits
finish
