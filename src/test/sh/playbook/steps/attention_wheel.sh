# shellcheck shell=bash disable=SC2034,SC2154 # a part of playbook_steps.sh
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
foretold=(python_version="${vars[python_version]}" cuda_versions="${vars[cuda_versions]}" cuda_packages="${vars[cuda_packages]}" python_packages="${vars[python_packages]}")
step block-sparse-attention cache_key "${foretold[@]}"
expect "the other side is told which wheel is looked for" 0 "$(<"$work/log")" "${wheels##*/}"
root=$work/fresh step block-sparse-attention cache_key "${foretold[@]}"
expect "... also on a box where neither Python nor nvcc is there yet" 0 "$(<"$work/log") $(ls "$work/fresh" 2>/dev/null)" "${wheels##*/} "
mkdir -p "$work/half/env/bin"
printf '#!/bin/sh\nexit 1\n' | script "$work/half/env/bin/python"
root=$work/half step block-sparse-attention cache_key "${foretold[@]}"
expect "... and where the environment is half made" 0 "$(<"$work/log")" "${wheels##*/}"
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
