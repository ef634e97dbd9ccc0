# shellcheck shell=bash
# shellcheck disable=SC2154 # variables and functions of lib.sh and the playbook

wanted=$(sha256_text "$cuda_versions $cuda_packages")

check() {
  local home
  home=$(cuda_home) && marked "$root/cuda-home.done" "$wanted" && fits "$home"
}

apply() {
  local home
  rm -f -- "$root/cuda-home.done"
  for home in /usr/local/cuda /usr/local/cuda-12.* "$(dirname "$(dirname "$(type -P nvcc)")")"; do
    if [[ $home == /* ]] && fits "$home"; then
      say "using the CUDA compiler $(nvcc_version "$home") of this box, $home"
      remember "$home"
      return
    fi
  done
  pinned cuda_packages
  conda_env "$root/cuda" "$cuda_packages"
  fits "$root/cuda" || fail "cuda_packages bring nvcc $(nvcc_version "$root/cuda"), which is none of $cuda_versions"
  remember "$root/cuda"
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
