#!/usr/bin/env bash
# Tests of playbooks/flashvsr/lib/ with real curl and git, against a server on 127.0.0.1.
# shellcheck disable=SC2154 # set by harness.sh
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=playbook/harness.sh
. "$here/playbook/harness.sh"

head -c 3000000 /dev/urandom >"$work/www/big"
printf 'hello\n' >"$work/www/small"
big=$(sha256sum "$work/www/big" | head -c 64)
small=$(sha256sum "$work/www/small" | head -c 64)
start_server "$work/www"

# Waits are shortened.
lib() { in_step "$work/root" "sleep() { command sleep 0.1; }; $1"; }

lib "fetch_file $url/small $small \$root/a/small"
expect "a file is fetched into a directory that is made" 0 "$(<"$work/root/a/small")" hello
lib "fetch_file $url/small $small \$root/a/small"
expect "a file that is there and right is not fetched again" 0 "$(grep -c 'GET /small' "$work/server.log")" 1
printf 'other\n' >"$work/root/a/small"
lib "fetch_file $url/small $small \$root/a/small"
expect "a file that was changed is fetched anew" 0 "$(<"$work/root/a/small")" hello

lib "sha256sum() { return 1; }; fetch_file $url/small $small \$root/a/small"
expect "... but not one that can't be read now" 75 "$(<"$work/root/a/small")" hello

head -c 1000000 "$work/www/big" >"$work/root/a/big.part"
lib "fetch_file $url/big $big \$root/a/big"
expect "a part goes on where it ended" 0 "$(grep -c 'GET /big bytes=1000000- 206' "$work/server.log")" 1
rm "$work/root/a/big"
cp "$work/www/big" "$work/root/a/big.part"
lib "fetch_file $url/big $big \$root/a/big"
expect "a complete part is taken as it is" 0 "$(ls "$work/root/a")" "big
small"
rm "$work/root/a/big"
head -c 1000000 /dev/zero >"$work/root/a/big.part"
lib "fetch_file $url/big $big \$root/a/big"
expect "a part of something else is thrown away, once" 0 "$(sha256sum "$work/root/a/big" | head -c 64)" "$big"
rm "$work/root/a/big"
lib "fetch_file $url/cut/3/big $big \$root/a/big"
expect "a connection that breaks three times is picked up each time" 0 "$(grep -c 'GET /cut/3/big bytes=.* 206' "$work/server.log")" 3
rm "$work/root/a/big"
head -c 1000000 "$work/www/big" >"$work/root/a/big.part"
lib "fetch_file $url/plain/big $big \$root/a/big"
expect "a server without ranges gives it from the beginning" 0 "$(sha256sum "$work/root/a/big" | head -c 64)" "$big"
lib "fetch_file $url/busy/2/small $small \$root/a/busy"
expect "a busy server is asked again when it said" 0 "$(<"$work/root/a/busy")" hello
lib "fetch_file $url/small $big \$root/a/wrong"
expect "a wrong SHA-256 ends the step, naming both" 1 "$(grep -c "has the SHA-256 $small, but $big is pinned" "$work/log")" 1
expect "... and leaves no such file" 1 "$(find "$work/root/a" -name 'wrong*' ! -name '*.headers')" ""
lib "mv() { return 1; }; fetch_file $url/small $small \$root/a/unmoved"
expect "a file that can't be put in place ends the step, and is kept" 1 "$(grep -c "unmoved can't be written" "$work/log"; cat "$work/root/a/unmoved.part")" "1
hello"
lib "fetch_file $url/nothing $big \$root/a/nothing"
expect "a file that is not there ends the step" 1 "$(grep -c 'not there (HTTP 404)' "$work/log")" 1
lib "FETCH_TOKEN=bad fetch_file $url/token/good/small $small \$root/a/token"
expect "a token that is refused is left out" 0 "$(<"$work/root/a/token")" hello
printf '#!/bin/sh\nprintf "%%s\\n" "$*" >>%q\nexec %q "$@"\n' "$work/curl.seen" "$(type -P curl)" >"$work/bin/curl"
chmod +x "$work/bin/curl"
lib "FETCH_TOKEN=good\$'\\r\\n' fetch_file $url/token/only/good/small $small \$root/a/token2"
expect "a token is sent, in no argument, and without the line's end that came along" 0 "$(<"$work/root/a/token2") $(grep -c good/small "$work/curl.seen") $(grep -c Bearer "$work/curl.seen")" "hello 1 0"
rm "$work/bin/curl"
lib "fetch_file $url/refused/small $small \$root/a/refused"
expect "a refusal ends the step, naming the variable as the way out" 1 "$(grep -c 'refused (HTTP 403). A mirror may serve it: set the variable' "$work/log")" 1
ln -s /dev/full "$work/root/a/full.part"
lib "fetch_file $url/small $small \$root/a/full"
expect "a full disk ends the step, saying so" 1 "$(grep -c "full.part can't be written (1 MiB were to come): .* are free on /" "$work/log")" 1
rm "$work/root/a/full.part"
lib "root=/proc/nowhere; fetch_file $url/small $small \$root/a/small"
expect "a place that can't be written to is named, with the way out" 1 "$(grep -c "directory /proc/nowhere/a can't be made: may .* write below /proc/nowhere? Else take another place with --set root=" "$work/log")" 1
lib "need_room \$root/a 999000000000000 'all of it'"
expect "what would not fit is not begun: needed, free, and the way out" 1 "$(grep -Ec 'all of it needs 999000000 MB on the disk of .*/a, and [0-9]+ MB are free. Make room' "$work/log")" 1
lib "need_room \$root/a 1000 it"
expect "what fits is" 0 "$(cat "$work/log")" ""
lib "fetch_file $url/busy/99/small $small \$root/a/limited"
expect "a server that never has time is asked later, and a token named" 75 "$(grep -c 'HTTP 429). It may take more with a token: set HF_TOKEN' "$work/log") $(grep -c 'again in 1 s' "$work/log")" "1 6"
lib "FETCH_TOKEN=bad fetch_file $url/token/only/good/small $small \$root/a/private"
expect "a token that is refused does not help where one is needed" 1 "$(grep -c 'refused (HTTP 401)' "$work/log")" 1
lib "fetch_file http://127.0.0.1:9/x $big \$root/a/x"
expect "a server that can't be reached may be there later" 75 "$(grep -c 'gave up after several' "$work/log")" 1
lib "fetch_file file://$work/www/small $small \$root/a/local"
expect "a file address works as well" 0 "$(<"$work/root/a/local")" hello

# -- a box without curl --
mkdir "$work/curl-less"
while IFS= read -r -d : directory; do
  ln -s "$directory"/* "$work/curl-less/" 2>/dev/null
done <<<"$PATH:"
rm -f "$work/curl-less/curl"
lib_without() { in_step "$work/root" "sleep() { command sleep 0.1; }; $1" PATH="$work/curl-less"; }
if [[ -n $(type -P wget) ]]; then
  rm -f "$work/root/a"/*
  lib_without "fetch_file $url/cut/2/big $big \$root/a/big"
  expect "without curl, wget fetches, and goes on where it was cut off" 0 "$(sha256sum "$work/root/a/big" | head -c 64)" "$big"
  rm -f "$work/root/a/big"
  head -c 1000000 "$work/www/big" >"$work/root/a/big.part"
  lib_without "fetch_file $url/plain/big $big \$root/a/big"
  expect "... from the beginning where a server has no ranges" 0 "$(sha256sum "$work/root/a/big" | head -c 64)" "$big"
  lib_without "FETCH_TOKEN=hush fetch_file $url/token/good/small $small \$root/a/token"
  expect "... without the token" 0 "$(<"$work/root/a/token") $(grep -c hush "$work/log")" "hello 0"
  lib_without "fetch_file $url/busy/1/small $small \$root/a/busy2"
  expect "... from a busy server when it said" 0 "$(<"$work/root/a/busy2")" hello
  lib_without "fetch_file $url/nothing $big \$root/a/nothing"
  expect "... and says what is not there" 1 "$(grep -c 'not there (HTTP 404)' "$work/log")" 1
else
  printf 'ok - without curl, wget fetches # skipped: no wget here\n'
fi
rm -f "$work/curl-less/wget"
lib_without "fetch_file $url/small $small \$root/a/neither"
expect "with neither, that is said" 1 "$(grep -c 'this box has neither curl nor wget' "$work/log")" 1

mkdir "$work/made"
command git -C "$work/made" init -q
for n in 1 2 3; do
  printf '%s\n' "$n" >"$work/made/file"
  command git -C "$work/made" add file
  command git -C "$work/made" -c user.name=x -c user.email=x@x commit -qm "$n"
done
second=$(command git -C "$work/made" rev-parse HEAD~1)
lib "fetch_git file://$work/made $second \$root/src/x"
expect "a commit that is no tip is fetched" 0 "$(<"$work/root/src/x/file")" 2
lib "fetch_git file://$work/gone $second \$root/src/x"
expect "a tree at the commit is not fetched again" 0 "$(<"$work/root/src/x/file")" 2
printf 'changed\n' >"$work/root/src/x/file"
lib "at_commit \$root/src/x $second"
expect "a changed file is noticed" 1 "" ""
lib "fetch_git file://$work/made $second \$root/src/x"
expect "... and repaired" 0 "$(<"$work/root/src/x/file")" 2
# As on a volume of another user id, with a git that does not heed safe.directory on its command line (Debian 11, Ubuntu 20.04).
cat >"$work/bin/git" <<'SH'
#!/bin/bash
kept=()
for argument; do
  if [[ $argument == safe.directory=* ]]; then unset 'kept[-1]'; else kept+=("$argument"); fi
done
PATH=${PATH#*:} GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec git "${kept[@]}"
SH
chmod +x "$work/bin/git"
lib "! command git -c safe.directory='*' -C \$root/src/x rev-parse HEAD"
expect "such a git refuses a repository of another user id" 0 "$(grep -c 'dubious ownership' "$work/log")" 1
lib "at_commit \$root/src/x $second && git -C \$root/src/x lfs install --local --skip-smudge && git -C \$root/src/x lfs ls-files"
expect "... and a repository of another user id is read all the same, by git-lfs, too" 0 "" ""
lib "fetch_git https://127.0.0.1:9/x $second \$root/src/x"
expect "... and not fetched again" 0 "$(cat "$work/log")" ""
rm "$work/bin/git"
lib "fetch_git file://$work/made ${second//?/a} \$root/src/y"
expect "a commit that does not exist ends the step" 1 "$(grep -c 'has no commit' "$work/log")" 1
lib "fetch_git file://$work/gone $second \$root/src/y"
expect "a repository that can't be read may be there later" 75 "$(grep -c 'does not reach it, up --relay' "$work/log") $(test -e "$work/root/src/y" || printf none)" "1 none"
lib "df() { printf '12 5 9 /disk\\n'; }; fetch_git file://$work/gone $second \$root/src/y"
expect "... but not if the disk is full" 1 "$(grep -c 'disk is full: 0 MiB and room for 5 files are free on /disk' "$work/log")" 1

# -- what was sent here, and what is still to be fetched --
lib "git_to_fetch file://$work/made $second \$root/src/z; git_to_fetch file://$work/made '' \$root/src/z; git_to_fetch file://$work/made $second \$root/src/x"
expect "of commits, those are to be fetched that are pinned and not there" 0 "$(<"$work/log")" "git $second file://$work/made $work/root/downloads/git/$second.bundle"
mkdir -p "$work/root/downloads/git"
bundle=$work/root/downloads/git/$second.bundle
command git init -q --bare "$work/shallow"
command git -C "$work/shallow" fetch -q --depth 1 "file://$work/made" "$second"
command git -C "$work/shallow" update-ref refs/heads/relayed "$second"
command git -C "$work/shallow" bundle create "$bundle" refs/heads/relayed 2>"$work/log"
cp "$bundle" "$work/kept.bundle"
lib "git_to_fetch file://$work/made $second \$root/src/z"
expect "... nor lie there as a bundle" 0 "$(<"$work/log")" ""
lib "fetch_git file://$work/gone $second \$root/src/z; at_commit \$root/src/z $second && git -C \$root/src/z status --short && git -C \$root/src/z fsck --no-progress"
expect "a commit comes from a bundle with no word to its server, and the bundle is gone" 0 "$(<"$work/root/src/z/file") $(test -e "$bundle" || printf gone)" "2 gone"
head -c 200 "$work/kept.bundle" >"$bundle"
lib "fetch_git file://$work/made $second \$root/src/w && at_commit \$root/src/w $second"
expect "a bundle that is damaged is removed, and the commit fetched" 0 "$(grep -c 'does not hold it whole' "$work/log") $(<"$work/root/src/w/file") $(test -e "$bundle" || printf gone)" "1 2 gone"
lib "to_fetch $small $url/small \$root/src/z/file; to_fetch '' $url/x \$root/a/x; to_fetch $big $url/big \$root/b/big 3000000 HF_TOKEN; to_fetch $big $url/big \"\$root/b/other place\""
expect "of files, those are to be fetched that are pinned and not there" 0 "$(<"$work/log")" "file $big $url/big 3000000 HF_TOKEN $work/root/b/big
file $big $url/big - - $work/root/b/other place"

mkdir -p "$work/root/got"
head -c 2097152 /dev/urandom >"$work/root/got/file"
head -c 4194304 /dev/urandom >"$work/root/more"
in_step "$work/root" "$(<"$playbook/steps/box.sh")"$'\n''room() { say "5000 100 /disk"; }; lacking_room' room_needed=$'9000 10 later got more\n1000 10 too nothing\n20000 10 got'
expect "what lies where downloads come to needs no more room" 0 "$(grep -o '[0-9]* MiB are needed' "$work/log")" "9993 MiB are needed"

lib 'lines $'"'"'# note\n\n  a b  \n c'"'"
expect "lists may have comments, blank lines and indents" 0 "$(<"$work/log")" "a b
c"
lib 'thing=; pinned thing'
expect "an empty pin is named" 1 "$(grep -c 'variable thing is empty' "$work/log")" 1
lib 'wheel_version x/torch-2.5.1+cu121-cp311-cp311-linux_x86_64.whl'
expect "a wheel's name tells name and version" 0 "$(<"$work/log")" "torch 2.5.1+cu121"
mkdir "$work/www/torch-a" "$work/root/env" "$work/root/env/bin"
printf '#!/bin/sh\nexec %q "$@"\n' "$(type -P python3)" >"$work/root/env/bin/python"
chmod +x "$work/root/env/bin/python"
printf '<a href="torch_a-1.0%%2Bcu1-py3-none-any.whl#sha256=%s">x</a>' "$big" >"$work/www/torch-a/index.html"
lib "wheel_sha256 $url torch_a-1.0+cu1-py3-none-any.whl \$root/stated; say \$stated"
expect "an index page tells a wheel's SHA-256" 0 "$(tail -n 1 "$work/log")" "$big"
lib "wheel_sha256 $url/gone torch_a-1.0+cu1-py3-none-any.whl \$root/stated; say \$stated"
expect "... once, or was sent along" 0 "$(<"$work/log")" "$big"
lib "wheel_sha256 $url torch_a-2.0+cu1-py3-none-any.whl \$root/stated"
expect "... or the step ends" 1 "$(grep -c 'states no SHA-256' "$work/log")" 1

# -- what nvidia-smi says --
gpu() { # WORDS STATUS: of nvidia-smi -L, $mig of its query
  printf '#!/bin/sh\ncase "$*" in\n-L) printf "%%s\\n" "%s"; exit %d ;;\n*mig.mode*) echo "%s" ;;\nesac\n' "$1" "$2" "${mig-Disabled}" >"$work/bin/nvidia-smi"
  chmod +x "$work/bin/nvidia-smi"
  lib gpu_trouble
}
gpu "GPU 0: NVIDIA A100-SXM4-80GB (UUID: GPU-1)" 0
expect "a GPU that is there is no trouble" 0 "$(<"$work/log")" ""
gpu "Failed to initialize NVML: Driver/library version mismatch" 18
expect "a driver and libraries of two versions: reboot" 0 "$(grep -c 'of two versions, .*: reboot the box' "$work/log")" 1
gpu "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that it is running." 9
expect "a driver that is not loaded: reboot" 0 "$(grep -c 'not loaded: reboot' "$work/log")" 1
gpu "Failed to initialize NVML: Unknown Error" 255
expect "a container that has lost its GPU: restart it" 0 "$(grep -c 'lost its GPU: restart it' "$work/log")" 1
gpu "No devices found." 6
expect "no GPU" 0 "$(grep -c 'finds no GPU' "$work/log")" 1
gpu "something new" 3
expect "other words are passed on" 0 "$(<"$work/log")" "nvidia-smi does not work: something new"
gpu "GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-1)
  MIG 1g.5gb      Device  0: (UUID: MIG-1)" 0
expect "a slice that is too small" 0 "$(grep -c 'only a slice of a GPU, with 5 GB (MIG 1g.5gb), and FlashVSR needs 20: rent' "$work/log")" 1
gpu "GPU 0: NVIDIA A100-SXM4-80GB (UUID: GPU-1)
  MIG 3g.40gb     Device  0: (UUID: MIG-1)" 0
expect "one that is large enough" 0 "$(<"$work/log")" ""
mig=Enabled gpu "GPU 0: NVIDIA A100-SXM4-80GB (UUID: GPU-1)" 0
expect "a GPU to be divided, of which no part is there" 0 "$(grep -c 'switch MIG off' "$work/log")" 1
# The loader's list of libraries, with the driver's.
printf 'library' >"$work/bin/libcuda.so.1"
# shellcheck disable=SC2016 # expanded by that sh
printf '#!/bin/sh\nprintf "\\tlibcuda.so.1 (libc6,x86-64) => %%s\\n" "%s/bin/libcuda.so.1"\n' "$work" >"$work/bin/ldconfig"
chmod +x "$work/bin/ldconfig"
# smi_log TEXT: what nvidia-smi -q prints
# shellcheck disable=SC2016 # expanded by that sh
smi_log() {
  printf '%s\n' "$1" >"$work/smi-log"
  printf '#!/bin/sh\n[ "$1" != -q ] || cat "%s"\n' "$work/smi-log" >"$work/bin/nvidia-smi"
  lib gpu_faults
}
smi_log "Driver Version                            : 575.51.03
CUDA Version                              : 12.9
GPU 00000000:07:00.0
    GPU Reset Status
        Reset Required                    : Requested functionality has been deprecated
    GPU Recovery Action                   : None
    Fan Speed                             : N/A"
expect "cards that are well are no fault" 0 "$(<"$work/log")" ""
smi_log "CUDA Version                              : 12.9
GPU 00000000:07:00.0
    GPU Recovery Action                   : None
GPU 00000000:0A:00.0
    GPU Recovery Action                   : Drain and Reset"
expect "a card that wants a reset, named" 0 "$(grep -c '^GPU 00000000:0A:00.0 is in a bad state (.*Drain and Reset)' "$work/log")" 1
smi_log "GPU 00000000:07:00.0
    Product Name                          : GPU is lost
    Fan Speed                             : GPU is lost"
expect "a card that is lost, once" 0 "$(<"$work/log")" "GPU 00000000:07:00.0 does not answer (GPU is lost): the provider has to reset it or restart its host; else take another box"
smi_log "CUDA Version                              : Not Found"
expect "a container without the driver's compute part" 0 "$(grep -c 'NVIDIA_DRIVER_CAPABILITIES=compute,utility' "$work/log")" 1
no_library='nvidia-smi works, but libcuda.so.1, .* is missing: .*NVIDIA_DRIVER_CAPABILITIES=compute,utility'
: >"$work/bin/libcuda.so.1"
smi_log "CUDA Version                              : 12.4"
expect "... in which the library is an empty file" 0 "$(grep -c "$no_library" "$work/log")" 1
rm "$work/bin/libcuda.so.1"
smi_log "CUDA Version                              : Not Found"
expect "... or is not there at all, said once" 0 "$(grep -c "$no_library" "$work/log")" 1
printf '#!/bin/sh\n' >"$work/bin/ldconfig"
smi_log "CUDA Version                              : 12.4"
expect "... nor in the loader's list" 0 "$(grep -c "$no_library" "$work/log")" 1
mkdir "$work/libraries"
printf 'library' >"$work/libraries/libcuda.so.1"
in_step "$work/root" gpu_faults LD_LIBRARY_PATH="/nowhere:$work/libraries"
expect "a library that LD_LIBRARY_PATH leads to is there" 0 "$(<"$work/log")" ""
rm "$work/bin/ldconfig"
rm "$work/bin/nvidia-smi"
lib "type() { [[ \$2 == nvidia-smi ]] || builtin type \"\$@\"; }; gpu_trouble"
expect "no driver" 0 "$(grep -c 'no nvidia-smi, so no NVIDIA driver' "$work/log")" 1

# -- a package index --
mkdir -p "$work/www/simple/a-b-c" "$work/www/simple/none" "$work/www/files"
cp "$work/www/big" "$work/www/files/a_b_c-1.0-py3-none-any.whl"
cp "$work/www/small" "$work/www/files/a_b_c-1.0.tar.gz"
cat >"$work/www/simple/a-b-c/index.html" <<HTML
<!DOCTYPE html><html><head><base href="../../files/"><title>A.b_-c</title></head><body>
<a href="a_b_c-0.9-py3-none-any.whl#sha256=${big//[0-9]/0}">a_b_c-0.9-py3-none-any.whl</a>
<a data-requires-python="&gt;=3.8" href="a_b_c-1.0-py3-none-any.whl#sha256=$big">a_b_c-1.0-py3-none-any.whl</a>
<a href="$url/files/a_b_c-1.0.tar.gz#sha256=$small">a_b_c-1.0.tar.gz</a>
<a href="a_b_c-1.1.tar.gz">a_b_c-1.1.tar.gz</a></body></html>
HTML
printf '<a>no address</a>\n' >"$work/www/simple/none/index.html"
wheels() { lib "pypi_index=$1; fetch_wheels $2 \$root/wheels"; }
wheels "$url/simple/" "'A.b_-c[x]==1.0 --hash=sha256:$big'"
expect "a wheel is found by its SHA-256, whatever the spelling of its name and the links" 0 "$(ls "$work/root/wheels")" a_b_c-1.0-py3-none-any.whl
wheels "$url/gone" "'A.b_-c[x]==1.0 --hash=sha256:$big'"
expect "what is there is not looked up again" 0 "$(grep -c fetching "$work/log")" 0
lib "pypi_index=; wheels_to_fetch 'A.b_-c[x]==1.0 --hash=sha256:$big'\$'\n''d==2 --hash=sha256:$small' \$root/wheels"
expect "... nor named as what is to be fetched" 0 "$(<"$work/log")" "wheel $small - d $work/root/wheels"
rm -r "$work/root/wheels"
wheels "$url/simple" "'a-b-c==1.0 --hash=sha256:$small'"
expect "a source archive comes the same way" 0 "$(<"$work/root/wheels/a_b_c-1.0.tar.gz")" hello
mkdir -p "$work/.config/pip"
printf '[global]\nindex-url = %s/simple\n' "$url" >"$work/.config/pip/pip.conf"
rm -r "$work/root/wheels"
wheels "" "'a-b-c==1.0 --hash=sha256:$small'"
expect "without an index of ours it is pip's own" 0 "$(<"$work/root/wheels/a_b_c-1.0.tar.gz")" hello
wheels "$url/busy/1/simple" "'a-b-c==1.0 --hash=sha256:$big'"
expect "a busy index is asked again when it said" 0 "$(grep -c 'GET /busy/1/simple/a-b-c/ - 429' "$work/server.log")" 1
wheels "$url/simple" "'a-b-c==1.0 --hash=sha256:${big//[0-9]/1}'"
expect "a pin that the index does not know is named with what it has" 1 \
  "$(grep -c "SHA-256 ${big//[0-9]/1}, .* but a_b_c-1.0-py3-none-any.whl with $big, a_b_c-1.0.tar.gz with $small\. " "$work/log")" 1
wheels "$url/simple" "'none==1.0 --hash=sha256:${big//[0-9]/1}'"
expect "... also if that is nothing" 1 "$(grep -c 'but none of this version' "$work/log")" 1
wheels "$url/simple" "'gone==1.0 --hash=sha256:${big//[0-9]/1}'"
expect "a package that the index lacks ends the step" 1 "$(grep -c 'simple/gone/: not there (HTTP 404)' "$work/log")" 1
wheels "$url/simple" "a-b-c==1.0"
expect "a requirement without its SHA-256 ends the step" 1 "$(grep -c 'not of the form' "$work/log")" 1

# -- how long to wait --
waits() { printf 'HTTP/1.1 429\r\nRetry-After: %s\r\n\r\n' "$1" >"$work/headers"; lib "retry_after $work/headers 3"; }
waits 7
expect "a server's wish to wait is heard" 0 "$(<"$work/log")" 7
waits 008
expect "... with zeros in front" 0 "$(<"$work/log")" 8
waits 99999999999999999999
expect "... up to five minutes" 0 "$(<"$work/log")" 300
waits "$(LC_ALL=C date -u -d '+100 seconds' '+%a, %d %b %Y %H:%M:%S GMT')"
expect "... also as a date" 0 "$((90 <= $(<"$work/log") && $(<"$work/log") <= 100))" 1
waits 'Wed, 21 Oct 2015 07:28:00 GMT'
expect "... that has passed" 0 "$(<"$work/log")" 1
waits soon
expect "... but not what is neither" 0 "$(<"$work/log")" 8

finish
