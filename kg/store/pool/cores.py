"""On which cores of the machine what runs (Linux; elsewhere the system decides).

Threads of one interpreter take turns. On several cores each that lets go of it, as any call of the
system does, wakes another on another core and has to wait for it; on one core it goes on.
"""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

if sys.platform == "linux":
    _ALL: Final = os.sched_getaffinity(0)
    """Those that this process was given."""
_PROCESSOR: Final = 38
"""Where /proc/self/stat says on which core it was read (proc(5), counted from 0)."""


def share_one() -> None:
    """Keep this thread, and those that it starts, on the core that it runs on."""
    if sys.platform == "linux":
        told = Path("/proc/thread-self/stat").read_text().rpartition(")")[2].split()
        os.sched_setaffinity(0, {int(told[_PROCESSOR - 2])})


@contextlib.contextmanager
def any_core() -> Iterator[None]:
    """A process that is started in here may run on every core."""
    if sys.platform != "linux":
        yield
        return
    mine = os.sched_getaffinity(0)
    os.sched_setaffinity(0, _ALL)
    try:
        yield
    finally:
        os.sched_setaffinity(0, mine)
