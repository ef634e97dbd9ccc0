# shellcheck shell=bash
# shellcheck disable=SC2154 # variables of the playbook, and functions of the other files here
# Facts of the box.

# The compute capabilities of the box's GPUs, as in "80", one a line, each once.
gpu_archs() {
  local archs
  archs=$(nvidia-smi --query-gpu=compute_cap --format=csv,noheader | sort -u) || return
  archs=${archs//[. ]/}
  [[ $archs =~ ^[0-9]+($'\n'[0-9]+)*$ ]] || return 1
  printf '%s\n' "$archs"
}

# Why nothing can be computed on a GPU here, and what to do about it; nothing where nothing is known to be wrong.
gpu_trouble() {
  local text mig status=0
  if [[ -z $(type -P nvidia-smi) ]]; then
    say "this box has no nvidia-smi, so no NVIDIA driver. It needs a GPU, or as a container access to it (docker run --gpus all): take another one"
    return
  fi
  text=$(nvidia-smi -L 2>&1) || status=$?
  case $text in
    *'ersion mismatch'*)
      say "the NVIDIA driver in the kernel and its libraries are of two versions, since an upgrade replaced one of them: reboot the box (for a" \
        "container, its host: ask the provider)"
      ;;
    *"couldn't communicate with the NVIDIA driver"*)
      say "the NVIDIA driver is installed, but not loaded: reboot the box; where that does not help, take another one"
      ;;
    *'Failed to initialize NVML: Unknown Error'*) say "this container has lost its GPU: restart it" ;;
    *'No devices '*) say "the NVIDIA driver finds no GPU: was the box rented, or the container started, with one?" ;;
    *)
      if ((status)); then
        say "nvidia-smi does not work: $text"
      elif [[ $text =~ MIG\ [^\ ]*\.([0-9]+)gb ]]; then
        ((BASH_REMATCH[1] >= 20)) || say "this box has only a slice of a GPU, with ${BASH_REMATCH[1]} GB (${BASH_REMATCH[0]}), and FlashVSR needs 20:" \
          "rent a whole GPU, or a larger slice"
      elif mig=$(nvidia-smi --query-gpu=mig.mode.current --format=csv,noheader 2>/dev/null) && [[ $mig == Enabled* ]]; then
        say "the GPU is to be divided (MIG), and no part of it is there, so that CUDA finds none: ask the provider to switch MIG off (nvidia-smi -mig 0)"
      fi
      ;;
  esac
}

# Whether the library that every CUDA program loads lies where the loader looks. An image saved from a running container has an empty file in its place.
has_libcuda() {
  local dir
  while IFS= read -r dir; do
    [[ -z $dir || ! -s $dir/libcuda.so.1 ]] || return 0
  done < <(
    printf '%s\n' "${LD_LIBRARY_PATH-}" | tr : '\n'
    PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null | sed -n 's|.*libcuda\.so\.1 .*=> \(.*\)/libcuda\.so\.1$|\1|p' || true
    printf '%s\n' /usr/lib/x86_64-linux-gnu /usr/lib64 /usr/lib /usr/local/nvidia/lib64 /usr/lib/wsl/lib /run/opengl-driver/lib
  )
  return 1
}

no_libcuda="nvidia-smi works, but libcuda.so.1, the library that every CUDA program loads, is missing: a container has to be started with \
NVIDIA_DRIVER_CAPABILITIES=compute,utility; a machine without containers needs the driver's compute package (libnvidia-compute)"

# What the driver says of the cards that it lists and that can't be computed on, a line each; nothing where they are well.
gpu_faults() {
  local line value card=GPU
  has_libcuda || say "$no_libcuda"
  while IFS= read -r line; do
    value=${line##*: }
    case $line in
      'GPU '*) card=$line ;;
      'CUDA Version '*:*'Not Found' | 'CUDA Version '*:*N/A) ! has_libcuda || say "$no_libcuda" ;;
      *' GPU Recovery Action '*:* | *' Reset Required '*:*)
        case $value in
          None | No | N/A | *deprecated*) ;;
          *) say "$card is in a bad state (${line//  /}): the provider has to reset it or restart its host; else take another box" ;;
        esac
        ;;
      *': GPU is lost' | *': GPU requires reset')
        say "$card does not answer ($value): the provider has to reset it or restart its host; else take another box"
        ;;
    esac
  done < <(nvidia-smi -q 2>/dev/null || true) | sort -u
}

# version_below A B: whether the dotted version A is older than B.
version_below() { [[ $1 != "$2" && $(printf '%s\n' "$1" "$2" | sort -V | head -n 1) == "$1" ]]; }

# missing_commands NAME...: those that are not on PATH, each after a blank. What curl is for, wget can do.
missing_commands() {
  local name
  for name; do
    [[ -n $(type -P "$name") || ($name == curl && -n $(type -P wget)) ]] || printf ' %s' "$name"
  done
}

# Whether packages of the system may be installed here.
may_install() { [[ -n $(type -P apt-get) ]] && { ((EUID == 0)) || sudo -n true 2>/dev/null; }; }

# Where the step system-packages notes that it could not bring everything.
# shellcheck disable=SC2034 # for the steps
left_mark=$root/left-to-tools

# host_compiler MAX: "GCC G++" of the first pair that is no newer than gcc MAX; the last are conda's, of the step tools.
host_compiler() {
  local version gcc cc cxx
  for gcc in gcc gcc-14 gcc-13 gcc-12 gcc-11 x86_64-conda-linux-gnu-gcc; do
    cc=$(type -P "$gcc") || continue
    cxx=$(type -P "${gcc/%gcc*/g++${gcc##*gcc}}") || continue
    case $cc:$cxx in
      "$root/tools/bin/"*:"$root/tools/bin/"*) ;;
      *"$root/tools/bin/"*) continue ;; # one of the box's, one of conda's
    esac
    version=$("$cxx" -dumpfullversion 2>/dev/null) || continue
    if ((${version%%.*} <= $1)); then
      printf '%s %s\n' "${cc##*/}" "${cxx##*/}"
      return
    fi
  done
  return 1
}
