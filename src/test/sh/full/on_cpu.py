"""Runs our driver through FlashVSR's own pipeline on the CPU. The weights are random, and the transformer has 2 of its 30 layers; all else is as large as
it is, and each weight file has the form of the real one.

usage: on_cpu.py FILES SOURCE WEIGHTS ARGUMENT...   FILES: the playbook's; WEIGHTS: written there; ARGUMENT: of upscale.py
"""

import sys

files, source, weights, *arguments = sys.argv[1:]
sys.path[:0] = [source, source + "/examples/WanVSR", files]

import torch
from torch.overrides import TorchFunctionMode

LAYERS = 2
CONFIG = {"has_image_input": False, "patch_size": [1, 2, 2], "in_dim": 16, "dim": 1536, "ffn_dim": 8960, "freq_dim": 256, "text_dim": 4096,
          "out_dim": 16, "num_heads": 12, "num_layers": LAYERS, "eps": 1e-6}  # fmt: skip


def here(value):
    """The CPU where the GPU is meant."""
    meant = value.type if isinstance(value, torch.device) else value
    return "cpu" if meant == "cuda" else value


def on_cpu(function):
    return lambda *args, **named: function(*map(here, args), **{name: here(value) for name, value in named.items()})


class OnCpu(TorchFunctionMode):
    def __torch_function__(self, function, kinds, args=(), named=None):
        return on_cpu(function)(*args, **(named or {}))


class Generator(torch.Generator):
    def __new__(cls, device="cpu"):
        return super().__new__(cls, here(device))


def without_gpu():
    """What TorchFunctionMode does not reach."""
    torch.cuda.is_available = lambda: True
    torch.cuda.synchronize = torch.cuda.empty_cache = lambda *_: None
    torch.cuda.get_device_name = lambda *_: "CPU"
    torch.cuda.get_device_capability = lambda *_: (8, 0)
    torch.cuda.max_memory_reserved = lambda *_: 0
    torch.Generator = Generator
    torch.nn.Module.to = on_cpu(torch.nn.Module.to)
    torch.load = on_cpu(torch.load)


def make_weights():
    from diffsynth.configs.model_config import model_loader_configs
    from diffsynth.models.utils import hash_state_dict_keys
    from diffsynth.models.wan_video_dit import WanModel, WanModelStateDictConverter
    from safetensors.torch import save_file
    from utils.TCDecoder import build_tcdecoder
    from utils.utils import Causal_LQ4x_Proj

    torch.manual_seed(0)
    transformer = WanModel(**CONFIG).state_dict()
    save_file(transformer, weights + "/diffusion_pytorch_model_streaming_dmd.safetensors")
    # FlashVSR knows its models by their keys and shapes, and these are of fewer layers.
    model_loader_configs.append((None, hash_state_dict_keys(transformer, with_shape=True), ["wan_video_dit"], [WanModel], "civitai"))
    WanModelStateDictConverter.from_civitai = lambda _, state: (state, CONFIG)
    torch.save(Causal_LQ4x_Proj(in_dim=3, out_dim=1536, layer_num=1).bfloat16().state_dict(), weights + "/LQ_proj_in.ckpt")
    decoder = build_tcdecoder(new_channels=[512, 256, 128, 128], new_latent_channels=16 + 768, dtype=torch.float32).state_dict()
    # The real file, too, has more than is taken from it.
    torch.save(decoder | {"encoder.0.weight": torch.zeros(64, 3, 3, 3)}, weights + "/TCDecoder.ckpt")
    torch.save(torch.randn(1, 512, 4096, dtype=torch.bfloat16), source + "/examples/WanVSR/prompt_tensor/posi_prompt.pth")


without_gpu()
with OnCpu():
    make_weights()
    import upscale

    sys.argv = ["upscale.py", *arguments, "--source", source, "--weights", weights]
    sys.exit(upscale.main())
