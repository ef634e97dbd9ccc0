# shellcheck shell=bash
# shellcheck disable=SC2154 # variables and functions of lib/ and the playbook

check() { cuda_is_chosen; }

downloads() {
  local home found='' STEP_DIR
  STEP_DIR=$(mktemp -d)
  while read -r home; do
    if cuda_fits "$home" && compiles "$home" >/dev/null 2>&1; then found=yes; fi
  done < <(wanted_toolkits)
  rm -rf -- "$STEP_DIR"
  [[ -n $found ]] || conda_to_fetch "$cuda_packages"
}

apply() {
  local home version
  rm -f -- "$root/cuda-home.done"
  while read -r home; do
    version=$(nvcc_version "$home")
    if ! cuda_fits "$home"; then
      say "not used: CUDA $version in $home has no headers (cuda_runtime.h), as in an image that is only to run programs"
    elif ! compiles "$home"; then
      say "not used: CUDA $version in $home, as it does not compile a test file (its words are above)"
    else
      say "using the CUDA compiler $version of this box, $home"
      remember "$home"
      return
    fi
  done < <(wanted_toolkits)
  while read -r home; do
    version=$(nvcc_version "$home") || continue
    [[ " $cuda_versions " == *" $version "* ]] || say "not used: CUDA $version in $home is none of $cuda_versions"
  done < <(cuda_toolkits)
  pinned cuda_packages
  conda_env "$root/cuda" "$cuda_packages"
  cuda_fits "$root/cuda" || fail "cuda_packages bring nvcc $(nvcc_version "$root/cuda"), which is none of $cuda_versions"
  remember "$root/cuda"
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

remember() {
  mark "$root/cuda-home" "$1"
  mark "$root/cuda-home.done" "$(sha256_text "$cuda_versions $cuda_packages")"
}
