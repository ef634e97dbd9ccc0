"""Stand-in in a rehearsal: an array as a flat list of Python numbers in row-major order, with its shape."""
import operator
from itertools import product as every

FLOATS = ("f", "d")


def product(shape):
    total = 1
    for size in shape if isinstance(shape, tuple) else (shape,):
        total *= size
    return total


def strides(shape):
    steps, step = [], 1
    for size in reversed(shape):
        steps.append(step)
        step *= size
    return steps[::-1]


def from_nested(values, dtype=None):
    if isinstance(values, ndarray):
        return values
    if isinstance(values, (list, tuple)):
        parts = [from_nested(value, dtype) for value in values]
        data = [x for part in parts for x in part.data]
        return ndarray(data, (len(parts), *(parts[0].shape if parts else ())), parts[0].dtype if parts else "d")
    return ndarray([values], (), dtype or ("d" if isinstance(values, float) else "l"))


def gather(values, shape, steps, offset=0):
    """The elements at every place of `shape`, with those steps."""
    places = [offset]
    for size, step in zip(shape, steps):
        places = [place + step * i for place in places for i in range(size)] if step else [p for p in places for _ in range(size)]
    data = values.data
    return [data[place] for place in places]


def broadcast(values, shape):
    """The data of `values` as if it had that shape."""
    if values.shape == shape:
        return values.data
    if len(values.data) == 1:
        return values.data * product(shape)
    own = (1,) * (len(shape) - len(values.shape)) + values.shape
    assert all(size in (1, wanted) for size, wanted in zip(own, shape)), f"{values.shape} does not fit {shape}"
    return gather(values, shape, [0 if size == 1 else step for size, step in zip(own, strides(own))])


def element_wise(action, a, b):
    a, b = from_nested(a), from_nested(b)
    rank = max(len(a.shape), len(b.shape))
    first, second = ((1,) * (rank - len(x.shape)) + x.shape for x in (a, b))
    shape = tuple(y if x == 1 else x for x, y in zip(first, second))
    # Small integers would wrap around in the real one; nothing here adds them without making them floats first.
    dtype = "f" if "f" in (a.dtype, b.dtype) else "d" if "d" in (a.dtype, b.dtype) else "l"
    return ndarray(list(map(action, broadcast(a, shape), broadcast(b, shape))), shape, dtype)


def pick(values, indices, axis):
    """The given places along one axis."""
    indices = list(indices)
    inner = product(values.shape[axis + 1 :])
    size = values.shape[axis]
    data, out = values.data, []
    for outer in range(product(values.shape[:axis])):
        base = outer * size
        for index in indices:
            start = (base + index) * inner
            out += data[start : start + inner]
    return ndarray(out, (*values.shape[:axis], len(indices), *values.shape[axis + 1 :]), values.dtype)


def reduced(values, axes):
    """Means over these axes."""
    kept = [axis for axis in range(len(values.shape)) if axis not in axes]
    steps = strides(values.shape)
    order = kept + list(axes)
    data = gather(values, [values.shape[axis] for axis in order], [steps[axis] for axis in order])
    count = product(tuple(values.shape[axis] for axis in axes))
    means = [sum(data[i : i + count]) / count for i in range(0, len(data), count)]
    return ndarray(means, tuple(values.shape[axis] for axis in kept), values.dtype)


class ndarray:
    def __init__(self, data, shape, dtype):
        self.data = data
        self.shape = shape if isinstance(shape, tuple) else (shape,)
        self.dtype = dtype

    def __len__(self):
        return self.shape[0]

    def __iter__(self):
        return (self[i] for i in range(len(self)))

    def __bool__(self):
        return bool(self._one())

    def __float__(self):
        return float(self._one())

    def __round__(self, digits=None):
        return round(self._one(), digits)

    def _one(self):
        assert len(self.data) == 1, "this array is no single value"
        return self.data[0]

    def __bytes__(self):
        return bytes(self.data)

    def astype(self, dtype):
        if dtype in FLOATS:
            return ndarray(list(map(float, self.data)), self.shape, dtype)
        return ndarray(list(map(int, self.data)), self.shape, "l" if dtype is int else dtype)

    def copy(self):
        return ndarray(list(self.data), self.shape, self.dtype)

    def reshape(self, *shape):
        shape = list(shape[0]) if isinstance(shape[0], (list, tuple)) else list(shape)
        if -1 in shape:
            rest = product(tuple(size for size in shape if size != -1))
            shape[shape.index(-1)] = len(self.data) // rest
        assert product(tuple(shape)) == len(self.data)
        return ndarray(self.data, tuple(shape), self.dtype)

    def mean(self, axis=None):
        if axis is None:
            return sum(self.data) / len(self.data)
        return reduced(self, axis if isinstance(axis, tuple) else (axis,))

    def min(self):
        return min(self.data)

    def max(self):
        return max(self.data)

    def __matmul__(self, weights):
        count = len(weights.data)
        sums = [0.0] * (len(self.data) // count)
        for i, weight in enumerate(weights.data):
            sums = [total + weight * x for total, x in zip(sums, self.data[i::count])]
        return ndarray(sums, self.shape[:-1], "f")

    # -- places ---------------------------------------------------------------------------------------------------

    def _plan(self, key):
        """What is taken along each axis: a range, one index, a list of indices, or a new axis."""
        key = key if isinstance(key, tuple) else (key,)
        axis, plan = 0, []
        for part in key:
            if part is None:
                plan.append((None, None))
                continue
            size = self.shape[axis]
            if isinstance(part, slice):
                plan.append((axis, range(*part.indices(size))))
            elif isinstance(part, ndarray):
                plan.append((axis, part.data))
            else:
                plan.append((axis, int(part) + (size if part < 0 else 0)))
            axis += 1
        return plan + [(rest, range(self.shape[rest])) for rest in range(axis, len(self.shape))]

    def __getitem__(self, key):
        out, shape = self, []
        for axis, places in self._plan(key):
            if axis is None:
                shape.append(1)
            elif isinstance(places, int):
                if not 0 <= places < self.shape[axis]:
                    raise IndexError(f"{places} is not below {self.shape[axis]}")
                out = pick(out, [places], axis)
            else:
                if list(places) != list(range(self.shape[axis])):
                    out = pick(out, places, axis)
                shape.append(len(places))
        if not shape:
            return out.data[0]
        return ndarray(out.data, tuple(shape), self.dtype)

    def __setitem__(self, key, value):
        plan = self._plan(key)
        places = [[at] if isinstance(at, int) else list(at) for _, at in plan]
        shape = tuple(map(len, places))
        new = broadcast(from_nested(value), shape)
        steps = strides(self.shape)
        for place, element in zip(every(*places), new):
            self.data[sum(map(operator.mul, place, steps))] = element


def operation(name, action):
    def forward(self, other):
        return element_wise(action, self, other)

    def backward(self, other):
        return element_wise(action, other, self)

    setattr(ndarray, f"__{name}__", forward)
    setattr(ndarray, f"__r{name}__", backward)


for _name in ("add", "sub", "mul", "truediv", "floordiv", "pow", "lt", "le", "gt", "ge"):
    operation(_name, getattr(operator, _name))
