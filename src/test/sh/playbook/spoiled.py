"""Each way to spoil an enlarged clip, and the check that has to find it. Run in playbooks/flashvsr/files; prints "ok - ..." lines."""

import sys
from types import SimpleNamespace

sys.path.insert(0, ".")

import numpy as np

import clip
import measure
from backends import Bicubic, enlarged, padded
from run import few

GIVEN = clip.made(96, 64, 21).frames
GOOD = Bicubic().upscale(GIVEN)[0]


def grey(frames):
    return np.repeat(np.rint(measure.luma(frames)).astype(np.uint8)[..., None], 3, axis=3)


GREY = Bicubic().upscale(grey(GIVEN))[0]
random = np.random.default_rng(1)


def failed(result, finite=True, given=GIVEN, required=True):
    """Names of the required checks that fail (or of the warnings)."""
    return [c.name for c in measure.checks(given, result, finite, 18.0, enlarged) if not c.passed and c.required == required]


def noise(sigma):
    return np.clip(GOOD + random.normal(0, sigma, GOOD.shape), 0, 255).astype(np.uint8)


def squeezed(frames, by):
    """As wide as before, with columns left out in the middle of it: what a crop to multiples of 128 does that is then stretched."""
    width = frames.shape[2]
    return frames[:, :, (np.arange(width) * (width - by) // width + by // 2)]


CASES = {
    "a good result passes": (failed(GOOD), []),
    "... without a warning": (failed(GOOD, required=False), []),
    "some noise passes": (failed(noise(20)), []),
    "black": (failed(np.zeros_like(GOOD)), ["not black or flat", "like the input", "in time", "in place", "colours"]),
    "flat grey": (failed(np.full_like(GOOD, 126)), ["not black or flat", "in time", "in place", "colours"]),
    "values that are not finite": (failed(GOOD, finite=False), ["finite"]),
    "a frame missing": (failed(GOOD[:-1]), ["frames"]),
    "another size": (failed(GOOD[:, :, :-4]), ["size"]),
    "one frame late": ("in time" in failed(np.concatenate([GOOD[:1], GOOD[:-1]])), True),
    "two frames early": ("in time" in failed(np.concatenate([GOOD[2:], GOOD[-2:]])), True),
    "shifted by four pixels": (failed(np.roll(GOOD, 4, axis=2)), ["in place", "in every corner"]),
    "frozen": ("in time" in failed(np.repeat(GOOD[10:11], len(GOOD), axis=0)), True),
    "random": (failed(random.integers(0, 255, GOOD.shape, np.uint8)), ["in time", "in place", "colours"]),
    "squeezed by an eighth": ("in every corner" in failed(squeezed(GOOD, 48)), True),
    "red and blue exchanged": (failed(GOOD[:, :, :, ::-1]), ["colours"]),
    "without colour": (failed(grey(GOOD)), ["colours"]),
    "colours on a clip that has none": (failed(np.clip(GREY + np.array([60, -21, -60]), 0, 255).astype(np.uint8), given=grey(GIVEN)), ["colours"]),
    "a clip without colours": (failed(GREY, given=grey(GIVEN)), []),
    "too bright": (failed(np.clip(GOOD.astype(int) + 12, 0, 255).astype(np.uint8), required=False), ["brightness"]),
    "one bad frame": (failed(np.concatenate([GOOD[:9], 255 - GOOD[9:10], GOOD[10:]]), required=False)[-1:], ["even over time"]),
    "a still clip can't tell a delay": (failed(np.repeat(GOOD[:1], 21, axis=0), given=np.repeat(GIVEN[:1], 21, axis=0)), []),
    "frames fed for 5": (len(padded(GIVEN[:5])), 25),
    "frames fed for 21": (len(padded(GIVEN)), 25),
    "frames fed for 22": (len(padded(np.repeat(GIVEN[:1], 22, axis=0))), 33),
    "frames fed for 29": (len(padded(np.repeat(GIVEN[:1], 29, axis=0))), 33),
    "frames fed for 4093": (len(padded(np.zeros((4093, 1, 1, 3), np.uint8))), 4097),
    "size fed for 90x50": (padded(np.zeros((1, 50, 90, 3), np.uint8)).shape[1:3], (64, 96)),
}


class Spoils:
    """Enlarges rightly, then spoils it."""

    def __init__(self, spoil):
        self.spoil = spoil

    def upscale(self, frames):
        return self.spoil(np.stack([enlarged(frame) for frame in frames])), True


def short(spoil):
    """What the look at a short clip says."""
    return few(Spoils(spoil), SimpleNamespace(made=(96, 64), min_psnr=10), 22).passed


CASES |= {
    "a good short clip passes": (short(lambda frames: frames), True),
    "... but not one frame late": (short(lambda frames: np.concatenate([frames[:1], frames[:-1]])), False),
    "... nor shifted by four pixels": (short(lambda frames: np.roll(frames, 4, axis=2)), False),
    "... nor with a frame missing": (short(lambda frames: frames[:-1]), False),
    "... nor with red and blue exchanged": (short(lambda frames: frames[:, :, :, ::-1]), False),
}
for name, (found, wanted) in CASES.items():
    print(f"ok - {name}" if found == wanted else f"not ok - {name}: found {found}, wanted {wanted}")
