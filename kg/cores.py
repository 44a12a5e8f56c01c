"""How many cores there are for us."""

import os
import sys


def cores() -> int:
    """How many cores this process may use: fewer than there are where it is kept to some."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
