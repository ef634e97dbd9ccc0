#!/usr/bin/env python3
"""Enlarges a clip four times, measures the result, and says so: as text, and as JSON with --result.

Ends with 0 if the result passed, 1 if it did not, 2 for wrong usage.
"""

import argparse
import sys
from pathlib import Path


def size(text):
    width, _, height = text.partition("x")
    if not (width.isdigit() and height.isdigit() and int(width) >= 32 and int(height) >= 32):
        raise argparse.ArgumentTypeError(f"{text} is no size WIDTHxHEIGHT of at least 32x32")
    return int(width), int(height)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    given = parser.add_mutually_exclusive_group(required=True)
    given.add_argument("--input", type=Path, help="a video file")
    given.add_argument("--made", metavar="WIDTHxHEIGHT", type=size, help="a moving pattern of this size is made and used")
    parser.add_argument("--made-frames", type=int, default=29)
    parser.add_argument("--output", type=Path, required=True, help="the video to write")
    parser.add_argument("--result", type=Path, help="the findings as JSON")
    parser.add_argument("--picture", type=Path, help="a PNG to write: the middle frame before (interpolated) and after")
    parser.add_argument("--also-frames", metavar="N", type=int, nargs="+", default=[], help="with --made: clips of these lengths, too")
    parser.add_argument("--backend", choices=("flashvsr", "bicubic"), default="flashvsr", help="bicubic: no model, no GPU")
    parser.add_argument("--source", type=Path, help="FlashVSR's source")
    parser.add_argument("--weights", type=Path, help="directory of its weights; one named FlashVSR has those of version 1, each other one those of v1.1")
    parser.add_argument("--min-psnr", type=float, default=18.0, help="dB, of the result scaled down against the input")
    parser.add_argument("--repeat", type=int, default=1, help="runs; the fastest one counts")
    args = parser.parse_args()
    if args.backend == "flashvsr" and not (args.source and args.weights):
        parser.error("--backend flashvsr needs --source and --weights")
    if args.also_frames and not args.made:
        parser.error("--also-frames needs --made")
    for name in ("input", "output", "result", "picture", "source", "weights"):
        if path := getattr(args, name):
            setattr(args, name, path.resolve())  # FlashVSR needs a working directory of its own
    return args


def main():
    args = arguments()
    from run import run  # after the usage is known to be right: it needs numpy and ffmpeg

    outcome = run(args)
    outcome.tell()
    if args.result:
        outcome.save(args.result)
    return 0 if outcome.passed else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (ImportError, OSError, RuntimeError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        if "out of memory" in str(error):
            print("The GPU's memory does not hold this clip, or another program holds some of it: nvidia-smi shows which", file=sys.stderr)
        sys.exit(1)
