#!/usr/bin/env bash
# Real FlashVSR with the real packages of env/flashvsr.yaml, then of env/flashvsr-cu124.yaml, on a machine without a GPU: `import diffsynth` works, and our
# driver comes as far as the GPU. FLASHVSR_SRC names a checkout of FlashVSR; 3 GB are downloaded for each, 8 GB written. Two things are not the real ones: torch, which is the Python
# index's build of the same version (for the same CUDA), and block_sparse_attn, a stand-in without kernels.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source-path=SCRIPTDIR source=../lib/check.sh
. "$here/lib/check.sh"
home=$(cd "$here/../../.." && pwd)
name="FlashVSR is imported with the pinned packages"
if [ -z "${FLASHVSR_SRC-}" ]; then
  skip "$name" "FLASHVSR_SRC names no checkout"
  finish
fi
if [ -z "$(type -P python3.11)" ] || ! python3.11 -m venv "$work/tried"; then
  skip "$name" "there is no python3.11 with venv"
  finish
fi
rm -rf "$work/tried"
source=$(cd "$FLASHVSR_SRC" && pwd) python=$work/env/bin/python

# block NAME: the lines of that setting.
block() { awk -v name="$1: |" '/^[a-z]/ { ours = $0 == name; next } ours && /^  /' "$home/env/$environment.yaml"; }
# release NAME: the version of that wheel of PyTorch there, without what it was built for.
release() { block torch_wheels | sed -n "s/.* $1-\([0-9.]*\)[+-].*/\1/p"; }
pip() { "$python" -m pip install --disable-pip-version-check -q --no-deps --no-cache-dir "$@"; }
# The Python index has PyTorch 2.5.1 for CUDA 12.4 alone, with whose libraries those that are pinned for 12.1 do not fit: there it brings its own.
own_libraries() { [ "$environment" = flashvsr ]; }
pins() {
  if own_libraries; then block torch_requirements | grep -v '^ *\(nvidia-\|triton\)'; else block torch_requirements; fi
  block flashvsr_requirements
}
all_pins() { pip --require-hashes -r <(pins); }

# try_environment NAME: of env/.
try_environment() {
  environment=$1 name="$1: FlashVSR is imported with the pinned packages"
  rm -rf "$work/env" "$work/weights" "$work/source"
  python3.11 -m venv "$work/env"
  local torch=("torch==$(release torch)" "torchvision==$(release torchvision)" "torchaudio==$(release torchaudio)") deps=--no-deps
  if own_libraries; then deps=; fi
  # shellcheck disable=SC2086 # an option, or none
  if ! "$python" -m pip install --disable-pip-version-check -q --no-cache-dir $deps "${torch[@]}" >"$work/log" 2>&1; then
    tail -n 3 "$work/log"
    skip "$name" "the package index can't be reached"
    return
  fi
  check "$environment: every pin of both lists is installed, by its SHA-256" all_pins
  check "... and pip finds nothing that does not fit together" "$python" -m pip check --disable-pip-version-check

  site=$("$python" -I -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
  mkdir "$site/block_sparse_attn"
  printf '"""A stand-in without kernels."""\n\n\ndef block_sparse_attn_func(*_, **__):\n    raise NotImplementedError("a stand-in")\n' >"$site/block_sparse_attn/__init__.py"
  printf '%s\n' "$source" >"$site/flashvsr.pth"
  imports() { (cd / && "$python" -I -c 'import torch, diffsynth; from diffsynth import FlashVSRTinyLongPipeline, ModelManager; import pkg_resources, cv2; assert "libGL" not in open("/proc/self/maps").read()'); }
  check "$name, cv2 without libGL among them" imports
  mkdir -p "$work/weights" "$work/source/examples"
  ln -s "$source/diffsynth" "$work/source/"
  cp -r "$source/examples/WanVSR" "$work/source/examples/"
  mkdir -p "$work/source/examples/WanVSR/prompt_tensor"
  touch "$work/source/examples/WanVSR/prompt_tensor/posi_prompt.pth" # a checkout may lack this, and it is not read so far
  touch "$work/weights/"{diffusion_pytorch_model_streaming_dmd.safetensors,LQ_proj_in.ckpt,TCDecoder.ckpt}
  stops_at_the_gpu() {
    "$python" "$home/playbooks/flashvsr/files/upscale.py" --made 96x64 --output "$work/out.mp4" --source "$work/source" --weights "$work/weights" >"$work/log" 2>&1
    same 1 "$?" && has "$(<"$work/log")" "error: torch sees no GPU"
  }
  check "our driver comes as far as the GPU, and names it" stops_at_the_gpu

  # The comparison that proves the kernels on a GPU, here on the CPU with kernels that are stand-ins: one that is right, and wrong ones.
  compares() {
    cat >"$site/block_sparse_attn/__init__.py" <<PY
"""A stand-in on the CPU: plain attention in blocks."""
import torch

def block_sparse_attn_func(query, key, value, ends, _, kinds, info, mask, length, *rest, **more):
    full = mask.repeat_interleave(128, 2).repeat_interleave(128, 3)
    parts = (part.permute(1, 0, 2)[None].float() for part in (query, key, value))
    return torch.nn.functional.scaled_dot_product_attention(*parts, attn_mask=$1)[0].permute(1, 0, 2).to(query.dtype)
PY
    (cd / && "$python" -c 'import sys
  sys.path.insert(0, sys.argv[1])
  import attention
  sys.exit(attention.difference(device="cpu") > attention.LIMIT)' "$home/playbooks/flashvsr/files")
  }
  no() { if "$@"; then return 1; fi; }
  check "the comparison with PyTorch's attention passes what is right" compares full
  check "... and finds one that does not look at the blocks" no compares None
  check "... or looks at them the wrong way round" no compares 'full.transpose(2, 3)'

  # All that the GPU run does but the kernels: 22 frames are two turns of the pipeline's loop. What comes out is noise, so its likeness is not asked for.
  goes_through() {
    compares full
    "$python" "$here/full/on_cpu.py" "$home/playbooks/flashvsr/files" "$work/source" "$work/weights" --made 32x32 --made-frames 22 --output "$work/out.mp4" >"$work/log" 2>&1
    has "$(<"$work/log")" "ok      frames: 22 of 22" && has "$(<"$work/log")" "ok      size: 128x128, wanted 128x128" && has "$(<"$work/log")" "ok      finite: "
  }
  check "our driver goes through the whole pipeline, with random weights on the CPU" goes_through
}

try_environment flashvsr
try_environment flashvsr-cu124
finish
