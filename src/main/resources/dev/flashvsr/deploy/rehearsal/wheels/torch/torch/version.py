__version__ = "@VERSION@"
cuda = "12.1"
