# shellcheck shell=bash disable=SC2016,SC2034,SC2154 # a part of boxes.sh; holds what the box expands
# The first look: GPU and driver by a stand-in of nvidia-smi, and room.

card() { # DRIVER CAPABILITY LIST
  cat >"$disk/smi" <<SH
#!/bin/sh
case "\$*" in
  *driver_version*) echo "$1" ;;
  *compute_cap*) printf '%s\n' $2 ;;
  -L) printf '$3\n' ;;
esac
SH
  as_root install -m 755 /workspace/smi /usr/local/bin/nvidia-smi
}
# The driver's library, of which only the name is looked for.
as_root bash -c 'mkdir -p /usr/local/nvidia/lib64 && echo library >/usr/local/nvidia/lib64/libcuda.so.1'
uuid='(UUID: GPU-0)'
fits() {
  card 550.127.05 8.0 "GPU 0: NVIDIA A100-SXM4-80GB $uuid"
  ends root box check && said 1 && ends root box apply && said 0 'A100' 'free on /workspace' && ends root box check && said 0
  ! grep -E 'warning|note' "$work/log"
}
as_root rm -rf /workspace/it
check "an A100 with a driver that fits passes, without a warning" fits
other_card() {
  card 550.127.05 8.0 "GPU 0: NVIDIA A100-SXM4-80GB (UUID: GPU-1)"
  ends root box check && said 1
}
check "... and is looked at again when the card is another" other_card

other_processor() { ends root box 'uname() { echo aarch64; }; check' && said 1 'a processor of the kind aarch64'; }
check "another processor than x86_64 is refused" other_processor
no_card() {
  as_root rm /usr/local/bin/nvidia-smi
  ends root box check && said 1 'no NVIDIA GPU answers here. nvidia-smi says: ' 'not found'
}
check "a box without a card or driver is refused" no_card

# refuses TEXT DRIVER CAPABILITY LIST
refuses() {
  card "$2" "$3" "$4" && ends root box check && said 1 "$1" && ends root box apply && said 1 "$1"
}
check "a driver that is too old is refused with the number that is needed" \
  refuses 'the NVIDIA driver is 470.57.02; torch 2.5.1+cu121 needs 525.60.13 or newer' 470.57.02 8.0 "GPU 0: NVIDIA A100 $uuid"
check "... and so is one just below it" refuses 'needs 525.60.13 or newer' 525.60.4 8.0 "GPU 0: NVIDIA A100 $uuid"
check "Blackwell is refused with the reason" \
  refuses 'compute capability 12.0 is none of 8.0 8.6 8.7 8.9 9.0: torch 2.5.1+cu121 has no code for so new a card' 570.1 12.0 "GPU 0: NVIDIA RTX PRO 6000 $uuid"
check "a card older than Ampere is refused with the reason" refuses 'written for 8.0' 550.1 7.5 "GPU 0: Tesla T4 $uuid"
check "an nvidia-smi that fails is quoted" \
  refuses 'nvidia-smi says: Failed to initialize NVML: Driver/library version mismatch' 'Failed to initialize NVML: Driver/library version mismatch' 8.0 x

without_library() {
  as_root mv /usr/local/nvidia/lib64/libcuda.so.1 /usr/local/nvidia/lib64/moved
  refuses 'libcuda.so.1, the library that every CUDA program loads, is missing' 550.127.05 8.0 "GPU 0: NVIDIA A100 $uuid" &&
    said 1 'NVIDIA_DRIVER_CAPABILITIES=compute,utility' || return 1
  as_root mv /usr/local/nvidia/lib64/moved /usr/local/nvidia/lib64/libcuda.so.1
}
check "a container without the driver's library, in which nvidia-smi works, is refused with what it is to be started with" without_library

# warns TEXT CAPABILITY LIST
warns() {
  card 550.127.05 "$2" "$3" && ends root box apply && said 0 "$1"
}
check "an H100 is compiled for, with a warning" warns 'warning: compute capability 9.0 (H100, H200): compiled for it' 9.0 "GPU 0: NVIDIA H100 $uuid"
check "an RTX A6000 (8.6) gets code for 8.0, with a warning" warns 'capability 8.6: kernels made for 8.0 run there' 8.6 "GPU 0: NVIDIA RTX A6000 $uuid"
check "an L40S (8.9) likewise" warns 'capability 8.9: kernels made for 8.0 run there' 8.9 "GPU 0: NVIDIA L40S $uuid"
check "of several GPUs it is said which is used" warns 'note: 2 GPUs; FlashVSR uses the first' '8.0 8.0' "GPU 0: NVIDIA A100 $uuid\nGPU 1: NVIDIA A100 (UUID: GPU-1)"
check "a MIG slice is reported" warns 'a slice (MIG) of a card' 8.0 "GPU 0: NVIDIA A100 $uuid\n  MIG 3g.40gb     Device  0: (UUID: MIG-0)"
check "a vGPU is reported" warns 'a virtual GPU (vGPU)' 8.0 "GPU 0: GRID A100-40C $uuid"

card 550.127.05 8.0 "GPU 0: NVIDIA A100 $uuid"
too_small() {
  ends root box apply room_needed=$'9000 10 there\n20000 10 later' &&
    said 1 'too little room for /workspace/it: 29000 MiB are needed, ' ' are free on /workspace' || return 1
  as_root touch /workspace/it/there
  ends root box apply room_needed=$'9000 10 there\n20000 10 later' && said 1 '20000 MiB are needed'
}
check "too little room is refused before anything is downloaded: what is needed, what is free, where; what is there counts no more" too_small
too_few() {
  ends root box apply room_needed='1 100000000 x' && said 1 '100000000 files (inodes) are needed, ' ' are free on /workspace'
}
check "too few inodes likewise" too_few
