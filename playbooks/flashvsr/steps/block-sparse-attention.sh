# shellcheck shell=bash
# shellcheck disable=SC2154 # variables and functions of lib.sh and the playbook

source_dir=$root/src/block-sparse-attention
done_mark=$root/env/.done/block-sparse-attention

# What the built module depends on. The GPU is asked, not remembered: a volume may have moved to another card.
built_for() {
  local archs abi
  archs=$(build_archs) || return
  abi=$("$python" -I -c 'import sysconfig; print(sysconfig.get_config_var("SOABI"))') || return
  printf 'commit %s cutlass %s torch %s python %s archs %s' "$bsa_commit" "$cutlass_commit" "$torch_version" "$abi" "$archs"
}

# Architectures to compile for, separated by ";". Code for 8.0 runs on all of 8.x.
build_archs() {
  local arch list=
  for arch in $(gpu_archs); do
    ((arch >= 80)) || return 1
    ((arch >= 90)) || arch=80
    [[ ";$list;" == *";$arch;"* ]] || list+=${list:+;}$arch
  done
  [[ -n $list ]] && printf '%s\n' "$list"
}

check() {
  local wanted
  [[ -x $python ]] && wanted=$(built_for) && marked "$done_mark" "$wanted" || return 1
  can_import
}

# From a directory where no source tree hides the installed package; torch first, as the module needs its libraries loaded.
can_import() {
  cd /
  "$python" -I -c '
import sys, torch
from block_sparse_attn import block_sparse_attn_func
if torch.__version__ != sys.argv[1]:
    sys.exit(f"torch is {torch.__version__}, not {sys.argv[1]}")
' "$torch_version"
}

apply() {
  local archs wanted wheels wheel
  pinned bsa_commit cutlass_commit
  archs=$(build_archs) || fail "the GPU's compute capability can't be read, or is below 8.0 (Ampere). nvidia-smi says: $(nvidia-smi -L 2>&1 || true)"
  wanted=$(built_for)
  # A wheel that was built here for the same things is used again, say after the environment was made anew.
  wheels=$root/wheels/$(sha256_text "$wanted nvcc $(nvcc_version "$(cuda_home)")")
  if ! kept "$wheels"; then
    fetch_git "$bsa_git" "$bsa_commit" "$source_dir"
    fetch_git "$cutlass_git" "$cutlass_commit" "$source_dir/csrc/cutlass"
    build "$archs"
    rm -rf -- "$wheels"
    mkdir -p -- "$wheels"
    wheel=("$STEP_DIR"/dist/*.whl)
    cp -- "${wheel[0]}" "$wheels/"
    mark "$wheels/built-for" "$(cd "$wheels" && sha256sum -b -- *.whl)"$'\n'"$wanted"
  fi
  wheel=("$wheels"/*.whl)
  rm -f -- "$done_mark"
  forget_broken
  PIP_CONFIG_FILE=/dev/null TMPDIR=$(scratch) "$python" -m pip install --disable-pip-version-check --no-input --no-index --no-deps \
    --force-reinstall "${wheel[0]}"
  can_import
  mark "$done_mark" "$wanted"
}

# kept DIR: a wheel lies there, as it was written.
kept() {
  local sum
  [[ -f $1/built-for ]] && read -r sum <"$1/built-for" && (cd "$1" && sha256sum --check --status - <<<"$sum")
}

# build ARCHS: compiles in the source tree, where finished objects stay for the next attempt.
build() {
  local home version compilers jobs kills status=0
  home=$(cuda_home) || fail "no CUDA compiler is known: the step cuda-compiler makes it so"
  version=$(nvcc_version "$home") || fail "$home/bin/nvcc does not run"
  if [[ $1 =~ (^|;)1[0-9][0-9] ]] && ((${version#*.} < 8)); then
    fail "this GPU (compute capability $1) needs CUDA 12.8, and nvcc is $version: install a CUDA toolkit 12.8 on the box"
  fi
  compilers=$(host_compiler $((${version#*.} >= 8 ? 14 : 13))) || fail "no g++ here is old enough for nvcc $version"
  jobs=$(jobs_for)
  kills=$(oom_kills)
  say "building for compute capability $1 with nvcc $version, ${compilers#* } and $jobs jobs; a file takes minutes in silence"
  rm -rf -- "$STEP_DIR/dist"
  mark "$STEP_DIR/building" "$jobs $kills"
  (
    cd "$source_dir" || exit
    # Headers and libraries: the toolkit's, also in conda's layout; of those that only torch's headers ask for, what came with torch.
    CUDA_HOME=$home CC=${compilers% *} CXX=${compilers#* } TMPDIR=$(scratch) PATH=$root/env/bin:$home/bin:$PATH \
      CPATH=$home/targets/x86_64-linux/include$(nvidia_dirs include) \
      LIBRARY_PATH=$home/lib:$home/targets/x86_64-linux/lib:$home/lib64 \
      PYTHONUNBUFFERED=1 BLOCK_SPARSE_ATTN_CUDA_ARCHS=$1 BLOCK_SPARSE_ATTN_FORCE_BUILD=TRUE MAX_JOBS=$jobs NVCC_THREADS=1 \
      "$python" setup.py bdist_wheel --dist-dir "$STEP_DIR/dist"
  ) |& tee "$STEP_DIR/build.log" || status=$?
  if ((status == 0)); then
    rm -f -- "$STEP_DIR/building"
    return
  fi
  if (($(oom_kills) > kills)) || contains "$STEP_DIR/build.log" Killed || contains "$STEP_DIR/build.log" 'signal 9'; then
    mark "$STEP_DIR/building" "$jobs -1"
    fail_for_now "the box ran out of memory with $jobs compilers at once. What is compiled is kept; the next attempt takes half as many"
  fi
  rm -f -- "$STEP_DIR/building"
  remove_broken_objects
  fail "the build failed; the first error above says why"
}

# Include directories of the nvidia-* wheels, each after a colon.
nvidia_dirs() {
  local dir
  for dir in "$root"/env/lib/python3.*/site-packages/nvidia/{cublas,cusparse,cusolver,curand,cuda_runtime}/"$1"; do
    [[ ! -d $dir ]] || printf ':%s' "$dir"
  done
}

# How many compilers at once: by CPUs and by memory, both as this container may use them; half of what the last time was too many.
jobs_for() {
  local cpus memory jobs last kills
  cpus=$(usable_cpus) memory=$(usable_gib)
  jobs=$(((memory - 4) / bsa_job_memory))
  ((jobs <= cpus)) || jobs=$cpus
  if [[ -f $STEP_DIR/building ]]; then
    # Left there by an attempt that lacked memory, or was ended together with its compilers.
    read -r last kills <"$STEP_DIR/building"
    if (($(oom_kills) != kills && jobs > last / 2)); then jobs=$((last / 2)); fi
  fi
  printf '%d\n' $((jobs < 1 ? 1 : jobs))
}

# A compiler that was ended by a power cut can leave half an object, which Ninja takes for done.
remove_broken_objects() {
  local object
  if contains "$STEP_DIR/build.log" 'file format not recognized' || contains "$STEP_DIR/build.log" 'file truncated'; then
    for object in "$source_dir"/build/temp*/csrc/block_sparse_attn/{,src/}*.o; do
      [[ ! -f $object ]] || readelf -h "$object" >/dev/null 2>&1 || rm -f -- "$object"
    done
    fail_for_now "an object file was not complete and is removed"
  fi
}

# Each directory from this process's control group up to the top, of version 2, or of version 1's memory controller.
cgroup_dirs() {
  local line path base
  while IFS= read -r line; do
    case $line in
      0::*) base=/sys/fs/cgroup path=${line#0::} ;;
      *:memory:*) base=/sys/fs/cgroup/memory path=${line#*:memory:} ;;
      *:cpu,cpuacct:*) base=/sys/fs/cgroup/cpu path=${line#*:cpu,cpuacct:} ;;
      *) continue ;;
    esac
    while :; do
      [[ ! -d $base$path ]] || printf '%s\n' "$base${path%/}"
      [[ -n ${path%/} ]] || break
      path=${path%/*}
    done
  done </proc/self/cgroup
}

usable_cpus() {
  local dir quota period cpus
  cpus=$(nproc)
  for dir in $(cgroup_dirs); do
    quota=max period=100000
    if [[ -r $dir/cpu.max ]]; then
      read -r quota period <"$dir/cpu.max"
    elif [[ -r $dir/cpu.cfs_quota_us ]]; then
      quota=$(<"$dir/cpu.cfs_quota_us") period=$(<"$dir/cpu.cfs_period_us")
    fi
    if [[ $quota =~ ^[0-9]+$ ]] && (((quota + period - 1) / period < cpus)); then cpus=$(((quota + period - 1) / period)); fi
  done
  printf '%d\n' "$cpus"
}

usable_gib() {
  local dir file limit kib=0 name value
  while read -r name value _; do
    if [[ $name == MemAvailable: ]]; then kib=$value; fi
  done </proc/meminfo
  for dir in $(cgroup_dirs); do
    for file in "$dir/memory.max" "$dir/memory.limit_in_bytes"; do
      [[ -r $file ]] || continue
      limit=$(<"$file")
      if [[ $limit =~ ^[0-9]{1,18}$ ]] && ((limit / 1024 < kib)); then kib=$((limit / 1024)); fi
    done
  done
  printf '%d\n' $((kib / 1024 / 1024))
}

# How often the kernel ended a process for lack of memory: in this control group, else on the whole machine.
oom_kills() {
  local dir file name value total=0 found=
  for dir in $(cgroup_dirs); do
    for file in "$dir/memory.events" "$dir/memory.oom_control"; do
      [[ -r $file ]] || continue
      while read -r name value; do
        if [[ $name == oom_kill ]]; then total=$((total + value)) found=1; fi
      done <"$file"
    done
  done
  if [[ -z $found ]]; then
    while read -r name value; do
      if [[ $name == oom_kill ]]; then total=$value; fi
    done </proc/vmstat
  fi
  printf '%d\n' "$total"
}
