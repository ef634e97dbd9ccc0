#!/usr/bin/env bash
# Real CUDA: the steps cuda-compiler and block-sparse-attention compile the pinned Block-Sparse-Attention for an A100, without a GPU, with the nvcc 12.4 of
# Debian 13: as it lies in /usr there, and in the layout of conda's packages. BSA_SRC names a checkout of it with its submodule csrc/cutlass. Of 25 files
# it compiles two each; BSA_WHOLE=1: all in conda's layout, which takes an hour and more, and what they give is imported. 5 GB are downloaded, and 15 GB
# kept in target/cuda-box for the next time.
# Not the real things: torch is the Python index's build of that version (for CUDA 12.4), with the CUDA headers that the pinned one has (12.1); conda's
# layout is put together from Debian's files.
# shellcheck disable=SC2016 # others expand what is in single quotes
set -uo pipefail
repo=$(cd "$(dirname "$0")/../../../.." && pwd -P)
# shellcheck source=src/test/sh/lib/check.sh
. "$repo/src/test/sh/lib/check.sh"
# shellcheck source=scripts/testbox.d/base.sh
. "$repo/scripts/testbox.d/base.sh"
playbook=$repo/playbooks/flashvsr kept=$repo/target/cuda-box
box=$kept/box env=$kept/env

leave() {
  skip "Block-Sparse-Attention is compiled by a real nvcc" "$1"
  finish
}
value() { sed -n "s/^ *$1: \"\(.*\)\"\$/\1/p" "$2"; }
# pins NAME...: their lines in the environment file
pins() { grep -E "^  ($(IFS='|' && echo "$*"))==" "$repo/env/flashvsr.yaml"; }

make_box() {
  local mirror
  mirror=$(mirror_of "$(. /etc/os-release && printf '%s' "$VERSION_CODENAME")")
  rm -rf "$box.new"
  debootstrap --variant=minbase --components=main,contrib,non-free trixie "$box.new" "$mirror" || return
  cp -L /etc/resolv.conf /etc/hosts "$box.new/etc/"
  cp -rL /etc/apt/apt.conf.d/. "$box.new/etc/apt/apt.conf.d/"
  mkdir -p "$box.new/workspace" "$box.new$base"
  in_box "$box.new" env DEBIAN_FRONTEND=noninteractive sh -c 'apt-get -qq update && apt-get -qq -y --no-install-recommends install nvidia-cuda-toolkit git ninja-build time' || return
  rm -rf "$box.new/var/cache/apt/archives"
  mv "$box.new" "$box"
}

make_env() {
  local python=$env.new/bin/python site
  rm -rf "$env.new" "$work/wheels"
  python3.11 -m venv "$env.new" || return
  "$python" -m pip install -q --no-cache-dir --disable-pip-version-check "torch==$(value torch_version "$playbook/playbook.yaml" | cut -d+ -f1)" || return
  "$python" -m pip install -q --no-cache-dir --disable-pip-version-check --no-deps --require-hashes \
    -r <(pins numpy setuptools wheel ninja packaging psutil einops) || return
  "$python" -m pip download -q --no-cache-dir --disable-pip-version-check --no-deps --require-hashes -d "$work/wheels" \
    -r <(pins nvidia-{cublas,cusparse,cusolver,curand,cuda-runtime}-cu12) || return
  site=$("$python" -I -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
  rm -rf "$site"/nvidia/{cublas,cusparse,cusolver,curand,cuda_runtime}/include
  "$python" -I - "$site" "$env.new/pinned" "$work"/wheels/*.whl <<'PY' || return
import sys, zipfile

site, apart, *wheels = sys.argv[1:]
for wheel in map(zipfile.ZipFile, wheels):
    for name in wheel.namelist():
        if "/include/" in name:
            wheel.extract(name, site)
        elif "/libcudart.so" in name:
            wheel.extract(name, apart)
PY
  mv "$env.new" "$env"
}

# in_box ROOT COMMAND...: as root in it, with /workspace and the Python of this machine; nothing stays mounted.
in_box() {
  unshare --mount --pid --fork bash -c '
    mount -t proc proc "$1/proc" && mount --bind "$2" "$1$2" || exit
    if [ -d "$4" ]; then mount --bind "$3" "$1/workspace" && mount --bind "$4" "$1/workspace/env" || exit; fi
    root=$1
    shift 4
    exec chroot "$root" "$@"' - "$1" "$base" "$work/workspace" "$env" "${@:2}" </dev/null
}

# step NAME COMMANDS: with the library and that step's script, as the runner does it; the largest process, in KiB, is left in .peak.
step() {
  local name pairs=()
  for name in cuda_versions bsa_job_memory; do pairs+=("$name=$(value "$name" "$playbook/playbook.yaml")"); done
  for name in bsa_commit cutlass_commit; do pairs+=("$name=$(value "$name" "$repo/env/flashvsr.yaml")"); done
  in_box "$box" /usr/bin/time -f %M -o /workspace/.peak /usr/bin/env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    LC_ALL=C.UTF-8 root=/workspace STEP_DIR=/workspace/.step STEP_ATTEMPT=1 cuda_packages= "torch_version=$torch" "${pairs[@]}" \
    bash -euo pipefail -c "$(cat "$playbook"/lib/*.sh)"$'\n'"$(<"$playbook/steps/$1.sh")"$'\n'"$2"
}

# sources [FILE...]: a fresh copy, with all files of its setup.py or only these.
source=$work/workspace/src/block-sparse-attention
sources() {
  rm -rf "$source" "$work/workspace/.step"
  mkdir -p "$work/workspace"/{env,.step,src}
  cp -r "$BSA_SRC" "$source"
  [ $# = 0 ] || sed -i -E "/^ +\"csrc\/.*\.(cu|cpp)\",\$/{/\/($(IFS='|' && echo "$*"))\./!d}" "$source/setup.py"
}

builds() {
  local count
  count=$(grep -Ec '^ +"csrc/.*\.(cu|cpp)",$' "$source/setup.py")
  step block-sparse-attention 'build 80' >"$work/build.log" || { tail -n 30 "$work/build.log" | cut -c 1-400; return 1; }
  has "$(<"$work/build.log")" "[$count/$count] "
}
built() { in_box "$box" sh -c 'cd /workspace/src/block-sparse-attention/build/temp* && "$@"' - "$@"; }
# headers HAS HASNOT: what the files included
headers() { built /workspace/env/bin/ninja -t deps >"$work/deps" && has "$(<"$work/deps")" "$1" && ! has "$(<"$work/deps")" "$2" >/dev/null; }
for_a100() { same sm_80.cubin "$(built find . -name '*_sm80.o' -exec cuobjdump --list-elf {} ';' | grep -oE 'sm_[0-9]+[.]cubin' | sort -u)"; }
tell() {
  local wheel
  wheel=$(echo "$work"/workspace/.step/dist/*.whl)
  printf '# %s has %d KiB; the largest compiler took %d KiB\n' "${wheel##*/}" $(($(stat -c %s "$wheel") / 1024)) "$(<"$work/workspace/.peak")"
}

[ -n "${BSA_SRC-}" ] || leave "BSA_SRC names no checkout"
[ "$(git -C "$BSA_SRC" rev-parse HEAD)" = "$(value bsa_commit "$repo/env/flashvsr.yaml")" ] || leave "the checkout BSA_SRC is of another commit than the pinned one"
[ -f "$BSA_SRC/csrc/cutlass/include/cutlass/cutlass.h" ] || leave "the checkout BSA_SRC has no submodule csrc/cutlass"
# shellcheck disable=SC1091,SC2031
if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null || [ "$(. /etc/os-release && printf '%s' "${ID-}")" != debian ]; then
  leave "only root on Debian with debootstrap can"
fi
command -v python3.11 >/dev/null || leave "there is no python3.11"
base=$(python3.11 -I -c 'import sys; print(sys.base_prefix)')
mkdir -p "$kept" "$work/workspace"
[ -d "$box" ] || make_box >"$work/log" 2>&1 || leave "Debian 13 with nvcc can't be had: $(tail -n 1 "$work/log")"
[ -d "$env" ] || make_env >"$work/log" 2>&1 || leave "torch can't be had: $(tail -n 1 "$work/log")"
torch=$("$env/bin/python" -I -c 'import torch; print(torch.__version__)')

# -- as Debian installs it ----------------------------------------------------------------------------------------
sources flash_api flash_bwd_block_hdim128_bf16_causal_sm80 # of all the largest, in memory
takes_it() { step cuda-compiler 'apply; check' >"$work/log" && has "$(<"$work/log")" "using the CUDA compiler 12.4 of this box, /usr"; }
check "in /usr: nvcc 12.4 is taken, with Debian's g++ 13" takes_it
check "in /usr: the step builds a wheel" builds
tell
check "in /usr: the runtime's headers are the compiler's, cuBLAS's came with torch" headers /nvidia/cublas/include/cublas_v2.h /nvidia/cuda_runtime/
check "in /usr: the kernels are for compute capability 8.0" for_a100
fits() { [ "$(<"$work/workspace/.peak")" -le $(($(value bsa_job_memory "$playbook/playbook.yaml") * 1024 * 1024)) ]; }
check "in /usr: the largest of the files takes no more memory than is counted for a job" fits

# -- as conda installs it -----------------------------------------------------------------------------------------
# Debian 13 has glibc 2.41, whose cospi and sinpi nvcc 12.4 takes for a conflict with its own where its headers are not the system's.
if [ -n "${BSA_WHOLE-}" ]; then sources; else sources flash_api flash_fwd_block_hdim128_bf16_sm80; fi # what FlashVSR calls
lay_out() {
  in_box "$box" sh -euc '
    to=/workspace/cuda target=/workspace/cuda/targets/x86_64-linux
    mkdir -p "$to/bin" "$to/lib" "$to/nvvm/bin" "$target/include" "$target/lib"
    cp /usr/lib/nvidia-cuda-toolkit/bin/nvcc /usr/bin/ptxas /usr/bin/fatbinary /usr/bin/cudafe++ /usr/bin/nvlink "$to/bin/"
    cp /usr/lib/nvidia-cuda-toolkit/bin/cicc "$to/nvvm/bin/"
    cp -r /usr/lib/nvidia-cuda-toolkit/libdevice "$to/nvvm/"
    cd /usr/include
    cp -r --parents crt cub thrust cuda nv fatbinary_section.h "$target/include/"
    for name in /workspace/env/lib/python3.11/site-packages/nvidia/cuda_runtime/include/*; do
      if [ -e "${name##*/}" ]; then cp -r "${name##*/}" "$target/include/"; fi
    done
    cp -d /usr/lib/x86_64-linux-gnu/libcudart.so* /usr/lib/x86_64-linux-gnu/libcudart_static.a /usr/lib/x86_64-linux-gnu/libcudadevrt.a "$target/lib/"
    ln -s ../targets/x86_64-linux/lib/libcudart.so "$to/lib/"' &&
    printf '%s\n' 'TOP = $(_HERE_)/..' 'CICC_PATH = $(TOP)/nvvm/bin' 'NVVMIR_LIBRARY_DIR = $(TOP)/nvvm/libdevice' 'PATH += $(CICC_PATH):$(_HERE_):' \
      'INCLUDES += "-I$(TOP)/targets/x86_64-linux/include" $(_SPACE_)' >"$work/workspace/cuda/bin/nvcc.profile" &&
    step cuda-compiler 'compiles "$root/cuda" && remember "$root/cuda" && check'
}
check "in conda's layout: nvcc 12.4 compiles a small file with Debian's g++ 13 and glibc 2.41" lay_out
check "in conda's layout: the step builds a wheel" builds
tell
check "in conda's layout: the runtime's headers are the compiler's, cuBLAS's came with torch" headers /nvidia/cublas/include/cublas_v2.h /nvidia/cuda_runtime/
check "in conda's layout: the kernels are for compute capability 8.0" for_a100
module() {
  python3 -I -m zipfile -e "$work"/workspace/.step/dist/*.whl "$work/unpacked"
  echo "$work"/unpacked/block_sparse_attn_cuda*.so
}
symbols() { nm -D "$@" | sed -E 's/@.*//' | awk '{ print $NF }' | grep -E '^(__)?cuda[A-Z]' | sort -u; }
known() {
  symbols --undefined-only "$(module)" >"$work/wanted"
  [ -s "$work/wanted" ] && same "" "$(comm -23 "$work/wanted" <(symbols --defined-only "$env"/pinned/nvidia/cuda_runtime/lib/libcudart.so.*))"
}
check "... and want nothing of the CUDA runtime that torch's own, 12.1, does not have" known
if [ -n "${BSA_WHOLE-}" ]; then
  imported() { step block-sparse-attention 'mkdir "$root/wheel" && cp "$STEP_DIR"/dist/*.whl "$root/wheel/" && install_wheel "$root/wheel" && can_import'; }
  check "the whole is installed and can be imported, without a GPU" imported
fi
finish
