"""What a run found, as text and as JSON."""

import json
import os
from dataclasses import dataclass, field


# What FlashVSR's authors measured: the tiny pipeline on one A100, without reading, enlarging and writing.
PAPER_FPS, PAPER_SIZE = 17, "1408x768"


@dataclass(frozen=True)
class Check:
    """One finding; a failed one that is not required is a warning."""

    name: str
    passed: bool
    found: str
    required: bool = True


@dataclass(frozen=True)
class Outcome:
    """A whole run. Clips are described by size ("WIDTHxHEIGHT"), frames and fps; seconds holds each run's."""

    backend: str
    is_model: bool
    note: str
    input: dict
    output: dict
    load_seconds: float
    seconds: list
    checks: list
    facts: dict = field(default_factory=dict)
    picture: str = ""

    @property
    def passed(self):
        return all(check.passed for check in self.checks if check.required)

    @property
    def fps(self):
        return self.output["frames"] / min(self.seconds)

    def tell(self):
        for check in self.checks:
            word = "ok" if check.passed else "FAILED" if check.required else "warning"
            print(f"{word:8}{check.name}: {check.found}")
        memory = f", {self.facts['peak_gpu_bytes'] / 2**30:.1f} GiB of GPU memory" if "peak_gpu_bytes" in self.facts else ""
        if self.picture:
            print(f"before and after, side by side: {self.picture}")
        word = "passed" if self.passed else "FAILED"
        # The last line is what is shown when all is over.
        model = ""
        if "model_fps" in self.facts:
            size = "" if self.output["size"] == PAPER_SIZE else f", at {PAPER_SIZE}"
            model = f"; the model alone {self.facts['model_fps']:.2f} on {self.facts['gpu']}, where the paper has {PAPER_FPS} on an A100{size}"
        print(f"{word}: {self.output['size']}, {self.fps:.2f} frames per second{memory}, by {self.note}{model}")

    def save(self, path):
        """Complete, or not at all."""
        value = {
            "passed": self.passed,
            "backend": self.backend,
            "is_model": self.is_model,
            "note": self.note,
            "input": self.input,
            "output": self.output,
            "seconds": {"load": round(self.load_seconds, 3), "runs": [round(run, 3) for run in self.seconds]},
            "fps": round(self.fps, 3),
            **self.facts,
            "paper_fps": PAPER_FPS,
            "picture": self.picture,
            "checks": [vars(check) for check in self.checks],
        }
        new = path.with_name(path.name + ".new")
        new.write_text(json.dumps(value, indent=2) + "\n")
        os.replace(new, path)
