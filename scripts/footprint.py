"""What a process and all that come from it hold: processes, memory, open files."""

import time
from contextlib import suppress
from pathlib import Path


def tree(root: int) -> list[int]:
    """A process and all that come from it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError, IndexError):
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            parents.setdefault(parent, []).append(int(entry.name))
    found = [root]
    for pid in found:
        found += parents.get(pid, [])
    return found


def footprint(root: int) -> dict[str, int]:
    """How many processes, how many MB of memory of their own, how many open files."""
    memory = files = 0
    pids = tree(root)
    for pid in pids:
        with suppress(OSError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            memory += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
            files += len(list(Path(f"/proc/{pid}/fd").iterdir()))
    return {
        "processes": len(pids),
        "memory_mb": memory >> 10,
        "server_mb": _own(root),
        "open_files": files,
    }


def _own(pid: int) -> int:
    """MB of memory of one process."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) >> 10


def settled(pid: int, processes: int) -> dict[str, int]:
    """What is left once the last attack is over; half a minute's patience."""
    end = time.monotonic() + 30
    while (found := footprint(pid))["processes"] != processes and time.monotonic() < end:
        time.sleep(0.5)
    return found
