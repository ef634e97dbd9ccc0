# shellcheck shell=bash disable=SC2154 # variables and functions of place.sh
# Compiles a small CUDA kernel and runs it, in a directory below the root's place that is removed again. Its arguments: the
# root; the seconds that it may take; the CUDA compilers to try, the first that works counts.
# Prints lines: nvcc=PATH, compiled=yes|no, ran=OK or what went wrong; error=WHY after compiled=no.
set -uo pipefail
export LC_ALL=C

kernel() {
  printf '%s' '#include <cstdio>
__global__ void twice(int *value) { *value *= 2; }
int main() {
  int *there = nullptr, value = 21;
  cudaError_t status = cudaMalloc(&there, sizeof value);
  if (status == cudaSuccess) status = cudaMemcpy(there, &value, sizeof value, cudaMemcpyHostToDevice);
  if (status == cudaSuccess) twice<<<1, 1>>>(there);
  if (status == cudaSuccess) status = cudaMemcpy(&value, there, sizeof value, cudaMemcpyDeviceToHost);
  if (status != cudaSuccess) std::printf("ran=%s\n", cudaGetErrorString(status));
  else std::printf("ran=%s\n", value == 42 ? "OK" : "a wrong result");
  return status != cudaSuccess || value != 42;
}
'
}

# By nvcc $1 with the box's own g++, else with an older one beside it: each release of CUDA has a newest that it takes.
compile() {
  local compiler
  for compiler in '' g++-14 g++-13 g++-12 g++-11; do
    [[ -z $compiler || -n $(type -P "$compiler") ]] || continue
    if timeout -k 1 "$seconds" "$1" -arch=native ${compiler:+-ccbin "$compiler"} -o "$dir/twice" "$dir/twice.cu" >"$dir/log" 2>&1; then
      return 0
    fi
    [[ -s $dir/first ]] || cp -- "$dir/log" "$dir/first"
  done
  return 1
}

place=$1 seconds=$2
shift 2
if (($# == 0)); then
  echo 'refused=no CUDA compiler of a release that fits was found'
  exit 3
fi
find_place "$place"
sweep
make_dir
export TMPDIR=$dir
kernel >"$dir/twice.cu"
for nvcc; do
  printf 'nvcc=%s\n' "$nvcc"
  if compile "$nvcc"; then
    echo 'compiled=yes'
    timeout -k 1 "$seconds" "$dir/twice"
    exit
  fi
  echo 'compiled=no'
  error=$(grep -m 1 -iE 'error|unsupported|fatal' "$dir/first" || head -n 1 "$dir/first")
  printf 'error=%s\n' "${error:0:300}"
  rm -f -- "$dir/first"
done
exit 1
