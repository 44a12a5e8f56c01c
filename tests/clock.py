"""Processor time, which other work on the machine can only add to."""

import gc
from collections.abc import Callable
from statistics import median
from time import process_time


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


def growth(short: Callable[[], float], long: Callable[[], float], most: float) -> float:
    """How many times as long the longer work takes: the smallest figure of up to three tries.

    What shares the caches can slow down the one and not the other; work whose time grows faster
    than its size is over the mark in every try.
    """
    short()  # what is loaded on first use
    figures: list[float] = []
    while len(figures) < 3 and (not figures or min(figures) > most):
        figures.append(long() / median(short() for _ in range(3)))
    return min(figures)
