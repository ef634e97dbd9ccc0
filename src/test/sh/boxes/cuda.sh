# shellcheck shell=bash disable=SC2016,SC2034,SC2154 # a part of boxes.sh; holds what the box expands
# CUDA toolkits: stand-ins of nvcc that say a version.

toolkit() { # DIR VERSION [runtime]
  as_root bash -c 'mkdir -p "$1/bin" "$1/include"
    printf "#!/bin/sh\necho \"Cuda compilation tools, release %s, V%s.1\"\nif [ \"\$1\" != --version ]; then for last; do :; done; echo >\"\$last\"; fi\n" \
      "$2" "$2" >"$1/bin/nvcc"
    chmod 755 "$1/bin/nvcc"; [ -n "$3" ] || : >"$1/include/cuda_runtime.h"' toolkit "$1" "$2" "${3-}"
}
no_toolkits() { as_root bash -c 'rm -rf /usr/local/cuda* /workspace/it/cuda*'; }
two_toolkits() {
  no_toolkits
  toolkit /usr/local/cuda-12.1 12.1 && toolkit /usr/local/cuda-12.8 12.8 && toolkit /usr/local/cuda-12.4 12.4 && toolkit /usr/local/cuda-13.0 13.0 &&
    as_root ln -s cuda-13.0 /usr/local/cuda && ends root cuda-compiler apply && said 0 'using the CUDA compiler 12.4 of this box, /usr/local/cuda-12.4' &&
    ends root cuda-compiler check && said 0
}
check "of several toolkits the right one is used: 12.4, though /usr/local/cuda is 13.0" two_toolkits
none_fits() {
  no_toolkits
  toolkit /usr/local/cuda-12.1 12.1 && toolkit /usr/local/cuda-13.0 13.0 && toolkit /usr/local/cuda-12.6 12.6 runtime || return 1
  # Here there are no conda packages to go on with.
  ends root cuda-compiler apply && said 1 'not used: CUDA 12.1 in /usr/local/cuda-12.1 is none of' 'not used: CUDA 13.0' \
    'not used: CUDA 12.6 in /usr/local/cuda-12.6 has no headers' 'the variable cuda_packages is empty'
}
check "12.1, 13.0 and one without headers are not used, each with its reason" none_fits
does_not_compile() {
  no_toolkits
  toolkit /usr/local/cuda-12.4 12.4 && as_root bash -c 'printf "#!/bin/sh\n[ \"\$1\" != --version ] || exec echo release 12.4,\necho unsupported GNU version; exit 1\n" >/usr/local/cuda-12.4/bin/nvcc' &&
    ends root cuda-compiler apply && said 1 'unsupported GNU version' 'not used: CUDA 12.4 in /usr/local/cuda-12.4, as it does not compile'
}
check "a toolkit that does not compile here is not used, and its words are shown" does_not_compile
no_toolkits
