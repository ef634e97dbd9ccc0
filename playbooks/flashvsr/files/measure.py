"""Is the enlarged clip the clip that was given? Scaled down again it must be that, in place and in time.

The limits are soft where a model may differ from the input (see each check), and exact where it may not.
"""

import math

import numpy as np

from clip import SCALE
from report import Check


def luma(frames):
    """Brightness (BT.601) as float32 of shape (count, height, width)."""
    return np.stack([frame.astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32) for frame in frames])


def chroma(frames):
    """The two colour differences (BT.601), one after the other, as float32 of shape (2 * count, height, width)."""
    parts = [frame.astype(np.float32) for frame in frames]
    return np.stack([part @ np.array(row, np.float32) for row in ([-0.169, -0.331, 0.5], [0.5, -0.419, -0.081]) for part in parts])


def shrunk(planes):
    """Means of SCALE x SCALE pixels."""
    count, height, width = planes.shape
    return planes.reshape(count, height // SCALE, SCALE, width // SCALE, SCALE).mean(axis=(2, 4))


def psnr(a, b):
    """In dB, at most 100."""
    error = float(np.mean((a - b) ** 2))
    return 100.0 if error < 255**2 / 1e10 else 10 * math.log10(255**2 / error)


def in_time(given, result, offset):
    """PSNR with the result taken `offset` frames later."""
    count = len(given) - abs(offset)
    return psnr(given[max(0, -offset) :][:count], result[max(0, offset) :][:count])


def in_place(given, result, offset):
    """PSNR with the result taken so many input pixels further down and right; a margin of 4 is left out in any case."""
    dy, dx = offset
    height, width = given.shape[1:]
    return psnr(given[:, 4 : height - 4, 4 : width - 4], result[:, 4 + dy : height - 4 + dy, 4 + dx : width - 4 + dx])


def peak(name, compare, offsets, given, result, margin=0.2):
    """The result must be most like the input just where and when it should be, by a margin in dB; noise is like it nowhere in particular.

    Where the input itself is the same elsewhere, nothing can be told.
    """
    here = compare(given, result, offsets[0])
    place, best = max(((offset, compare(given, result, offset)) for offset in offsets[1:]), key=lambda item: item[1])
    alike = max(compare(given, given, offset) for offset in offsets[1:])
    found = f"{here:.1f} dB; next is {best:.1f} dB at {place}"
    if alike > 45:
        return Check(name, True, f"{found}; this clip can't tell")
    return Check(name, here >= best + margin, found)


def corners(planes):
    """The four quarters, named."""
    height, width = planes.shape[1] // 2, planes.shape[2] // 2
    for y, row in ((0, "top"), (planes.shape[1] - height, "bottom")):
        for x, column in ((0, "left"), (planes.shape[2] - width, "right")):
            yield f"{row} {column}", planes[:, y : y + height, x : x + width]


def detail(planes):
    """Mean step from pixel to pixel."""
    return float(np.abs(np.diff(planes, axis=2)).mean() + np.abs(np.diff(planes, axis=1)).mean())


def colours(given, result):
    """Wrong colours differ from the input's by as much as grey would, or more; on a clip that is nearly grey, by much."""
    own, error = float(np.mean(given**2)), float(np.mean((given - result) ** 2))
    return Check("colours", error <= max(0.8 * own, 100), f"wrong by {math.sqrt(error):.1f}, where grey would be by {math.sqrt(own):.1f}")


def checks(given, result, finite, min_psnr, plain):
    """All findings on the enlarged frames; `plain` enlarges one frame by interpolation, for comparison."""
    wanted = (len(given), given.shape[1] * SCALE, given.shape[2] * SCALE, 3)
    found = [
        Check("frames", len(result) == wanted[0], f"{len(result)} of {wanted[0]}"),
        Check("size", result.shape[1:] == wanted[1:], f"{result.shape[2]}x{result.shape[1]}, wanted {wanted[2]}x{wanted[1]}"),
        Check("finite", finite, "all values are finite" if finite else "NaN or infinite values came out"),
    ]
    if result.shape != wanted:
        return found
    before, large = luma(given), luma(result)
    after = shrunk(large)
    spread = [float(np.ptp(plane)) for plane in after]
    flat = [i for i, plane in enumerate(before) if np.ptp(plane) >= 10 > spread[i]]
    found.append(Check("not black or flat", not flat, f"frames {flat[:9]} are" if flat else f"smallest contrast {min(spread):.0f} of 255"))

    each = np.array([psnr(a, b) for a, b in zip(before, after)])
    mean = psnr(before, after)
    found.append(Check("like the input", mean >= min_psnr, f"PSNR {mean:.1f} dB scaled down, at least {min_psnr:g} wanted"))
    found.append(Check("close to the input", mean >= 25, f"PSNR {mean:.1f} dB, 25 expected", required=False))
    low = [i for i, value in enumerate(each) if value < np.median(each) - 6]
    found.append(Check("even over time", not low, f"frames {low[:9]} are far worse" if low else f"worst frame {each.min():.1f} dB", required=False))
    if len(before) > 6:
        found.append(peak("in time", in_time, [0, -4, -3, -2, -1, 1, 2, 3, 4], before, after))
    places = [(0, 0)] + [(d * y, d * x) for d in (1, 2, 4) for y, x in ((1, 0), (-1, 0), (0, 1), (0, -1))]
    found.append(peak("in place", in_place, places, before, after))
    if min(before.shape[1:]) >= 48:  # a clip that was squeezed is in place on the whole
        parts = [peak(name, in_place, places, a, b, -1.0) for (name, a), (_, b) in zip(corners(before), corners(after))]
        moved = [f"{part.name}: {part.found}" for part in parts if not part.passed]
        found.append(Check("in every corner", not moved, "; ".join(moved) or "none is moved"))
    found.append(colours(chroma(given), shrunk(chroma(result))))
    bias = float(after.mean() - before.mean())
    found.append(Check("brightness", abs(bias) <= 3, f"{bias:+.1f} of 255 on average", required=False))
    middle = len(before) // 2
    ratio = detail(large[middle : middle + 1]) / max(1e-6, detail(luma(plain(given[middle])[None])))
    found.append(Check("detail", True, f"{ratio:.2f} times that of plain interpolation", required=False))
    return found
