#!/usr/bin/env bash
# Stand-in for conda in a rehearsal: "conda create --prefix DIR --file LIST" makes an environment from package files,
# which it knows by their names.
set -euo pipefail

if [[ ${1:-} == --version ]]; then
  echo "conda 25.3.1"
  exit
fi
echo "conda: a rehearsal's stand-in"
prefix=
list=
files=()
while (($# > 0)); do
  case $1 in
    create | install | --yes | -y | --offline | --quiet | -q | --no-deps | --copy | --no-default-packages | --override-channels) ;;
    --prefix | -p)
      prefix=$2
      shift
      ;;
    --file)
      list=$2
      shift
      ;;
    *.conda | *.tar.bz2) files+=("$1") ;;
    *)
      echo "the stand-in conda knows no $1" >&2
      exit 2
      ;;
  esac
  shift
done
[[ $prefix == /* ]] || {
  echo "ArgumentError: --prefix is missing" >&2
  exit 2
}
if [[ -n $list ]]; then
  while IFS= read -r line; do
    [[ -z $line || $line == @EXPLICIT || $line == '#'* ]] || files+=("${line#file://}")
  done <"$list"
fi
for file in ${files[@]+"${files[@]}"}; do
  file=${file%%#*}
  [[ -f $file ]] || {
    echo "PackagesNotFoundError: $file" >&2
    exit 1
  }
done

mkdir -p -- "$prefix/conda-meta" "$prefix/bin"

python() {
  echo "python: a virtual environment of $(type -P python3)"
  python3 -m venv --without-pip -- "$prefix"
}

# Compiles what the stand-in repositories have in their .cu files: C++ for the CPU.
nvcc() {
  local include=$prefix/targets/x86_64-linux/include
  mkdir -p -- "$include"
  echo '// Stand-in for the CUDA runtime header in a rehearsal.' >"$include/cuda_runtime.h"
  cat >"$prefix/bin/nvcc" <<'NVCC'
@NVCC@
NVCC
  chmod 755 "$prefix/bin/nvcc"
}

for file in ${files[@]+"${files[@]}"}; do
  name=${file##*/}
  echo "linking $name (stand-in)"
  case $name in
    python-[0-9]*) python ;;
    cuda-nvcc-[0-9]* | cuda-nvcc-tools-[0-9]* | cuda-toolkit-[0-9]*) nvcc ;;
  esac
  printf '{"name": "%s", "standin": true}\n' "$name" >"$prefix/conda-meta/${name%.*}.json"
done
: >"$prefix/conda-meta/history"
