# shellcheck shell=bash disable=SC2016,SC2034,SC2154 # a part of boxes.sh; holds what the box expands
# Plain users: without the right to install (conda packages), and with sudo -n. And disks that are full.

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
  as_root rm -f /workspace/seen-by-packages
  ends user system-packages apply "http_proxy=http://me:it's se\$cret@127.0.0.1:9" no_proxy=localhost && said 0 || return 1
  # sudo empties the environment: what the network needs comes through all the same.
  has "$(<"$disk/seen-by-packages")" "http_proxy=http://me:it's se\$cret@127.0.0.1:9" && has "$(<"$disk/seen-by-packages")" no_proxy=localhost &&
    has "$(<"$disk/seen-by-packages")" DEBIAN_FRONTEND=noninteractive || return 1
  ends user system-packages check && said 0 && ends user tools check && said 0 || return 1
  as_root dpkg --purge sudo >/dev/null 2>&1 # as sudo of root refuses, it may stay
  as_root rm -f /etc/sudoers.d/tester
}
if (cd "$work" && apt-get download sudo) >/dev/null 2>&1; then
  check "a plain user with sudo -n: apt installs what is missing, and gets the proxy of the box" with_sudo
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
