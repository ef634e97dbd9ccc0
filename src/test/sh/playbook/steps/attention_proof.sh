# shellcheck shell=bash disable=SC2034,SC2154 # a part of playbook_steps.sh
# The step block-sparse-attention counts as done when it has computed rightly on the GPU.

step block-sparse-attention apply
expect "a stand-in proves nothing, and says so" 0 "$(grep -c 'not computed: torch is a stand-in here' "$work/log")" 1
cp "$site/torch.py" "$work/torch.py"
proves() { # AVAILABLE CODE: whether torch sees a GPU (a pretended one), and what the comparison does there
  sed 's/^__standin__.*//' "$work/torch.py" >"$site/torch.py"
  printf 'class cuda:\n    is_available = staticmethod(lambda: %s)\n    get_device_name = staticmethod(lambda n: "a pretended GPU")\n' "$1" >>"$site/torch.py"
  cat >"$work/proof.py" <<PY
import sys
sys.path.insert(0, "$playbook/files")
import attention

def difference():
    $2

attention.difference = difference
sys.exit(attention.main())
PY
  step block-sparse-attention "step_file() { say '$work/proof.py'; }; apply"
}
proves True 'return 0.004'
expect "what computes as PyTorch does is done" 0 "$(grep -c 'on a pretended GPU it differs from PyTorch.s attention by 0.0040' "$work/log")" 1
for wrong in 'return 0.5' 'return float("nan")' 'raise RuntimeError("CUDA error: no kernel image is available for execution on the device")'; do
  proves True "$wrong"
  expect "a GPU on which it does not is not done: $wrong" 1 "$(grep -c 'does not compute rightly on this GPU' "$work/log"; ls "$root/env/.done/block-sparse-attention" 2>/dev/null)" 1
done
expect "... one that was just built is neither kept nor offered" 1 \
  "$(find "$root/wheels" -name '*.whl' | wc -l) $(find "$root/wheels" -name '*.unfit' | wc -l) $(grep -c '^archs' "$work/log") $(grep -c 'take another box' "$work/log")" "0 1 1 1"
proves True 'raise RuntimeError("CUDA error: all CUDA-capable devices are busy or unavailable")'
expect "a GPU that is busy may be free later" 75 "$(grep -c 'the GPU is busy' "$work/log")" 1
proves False 'return 0.0'
expect "no GPU is named, and says nothing about the wheel" 1 "$(grep -c 'error: torch sees no GPU' "$work/log") $(find "$root/wheels" -name '*.whl' | wc -l)" "1 1"
cp "$work/torch.py" "$site/torch.py"
step block-sparse-attention apply
expect "... and it is done again, and the wheel may be offered" 0 "$(find "$root/wheels" -name '*.unfit')" ""
step block-sparse-attention 'n=0; computes() { ((n++)); }; apply'
expect "a kept wheel that computes wrongly is built anew, once" 0 \
  "$(grep -c 'that was kept does not compute rightly here: built anew' "$work/log") $(grep -c '^archs' "$work/log")" "1 1"
