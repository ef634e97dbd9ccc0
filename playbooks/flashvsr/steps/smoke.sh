# shellcheck shell=bash
# shellcheck disable=SC2154 # variables and functions of lib/ and the playbook

dir=$root/smoke
weights=$root/weights/$(weights_folder)

# What a passed run stands for: this stack, on this GPU.
stack() {
  local part
  printf '%s %s %s %s\n' "$smoke_backend" "$smoke_size" "$smoke_frames" "$flashvsr_commit"
  nvidia-smi --query-gpu=name,driver_version --format=csv,noheader 2>/dev/null || say "no GPU"
  for part in "$root/env/.done"/* "$weights/.verified"; do
    [[ -f $part ]] || return 1
    sha256 "$part"
  done
}

check() {
  local wanted
  wanted=$(stack) && marked "$dir/passed" "$wanted"
}

apply() {
  local wanted driver trouble also=()
  wanted=$(stack) || fail "the environment or the weights are not complete"
  driver=$(step_file upscale.py)
  mkdir -p -- "$dir"
  link_weights # a source from before may have those of another version only
  rm -f -- "$dir/passed"
  if [[ $smoke_backend == flashvsr ]]; then
    trouble=$(gpu_trouble)
    [[ -z $trouble ]] || fail "$trouble"
    also=(--also-frames 21 22)
  fi
  cd "$dir" || fail "$dir can not be entered"
  TMPDIR=$(scratch) "$python" "$driver" --backend "$smoke_backend" --made "$smoke_size" --made-frames "$smoke_frames" \
    --output "$dir/output.mp4" --result "$dir/result.json" --picture "$dir/before-after.png" ${also[@]+"${also[@]}"} --min-psnr "$smoke_min_psnr" --repeat 2 \
    --source "$root/FlashVSR" --weights "$weights"
  mark "$dir/passed" "$wanted"
}
