# shellcheck shell=bash
# shellcheck disable=SC2154 # variables of the playbook, and functions of the other files here
# CUDA compilers: those of the box, the one that was chosen, and the one that would be.

# nvcc_version DIR: release of the CUDA compiler in DIR, as in "12.4".
nvcc_version() {
  local text
  text=$("$1/bin/nvcc" --version 2>/dev/null) || return 1
  [[ $text =~ release\ ([0-9]+\.[0-9]+) ]] && printf '%s\n' "${BASH_REMATCH[1]}"
}

# Where the CUDA compiler is that cuda-compiler chose.
cuda_home() { [[ -f $root/cuda-home ]] && printf '%s\n' "$(<"$root/cuda-home")"; }

# newest_gcc CUDA: the newest gcc that this nvcc takes, as its host_config.h says (12.4 to 12.7: 13; from 12.8: 14).
newest_gcc() { if ((${1#*.} >= 8)); then printf '14\n'; else printf '13\n'; fi; }

# Where CUDA toolkits may lie on this box; what two names lead to is one.
cuda_toolkits() {
  local home seen=:
  for home in /usr/local/cuda /usr/local/cuda-12* /opt/cuda* /opt/conda /usr/local/cuda-13* "$(dirname -- "$(dirname -- "$(type -P nvcc || true)")")"; do
    [[ $home == /* && -x $home/bin/nvcc ]] || continue
    home=$(readlink -f -- "$home")
    [[ $seen != *:"$home":* ]] || continue
    seen+=$home:
    printf '%s\n' "$home"
  done
}

# The toolkits of this box whose version is one of cuda_versions, in that order: where there are two, the one that is more tried comes first.
wanted_toolkits() {
  local version home
  for version in $cuda_versions; do
    while read -r home; do
      [[ $(nvcc_version "$home" || true) != "$version" ]] || printf '%s\n' "$home"
    done < <(cuda_toolkits)
  done
}

# A toolkit that may be used: its version is one of those, and it has the runtime's headers.
cuda_fits() {
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

# Whether cuda-compiler has chosen, of what it is given now.
cuda_is_chosen() {
  local home
  home=$(cuda_home) && marked "$root/cuda-home.done" "$(sha256_text "$cuda_versions $cuda_packages")" && cuda_fits "$home"
}

# The release of nvcc that is chosen or, before anything is installed, would be: as far as can be told without a C++ compiler to try it with.
likely_cuda() {
  local home
  if cuda_is_chosen; then
    nvcc_version "$(cuda_home)"
    return
  fi
  while read -r home; do
    if cuda_fits "$home"; then
      nvcc_version "$home"
      return
    fi
  done < <(wanted_toolkits)
  [[ $cuda_packages =~ /cuda-nvcc[a-z_-]*-([0-9]+\.[0-9]+)\. ]] && printf '%s\n' "${BASH_REMATCH[1]}"
}
