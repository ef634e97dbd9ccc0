# shellcheck shell=bash
# Measures the first card. env.sh stands in front. Its arguments: seconds of a window, of a rest, between samples, of all
# of it; then directories of installed PyTorches. On stdin: the Python that measures.
set -uo pipefail

# Looks whether this Python's PyTorch sees the card, within a time: from a slow disk it loads for a minute.
sees_card() {
  timeout -k 1 "$limit_look" "$1" -E -c 'import torch; torch.zeros(1, device="cuda:0")' >/dev/null 2>&1 </dev/null
}

# Whether a process of this box has the card open, in REPLY; inside a container nvidia-smi does not tell. Not meant are
# those that watch or prepare the card, and screens.
worker() {
  local link name
  while IFS= read -r link; do
    link=${link#/proc/}
    { IFS= read -r name <"/proc/${link%%/*}/comm"; } 2>/dev/null || continue
    case $name in
      nvidia-persist* | nvidia-smi | nv-hostengine | dcgm* | nvitop | Xorg | X | gnome-shell) continue ;;
    esac
    REPLY="${link%%/*}, $name"
    return 0
  done < <(timeout 5 find /proc/[0-9]*/fd -lname '/dev/nvidia[0-9]*' 2>/dev/null | head -n 200)
  return 1
}

measure() {
  printf '%s\n' "$source" | timeout -k 2 "$((limit - SECONDS))" "$1" -E - "$2" "$window" "$rest" "$pause" 2>&1
}

window=$1 rest=$2 pause=$3 limit=$4 limit_look=$(($4 / 3))
SECONDS=0
shift 4
source=$(cat)
base_environment
export PATH=${DEPLOY_BASE[PATH]} CUDA_DEVICE_ORDER=PCI_BUS_ID PYTHONDONTWRITEBYTECODE=1
if [[ -n ${DEPLOY_BASE[CUDA_VISIBLE_DEVICES]-} ]]; then
  export CUDA_VISIBLE_DEVICES=${DEPLOY_BASE[CUDA_VISIBLE_DEVICES]}
fi
cd /
if worker; then
  printf 'busy=%s\n' "$REPLY"
  exit 75
fi
others=()
for directory in "$@"; do
  python=${directory%/lib*/python3*}/bin/python3
  [[ -x $python ]] || continue
  others+=("$python")
  if ((SECONDS < limit_look)) && sees_card "$python"; then
    printf 'python=%s\n' "$python"
    measure "$python" torch
    exit
  fi
done
for name in python3 /usr/bin/python3 /opt/conda/bin/python3 /venv/main/bin/python3 ${others[@]+"${others[@]}"}; do
  if ! python=$(type -P "$name") || ! "$python" -E -c 'import ctypes' 2>/dev/null </dev/null; then
    continue
  fi
  printf 'python=%s\n' "$python"
  measure "$python" driver
  exit
done
echo 'error=there is no python3 on this box'
exit 127
