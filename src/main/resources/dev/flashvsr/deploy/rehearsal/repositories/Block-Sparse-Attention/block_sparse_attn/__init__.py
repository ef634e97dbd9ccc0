"""Stand-in for Block-Sparse-Attention in a rehearsal: CPU kernels that show that the build works, no attention."""
__version__ = "0.0.2"
__standin__ = True

import block_sparse_attn_cuda


def block_sparse_attn_func(*args, **kwargs):
    raise RuntimeError("this Block-Sparse-Attention is a rehearsal's stand-in: it has no GPU kernels")


def selftest():
    """Number of kernels whose result is right."""
    return block_sparse_attn_cuda.selftest()
