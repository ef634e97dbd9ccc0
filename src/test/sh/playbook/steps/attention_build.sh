# shellcheck shell=bash disable=SC2034,SC2154 # a part of playbook_steps.sh
# block-sparse-attention: two C++ files and a module that loads the library, compiled by Ninja.

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
