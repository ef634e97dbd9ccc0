# shellcheck shell=bash
# shellcheck disable=SC2154 # variables and functions of lib/ and the playbook

source_dir=$root/src/block-sparse-attention
done_mark=$root/env/.done/block-sparse-attention

# What the built module depends on. The GPU is asked, not remembered: a volume may have moved to another card.
built_for() {
  local archs abi
  archs=$(build_archs) || return
  abi=$(python_abi) || return
  printf 'commit %s cutlass %s torch %s python %s archs %s' "$bsa_commit" "$cutlass_commit" "$torch_version" "$abi" "$archs"
}

# Architectures to compile for, separated by ";". Code for 8.0 runs on all of 8.x; of the newer ones setup.py knows the first of each family.
build_archs() {
  local arch list=
  for arch in $(gpu_archs); do
    ((arch >= 80)) || return 1
    ((arch >= 90)) || arch=80
    ((arch < 100)) || arch=$((arch / 10 * 10))
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

# Where a wheel lies here, or comes from the user's machine, nothing is compiled.
downloads() {
  local key
  key=$(cache_key 2>/dev/null) || key=
  if [[ -n $key ]] && { [[ ${STEP_OFFERED:-} == "$key" ]] || kept "$root/wheels/$key"; }; then return 0; fi
  git_to_fetch "$bsa_git" "$bsa_commit" "$source_dir"
  git_to_fetch "$cutlass_git" "$cutlass_commit" "$source_dir/csrc/cutlass"
}

apply() {
  local archs wanted wheels trouble why=
  pinned bsa_commit cutlass_commit
  trouble=$(gpu_trouble)
  [[ -z $trouble ]] || fail "$trouble"
  archs=$(build_archs) || fail "the GPU's compute capability can't be read, or is below 8.0 (Ampere). nvidia-smi says: $(nvidia-smi -L 2>&1 || true)"
  wanted=$(built_for)
  wheels=$(wheel_dir) || fail "no CUDA compiler is known: the step cuda-compiler makes it so"
  take_older_wheel "$wheels" "$wanted"
  # A wheel that was built for the same things is used again, say after the environment was made anew; it lies there as it was written, but
  # was the system under it the same?
  if kept "$wheels"; then
    install_wheel "$wheels"
    if ! can_import; then why="can't be imported"; elif ! computes; then why="does not compute rightly"; fi
    if [[ -n $why ]]; then
      say "the wheel that was kept $why here: built anew"
      give_up "$wheels" "$why here"
    fi
  fi
  if ! kept "$wheels"; then
    fetch_git "$bsa_git" "$bsa_commit" "$source_dir"
    fetch_git "$cutlass_git" "$cutlass_commit" "$source_dir/csrc/cutlass"
    build "$archs"
    keep_wheel "$wheels"
    install_wheel "$wheels"
    can_import
    if ! computes; then
      give_up "$wheels" "does not compute rightly here"
      fail "Block-Sparse-Attention was compiled here, but does not compute rightly on this GPU: the line above says why. up compiles it from its beginning; if that ends in the same way, the GPU or its driver is at fault: take another box"
    fi
  fi
  rm -f -- "$wheels.unfit"
  mark "$done_mark" "$wanted"
}

# Whether it computes on the GPU what PyTorch's own attention does: that it can be imported says nothing about its kernels.
computes() {
  local script status=0
  script=$(step_file attention.py) || exit
  (cd / && "$python" -I "$script") || status=$?
  case $status in
    0) ;;
    69) fail "whether Block-Sparse-Attention computes rightly can't be told without a GPU: the line above says what to look at" ;;
    75) fail_for_now "the GPU is busy: another program holds its memory, or has it for itself (nvidia-smi shows which)" ;;
    *) return 1 ;;
  esac
}

# give_up DIR WHY: the wheel there, and what it was linked from, are used and offered no more.
give_up() {
  mark "$1.unfit" "$2"
  rm -rf -- "$1" "$source_dir/build"
}

# -- wheels/KEY: a wheel, and what it was built for in the file built-for: a line for sha256sum --check, then KEY's own text, a fact a line ---------

# wheel_facts NVCC ABI: what a wheel depends on. KEY is the SHA-256 of this text, without the last line's end.
wheel_facts() {
  local archs
  archs=$(build_archs) || return
  printf '%s\n' "commit $bsa_commit" "cutlass $cutlass_commit" "torch $torch_version" "cuda $1" "python $2" "archs $archs" "$(glibc)"
}

# The same for what is installed here.
own_facts() {
  local cuda abi
  cuda=$(nvcc_version "$(cuda_home)") || return
  abi=$(python_abi) || return
  wheel_facts "$cuda" "$abi"
}

# The name by which Python's own tools tell builds for it apart.
python_abi() { "$python" -I -c 'import sysconfig; print(sysconfig.get_config_var("SOABI"))'; }

# KEY of the wheel that apply will look for, as far as can be told now: on a fresh box Python and nvcc are not there yet, and what their steps
# will bring is foretold, as is what remakes an environment that is another, or half made. A key that is foretold wrongly costs the compile, and
# with --relay, as its sources were left out, a second up --relay, which finds nvcc and Python there. Called by the other side, which may have that
# wheel; nothing where it was of no use here.
cache_key() {
  local cuda abi facts major minor key
  cuda=$(likely_cuda) || return 0
  if ! python_is_made || ! abi=$(python_abi 2>/dev/null); then
    major=${python_version%%.*} minor=${python_version#*.}
    abi=cpython-$major${minor%%.*}-$(uname -m)-linux-gnu
  fi
  facts=$(wheel_facts "$cuda" "$abi") || return 0
  key=$(sha256_text "$facts")
  [[ -e $root/wheels/$key.unfit ]] || printf '%s\n' "$key"
}

glibc() { getconf GNU_LIBC_VERSION 2>/dev/null || say "glibc unknown"; }

wheel_dir() {
  local facts
  facts=$(own_facts) || return
  printf '%s\n' "$root/wheels/$(sha256_text "$facts")"
}

# keep_wheel DIR: keeps the wheel that was built. Whole, or not at all.
keep_wheel() {
  local wheel=("$STEP_DIR"/dist/*.whl)
  rm -rf -- "$1" "$1.new"
  mkdir -p -- "$1.new"
  cp -- "${wheel[0]}" "$1.new/"
  mark "$1.new/built-for" "$(cd "$1.new" && sha256sum -b -- *.whl)"$'\n'"$(own_facts)"
  mv -- "$1.new" "$1"
}

# kept DIR: a wheel lies there, as it was written.
kept() {
  local sum
  [[ -f $1/built-for ]] && read -r sum <"$1/built-for" && (cd "$1" && printf '%s\n' "$sum" | sha256sum --check --status -)
}

# take_older_wheel DIR WANTED: a wheel that an earlier form of this step has built for the same, under a name of its own, moves to DIR.
take_older_wheel() {
  local old
  old=$root/wheels/$(sha256_text "$2 nvcc $(nvcc_version "$(cuda_home)")")
  if kept "$1" || ! kept "$old"; then return 0; fi
  mark "$old/built-for" "$(cd "$old" && sha256sum -b -- *.whl)"$'\n'"$(own_facts)"
  rm -rf -- "$1"
  mv -- "$old" "$1"
}

install_wheel() {
  local wheel=("$1"/*.whl)
  rm -f -- "$done_mark"
  forget_broken
  PIP_CONFIG_FILE=/dev/null TMPDIR=$(scratch) "$python" -m pip install --disable-pip-version-check --no-input --no-index --no-deps \
    --force-reinstall "${wheel[0]}"
}

# -- the build ------------------------------------------------------------------------------------------------------

# build ARCHS: compiles in the source tree, where finished objects stay for the next attempt.
build() {
  local home version compilers jobs threads kills reason link='' status=0
  home=$(cuda_home) || fail "no CUDA compiler is known: the step cuda-compiler makes it so"
  version=$(nvcc_version "$home") || fail "$home/bin/nvcc does not run"
  if [[ $1 =~ (^|;)1[0-9][0-9] ]] && ((${version#*.} < 8)); then
    fail "this GPU (compute capability $1) needs CUDA 12.8, and nvcc is $version: install a CUDA toolkit 12.8 on the box"
  fi
  compilers=$(host_compiler "$(newest_gcc "$version")") || fail "no g++ here is old enough for nvcc $version"
  # conda's compiler is newer than the C++ library of an old system, which torch has loaded already: its part is linked in.
  if [[ $compilers == x86_64-conda* ]]; then link='-static-libstdc++'; fi
  read -r jobs threads < <(jobs_for "$1")
  kills=$(oom_kills)
  say "building for compute capability $1 with nvcc $version, ${compilers#* } and $jobs jobs of $threads threads; a file takes minutes in silence"
  rm -rf -- "$STEP_DIR/dist"
  mark "$STEP_DIR/building" "$jobs $kills"
  (
    cd "$source_dir" || exit
    # Headers and libraries: the toolkit's, also in conda's layout; of those that only torch's headers ask for, what came with torch. As
    # directories of the system: elsewhere nvcc reports what CUDA 12.4's headers and glibc 2.41 (Debian 13, Ubuntu 25.04) both declare.
    CUDA_HOME=$home CC=${compilers% *} CXX=${compilers#* } TMPDIR=$(scratch) PATH=$root/env/bin:$home/bin:$PATH \
      CPLUS_INCLUDE_PATH=$home/targets/x86_64-linux/include$(torch_headers) \
      LIBRARY_PATH=$home/lib:$home/targets/x86_64-linux/lib:$home/lib64 \
      LDFLAGS=$link PYTHONUNBUFFERED=1 BLOCK_SPARSE_ATTN_CUDA_ARCHS=$1 BLOCK_SPARSE_ATTN_FORCE_BUILD=TRUE MAX_JOBS=$jobs NVCC_THREADS=$threads \
      OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 \
      "$python" setup.py bdist_wheel --dist-dir "$STEP_DIR/dist"
  ) |& tee "$STEP_DIR/build.log" || status=$?
  if ((status == 0)); then
    rm -f -- "$STEP_DIR/building"
    return
  fi
  reason=
  if (($(oom_kills) > kills)); then reason=memory; else reason=$(lacked) || reason=; fi
  if [[ -n $reason ]]; then
    mark "$STEP_DIR/building" "$jobs -1"
    fail_for_now "the box ran out of $reason with $jobs compilers at once. What is compiled is kept; the next attempt takes half as many"
  fi
  rm -f -- "$STEP_DIR/building"
  if contains "$STEP_DIR/build.log" 'No space left on device' || no_room "$root"; then
    fail "the disk of $root is full ($(df -h --output=avail,target -- "$root" | tail -n 1) is free): make room, then run again. What is compiled is kept"
  fi
  remove_broken_objects
  fail "the build failed; the first error above says why"
}

# What the compilers lacked, as their own words say.
lacked() {
  local text
  for text in Killed 'signal 9' 'out of memory' 'virtual memory exhausted' 'Cannot allocate memory' 'Memory allocation failure'; do
    if contains "$STEP_DIR/build.log" "$text"; then
      say memory
      return
    fi
  done
  for text in 'Resource temporarily unavailable' "can't start new thread"; do
    if contains "$STEP_DIR/build.log" "$text"; then
      say "processes and threads"
      return
    fi
  done
  return 1
}

# Where the headers are that came with torch, each after a colon. Not those of the CUDA runtime: a toolkit in /usr has its own, which fit its
# compiler, in a directory that is searched after these.
torch_headers() {
  local dir
  for dir in "$root"/env/lib/python3.*/site-packages/nvidia/{cublas,cusparse,cusolver,curand}/include; do
    [[ ! -d $dir ]] || printf ':%s' "$dir"
  done
}

# jobs_for ARCHS: "JOBS THREADS": how many compilers at once, and with how many threads each: by CPUs, memory and processes, as this container may
# use them; half of what the last time was too many. A second thread has work only where a file is compiled for a second architecture.
jobs_for() {
  local cpus memory pids jobs threads=1 last kills passes
  cpus=$(usable_cpus) memory=$(($(usable_gib) - 4)) pids=$(usable_pids)
  jobs=$((memory / bsa_job_memory))
  ((jobs <= cpus)) || jobs=$cpus
  # A job is nvcc, a shell, and up to three at work below it; setup.py, Ninja and the step itself are the rest.
  if [[ $pids != max ]] && ((jobs > (pids - 24) / 6)); then jobs=$(((pids - 24) / 6)); fi
  if [[ -f $STEP_DIR/building ]]; then
    # Left there by an attempt that lacked something, or was ended together with its compilers.
    read -r last kills <"$STEP_DIR/building"
    if (($(oom_kills) != kills && jobs > last / 2)); then jobs=$((last / 2)); fi
  fi
  if ((jobs >= 25)); then
    # There are not more files than that: what is left over serves the passes of each.
    passes=${1//[^;]/}
    threads=$((${#passes} + 1)) jobs=25
    ((threads <= cpus / jobs)) || threads=$((cpus / jobs))
    ((threads <= memory / bsa_job_memory / jobs)) || threads=$((memory / bsa_job_memory / jobs))
  fi
  printf '%d %d\n' $((jobs < 1 ? 1 : jobs)) $((threads < 1 ? 1 : threads))
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
