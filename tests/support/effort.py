"""How the work of a call grows with its input: a claim that is as true on a slow or busy machine as on any other.

An input is held against a tenth of it by the processor's time, in the same run and by the best of a few tries: work in
proportion takes ten times as long, work that grows with the square a hundred times.
"""

from collections.abc import Callable
from time import process_time
from timeit import timeit
from typing import TypeVar

TIMES = 10
_MOST = 30  # as far from ten as from a hundred
_NOTHING = 0.005  # seconds: what takes less is no burden, and too short to compare
_TRIES = 4

Input = TypeVar("Input")


def assert_in_proportion(work: Callable[[Input], object], make: Callable[[int], Input], size: int) -> None:
    """AssertionError if `work` grows much faster than its input, which `make` makes in a size of about what it is asked for.

    Every try is of another size, so that nothing remembered of one input speeds up the next. The making does not count.
    """
    few = max(_NOTHING, min(_seconds(work, make(size // TIMES - number)) for number in range(_TRIES)))
    for number in range(_TRIES):
        many = _seconds(work, make(size - number))
        if many <= _MOST * few:
            return
    raise AssertionError(f"{TIMES} times the input is {many / few:.0f} times the work ({few:.3f} s, {many:.3f} s)")


def _seconds(work: Callable[[Input], object], given: Input) -> float:
    return timeit(lambda: work(given), timer=process_time, number=1)
