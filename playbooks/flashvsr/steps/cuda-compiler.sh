# shellcheck shell=bash
# shellcheck disable=SC2154 # variables and functions of lib/ and the playbook

wanted=$(sha256_text "$cuda_versions $cuda_packages")

check() {
  local home
  home=$(cuda_home) && marked "$root/cuda-home.done" "$wanted" && fits "$home"
}

downloads() {
  local home found='' STEP_DIR
  STEP_DIR=$(mktemp -d)
  while read -r home; do
    if fits "$home" && compiles "$home" >/dev/null 2>&1; then found=yes; fi
  done < <(toolkits)
  rm -rf -- "$STEP_DIR"
  [[ -n $found ]] || conda_to_fetch "$cuda_packages"
}

apply() {
  local home version
  rm -f -- "$root/cuda-home.done"
  # In the order of cuda_versions: where there are two, the one that is more tried.
  for version in $cuda_versions; do
    while read -r home; do
      [[ $(nvcc_version "$home" || true) == "$version" ]] || continue
      if ! fits "$home"; then
        say "not used: CUDA $version in $home has no headers (cuda_runtime.h), as in an image that is only to run programs"
      elif ! compiles "$home"; then
        say "not used: CUDA $version in $home, as it does not compile a test file (its words are above)"
      else
        say "using the CUDA compiler $version of this box, $home"
        remember "$home"
        return
      fi
    done < <(toolkits)
  done
  while read -r home; do
    version=$(nvcc_version "$home") || continue
    [[ " $cuda_versions " == *" $version "* ]] || say "not used: CUDA $version in $home is none of $cuda_versions"
  done < <(toolkits)
  pinned cuda_packages
  conda_env "$root/cuda" "$cuda_packages"
  fits "$root/cuda" || fail "cuda_packages bring nvcc $(nvcc_version "$root/cuda"), which is none of $cuda_versions"
  remember "$root/cuda"
}

# Where CUDA toolkits may lie on this box; what two names lead to is one.
toolkits() {
  local home seen=:
  for home in /usr/local/cuda /usr/local/cuda-12* /opt/cuda* /opt/conda /usr/local/cuda-13* "$(dirname -- "$(dirname -- "$(type -P nvcc || true)")")"; do
    [[ $home == /* && -x $home/bin/nvcc ]] || continue
    home=$(readlink -f -- "$home")
    [[ $seen != *:"$home":* ]] || continue
    seen+=$home:
    printf '%s\n' "$home"
  done
}

# compiles HOME: a small file, with the C++ compiler that the build will take.
compiles() {
  local compilers dir=$STEP_DIR/compiles
  rm -rf -- "$dir"
  mkdir -p -- "$dir"
  printf '#include <cuda_runtime.h>\n#ifdef __CUDACC__\n__global__ void nothing() {}\n#endif\nint one() { return 1; }\n' >"$dir/one.cu"
  compilers=$(host_compiler "$(newest_gcc "$(nvcc_version "$1")")") || {
    say "no g++ here is old enough for it"
    return 1
  }
  PATH=$1/bin:$PATH TMPDIR=$dir CPLUS_INCLUDE_PATH=$1/targets/x86_64-linux/include "$1/bin/nvcc" -ccbin "${compilers#* }" -arch=sm_80 -c "$dir/one.cu" -o "$dir/one.o" &&
    [[ -s $dir/one.o ]]
}

# A toolkit that may be used: its version is one of those, and it has the runtime's headers.
fits() {
  local version
  version=$(nvcc_version "$1") && [[ " $cuda_versions " == *" $version "* ]] && [[ -n $(cuda_header "$1") ]]
}

cuda_header() {
  local at
  for at in "$1/include" "$1/targets/x86_64-linux/include"; do
    if [[ -f $at/cuda_runtime.h ]]; then
      printf '%s\n' "$at"
      return
    fi
  done
}

remember() {
  mark "$root/cuda-home" "$1"
  mark "$root/cuda-home.done" "$wanted"
}
