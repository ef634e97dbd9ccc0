#!/usr/bin/env bash
# What the playbook takes for granted of the sources that it builds and calls, held against those: BSA_SRC and FLASHVSR_SRC name checkouts of
# Block-Sparse-Attention and FlashVSR at the pinned commits. They are read, not run.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib/check.sh
. "$here/lib/check.sh"
playbook=$(cd "$here/../../../playbooks/flashvsr" && pwd)

# takes FILE FUNCTION OURS CALL: all that our file hands to CALL, FUNCTION of theirs has parameters for.
takes() {
  python3 - "$@" <<'PY'
import ast, sys

theirs, function, ours, call = sys.argv[1:]
names = lambda node: node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
nodes = lambda file: ast.walk(ast.parse(open(file, encoding="utf-8").read()))
arguments = next(n for n in nodes(theirs) if isinstance(n, ast.FunctionDef) and n.name == function).args
known = [a.arg for a in arguments.args + arguments.kwonlyargs if a.arg != "self"]
found = [n for n in nodes(ours) if isinstance(n, ast.Call) and names(n.func) == call]
assert found, f"{ours} does not call {call}"
for node in found:
    unknown = [k.arg for k in node.keywords if k.arg not in known]
    assert not unknown and len(node.args) <= len(known), f"{function} has no {unknown}, only {known}"
PY
}

if [ -n "${BSA_SRC-}" ]; then
  as_many() { same 25 "$(grep -Ec '^ +"csrc/.*\.(cu|cpp)",$' "$BSA_SRC/setup.py")"; }
  check "Block-Sparse-Attention has as many files as compilers at most are started" as_many
  heeds() {
    local name
    for name in BLOCK_SPARSE_ATTN_CUDA_ARCHS BLOCK_SPARSE_ATTN_FORCE_BUILD NVCC_THREADS MAX_JOBS; do
      grep -q "\"$name\"" "$BSA_SRC/setup.py" || { echo "no $name"; return 1; }
      grep -q "$name=" "$playbook/steps/block-sparse-attention.sh" || { echo "we set no $name"; return 1; }
    done
  }
  check "... its setup.py heeds what we set" heeds
  check "... and its function takes what we hand it" \
    takes "$BSA_SRC/block_sparse_attn/block_sparse_attn_interface.py" block_sparse_attn_func "$playbook/files/attention.py" block_sparse_attn_func
else
  skip "Block-Sparse-Attention is as the playbook takes it" "BSA_SRC names no checkout"
fi
if [ -n "${FLASHVSR_SRC-}" ]; then
  check "FlashVSR's pipeline takes what we hand it" takes "$FLASHVSR_SRC/diffsynth/pipelines/flashvsr_tiny.py" __call__ "$playbook/files/backends.py" pipe
  for part in build_tcdecoder:TCDecoder.py Causal_LQ4x_Proj:utils.py; do
    check "... and has ${part%:*}" grep -Eq "^(def|class) ${part%:*}\b" "$FLASHVSR_SRC/examples/WanVSR/utils/${part#*:}"
  done
else
  skip "FlashVSR is as the playbook takes it" "FLASHVSR_SRC names no checkout"
fi
finish
