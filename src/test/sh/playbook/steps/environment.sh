# shellcheck shell=bash disable=SC2034,SC2154 # a part of playbook_steps.sh
# system-packages, conda, python, cuda-compiler.

# -- system-packages --
vars[apt_packages]="" vars[needed_commands]="git bash"
step system-packages check
ok "commands that are there need no package manager"
script "$work/bin/apt-get" <<'SH'
#!/bin/sh
echo "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 7 (unattended-upgr)" >&2
exit 100
SH
step system-packages apply needed_commands="git no-such-command" apt_packages=x
expect "a package manager at work may be done later" 75 "$(grep -c 'error: another package manager' "$work/log")" 1
printf '#!/bin/sh\ntouch %q\n' "$work/installed" | script "$work/bin/apt-get"
step system-packages apply needed_commands="git no-such-command" apt_packages=x
expect "a command that is missing even then is named" 0 "$(grep -c 'still not there: no-such-command; left to the step tools' "$work/log")" 1
step tools 'may_install() { true; }; check' needed_commands="git no-such-command"
expect "... and left to the step tools" 1 "$(<"$work/log")" "not there: no-such-command"
rm "$root/left-to-tools"
step tools 'may_install() { true; }; check' needed_commands="git no-such-command"
expect "before the package manager has tried, whether that step runs can't be told" 75 "$(<"$work/log")" "not there: no-such-command"
step tools 'may_install() { false; }; check' needed_commands="git no-such-command"
expect "... but where it may not try" 1 "$(<"$work/log")" "not there: no-such-command"

# -- conda, python, cuda-compiler --
script "$work/bin/nvidia-smi" <<'SH'
#!/bin/sh
case "$*" in
*compute_cap*) cat "$(dirname "$0")/compute_cap" ;;
*) echo "Pretended A100, 570.1" ;;
esac
SH
printf '8.0\n8.0\n' >"$work/bin/compute_cap"
script "$work/www/Miniforge.sh" <<SH
#!/bin/bash
# Like Miniforge's: -b -p PREFIX. The conda in it makes of a python package a venv, and of any other a tree.
mkdir -p "\$3/bin"
cat >"\$3/bin/conda" <<'CONDA'
#!/bin/bash
while ((\$#)); do
  case \$1 in --prefix) prefix=\$2 ;; --file) list=\$2 ;; esac
  shift
done
[[ ! -e \$CONDA_PKGS_DIRS ]] || { echo "these may be half unpacked"; exit 1; }
while read -r package; do
  case \$package in
    */python-*) $(type -P python3) -m venv --without-pip "\$prefix" ;;
    */cuda-nvcc*) mkdir -p "\$prefix/bin" "\$prefix/include"; cp "\${package#file://}" "\$prefix/bin/nvcc"
      chmod +x "\$prefix/bin/nvcc"; : >"\$prefix/include/cuda_runtime.h" ;;
  esac
done <"\$list"
CONDA
chmod +x "\$3/bin/conda"
SH
vars[miniforge_url]=$url/Miniforge.sh vars[miniforge_sha256]=$(sum "$work/www/Miniforge.sh")
step conda both
ok "Miniforge is installed"
cut_off conda : conda
mkdir -p "$work/www/conda/linux-64"
printf 'x' >"$work/www/conda/linux-64/python-3.conda"
printf '#!/bin/sh\necho "Cuda compilation tools, release 12.4, V12.4.131"\n' >"$work/www/conda/linux-64/cuda-nvcc-impl-12.4.131-0.conda"
vars[conda_channel]=$url/conda
vars[python_version]=$(python3 -c 'import platform; print(platform.python_version())')
vars[python_packages]="$(sum "$work/www/conda/linux-64/python-3.conda") linux-64/python-3.conda"
mkdir -p "$root/downloads/conda/pkgs/half"
step python both
ok "Python gets an environment of its own"
step python check python_version=3.11.999
expect "another version is not what is wanted" 1 "" ""
vars[cuda_versions]="12.4 12.8"
vars[cuda_packages]="$(sum "$work/www/conda/linux-64/cuda-nvcc-impl-12.4.131-0.conda") linux-64/cuda-nvcc-impl-12.4.131-0.conda"
step cuda-compiler both
expect "a CUDA compiler is installed where the box has none" 0 "$(<"$root/cuda-home")" "$root/cuda"
mkdir -p "$work/toolkit/bin" "$work/toolkit/include"
: >"$work/toolkit/include/cuda_runtime.h"
script "$work/toolkit/bin/nvcc" <<'SH'
#!/bin/sh
echo "release 12.8, V12.8.1"
if [ "$1" != --version ]; then
  for last; do :; done
  echo >"$last"
fi
SH
ln -s "$work/toolkit/bin/nvcc" "$work/bin/nvcc"
step cuda-compiler apply PATH="$work/toolkit/bin:$PATH"
expect "a toolkit of the box is used where it fits" 0 "$(<"$root/cuda-home")" "$work/toolkit"
rm -r "$work/toolkit"
step cuda-compiler check
expect "... and missed when it is gone" 1 "" ""
rm "$work/bin/nvcc"
step cuda-compiler apply
ok "... and replaced"
cut_off cuda-compiler : cuda cuda-home
