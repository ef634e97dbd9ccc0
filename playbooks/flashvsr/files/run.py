"""The run: a clip is read or made, enlarged, written, read again and measured."""

import attention
import clip
import measure
from backends import Bicubic, FlashVsr, enlarged, timed
from report import Check, Outcome


def run(args):
    if args.input:
        given = clip.read(args.input)
    else:
        given = clip.made(*args.made, args.made_frames)
    print(f"{len(given.frames)} frames of {given.size} at {given.fps:g} per second")

    checks = []
    if args.backend == "flashvsr":
        backend, load_seconds = timed(lambda: FlashVsr(args.source, args.weights))
        worst = attention.difference()
        found = f"differs from PyTorch's by {worst:.4f}, at most {attention.LIMIT:g}"
        checks.append(Check("sparse attention", worst <= attention.LIMIT, found))
    else:
        backend, load_seconds = Bicubic(), 0.0
    print(f"enlarging by {backend.note}", flush=True)
    runs = [timed(lambda: backend.upscale(given.frames)) for _ in range(args.repeat)]
    frames, finite = runs[-1][0]

    clip.write(args.output, clip.Clip(frames, given.fps))
    written = clip.read(args.output)
    checks += measure.checks(given.frames, written.frames, finite, args.min_psnr, enlarged)
    return Outcome(
        backend=backend.name,
        is_model=backend.is_model,
        note=backend.note,
        input=given.facts(),
        output=written.facts() | {"file": str(args.output)},
        load_seconds=load_seconds,
        seconds=[seconds for _, seconds in runs],
        checks=checks,
        facts=backend.facts(),
    )
