"""The card by its driver alone: nothing but libcuda, which comes with the driver; put in front of measure.py."""
import ctypes

PLACES = ["libcuda.so.1", "/usr/local/nvidia/lib64/libcuda.so.1", "/usr/lib/x86_64-linux-gnu/libcuda.so.1",
          "/usr/lib64/libcuda.so.1"]
CHAINS = 16  # sums beside each other, so that no multiplication waits for the one before
TURNS = 8  # of each sum in one round of the loop
THREADS = 256


def load_cuda():
    for place in PLACES:
        try:
            return ctypes.CDLL(place)
        except OSError:
            pass
    return None


def fma_kernel():
    """PTX for compute capability 6.0 and later; the driver compiles it for the card. Arguments: place, rounds, factor."""
    names = ["%%x%d" % i for i in range(CHAINS)]
    lines = [".version 6.0", ".target sm_60", ".address_size 64",
             ".visible .entry burn(.param .u64 place, .param .u32 rounds, .param .f32 factor) {",
             ".reg .pred %p; .reg .b32 %r<6>; .reg .b64 %d<4>; .reg .f32 %f, %s; .reg .f32 %x<" + str(CHAINS) + ">;",
             "ld.param.u64 %d0, [place]; ld.param.u32 %r0, [rounds]; ld.param.f32 %f, [factor];",
             "cvta.to.global.u64 %d0, %d0;",
             "mov.u32 %r1, %ctaid.x; mov.u32 %r2, %ntid.x; mov.u32 %r3, %tid.x;",
             "mad.lo.u32 %r4, %r1, %r2, %r3; cvt.rn.f32.u32 %s, %r3;"]
    lines += ["add.f32 %s, %%s, 0f3F800000; mov.f32 %s, %%s;" % ("%s", name) for name in names]
    lines += ["mov.u32 %r5, 0;", "again:"]
    lines += ["fma.rn.f32 %s, %s, %%f, %%s;" % (name, name) for _ in range(TURNS) for name in names]
    lines += ["add.u32 %r5, %r5, 1; setp.lt.u32 %p, %r5, %r0;", "@%p bra again;"]
    lines += ["add.f32 %%s, %%s, %s;" % name for name in names]
    lines += ["mul.wide.u32 %d1, %r4, 4; add.u64 %d2, %d0, %d1;", "st.global.f32 [%d2], %s;", "ret;", "}"]
    return "\n".join(lines) + "\n"


class Driver:
    """The first card that this session sees. Times are by events of the card, in seconds."""

    how = "driver"

    def __init__(self, cuda):
        self.cuda = cuda
        self.call("cuInit", 0)
        device = ctypes.c_int()
        self.call("cuDeviceGet", ctypes.byref(device), 0)
        self.sms = self.attribute(device, 16)
        context = ctypes.c_void_p()
        self.call("cuCtxCreate_v2", ctypes.byref(context), 0, device)

    def call(self, name, *arguments):
        status = getattr(self.cuda, name)(*arguments)
        if status != 0:
            text = ctypes.c_char_p()
            self.cuda.cuGetErrorName(status, ctypes.byref(text))
            raise RuntimeError("%s answered %s" % (name, (text.value or b"%d" % status).decode("utf-8", "replace")))

    def attribute(self, device, number):
        value = ctypes.c_int()
        self.call("cuDeviceGetAttribute", ctypes.byref(value), number, device)
        return value.value

    def memory(self):
        free, total = ctypes.c_size_t(), ctypes.c_size_t()
        self.call("cuMemGetInfo_v2", ctypes.byref(free), ctypes.byref(total))
        return free.value, total.value

    def take(self, size):
        place = ctypes.c_uint64()
        self.call("cuMemAlloc_v2", ctypes.byref(place), ctypes.c_size_t(size))
        return place

    def give(self, place):
        self.call("cuMemFree_v2", place)

    def take_and_give(self, size):
        self.give(self.take(size))

    def prepare(self):
        module, self.function = ctypes.c_void_p(), ctypes.c_void_p()
        self.call("cuModuleLoadData", ctypes.byref(module), ctypes.c_char_p(fma_kernel().encode()))
        self.call("cuModuleGetFunction", ctypes.byref(self.function), module, b"burn")
        self.blocks = self.sms * 8
        self.out = self.take(self.blocks * THREADS * 4)
        self.rounds = 2000
        self.unit()
        began = self.mark()
        self.unit()
        self.rounds = max(2000, min(20000000, int(self.rounds * 0.002 / max(self.seconds(began, self.mark()), 1e-6))))
        return 2.0 * CHAINS * TURNS * THREADS * self.blocks * self.rounds

    def unit(self):
        """Some work, of about 2 ms on a card that is free."""
        values = [self.out, ctypes.c_uint32(self.rounds), ctypes.c_float(0.5)]
        pointers = (ctypes.c_void_p * 3)(*[ctypes.addressof(value) for value in values])
        self.call("cuLaunchKernel", self.function, self.blocks, 1, 1, THREADS, 1, 1, 0, None, pointers, None)

    def mark(self):
        event = ctypes.c_void_p()
        self.call("cuEventCreate", ctypes.byref(event), 0)
        self.call("cuEventRecord", event, None)
        return event

    def seconds(self, one, other):
        self.call("cuEventSynchronize", other)
        spent = ctypes.c_float()
        self.call("cuEventElapsedTime", ctypes.byref(spent), one, other)
        return spent.value / 1000

    def forget(self, marks):
        for event in marks:
            self.call("cuEventDestroy_v2", event)

    def copies(self, inside, across):
        """Sizes in bytes; gives names with what does one copy."""
        source, target, host = self.take(inside), self.take(inside), ctypes.c_void_p()
        self.call("cuMemHostAlloc", ctypes.byref(host), ctypes.c_size_t(across), 0)
        inside, across = ctypes.c_size_t(inside), ctypes.c_size_t(across)
        return [("d2d_gbs", lambda: self.call("cuMemcpyDtoDAsync_v2", target, source, inside, None)),
                ("h2d_gbs", lambda: self.call("cuMemcpyHtoDAsync_v2", target, host, across, None)),
                ("d2h_gbs", lambda: self.call("cuMemcpyDtoHAsync_v2", host, source, across, None))]

    figure = "fma_tflops"
