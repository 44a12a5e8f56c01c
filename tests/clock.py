"""Processor time, which other work on the machine can only add to."""

import gc
import os
from collections.abc import Callable
from statistics import median
from time import process_time

PROMISED = 12
"""How many times as long ten times the work may take."""
SHARED = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")) > 1
MOST = 3 * PROMISED if SHARED else PROMISED
"""The same beside other tests, which take caches and memory from the longer work more than from the
shorter (figures of 8 to 9 alone have come out as 13, and once as 26); quadratic work takes a
hundred times. Hold the promise itself with: pytest -n 0 tests/extract/test_any_text.py
"""
SURE = 2.0
"""Seconds from which on one measurement is enough."""


def seconds(call: Callable[[], object]) -> float:
    """Seconds of this process, without the collector, whose rounds depend on what tests left."""
    gc.collect()
    gc.disable()
    try:
        begun = process_time()
        call()
        return process_time() - begun
    finally:
        gc.enable()


def growth(short: Callable[[], float], long: Callable[[], float]) -> float:
    """How many times as long the longer work takes: the smallest figure of up to three tries.

    What shares the caches can slow down the one and not the other; work whose time grows faster
    than its size is over `MOST` in every try.
    """
    first = short()  # and what is loaded on first use
    times = 1 if first > SURE else 3
    figures: list[float] = []
    while len(figures) < 3 and (not figures or min(figures) > MOST):
        figures.append(long() / median(short() for _ in range(times)))
    return min(figures)
