# shellcheck shell=bash
# shellcheck disable=SC2154 # variables and functions of lib/ and the playbook
# Looks at what no later step can mend, before anything is downloaded: the GPU, its driver, the room on the disk.

seen_mark=$root/box-seen

check() {
  local problems
  problems=$(problems)
  if [[ -n $problems ]]; then
    say "$problems"
    return 1
  fi
  marked "$seen_mark" "$(cards)"
}

apply() {
  local problems
  report
  problems=$(problems)
  [[ -z $problems ]] || fail "$problems"
  mark "$seen_mark" "$(cards)"
}

# The cards and the driver, as their tool lists them.
cards() { nvidia-smi -L && nvidia-smi --query-gpu=driver_version --format=csv,noheader | sort -u; }

# What is wrong, a line each; nothing if this box fits.
problems() {
  local driver arch capability
  [[ $(uname -m) == x86_64 ]] ||
    say "this box has a processor of the kind $(uname -m): torch, Miniforge and the conda packages are pinned for x86_64. Rent a box with that"
  if ! driver=$(nvidia-smi --query-gpu=driver_version --format=csv,noheader 2>&1) || [[ ! $driver =~ ^[0-9]+\.[0-9] ]]; then
    say "no NVIDIA GPU answers here. nvidia-smi says: ${driver:-nothing}. Rent a box with a card, or let the provider restart it; the driver is theirs, and is not installed from here"
  else
    driver=${driver%%$'\n'*}
    gpu_faults
    if version_below "$driver" "$driver_min"; then
      say "the NVIDIA driver is $driver; torch $torch_version needs $driver_min or newer. The driver is the provider's: ask for a newer one, or for another box"
    fi
    if ! capability=$(gpu_archs); then
      say "the compute capability of the GPU can't be read. nvidia-smi says: $(nvidia-smi --query-gpu=compute_cap --format=csv,noheader 2>&1 || true)"
    fi
    for arch in $capability; do
      arch=${arch%?}.${arch: -1}
      if [[ " $gpu_capabilities " != *" $arch "* ]]; then
        say "compute capability $arch is none of $gpu_capabilities: $(why_not "$arch")"
      fi
    done
  fi
  lacking_room
}

# why_not CAPABILITY
why_not() {
  if ((${1%.*} < 8)); then
    say "Block-Sparse-Attention is written for 8.0 (Ampere, as the A100) and newer. Rent such a card"
  else
    say "torch $torch_version has no code for so new a card (Blackwell needs torch 2.7 or newer with CUDA 12.8, which FlashVSR does not pin). Rent an A100, A800, H100 or H200"
  fi
}

# What is missing of the room that the parts take which are not there yet.
lacking_room() {
  local mib files part places place size here need_mib=0 need_files=0 mount
  if [[ -e $root/smoke/passed ]]; then return 0; fi
  while read -r mib files part places; do
    [[ ! -e $root/$part ]] || continue
    here=0
    for place in $places; do
      [[ -e $root/$place ]] || continue
      read -r size _ < <(du -sm -- "$root/$place")
      here=$((here + size))
    done
    need_mib=$((need_mib + (mib > here ? mib - here : 0))) need_files=$((need_files + files))
  done < <(lines "$room_needed")
  read -r mib files mount < <(room "$root")
  if ((mib < need_mib)); then
    say "too little room for $root: $need_mib MiB are needed, $mib are free on $mount. Make room there, or set root to a directory on a larger disk"
  fi
  if [[ $files != - ]] && ((files < need_files)); then
    say "too little room for $root: $need_files files (inodes) are needed, $files are free on $mount. Remove files there, or set root to a directory on another disk"
  fi
}

# What is worth knowing, though nothing is wrong with it.
report() {
  local list count arch vgpu=$'\nGPU [^\n]*-[0-9]+(-[0-9]+)?[CQBA](ME)? \\(UUID'
  if list=$(nvidia-smi -L 2>/dev/null); then
    say "$list"
    count=$(printf '%s\n' "$list" | grep -c '^GPU ' || true)
    ((count < 2)) || say "note: $count GPUs; FlashVSR uses the first. CUDA_VISIBLE_DEVICES in the environment of this box chooses another"
    if [[ $list == *$'\n'*'MIG '* ]]; then
      say "warning: this is a slice (MIG) of a card: less memory and fewer processors than its name says"
    fi
    if [[ $'\n'$list =~ $vgpu ]]; then
      say "warning: this is a virtual GPU (vGPU): its processors are shared with others, and its memory is a part of the card's"
    fi
    for arch in $(gpu_archs || true); do
      case $arch in
        80) ;;
        8?) say "warning: compute capability 8.${arch: -1}: kernels made for 8.0 run there; FlashVSR's authors have tried A100 and H200 only" ;;
        90) say "warning: compute capability 9.0 (H100, H200): compiled for it; by FlashVSR's README little faster than an A100" ;;
      esac
    done
  fi
  say "$(room_words "$root")"
}
