"""Block-Sparse-Attention against PyTorch's own attention, on the GPU: proves that its kernels were built for this card."""

import sys

LIMIT = 2e-2  # bfloat16 keeps 8 bits


def difference(heads=12, length=1024, dim=128, seed=0, device="cuda"):
    """The largest difference of the two, over all blocks and over a random half of them."""
    import torch  # first: the module below needs its libraries loaded
    from block_sparse_attn import block_sparse_attn_func

    generator = torch.Generator(device).manual_seed(seed)
    query, key, value = (torch.randn(length, heads, dim, device=device, dtype=torch.bfloat16, generator=generator) for _ in range(3))
    ends = torch.tensor([0, length], device=device, dtype=torch.int32)
    kinds = torch.ones(heads, device=device, dtype=torch.int32)
    blocks = length // 128
    half = torch.rand(1, heads, blocks, blocks, device=device, generator=generator) < 0.5
    half |= torch.eye(blocks, device=device, dtype=torch.bool)
    worst = 0.0
    for mask in (torch.ones_like(half), half):
        sparse = block_sparse_attn_func(
            query, key, value, ends, ends, kinds, None, mask, length, length, 0.0,
            deterministic=False, softmax_scale=None, is_causal=False, exact_streaming=False, return_attn_probs=False,
        )  # fmt: skip
        full = mask.repeat_interleave(128, 2).repeat_interleave(128, 3)
        wanted = torch.nn.functional.scaled_dot_product_attention(
            *(part.permute(1, 0, 2)[None].float() for part in (query, key, value)), attn_mask=full
        )[0].permute(1, 0, 2)
        found = (sparse.float() - wanted).abs().max().item()
        worst = found if found != found else max(worst, found)  # not a number stays so
    return worst


def main():
    """0: it computes what PyTorch does, or torch is a rehearsal's stand-in; 1: it does not; 69: no GPU to tell it by; 75: not now."""
    import torch

    if getattr(torch, "__standin__", False):
        print("not computed: torch is a stand-in here, without a GPU. This says nothing about Block-Sparse-Attention")
        return 0
    if not torch.cuda.is_available():
        print(f"error: torch sees no GPU: does nvidia-smi work, and is the driver new enough for CUDA {torch.version.cuda}?", file=sys.stderr)
        return 69
    try:
        worst = difference()
    except RuntimeError as error:
        print(f"error: {error}", file=sys.stderr)
        return 75 if "out of memory" in str(error) or "busy or unavailable" in str(error) else 1
    right = worst <= LIMIT  # not so for NaN
    print(f"{'' if right else 'error: '}on {torch.cuda.get_device_name(0)} it differs from PyTorch's attention by {worst:.4f}, at most {LIMIT:g} is right")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
