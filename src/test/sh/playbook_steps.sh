#!/usr/bin/env bash
# Runs the steps of playbooks/flashvsr with real git, git-lfs, pip, ninja and g++. What would be large or needs a GPU is made small here: conda makes
# a venv, nvcc and nvidia-smi are scripts, torch and Block-Sparse-Attention small packages.
# shellcheck disable=SC2154 # set by harness.sh
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=playbook/harness.sh
. "$here/playbook/harness.sh"
root=$work/root
declare -A vars

# step ID check|apply|both [NAME=VALUE]...: as the runner does it; both: check says no, apply ends well, check says yes.
step() {
  local id=$1 what=$2 settings=(STEP_FILES="$playbook") inputs name
  shift 2
  inputs=$(sed -n "/- id: $id\$/,/inputs:/s/.*inputs: \[\(.*\)\].*/\1/p" "$playbook/playbook.yaml")
  for name in ${inputs//,/}; do settings+=("$name=${vars[$name]-}"); done
  mkdir -p "$work/step/$id"
  settings+=(STEP_DIR="$work/step/$id" "$@")
  if [[ $what != both ]]; then
    in_step "$root" "sleep() { :; }"$'\n'"$(<"$playbook/steps/$id.sh")"$'\n'"$what" "${settings[@]}"
    return
  fi
  in_step "$root" "$(<"$playbook/steps/$id.sh")"$'\n'check "${settings[@]}"
  if ((status == 0)); then
    status="check said yes before"
    return
  fi
  in_step "$root" "$(<"$playbook/steps/$id.sh")"$'\n'apply "${settings[@]}"
  ((status == 0)) || return
  in_step "$root" "$(<"$playbook/steps/$id.sh")"$'\n'check "${settings[@]}"
}

# bytes PATH...: what lies there below the root.
bytes() { (cd "$root" && find "$@" -name .git -prune -o \( -type f -o -type l \) -print | sort | xargs sha256sum 2>&1); }

# cut_off ID UNDO PATH...: killed after any number of its commands (a few of them are tried), with all of its processes as the runner ends
# what is left before it begins anew: it is not taken for done as
# long as what lies at PATH is not all there, and the next apply completes it. UNDO makes it do all of its work.
cut_off() {
  local id=$1 undo=$2 whole n=$((RANDOM % 9 + 1)) cuts=0
  shift 2
  whole=$(bytes "$@")
  while :; do
    (cd "$root" && eval "$undo")
    step "$id" "n=0; set -T; trap '((++n != $n)) || kill -KILL -- -\$\$' DEBUG; apply" 2>/dev/null
    [[ $status == 137 ]] || break
    cuts=$((cuts + 1))
    step "$id" check
    if [[ $status == 0 && $(bytes "$@") != "$whole" ]]; then
      status="taken for done when cut off at command $n"
      break
    fi
    step "$id" apply && step "$id" check
    [[ $status == 0 ]] || break
    n=$((n + 11))
  done
  expect "$id goes on wherever it was cut off ($cuts places)" 0 "$((cuts > 1)) $(bytes "$@")" "1 $whole"
}

ok() { expect "$1" 0 "" ""; }

sum() { sha256sum "$1" | head -c 64; }

script() {
  mkdir -p "${1%/*}"
  cat >"$1"
  chmod +x "$1"
}

commit() {
  command git -C "$1" add -A
  command git -C "$1" -c user.name=x -c user.email=x@x commit -qm x
  command git -C "$1" rev-parse HEAD
}

# wheel NAME VERSION MODULE CODE DIR: a wheel with one module; prints its file name.
wheel() {
  python3 -I - "$@" <<'PY'
import base64, hashlib, sys, zipfile

name, version, module, code, directory = sys.argv[1:]
info = f"{name}-{version}.dist-info"
files = {
    f"{module}.py": code,
    f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
    f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
}
record = "".join(
    f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b'=').decode()},{len(text)}\n"
    for path, text in files.items()
)
files[f"{info}/RECORD"] = record + f"{info}/RECORD,,\n"
with zipfile.ZipFile(f"{directory}/{name}-{version}-py3-none-any.whl", "w") as file:
    for path, text in files.items():
        file.writestr(zipfile.ZipInfo(path), text)
print(f"{name}-{version}-py3-none-any.whl")
PY
}

start_server "$work/www"

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

# -- pytorch, flashvsr-source, flashvsr-requirements --
mkdir -p "$work/www/whl/torchvision" "$work/www/simple/dep-a" "$work/www/simple/dep-b"
torch=$(wheel torch 2.5.1+cu121 torch $'__standin__ = True\n__version__ = "2.5.1+cu121"\nclass version:\n    cuda = "12.1"\n' "$work/www/whl")
vision=$(wheel torchvision 0.20.1+cu121 torchvision '' "$work/www/whl")
a=$(wheel dep_a 1.0 dep_a '' "$work/www/simple/dep-a")
b=$(wheel dep_b 2.0 dep_b '' "$work/www/simple/dep-b")
printf '<a href="/whl/%s#sha256=%s">x</a>' "${vision/+/%2B}" "$(sum "$work/www/whl/$vision")" >"$work/www/whl/torchvision/index.html"
printf '<a href="%s#sha256=%s">x</a>' "$a" "$(sum "$work/www/simple/dep-a/$a")" >"$work/www/simple/dep-a/index.html"
printf '<a href="%s#sha256=%s">x</a>' "/cut/1/simple/dep-b/$b" "$(sum "$work/www/simple/dep-b/$b")" >"$work/www/simple/dep-b/index.html"
vars[torch_version]=2.5.1+cu121 vars[pytorch_wheel_base]=$url/whl vars[pypi_index]=$url/simple
vars[torch_wheels]="$(sum "$work/www/whl/$torch") $torch"$'\n'"- $vision"
vars[torch_requirements]="dep_a==1.0 --hash=sha256:$(sum "$work/www/simple/dep-a/$a")"
step pytorch both
ok "torch and what it needs are installed from files with their hashes"
site=$(echo "$root"/env/lib/python3*/site-packages)
printf '#!/bin/sh\necho "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"\nexit 1\n' | script "$work/full"
rm "$site/torch-2.5.1+cu121.dist-info/RECORD"
step pytorch apply
ok "an installation that was cut off is completed"
step pytorch "forget_broken() { :; }; python=$work/full; scratch() { say /tmp; }; install_wheels x y"
expect "a disk that is too small for packages is told, with the way out" 1 "$(grep -c 'too small for the packages. Make room there, or take another place' "$work/log")" 1
step pytorch "install_wheels() { exit 137; }; apply"
step pytorch check
expect "one that was cut off is not taken for done" 1 "" ""
step pytorch apply
rm -r "$site"/dep_a*
step pytorch check
expect "a package that is gone is missed" 1 "$(grep -c 'dep_a is not installed' "$work/log")" 1
wrong=$(sum "$work/www/Miniforge.sh")
step pytorch apply torch_requirements="dep_a==1.0 --hash=sha256:$wrong"
expect "a pin that the index does not know ends the step for good, naming the file and both hashes" 1 \
  "$(grep -c "SHA-256 $wrong, .* for dep_a 1.0, but $a with ${vars[torch_requirements]#*sha256:}\." "$work/log")" 1
printf '<a href="%s#sha256=%s">x</a>' "../dep-b/$b" "$wrong" >"$work/www/simple/dep-a/index.html"
step pytorch apply torch_requirements="dep_a==1.0 --hash=sha256:$wrong"
expect "other bytes than the index states end it as well" 1 \
  "$(grep -c "dep-b/$b has the SHA-256 $(sum "$work/www/simple/dep-b/$b"), but $wrong is pinned" "$work/log")" 1
rm "$work/www/simple/dep-a/index.html"
step pytorch apply
ok "... and the right one is taken, from what was fetched before"

mkdir -p "$work/flashvsr/diffsynth" "$work/flashvsr/examples/WanVSR"
command git -C "$work/flashvsr" init -q
printf 'x = 1\n' >"$work/flashvsr/diffsynth/__init__.py"
vars[flashvsr_git]=file://$work/flashvsr vars[flashvsr_commit]=$(commit "$work/flashvsr")
step flashvsr-source both
ok "FlashVSR's source is fetched"
cut_off flashvsr-source 'printf x >>FlashVSR/diffsynth/__init__.py' FlashVSR
vars[flashvsr_requirements]="dep_b==2.0 --hash=sha256:$(sum "$work/www/simple/dep-b/$b")"
step flashvsr-requirements both
expect "a wheel that was cut off goes on where it was" 0 "$(grep -c "GET /cut/1/simple/dep-b/$b bytes=[1-9][0-9]*- 206" "$work/server.log")" 1
expect "FlashVSR can be imported from anywhere" 0 "$(cd / && "$root/env/bin/python" -I -c 'import diffsynth, dep_b; print(diffsynth.x)')" 1

# -- block-sparse-attention: two C++ files and a module that loads the library, compiled by Ninja --
mkdir -p "$work/bsa/csrc/cutlass" "$work/cutlass" "$work/bsa/block_sparse_attn"
command git -C "$work/bsa" init -q
command git -C "$work/cutlass" init -q
printf '#define VALUE 42\n' >"$work/cutlass/value.h"
printf '#include "cutlass/value.h"\nextern "C" int one() { return VALUE; }\n' >"$work/bsa/csrc/one.cpp"
printf 'extern "C" int two() { return 2; }\n' >"$work/bsa/csrc/two.cpp"
printf 'def block_sparse_attn_func():\n    pass\n' >"$work/bsa/block_sparse_attn/__init__.py"
cat >"$work/bsa/setup.py" <<'PY'
import base64, hashlib, os, subprocess, sys, zipfile
from pathlib import Path

assert os.environ["BLOCK_SPARSE_ATTN_FORCE_BUILD"] == "TRUE" and "--dist-dir" in sys.argv
subprocess.run(["git", "submodule", "update", "--init", "csrc/cutlass"])
Path("build").mkdir(exist_ok=True)
Path("build/build.ninja").write_text(
    "oom = none\n"
    "rule cxx\n  command = test ! -e $oom || { echo Killed; exit 137; }; $$CXX -fPIC -c -I../csrc $in -o $out && echo $out >> compiled\n"
    f"build two.o: cxx ../csrc/two.cpp\nbuild one.o: cxx ../csrc/one.cpp | two.o\n  oom = {Path('oom').resolve()}\n"
)
print("archs", os.environ["BLOCK_SPARSE_ATTN_CUDA_ARCHS"], "jobs", os.environ["MAX_JOBS"], flush=True)
subprocess.run(["ninja", "-v", "-C", "build", "-j", os.environ["MAX_JOBS"]], check=True)
files = {"block_sparse_attn/__init__.py": Path("block_sparse_attn/__init__.py").read_text()}
info = "block_sparse_attn-0.0.2.dist-info"
files[f"{info}/METADATA"] = "Metadata-Version: 2.1\nName: block_sparse_attn\nVersion: 0.0.2\n"
files[f"{info}/WHEEL"] = "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
files[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in files)
Path(sys.argv[-1]).mkdir(parents=True)
with zipfile.ZipFile(f"{sys.argv[-1]}/block_sparse_attn-0.0.2-py3-none-any.whl", "w") as file:
    for path, text in files.items():
        file.writestr(path, text)
PY
vars[cutlass_git]=file://$work/cutlass vars[cutlass_commit]=$(commit "$work/cutlass")
printf '[submodule "csrc/cutlass"]\n\tpath = csrc/cutlass\n\turl = file:///nowhere\n' >"$work/bsa/.gitmodules"
command git -C "$work/bsa" update-index --add --cacheinfo "160000,${vars[cutlass_commit]},csrc/cutlass"
vars[bsa_git]=file://$work/bsa vars[bsa_commit]=$(commit "$work/bsa") vars[bsa_job_memory]=1
tree=$root/src/block-sparse-attention
step flashvsr-source check
in_step "$root" "fetch_git ${vars[bsa_git]} ${vars[bsa_commit]} $tree"
: >"$tree/oom"
step block-sparse-attention apply
expect "compilers ended for lack of memory may do better later" 75 "$(cat "$tree/build/compiled")" two.o
jobs=$(grep -o 'with .* jobs' "$work/log" | grep -o '[0-9]* jobs')
rm "$tree/oom"
step block-sparse-attention both
expect "... with half as many, and what is compiled is kept" 0 "$(tr '\n' ' ' <"$tree/build/compiled")" "two.o one.o "
expect "... (jobs before: $jobs)" 0 "$(grep -o 'jobs [0-9]*' "$work/step/block-sparse-attention/build.log")" "jobs $((${jobs% *} / 2 > 0 ? ${jobs% *} / 2 : 1))"
"$root/env/bin/python" -m pip uninstall -q -y block_sparse_attn
step block-sparse-attention check
expect "a module that is gone is missed" 1 "" ""
rm -r "$tree"
step block-sparse-attention apply
expect "... and installed from the wheel that was kept" 0 "$(test -e "$tree" || echo unbuilt)" unbuilt
printf '9.0\n' >"$work/bin/compute_cap"
step block-sparse-attention check
expect "another GPU needs another build" 1 "" ""
step block-sparse-attention "gpu_trouble() { say 'the GPU is gone: look for it'; }; apply"
expect "a GPU in trouble is told before anything is built, with the way out" 1 "$(tail -n 1 "$work/log")" "error: the GPU is gone: look for it"
printf '7.5\n' >"$work/bin/compute_cap"
step block-sparse-attention apply
expect "a GPU that is too old is refused" 1 "$(grep -c 'below 8.0' "$work/log")" 1
printf '10.3\n' >"$work/bin/compute_cap"
step block-sparse-attention "say archs \$(build_archs)"
expect "of a family its first is asked for" 0 "$(<"$work/log")" "archs 100"
printf '8.6\n' >"$work/bin/compute_cap"
step block-sparse-attention check
ok "code for 8.0 serves 8.6"

# What the wheel was built for, and by which name another program finds it.
wheels=$root/wheels/$(ls "$root/wheels")
abi=$("$root/env/bin/python" -I -c 'import sysconfig; print(sysconfig.get_config_var("SOABI"))')
facts="commit ${vars[bsa_commit]}
cutlass ${vars[cutlass_commit]}
torch 2.5.1+cu121
cuda 12.4
python $abi
archs 80
$(getconf GNU_LIBC_VERSION)"
status=0
expect "beside the wheel stands what it was built for" 0 "$(tail -n +2 "$wheels/built-for")" "$facts"
expect "... its SHA-256" 0 "$(cd "$wheels" && sha256sum --check - < <(head -n 1 built-for))" "block_sparse_attn-0.0.2-py3-none-any.whl: OK"
expect "... and the directory is named after that" 0 "${wheels##*/}" "$(printf %s "$facts" | sha256sum | head -c 64)"
for other in bsa_commit=x cutlass_commit=x torch_version=x; do
  step block-sparse-attention 'wheel_dir' "$other"
  expect "another ${other%=x} is another wheel" 0 "$([[ $(<"$work/log") != "$wheels" ]] && echo other)" other
done
for other in 'nvcc_version() { say 12.6; }' 'glibc() { say glibc 2.31; }' 'build_archs() { say 90; }'; do
  step block-sparse-attention "$other; wheel_dir"
  expect "another ${other%%() *} is another wheel" 0 "$([[ $(<"$work/log") != "$wheels" ]] && echo other)" other
done
foretold=(python_version="${vars[python_version]}" cuda_versions="${vars[cuda_versions]}" cuda_packages="${vars[cuda_packages]}")
step block-sparse-attention cache_key "${foretold[@]}"
expect "the other side is told which wheel is looked for" 0 "$(<"$work/log")" "${wheels##*/}"
root=$work/fresh step block-sparse-attention cache_key "${foretold[@]}"
expect "... also on a box where neither Python nor nvcc is there yet" 0 "$(<"$work/log") $(ls "$work/fresh" 2>/dev/null)" "${wheels##*/} "
sources="git ${vars[bsa_commit]} ${vars[bsa_git]}"$'\n'"git ${vars[cutlass_commit]} ${vars[cutlass_git]}"
root=$work/fresh step block-sparse-attention downloads "${foretold[@]}"
expect "... its sources are to be fetched there" 0 "$(sed 's/ [^ ]*$//' "$work/log")" "$sources"
root=$work/fresh step block-sparse-attention downloads "${foretold[@]}" STEP_OFFERED="${wheels##*/}"
expect "... but not where the wheel comes along" 0 "$(<"$work/log")" ""
mkdir -p "$work/wheel-only/wheels"
cp -r "$wheels" "$work/wheel-only/wheels"
root=$work/wheel-only step block-sparse-attention downloads "${foretold[@]}"
expect "... or lies there, though the environment does not" 0 "$(<"$work/log")" ""
# shellcheck disable=SC2016 # the step's text
root=$work/fresh step block-sparse-attention 'cuda_toolkits() { say /opt/new; say /opt/old; }; nvcc_version() { [[ $1 == /opt/new ]] && say 12.8 || say 12.4; }
cuda_header() { say there; }; wheel_facts() { say "$1 $2"; }; sha256_text() { say "$1"; }; cache_key' "${foretold[@]}" cuda_versions='12.8 12.4' python_version=3.12.1
expect "... by the choice that cuda-compiler would make of the box's own" 0 "$(<"$work/log")" "12.8 cpython-312-$(uname -m)-linux-gnu"
step block-sparse-attention 'gpu_archs() { return 1; }; cache_key' "${foretold[@]}"
expect "... and nothing where no GPU can be asked" 0 "$(<"$work/log")" ""
old=$root/wheels/$(printf 'commit %s cutlass %s torch 2.5.1+cu121 python %s archs 80 nvcc 12.4' "${vars[bsa_commit]}" "${vars[cutlass_commit]}" "$abi" | sha256sum | head -c 64)
mv "$wheels" "$old"
step block-sparse-attention apply
expect "a wheel that an older form of the step has built is taken over" 0 "$(ls "$root/wheels") $(test -e "$tree" || echo unbuilt)" "${wheels##*/} unbuilt"
printf 'x' >>"$wheels/block_sparse_attn-0.0.2-py3-none-any.whl"
step block-sparse-attention apply
expect "a wheel that is damaged is built anew" 0 "$(test -e "$tree" && echo built)" built
rm -rf "$tree"
step block-sparse-attention 'n=0; can_import() { ((n++)); }; apply'
expect "one that can't be imported here, too" 0 "$(grep -c "can't be imported here: built anew" "$work/log") $(test -e "$tree" && echo built)" "1 built"
rm -rf "$tree"
step block-sparse-attention 'can_import() { false; }; fetch_git() { fail "not reached"; }; apply'
expect "... and where its sources are not reached, the step ends" 1 "$(grep -c 'not reached' "$work/log")" 1
step block-sparse-attention 'cache_key; downloads' "${foretold[@]}" STEP_OFFERED="${wheels##*/}"
expect "... then that wheel is looked for no more, and the sources are named" 0 "$(sed 's/ [^ ]*$//' "$work/log")" "$sources"
step block-sparse-attention apply
expect "... until it is built anew" 0 "$(ls "$root/wheels")" "${wheels##*/}"

# It counts as done when it has computed rightly on the GPU.
step block-sparse-attention apply
expect "a stand-in proves nothing, and says so" 0 "$(grep -c 'not computed: torch is a stand-in here' "$work/log")" 1
cp "$site/torch.py" "$work/torch.py"
proves() { # AVAILABLE CODE: whether torch sees a GPU (a pretended one), and what the comparison does there
  sed 's/^__standin__.*//' "$work/torch.py" >"$site/torch.py"
  printf 'class cuda:\n    is_available = staticmethod(lambda: %s)\n    get_device_name = staticmethod(lambda n: "a pretended GPU")\n' "$1" >>"$site/torch.py"
  cat >"$work/proof.py" <<PY
import sys
sys.path.insert(0, "$playbook/files")
import attention

def difference():
    $2

attention.difference = difference
sys.exit(attention.main())
PY
  step block-sparse-attention "step_file() { say '$work/proof.py'; }; apply"
}
proves True 'return 0.004'
expect "what computes as PyTorch does is done" 0 "$(grep -c 'on a pretended GPU it differs from PyTorch.s attention by 0.0040' "$work/log")" 1
for wrong in 'return 0.5' 'return float("nan")' 'raise RuntimeError("CUDA error: no kernel image is available for execution on the device")'; do
  proves True "$wrong"
  expect "a GPU on which it does not is not done: $wrong" 1 "$(grep -c 'does not compute rightly on this GPU' "$work/log"; ls "$root/env/.done/block-sparse-attention" 2>/dev/null)" 1
done
proves True 'raise RuntimeError("CUDA error: all CUDA-capable devices are busy or unavailable")'
expect "a GPU that is busy may be free later" 75 "$(grep -c 'the GPU is busy' "$work/log")" 1
proves False 'return 0.0'
expect "no GPU is named" 1 "$(grep -c 'error: torch sees no GPU' "$work/log")" 1
cp "$work/torch.py" "$site/torch.py"
step block-sparse-attention apply
ok "... and it is done again"

# A real compiler that needs 120 MiB, in a real control group whose memory shrinks to 200 MiB when the second one begins.
group=
for at in /sys/fs/cgroup/memory /sys/fs/cgroup; do
  if [[ -z $group && $EUID == 0 && (-e $at/memory.limit_in_bytes || -e $at/cgroup.subtree_control) ]]; then
    [[ ! -e $at/cgroup.subtree_control ]] || echo +memory >"$at/cgroup.subtree_control" 2>/dev/null
    mkdir "$at/flashvsr-test-$$" 2>/dev/null && group=$at/flashvsr-test-$$
  fi
done
limit=$group/memory.max
[[ -e $limit ]] || limit=$group/memory.limit_in_bytes
if [[ -n $group && -w $limit ]]; then
  script "$work/bin/g++" <<SH
#!/bin/bash
if [[ " \$* " == *' -c '* && \$MAX_JOBS != 1 ]]; then
  : >"$work/eats.\$\$"
  until (($(nproc) < 2)) || [[ \$(ls "$work"/eats.* | wc -l) -ge 2 ]]; do read -rt 0.05 <> <(:); done
  echo $((200 * 1024 * 1024)) >"$limit"
fi
if [[ " \$* " == *' -c '* ]]; then
  # Until this is over, or both have it and one is ended; 60 s are more than that takes.
  python3 -c 'import sys, time
food = b"x" * (120 << 20)
if sys.argv[1] != "1":
    end = time.monotonic() + 60
    path = "$group/" + ("memory.events" if "$limit".endswith("max") else "memory.oom_control")
    while "oom_kill 0" in open(path).read() and time.monotonic() < end:
        time.sleep(0.02)' "\$MAX_JOBS" || exit
fi
exec $(type -P g++) "\$@"
SH
  rm -rf "$wheels" "$tree"
  printf 'extern "C" int three() { return 3; }\n' >"$work/bsa/csrc/three.cpp"
  sed -i 's/^    f"build two.o: cxx/    "build three.o: cxx ..\/csrc\/three.cpp\\n"\n&/' "$work/bsa/setup.py"
  vars[bsa_commit]=$(commit "$work/bsa")
  rm -f "$work/step/block-sparse-attention/building"
  in_group="echo \$BASHPID >$group/cgroup.procs; usable_cpus() { say 2; }; usable_gib() { say 21; };"
  step block-sparse-attention "$in_group apply"
  kills=$(sed -n 's/^oom_kill //p' "$group/memory.events" "$group/memory.oom_control" 2>/dev/null)
  expect "compilers that the kernel ends for lack of memory end the step for now" 75 "$((kills > 0)) $(grep -o 'with 2 compilers at once' "$work/log")" "1 with 2 compilers at once"
  compiled=$(wc -l <"$tree/build/compiled")
  step block-sparse-attention "$in_group apply"
  expect "... then half as many compile the rest, and it is done" 0 "$(grep -c '1 jobs of 1 threads' "$work/log") $(sort "$tree/build/compiled" | tr '\n' ' ')" "1 one.o three.o two.o "
  expect "... and keep what one of two had finished ($compiled)" 0 "$((compiled >= 1))" 1
  rm "$work/bin/g++"
else
  printf 'ok - compilers that the kernel ends for lack of memory # skipped: no control group of memory can be made here\n'
fi
if [[ -n $group ]]; then rmdir "$group"; fi

# -- weights --
hub=$work/hub/me/weights
mkdir -p "$hub"
command git -C "$hub" init -q
command git -C "$hub" lfs install --local >/dev/null
printf '*.bin filter=lfs diff=lfs merge=lfs -text\n' >"$hub/.gitattributes"
head -c 500000 /dev/urandom >"$hub/a.bin"
head -c 300000 /dev/urandom >"$hub/b.bin"
vars[weights_revision]=$(commit "$hub") vars[hub_base]=file://$work/hub vars[weights_repo]=me/weights
vars[weights_manifest]="$(sum "$hub/a.bin") 500000 a.bin"$'\n'"$(sum "$hub/b.bin") 300000 b.bin"
files=$root/weights/FlashVSR-v1.1
step weights both
expect "weights come by Git LFS, and no second copy stays" 0 "$(find "$root/weights" -type f -size +1k -printf '%f ')" "$(find "$files" -type f -size +1k -printf '%f ')"
rm "$files"/*.bin # file:// objects are hard links to the hub's
head -c 300000 /dev/zero >"$files/b.bin"
cp "$hub/a.bin" "$files/a.bin"
step weights check
expect "a file that was changed is noticed by its times" 1 "$(grep -c a.bin "$work/log")" 1
head -c 1000 "$hub/a.bin" >"$files/a.bin"
step weights check
expect "a file that was cut short is named with both sizes" 1 "$(grep -c 'a.bin: has 1000 bytes instead of 500000' "$work/log")" 1
step weights "df() { printf 'Avail\\n 100\\n'; }; apply"
expect "a disk that is too small is told before the download" 1 "$(grep -c 'missing of the weights needs 0 MB on the disk' "$work/log") $(grep -c fetching "$work/log")" "1 0"
printf 'version https://git-lfs.github.com/spec/v1\noid sha256:x\nsize 1\n' >"$files/a.bin"
step weights check
expect "a pointer in place of a file is named" 1 "$(grep -c 'a.bin: only a Git LFS pointer' "$work/log")" 1
step weights apply
ok "... and both are fetched again"
cp -p "$files/a.bin" "$files/a.new"
mv "$files/a.new" "$files/a.bin"
step weights check
expect "a copy has to be looked at" 1 "" ""
step weights apply hub_base="file://$work/nothing"
expect "... but not to be fetched" 0 "$(grep -c 'checking the SHA-256 of a.bin' "$work/log")" 1
rm "$files/b.bin" # a hard link, too
head -c 300000 /dev/zero >"$files/b.bin"
step weights downloads
expect "a file that has rotted is not told by its size" 0 "$(<"$work/log")" ""
step weights apply hub_base="file://$work/nothing"
expect "... but by apply, where the hub is not reached" 1 "$(grep -c 'b.bin has the SHA-256 .* is pinned: removed' "$work/log")" 1
step weights downloads
expect "... then it is among what is to be fetched" 0 "$(cut -d ' ' -f 1,2,4- "$work/log")" "file $(sum "$hub/b.bin") 300000 HF_TOKEN $files/b.bin"
mkdir -p "$work/www/me/weights/resolve/${vars[weights_revision]}"
cp "$hub"/*.bin "$work/www/me/weights/resolve/${vars[weights_revision]}"
rm "$files/a.bin"
step weights apply hub_base="$url"
expect "where Git LFS can't be used, plain download is" 0 "$(grep -c 'going on by plain download' "$work/log")" 1
step weights check
ok "... with the same result"
rm "$files/a.bin"
step weights apply hub_base="$url/token/only/good" HF_TOKEN=bad
expect "a hub that refuses the token ends the step, naming the token and the mirror" 1 \
  "$(grep -c 'refused (HTTP 401). A mirror may serve it: .* set HF_TOKEN to one that may read it' "$work/log") $(grep -c bad "$work/log")" "1 0"
step weights apply hub_base="$url/token/only/good" HF_TOKEN=good
ok "... one that it takes brings the file"
rm "$files/a.bin"
step weights apply hub_base="$url/busy/2"
expect "a hub that limits requests is asked again when it said" 0 "$(grep -c 'a.bin: interrupted (curl 22, HTTP 429).*again in 1 s' "$work/log")" 2
# Another byte at the same size, times and inode: what a bad disk does.
was=$(stat -c '%s %Y %i' "$files/a.bin")
printf 'x' | dd of="$files/a.bin" bs=1 seek=1000 conv=notrunc status=none
touch -d "@${was:7:10}" "$files/a.bin"
step weights check
expect "a file that looks the same is taken for the same" 0 "$(stat -c '%s %Y %i' "$files/a.bin")" "$was"
step weights check DEPLOY_DEEP=1
expect "... but not by a deep check, which says how to mend it" 1 "$(tail -n 1 "$work/log")" \
  "no longer what its SHA-256 says: a.bin. up --force weights fetches that anew"
step weights apply hub_base="$url"
step weights check DEPLOY_DEEP=1
expect "... and so it is mended" 0 "$(sum "$files/a.bin")" "$(sum "$hub/a.bin")"
cut_off weights 'cp --remove-destination weights/FlashVSR-v1.1/a.bin weights/a; printf x >>weights/a; mv weights/a weights/FlashVSR-v1.1/a.bin' \
  weights/FlashVSR-v1.1/a.bin weights/FlashVSR-v1.1/b.bin
rm "$files/a.bin"
head -c 200000 "$hub/a.bin" >"$files/a.bin.part"
: >"$work/server.log"
step weights apply hub_base="$url"
expect "a plain download that was cut off goes on as one" 0 \
  "$(grep -c "a.bin bytes=200000- 206" "$work/server.log") $(grep -c 'an earlier plain download goes on' "$work/log") $(ls "$root/weights")" "1 1 FlashVSR-v1.1"
rm "$files/a.bin"
step weights apply HF_TOKEN=hush hub_base="$url" weights_manifest="${vars[weights_manifest]/500000/500001}"
expect "no token is shown" 1 "$(grep -c hush "$work/log")" 0
step weights apply
ok "the right ones are there again"

# The first version beside it. These stand-ins are told apart as the real ones are.
head -c 500000 /dev/urandom >"$work/v1.bin"
versions="weights_versions='v1 $(sum "$work/v1.bin")"$'\n'"v1.1 $(sum "$hub/a.bin")'"
v1=(weights_repo=me/FlashVSR weights_revision=main "weights_manifest=$(sum "$work/v1.bin") 500000 a.bin"$'\n'"$(sum "$hub/b.bin") 300000 b.bin")
mkdir -p "$work/www/me/FlashVSR/resolve/main"
cp "$hub/b.bin" "$work/www/me/FlashVSR/resolve/main/"
cp "$work/v1.bin" "$work/www/me/FlashVSR/resolve/main/a.bin"
step weights "$versions; apply" hub_base="$url" "${v1[@]}"
expect "the first version comes from a branch into a folder of its own, and the other stays" 0 \
  "$(cd "$root/weights" && find . -name '*.bin' -printf '%P\n' | LC_ALL=C sort | tr '\n' ' ')$(grep -c 'by plain download, as main is no commit' "$work/log")" \
  "FlashVSR-v1.1/a.bin FlashVSR-v1.1/b.bin FlashVSR/a.bin FlashVSR/b.bin 1"
step weights check "${v1[@]}"
ok "... and is as wanted"
step weights check
ok "... as the other is"
rm "$files/a.bin"
cp "$work/v1.bin" "$files/a.bin"
step weights "$versions; apply" hub_base="$url"
expect "a file of the first version in the other's place is named, and replaced" 0 \
  "$(grep -qF 'a.bin: this is the file of FlashVSR v1, and that of v1.1 is wanted' "$work/log" && sum "$files/a.bin")" "$(sum "$hub/a.bin")"
step weights "$versions; apply" hub_base="$url" "${v1[2]}"
expect "files of one version with the repository of the other are refused" 1 \
  "$(grep -c 'weights_manifest pins a.bin of FlashVSR v1, but weights_repo, me/weights, stands for v1.1: .*--env flashvsr-v1' "$work/log")" 1

# -- smoke: without the model --
if ! with_driver_python; then
  printf 'ok - smoke # skipped: numpy and imageio-ffmpeg can not be installed here\n'
  finish
  exit
fi
"$driver_python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))' >"$site/driver.pth"
vars[smoke_backend]=bicubic vars[smoke_size]=32x32 vars[smoke_frames]=21 vars[smoke_min_psnr]=18
step smoke both
expect "the smoke run passes, and says that it was not the model" 0 "$(python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); print(r["passed"], r["is_model"], [c["name"] for c in r["checks"] if not c["passed"]])' "$root/smoke/result.json")" "True False []"
expect "... and leaves a picture of before and after" 0 "$(head -c 8 "$root/smoke/before-after.png" | od -An -c | tr -d ' ')" '211PNG\r\n032\n'
step smoke check smoke_size=64x64
expect "another clip is another run" 1 "" ""
step smoke check weights_repo=me/FlashVSR
expect "other weights need another run" 1 "" ""
printf 'x' >>"$root/env/.done/pytorch"
step smoke check
expect "another stack needs another run" 1 "" ""
step smoke apply smoke_min_psnr=90
expect "a result that is too far off fails the step" 1 "$(grep -c 'FAILED  like the input' "$work/log")" 1
expect "... and leaves no word of success" 1 "$(ls "$root/smoke/passed" 2>/dev/null)" ""
finish
