"""Stand-in for imageio-ffmpeg in a rehearsal: writes and reads frames as they are, after one line of JSON. No codec."""
__version__ = "@VERSION@"
__standin__ = True

import json


def write_frames(path, size, fps, **ignored):
    with open(path, "wb") as out:
        out.write(json.dumps({"standin": "raw RGB frames, no video", "size": size, "fps": fps}).encode() + b"\n")
        while True:
            frame = yield
            out.write(bytes(frame))


def read_frames(path):
    with open(path, "rb") as source:
        about = json.loads(source.readline())
        yield {"size": tuple(about["size"]), "fps": about["fps"]}
        width, height = about["size"]
        while True:
            frame = source.read(width * height * 3)
            if not frame:
                return
            yield frame
