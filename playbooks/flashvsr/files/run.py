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
    facts = backend.facts()
    checks += [few(backend, args, count) for count in args.also_frames]

    clip.write(args.output, clip.Clip(frames, given.fps))
    written = clip.read(args.output)
    checks += measure.checks(given.frames, written.frames, finite, args.min_psnr, enlarged)
    middle = len(given.frames) // 2
    if args.picture and written.frames.shape[1:3] == frames.shape[1:3] and len(written.frames) > middle:
        clip.picture(args.picture, enlarged(given.frames[middle]), written.frames[middle])
    return Outcome(
        backend=backend.name,
        is_model=backend.is_model,
        note=backend.note,
        input=given.facts(),
        output=written.facts() | {"file": str(args.output)},
        load_seconds=load_seconds,
        seconds=[seconds for _, seconds in runs],
        checks=checks,
        facts=facts,
        picture=str(args.picture or ""),
    )


def few(backend, args, count):
    """A clip of another length, looked at as the first one is: 21 frames are the fewest that the model takes as they are, and 22 are the next that it would cut to 21."""
    given = clip.made(*args.made, count).frames
    result, finite = backend.upscale(given)
    findings = measure.checks(given, result, finite, args.min_psnr, enlarged)
    wrong = [f"{finding.name}: {finding.found}" for finding in findings if finding.required and not finding.passed]
    like = next((finding.found for finding in findings if finding.name == "like the input"), "")
    return Check(f"{count} frames", not wrong, "; ".join(wrong) or f"{len(result)} frames, in place and in time; {like}")
