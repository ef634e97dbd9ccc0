"""A stand-in for PyTorch: no card, only times. It computes nothing; an A100 that reaches 255 TFLOP/s of bf16."""
import os
import sys
import time

bfloat16, float16, uint8 = "bfloat16", "float16", "uint8"
_end = [0.0]


def _book(seconds):
    _end[0] = max(_end[0], time.monotonic()) + seconds


class _Tensor:
    def __init__(self, size, kind):
        self.size, self.kind = size, kind

    def copy_(self, other, non_blocking=False):
        _book(self.size / (850e9 if self.kind == other.kind else 24e9))

    def __getitem__(self, part):
        return _Tensor(part.stop, self.kind)


def device(name):
    return name


def zeros(size, device=None):
    if os.environ.get("TORCH_STANDIN") == "blind":
        raise RuntimeError("Found no NVIDIA driver on your system")
    return _Tensor(size, "card")


def empty(size, dtype=None, device=None, pin_memory=False):
    if os.environ.get("TORCH_STANDIN") == "refused" and size > 40 << 30:
        raise RuntimeError("CUDA out of memory. Tried to allocate 71 GiB")
    return _Tensor(size, "host" if pin_memory else "card")


def randn(one, other, device=None, dtype=None):
    return _Tensor(one * other * 2, "card")


def matmul(one, other, out=None):
    _book(2 * 8192.0 ** 3 / 255e12)


class _Event:
    def __init__(self, enable_timing=False):
        self.time = 0.0

    def record(self):
        _book(0)
        self.time = _end[0]

    def synchronize(self):
        time.sleep(max(0.0, self.time - time.monotonic()))

    def elapsed_time(self, other):
        return (other.time - self.time) * 1000


class _Cuda:
    Event = _Event

    def mem_get_info(self):
        return 80 << 30, 81 << 30

    def get_device_capability(self, index):
        return 8, 0

    def empty_cache(self):
        pass


cuda = _Cuda()
sys.modules["torch.cuda"] = cuda
