"""Clips: made on the spot, read from and written to video files, padded to what FlashVSR can work on."""

import struct
import zlib
from dataclasses import dataclass

import imageio_ffmpeg
import numpy as np

SCALE = 4
# FlashVSR works on blocks of 128 output pixels, so the input's sides are padded to multiples of 32.
SIDE = 128 // SCALE
# Fewer frames give its main loop nothing to do; more than 4093 exceed its table of positions.
MIN_FRAMES, MAX_FRAMES = 21, 4093


@dataclass(frozen=True)
class Clip:
    """Frames as uint8 of shape (count, height, width, RGB)."""

    frames: np.ndarray
    fps: float

    @property
    def size(self):
        return f"{self.frames.shape[2]}x{self.frames.shape[1]}"

    def facts(self):
        return {"size": self.size, "frames": len(self.frames), "fps": self.fps}


def made(width, height, count, fps=24.0):
    """A clip with texture at every scale, which moves by whole pixels, so that any shift in place or time shows."""
    random = np.random.default_rng(20250101)
    step_x, step_y = 3, 1
    tall, wide = height + step_y * count, width + step_x * count
    canvas = np.zeros((tall, wide, 3), np.float32)
    for cell, weight in ((64, 70.0), (24, 45.0), (9, 30.0), (4, 14.0)):
        coarse = random.uniform(-1, 1, (tall // cell + 3, wide // cell + 3, 3)).astype(np.float32)
        rows, columns = np.arange(tall) / cell, np.arange(wide) / cell
        r, c = rows.astype(int), columns.astype(int)
        dr, dc = (rows - r)[:, None, None], (columns - c)[None, :, None]
        top = coarse[r][:, c] * (1 - dc) + coarse[r][:, c + 1] * dc
        bottom = coarse[r + 1][:, c] * (1 - dc) + coarse[r + 1][:, c + 1] * dc
        canvas += weight * (top * (1 - dr) + bottom * dr)
    canvas = np.clip(canvas + 128, 0, 255).astype(np.uint8)
    frames = [canvas[step_y * i : step_y * i + height, step_x * i : step_x * i + width].copy() for i in range(count)]
    for i, frame in enumerate(frames):  # a hard-edged square that moves against the rest
        side = max(8, height // 6)
        x, y = (width - side) * (count - 1 - i) // max(1, count - 1), (height - side) // 2
        frame[y : y + side, x : x + side] = (235, 60, 40)
    return Clip(np.stack(frames), fps)


def read(path):
    """All frames of a video file, as its decoder gives them at a constant rate."""
    source = imageio_ffmpeg.read_frames(str(path))
    meta = next(source)
    width, height = meta["size"]
    frames = [np.frombuffer(raw, np.uint8).reshape(height, width, 3) for raw in source]
    if not frames:
        raise ValueError(f"{path} has no frames that can be decoded")
    return Clip(np.stack(frames), float(meta["fps"]))


def write(path, clip):
    """H.264 of visually lossless quality; no sound."""
    height, width = clip.frames.shape[1:3]
    if height % 2 or width % 2:
        raise ValueError(f"a video of {clip.size} can't be written: both sides must be even")
    target = imageio_ffmpeg.write_frames(
        str(path),
        (width, height),
        fps=clip.fps,
        codec="libx264",
        quality=None,
        macro_block_size=1,
        output_params=["-crf", "14", "-preset", "fast"],
    )
    target.send(None)
    for frame in clip.frames:
        target.send(np.ascontiguousarray(frame))
    target.close()


def picture(path, left, right):
    """Two frames of one size beside each other, as a PNG file."""
    height, width = left.shape[:2]
    rows = [bytes(np.ascontiguousarray(frame)) for frame in (left, right)]
    lines = b"".join(b"\0" + b"".join(row[y * width * 3 : (y + 1) * width * 3] for row in rows) for y in range(height))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 2 * width, height, 8, 2, 0, 0, 0)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))


def padded(frames):
    """The frames FlashVSR is given so that it returns all of them in full: it drops what does not fill its blocks.

    It wants 8n+1 frames, and returns 4 fewer; the last frame and the last row and column are repeated.
    """
    count, height, width = frames.shape[:3]
    if count > MAX_FRAMES:
        raise ValueError(f"the clip has {count} frames, and FlashVSR takes at most {MAX_FRAMES} at once: cut it into parts")
    fed = -(-(max(count, MIN_FRAMES) + 3) // 8) * 8 + 1
    return np.pad(frames, ((0, fed - count), (0, -height % SIDE), (0, -width % SIDE), (0, 0)), mode="edge")
