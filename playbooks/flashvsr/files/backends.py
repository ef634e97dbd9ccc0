"""What enlarges the frames: FlashVSR's tiny pipeline for long clips, or bicubic interpolation for trying out all the rest."""

import os
import sys
import time
from pathlib import Path

import numpy as np

from clip import SCALE, padded


class Bicubic:
    """Plain interpolation on the CPU. It is not the model: nothing here says that FlashVSR works."""

    name = "bicubic"
    is_model = False
    note = "bicubic interpolation on the CPU, NOT the FlashVSR model"

    def facts(self):
        return {}

    def upscale(self, frames):
        """Frames (count, height, width, 3) of uint8, SCALE times as large; whether all values were finite."""
        fed = padded(frames)[: len(frames)]
        height, width = frames.shape[1] * SCALE, frames.shape[2] * SCALE
        return np.stack([enlarged(frame)[:height, :width] for frame in fed]), True


def enlarged(frame):
    """One frame, SCALE times as large, by cubic convolution (a = -0.5)."""
    out = frame.astype(np.float32)
    for axis in (0, 1):
        size = out.shape[axis]
        at = (np.arange(size * SCALE) + 0.5) / SCALE - 0.5
        base = np.floor(at).astype(int)
        taps = 0.0
        for k in (-1, 0, 1, 2):
            d = np.abs(at - (base + k))
            weight = np.where(d <= 1, 1.5 * d**3 - 2.5 * d**2 + 1, -0.5 * d**3 + 2.5 * d**2 - 4 * d + 2).astype(np.float32)
            part = np.take(out, np.clip(base + k, 0, size - 1), axis=axis)
            taps = taps + part * weight.reshape([-1 if i == axis else 1 for i in range(3)])
        out = taps
    return np.clip(np.rint(out), 0, 255).astype(np.uint8)


# By the folder of the weights, as FlashVSR's scripts call it: the version, the projector that it takes, and the bytes of its LQ_proj_in.ckpt. Either
# projector takes the other version's file without a word, and the picture is spoiled.
VERSIONS = {"FlashVSR": ("v1", "Buffer_LQ4x_Proj", 575695268), "FlashVSR-v1.1": ("v1.1", "Causal_LQ4x_Proj", 575694948)}


def version_of(weights):
    """The version and its projector, for the files in this folder; none of them is of the other version as far as sizes tell."""
    version, projector, _ = VERSIONS.get(Path(weights).name, VERSIONS["FlashVSR-v1.1"])
    file = Path(weights) / "LQ_proj_in.ckpt"
    for other, _, size in VERSIONS.values():
        if other != version and file.stat().st_size == size:
            raise RuntimeError(f"{file} is the file of FlashVSR {other}, and this folder is for {version}: up --force weights fetches that")
    return version, projector


class FlashVsr:
    """FlashVSR's tiny pipeline in its form for long clips, set up as its scripts infer_flashvsr_tiny_long_video.py and
    infer_flashvsr_v1.1_tiny_long_video.py do, and as strict as they are not. The clip and the result stay in the machine's memory: the GPU has a few frames
    of them at a time, however long the clip is.
    """

    name = "flashvsr"
    is_model = True

    def __init__(self, source, weights, seed=0, sparse_ratio=2.0, local_range=11):
        self.seed, self.sparse_ratio, self.local_range = seed, sparse_ratio, local_range
        scripts = Path(source) / "examples" / "WanVSR"
        files = {name: Path(weights) / name for name in ("diffusion_pytorch_model_streaming_dmd.safetensors", "LQ_proj_in.ckpt", "TCDecoder.ckpt")}
        prompt = scripts / "prompt_tensor" / "posi_prompt.pth"
        for file in (*files.values(), prompt):
            if not file.is_file():
                raise FileNotFoundError(f"{file} is not there")
            with open(file, "rb") as begin:
                if begin.read(8) == b"version ":
                    raise RuntimeError(f"{file} is only a Git LFS pointer, not the file itself: up --force weights fetches that")
        version, projector_name = version_of(weights)
        self.note = f"FlashVSR {version}, tiny pipeline for long clips"
        os.chdir(scripts)  # where FlashVSR's scripts are run
        sys.path[:0] = [str(source), str(scripts)]

        import torch  # before anything that needs its libraries

        if not torch.cuda.is_available():
            raise RuntimeError(f"torch sees no GPU: does nvidia-smi work, and is the driver new enough for CUDA {torch.version.cuda}?")
        from diffsynth import FlashVSRTinyLongPipeline, ModelManager
        from utils.TCDecoder import build_tcdecoder
        from utils import utils

        self.torch = torch
        dmd, lq, decoder = files.values()
        manager = ModelManager(torch_dtype=torch.bfloat16, device="cpu")
        whole(dmd, lambda: manager.load_models([str(dmd)]))
        pipe = FlashVSRTinyLongPipeline.from_model_manager(manager, device="cuda")
        if pipe.denoising_model() is None:
            raise RuntimeError(f"{dmd} is not the model that FlashVSR expects")
        projector = getattr(utils, projector_name)(in_dim=3, out_dim=1536, layer_num=1).to("cuda", dtype=torch.bfloat16)
        projector.load_state_dict(whole(lq, lambda: torch.load(lq, map_location="cpu", weights_only=True)), strict=True)
        pipe.denoising_model().LQ_proj_in = projector
        pipe.TCDecoder = build_tcdecoder(new_channels=[512, 256, 128, 128], new_latent_channels=16 + 768)
        missed = pipe.TCDecoder.load_state_dict(whole(decoder, lambda: torch.load(decoder, map_location="cpu", weights_only=True)), strict=False)
        if missed.missing_keys:  # the file has more than the decoder takes: 189 MB, and all that it takes is 181
            raise RuntimeError(f"{decoder} lacks {', '.join(missed.missing_keys)}")
        pipe.to("cuda")
        pipe.enable_vram_management(num_persistent_param_in_dit=None)
        # Left to itself, the pipeline would run what a pickle file says.
        pipe.init_cross_kv(context_tensor=whole(prompt, lambda: torch.load(prompt, map_location="cpu", weights_only=True)))
        if not all(bool(torch.isfinite(value).all()) for value in pipe.prompt_emb_posi.values()):
            raise RuntimeError("the prompt tensor has values that are not finite")
        pipe.load_models_to_device(["dit", "vae"])
        self.pipe = pipe
        self.model_fps = 0.0

    def facts(self):
        cuda = self.torch.cuda
        return {
            "torch": self.torch.__version__,
            "cuda": self.torch.version.cuda,
            "gpu": cuda.get_device_name(0),
            "capability": ".".join(map(str, cuda.get_device_capability(0))),
            "peak_gpu_bytes": cuda.max_memory_reserved(0),
            "model_fps": round(self.model_fps, 3),
        }

    def upscale(self, frames):
        """Frames (count, height, width, 3) of uint8, SCALE times as large; whether all values were finite."""
        torch = self.torch
        count, height, width = len(frames), frames.shape[1] * SCALE, frames.shape[2] * SCALE
        fed = padded(frames)
        tall, wide = fed.shape[1] * SCALE, fed.shape[2] * SCALE
        video = torch.empty((1, 3, len(fed), tall, wide), dtype=torch.bfloat16)
        for i, frame in enumerate(fed):
            video[0, :, i] = torch.from_numpy(enlarged(frame)).to(torch.float32).permute(2, 0, 1) / 127.5 - 1.0
        torch.cuda.synchronize()
        begin = time.monotonic()
        out = self.pipe(
            prompt="", negative_prompt="", cfg_scale=1.0, num_inference_steps=1, seed=self.seed,
            LQ_video=video, num_frames=len(fed), height=tall, width=wide, is_full_block=False, if_buffer=True,
            topk_ratio=self.sparse_ratio * 768 * 1280 / (tall * wide), kv_ratio=3.0, local_range=self.local_range, color_fix=True,
        )  # fmt: skip
        torch.cuda.synchronize()
        self.model_fps = max(self.model_fps, count / (time.monotonic() - begin))  # the first run is slower: kernels are loaded
        finite = bool(torch.isfinite(out).all())
        out = out[:, :count, :height, :width]
        pixels = [((out[:, i].float() + 1) * 127.5).clip(0, 255).byte().permute(1, 2, 0).cpu().numpy() for i in range(out.shape[1])]
        return np.stack(pixels), finite


def whole(file, load):
    """What the loader of a weight file returns; each has its own words, and errors, for one that was cut short."""
    try:
        return load()
    except MemoryError:
        raise
    except Exception as error:
        raise RuntimeError(f"{file} can't be read ({type(error).__name__}: {error}). up --force weights fetches it anew if it is damaged") from error


def timed(action):
    """What the action returns, and its seconds."""
    begin = time.monotonic()
    return action(), time.monotonic() - begin
