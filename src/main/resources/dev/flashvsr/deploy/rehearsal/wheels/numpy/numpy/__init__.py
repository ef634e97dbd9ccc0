"""Stand-in for NumPy in a rehearsal: the few functions that the smoke run uses, in plain Python, slow and correct."""
__version__ = "@VERSION@"
__standin__ = True

from math import floor as _floor

from . import random
from ._array import element_wise, from_nested, ndarray, pick, product

float32, float64, uint8 = "f", "d", "B"


def array(values, dtype=None):
    return from_nested(values, dtype)


def ascontiguousarray(values):
    return values


def zeros(shape, dtype="d"):
    zero = 0.0 if dtype in ("f", "d") else 0
    return ndarray([zero] * product(shape), shape, dtype)


def arange(count):
    return ndarray(list(range(count)), (count,), "l")


def frombuffer(data, dtype):
    assert dtype == uint8
    return ndarray(list(data), (len(data),), dtype)


def stack(arrays):
    arrays = list(arrays)
    data = []
    for part in arrays:
        assert part.shape == arrays[0].shape, "stack needs arrays of one shape"
        data += part.data
    return ndarray(data, (len(arrays), *arrays[0].shape), arrays[0].dtype)


def abs(values):
    return ndarray([-x if x < 0 else x for x in values.data], values.shape, values.dtype)


def floor(values):
    return ndarray([float(_floor(x)) for x in values.data], values.shape, values.dtype)


def rint(values):
    return ndarray([float(round(x)) for x in values.data], values.shape, values.dtype)


def clip(values, low, high):
    return ndarray([low if x < low else high if x > high else x for x in values.data], values.shape, values.dtype)


def where(condition, yes, no):
    return element_wise(
        lambda three, other: three[0] if three[1] else other, element_wise(lambda a, b: (a, b), yes, condition), no
    )


def take(values, indices, axis):
    return pick(values, indices.data, axis)


def pad(values, widths, mode):
    assert mode == "edge"
    for axis, (before, after) in enumerate(widths):
        size = values.shape[axis]
        if before or after:
            values = pick(values, [min(max(i, 0), size - 1) for i in range(-before, size + after)], axis)
    return values


def diff(values, axis):
    size = values.shape[axis]
    return pick(values, range(1, size), axis) - pick(values, range(size - 1), axis)


def mean(values):
    return values.mean()


def ptp(values):
    return max(values.data) - min(values.data)


def median(values):
    data = sorted(values.data)
    half = len(data) // 2
    return data[half] if len(data) % 2 else (data[half - 1] + data[half]) / 2
