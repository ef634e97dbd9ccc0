#!/usr/bin/env bash
# Tests of the smoke run's driver, playbooks/flashvsr/files, with real numpy and ffmpeg (of the package imageio-ffmpeg), without a GPU.
# shellcheck disable=SC2154 # set by harness.sh
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=playbook/harness.sh
. "$here/playbook/harness.sh"
export PYTHONDONTWRITEBYTECODE=1

if ! with_driver_python; then
  tail -n 3 "$work/log"
  printf 'ok - driver # skipped: numpy and imageio-ffmpeg can not be installed here\n'
  exit 0
fi

# drive ARGUMENT...
drive() {
  status=0
  (cd / && "$driver_python" "$playbook/files/upscale.py" --output "$work/out.mp4" --result "$work/result.json" "$@") >"$work/log" 2>&1 || status=$?
}
# value EXPRESSION: of the result.
value() { python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); print(eval(sys.argv[2]))' "$work/result.json" "$1"; }

drive --backend bicubic --made 96x64 --made-frames 22
expect "a clip is enlarged, every frame of it" 0 "$(value "r['output']['size'], r['output']['frames'], r['passed'], r['is_model']")" "('384x256', 22, True, False)"
expect "it says that this was not the model" 0 "$(grep -c 'NOT the FlashVSR model' "$work/log")" 2
drive --backend bicubic --made 64x48 --made-frames 21 --also-frames 21 22 --picture "$work/picture.png"
expect "... and clips of 21 and 22 frames" 0 "$(value "[c['found'].split(',')[0] for c in r['checks'] if c['name'] in ('21 frames', '22 frames')]")" "['21 frames', '22 frames']"
expect "a picture shows it before and after, side by side" 0 "$("$driver_python" -c 'import imageio_ffmpeg, sys; print(next(imageio_ffmpeg.read_frames(sys.argv[1]))["size"])' "$work/picture.png")" "(512, 192)"
drive --backend bicubic --input "$work/out.mp4" --also-frames 21
expect "... of which a file has no other lengths" 2 "$(grep -c 'also-frames needs --made' "$work/log")" 1
drive --backend bicubic --made 90x50 --made-frames 5
expect "odd sizes and few frames are padded, and cut again" 0 "$(value "r['output']['size'], r['output']['frames']")" "('360x200', 5)"
cp "$work/out.mp4" "$work/in.mp4"
drive --backend bicubic --input "$work/in.mp4"
expect "a video file is read" 0 "$(value "r['output']['size'], r['output']['frames'], r['output']['fps']")" "('1440x800', 5, 24.0)"
rm "$work/result.json"
printf 'no video' >"$work/bad.mp4"
drive --backend bicubic --input "$work/bad.mp4"
expect "what is no video is refused" 1 "$(grep -c '^error: ' "$work/log"; ls "$work/result.json" 2>/dev/null)" 1
drive --backend bicubic --made 90y50
expect "a size that is none is wrong usage" 2 "$(grep -c 'no size WIDTHxHEIGHT' "$work/log")" 1
drive --made 96x64
expect "the model needs its source and weights" 2 "$(grep -c 'needs --source and --weights' "$work/log")" 1
drive --made 96x64 --source "$work" --weights "$work"
expect "a weight file that is missing is named" 1 "$(grep -c "error: $work/diffusion_pytorch_model_streaming_dmd.safetensors is not there" "$work/log")" 1
mkdir "$work/weights"
printf 'version https://git-lfs.github.com/spec/v1\noid sha256:x\nsize 1\n' >"$work/weights/diffusion_pytorch_model_streaming_dmd.safetensors"
drive --made 96x64 --source "$work" --weights "$work/weights"
expect "one that is only a pointer is named, with the way out" 1 "$(grep -c 'error: .*_dmd.safetensors is only a Git LFS pointer, .*: up --force weights fetches that' "$work/log")" 1
# Their sizes are all that tells them here: no bytes are written.
mkdir -p "$work/v1/FlashVSR" "$work/v1/FlashVSR-v1.1" "$work/source/examples/WanVSR/prompt_tensor"
: >"$work/source/examples/WanVSR/prompt_tensor/posi_prompt.pth"
for folder in FlashVSR FlashVSR-v1.1; do
  touch "$work/v1/$folder"/{diffusion_pytorch_model_streaming_dmd.safetensors,TCDecoder.ckpt}
done
truncate -s 575695268 "$work/v1/FlashVSR-v1.1/LQ_proj_in.ckpt"
truncate -s 575694948 "$work/v1/FlashVSR/LQ_proj_in.ckpt"
drive --made 96x64 --source "$work/source" --weights "$work/v1/FlashVSR-v1.1"
expect "a weight file of the first version among the others is named" 1 "$(grep -c 'LQ_proj_in.ckpt is the file of FlashVSR v1, and this folder is for v1.1: up --force weights' "$work/log")" 1
drive --made 96x64 --source "$work/source" --weights "$work/v1/FlashVSR"
expect "... and the other way round" 1 "$(grep -c 'LQ_proj_in.ckpt is the file of FlashVSR v1.1, and this folder is for v1: ' "$work/log")" 1
mv "$work/v1/FlashVSR/LQ_proj_in.ckpt" "$work/v1/own"
mv "$work/v1/FlashVSR-v1.1/LQ_proj_in.ckpt" "$work/v1/FlashVSR/"
mv "$work/v1/own" "$work/v1/FlashVSR-v1.1/LQ_proj_in.ckpt"
status=0
(cd "$playbook/files" && "$driver_python" -c 'import sys; from backends import version_of; print([version_of(f"{sys.argv[1]}/{name}") for name in ("FlashVSR", "FlashVSR-v1.1")])' "$work/v1") >"$work/log" 2>&1 || status=$?
expect "each version gets its own projector" 0 "$(cat "$work/log")" "[('v1', 'Buffer_LQ4x_Proj'), ('v1.1', 'Causal_LQ4x_Proj')]"
drive --backend bicubic --made 96x64 --min-psnr 90
expect "a result that is too far off does not pass" 1 "$(value "r['passed']")" False

status=0
(cd "$playbook/files" && "$driver_python" -c 'from backends import whole
whole("a.ckpt", lambda: {}["no central directory"])') >"$work/log" 2>&1 || status=$?
expect "one that can't be read is named, with the loader's words and the way out" 1 \
  "$(tail -n 1 "$work/log")" "RuntimeError: a.ckpt can't be read (KeyError: 'no central directory'). up --force weights fetches it anew if it is damaged"

# What has to be found in spoiled results, by the checks themselves.
status=0
(cd "$playbook/files" && "$driver_python" "$here/playbook/spoiled.py") >"$work/log" 2>&1 || status=$?
cat "$work/log"
expect "spoiled results are found" 0 "$(grep -c '^not ok' "$work/log")" 0
finish
