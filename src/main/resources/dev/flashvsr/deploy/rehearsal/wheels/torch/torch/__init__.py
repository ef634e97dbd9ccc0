"""Stand-in for PyTorch in a rehearsal: its name, version and extension builder; no tensors and no GPU."""
__version__ = "@VERSION@"
__standin__ = True

from . import cuda, version
