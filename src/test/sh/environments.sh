#!/usr/bin/env bash
# The pins of Python packages in env/*.yaml, held against what real pip resolves for Python 3.11 (scripts/lock). Here without NVIDIA's libraries and
# triton, 2.5 GB that scripts/test --full adds; torch itself is a stand-in that has only what the real one says that it needs.
# FLASHVSR_SRC: a checkout of FlashVSR, whose requirements.txt at the pinned commit is compared with ours.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib/check.sh
. "$here/lib/check.sh"
home=$(cd "$here/../../.." && pwd)
without=(--without nvidia- --without triton)
if [ -n "${FLASHVSR_TEST_FULL-}" ]; then without=(); fi

# settings ENV: its settings, without comments and blank lines.
settings() { grep -Ev '^ *(#|$)' "$home/env/$1.yaml"; }
pin() { settings flashvsr | sed -n "s/^$1: \"\(.*\)\"\$/\1/p"; }

# Without the blocks that are PyTorch's own.
apart_from_torch() {
  settings "$1" | awk '/^[a-z]/ { torch = /^(torch_|pytorch_)/ } !torch'
}
alike() { same "$(apart_from_torch flashvsr)" "$(apart_from_torch flashvsr-cu124)"; }
check "the two environments differ in PyTorch alone" alike

# Without the blocks of the weights and of the room that they take.
apart_from_weights() {
  settings "$1" | awk '/^[a-z]/ { weights = /^(weights_|room_needed)/ } !weights'
}
alike_but_for_weights() { same "$(apart_from_weights flashvsr)" "$(apart_from_weights flashvsr-v1)"; }
check "that of the first version differs in the weights alone" alike_but_for_weights

upstream_is() {
  local text
  text=$(git -c safe.directory='*' -C "$FLASHVSR_SRC" show "$(pin flashvsr_commit):requirements.txt" 2>/dev/null) || text=$(<"$FLASHVSR_SRC/requirements.txt")
  same "$(<"$home/env/requirements/upstream.txt")" "$text"
}
if [ -n "${FLASHVSR_SRC-}" ]; then
  check "upstream.txt is FlashVSR's requirements.txt" upstream_is
else
  skip "upstream.txt is FlashVSR's requirements.txt" "FLASHVSR_SRC names no checkout"
fi

# A lock that lacks a package, and one with a package that nothing needs, are both told.
wrong() {
  sed -e '/^  einops==/d' -e 's/^  tqdm==\(.*\)$/&\n  colorama==0.4.6 --hash=sha256:4f1d9991f5acc0ca119f9d443620b77f9d6b33703e51011c16baf57afb285fc6/' \
    "$home/env/flashvsr-cu124.yaml" >"$work/wrong.yaml"
  "$home/scripts/lock" --check "${without[@]}" "$work/wrong.yaml" >"$work/found"
  same 1 "$?" && has "$(<"$work/found")" "flashvsr_requirements lacks einops: pip would install 0.8.1" &&
    has "$(<"$work/found")" "pins colorama 0.4.6, and nothing asks for it"
}
lock_holds() {
  cat "$work/log"
  ((status == 0))
}
for env in flashvsr flashvsr-cu124; do
  status=0
  "$home/scripts/lock" --check ${without[@]+"${without[@]}"} "$env" >"$work/log" 2>&1 || status=$?
  if [ "$status" = 3 ]; then
    tail -n 3 "$work/log"
    skip "pip resolves FlashVSR's requirements to the pins of env/$env.yaml" "no python3.11, or no package index"
  else
    check "pip resolves FlashVSR's requirements to the pins of env/$env.yaml, and torch stays" lock_holds
  fi
done
if [ "$status" = 3 ]; then
  skip "a pin that is missing and one too many are told" "no python3.11, or no package index"
elif [ -n "${FLASHVSR_TEST_FULL-}" ]; then
  without=(--without nvidia- --without triton)
  check "a pin that is missing and one too many are told" wrong
else
  skip "a pin that is missing and one too many are told" "only with --full"
fi
finish
