"""Stand-in for FlashVSR's diffsynth in a rehearsal: no model."""
__standin__ = True


class ModelManager:
    def __init__(self, *args, **kwargs):
        raise RuntimeError("this FlashVSR is a rehearsal's stand-in: it has no model; use smoke_backend=bicubic")


class FlashVSRTinyPipeline(ModelManager):
    pass


class FlashVSRFullPipeline(ModelManager):
    pass


class FlashVSRTinyLongPipeline(ModelManager):
    pass
