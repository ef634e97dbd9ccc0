# Stand-in for Block-Sparse-Attention's setup.py in a rehearsal; the same steps, with eight small kernels.
import os
from pathlib import Path

from setuptools import find_packages, setup
from torch.utils.cpp_extension import CUDA_HOME, BuildExtension, CUDAExtension

here = Path(__file__).resolve().parent
print("Block-Sparse-Attention: a rehearsal's stand-in", flush=True)

if not (here / "csrc/cutlass/include/cutlass/cutlass.h").exists():
    raise RuntimeError("csrc/cutlass is empty: the submodule was not checked out")

archs = os.environ.get("BLOCK_SPARSE_ATTN_CUDA_ARCHS", "80;90;100;110;120").split(";")
gencode = []
for arch in archs:
    gencode += ["-gencode", "arch=compute_%s,code=sm_%s" % (arch, arch)]
newest = max(archs, key=int)
gencode += ["-gencode", "arch=compute_%s,code=compute_%s" % (newest, newest)]

kernels = [
    "csrc/block_sparse_attn/src/flash_%s_block_hdim%d_%s_sm80.cu" % (direction, dim, kind)
    for direction in ("fwd", "bwd")
    for dim in (64, 128)
    for kind in ("fp16", "bf16")
]

setup(
    name="block_sparse_attn",
    version="0.0.2",
    packages=find_packages(exclude=("build", "csrc", "dist")),
    ext_modules=[
        CUDAExtension(
            name="block_sparse_attn_cuda",
            sources=["csrc/block_sparse_attn/flash_api.cpp"] + kernels,
            extra_compile_args={
                "cxx": ["-O1", "-std=c++17"],
                "nvcc": ["-O1", "-std=c++17", "--use_fast_math"]
                + gencode
                + ["--threads", os.environ.get("NVCC_THREADS", "4")],
            },
            include_dirs=[here / "csrc/block_sparse_attn", here / "csrc/cutlass/include"],
        )
    ],
    cmdclass={"build_ext": BuildExtension},
)
