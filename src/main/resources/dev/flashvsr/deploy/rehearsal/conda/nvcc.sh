#!/usr/bin/env bash
# Stand-in for nvcc in a rehearsal: compiles .cu files with g++, as C++ for the CPU.
set -euo pipefail

if [[ ${1:-} == --version || ${1:-} == -V ]]; then
  echo "nvcc: NVIDIA (R) Cuda compiler driver (a rehearsal's stand-in: g++)"
  echo "Cuda compilation tools, release 12.4, V12.4.131"
  exit
fi
compiler=g++
arguments=()
while (($# > 0)); do
  case $1 in
    -gencode | --threads | --generate-code | -arch | -Xptxas) shift ;;
    --threads=* | -gencode=* | -arch=* | --expt-* | --use_fast_math | -lineinfo) ;;
    -ccbin)
      compiler=$2
      shift
      ;;
    -ccbin=*) compiler=${1#*=} ;;
    --compiler-options | -Xcompiler)
      IFS=, read -ra host < <(printf '%s\n' "${2//\'/}")
      arguments+=("${host[@]}")
      shift
      ;;
    --generate-dependencies-with-compile) arguments+=(-MMD) ;;
    --dependency-output)
      arguments+=(-MF "$2")
      shift
      ;;
    *) arguments+=("$1") ;;
  esac
  shift
done
for argument in "${arguments[@]}"; do
  # Only source files are in a language of their own; objects are linked as they are.
  [[ $argument != -c ]] || exec "$compiler" -x c++ "${arguments[@]}"
done
exec "$compiler" "${arguments[@]}"
