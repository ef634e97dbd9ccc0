"""Block-Sparse-Attention against PyTorch's own attention, on the GPU: proves that its kernels were built for this card."""

LIMIT = 2e-2  # bfloat16 keeps 8 bits


def difference(heads=12, length=1024, dim=128, seed=0):
    """The largest difference of the two, over all blocks and over a random half of them."""
    import torch  # first: the module below needs its libraries loaded
    from block_sparse_attn import block_sparse_attn_func

    generator = torch.Generator("cuda").manual_seed(seed)
    query, key, value = (torch.randn(length, heads, dim, device="cuda", dtype=torch.bfloat16, generator=generator) for _ in range(3))
    ends = torch.tensor([0, length], device="cuda", dtype=torch.int32)
    kinds = torch.ones(heads, device="cuda", dtype=torch.int32)
    blocks = length // 128
    half = torch.rand(1, heads, blocks, blocks, device="cuda", generator=generator) < 0.5
    half |= torch.eye(blocks, device="cuda", dtype=torch.bool)
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
        worst = max(worst, (sparse.float() - wanted).abs().max().item())
    return worst
