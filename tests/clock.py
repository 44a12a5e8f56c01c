"""Processor time, which other work on the machine can only add to."""

import gc
from collections.abc import Callable
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
