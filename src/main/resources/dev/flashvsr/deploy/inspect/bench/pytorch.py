"""The card by PyTorch, where one is installed: products of matrices as FlashVSR computes them; put in front of measure.py."""

SIDE = 8192


class Torch:
    """The first card that this session sees. Times are by events of the card, in seconds."""

    how = "torch"
    figure = "matmul_tflops"

    def __init__(self, torch):
        self.torch = torch
        self.device = torch.device("cuda:0")
        torch.zeros(1, device=self.device)

    def memory(self):
        return self.torch.cuda.mem_get_info()

    def take(self, size, **where):
        return self.torch.empty(size, dtype=self.torch.uint8, **where)

    def take_and_give(self, size):
        taken = self.take(size, device=self.device)
        del taken
        self.torch.cuda.empty_cache()

    def prepare(self):
        """Random numbers: a card draws more power for them than for zeros."""
        modern = self.torch.cuda.get_device_capability(0)[0] >= 8
        kind = self.torch.bfloat16 if modern else self.torch.float16
        say("dtype", "bf16" if modern else "fp16")
        self.one, self.other, self.product = [
            self.torch.randn(SIDE, SIDE, device=self.device, dtype=kind) for _ in range(3)]
        self.unit()
        return 2.0 * SIDE * SIDE * SIDE

    def unit(self):
        self.torch.matmul(self.one, self.other, out=self.product)

    def mark(self):
        event = self.torch.cuda.Event(enable_timing=True)
        event.record()
        return event

    def seconds(self, one, other):
        other.synchronize()
        return one.elapsed_time(other) / 1000

    def forget(self, marks):
        pass

    def copies(self, inside, across):
        source, target = self.take(inside, device=self.device), self.take(inside, device=self.device)
        host = self.take(across, pin_memory=True)
        part = target[:across]
        return [("d2d_gbs", lambda: target.copy_(source, non_blocking=True)),
                ("h2d_gbs", lambda: part.copy_(host, non_blocking=True)),
                ("d2h_gbs", lambda: host.copy_(part, non_blocking=True))]
