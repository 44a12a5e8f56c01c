"""The whole path end to end, in a process of its own, so that its memory is its own too.

``python scripts/bench_whole.py READERS ROUNDS < ARTICLES`` (a pickle of a list) prints JSON.
"""

import json
import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from kg.iri import DEFAULT_BASE
from kg.model import Article
from kg.pipeline import ingest
from kg.reading import FEW, Readers
from kg.store import open_store

PAUSE: Final = 0.2
"""Seconds between two looks at the memory."""


def measured(articles: Sequence[Article], readers: int, rounds: int) -> dict[str, float]:
    """What ``whole`` finds, in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, str(readers), str(rounds)],
        input=pickle.dumps(list(articles)),
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def whole(articles: Sequence[Article], readers: int, rounds: int) -> dict[str, float]:
    """Seconds until the first articles are read, and then for all (on the wall, and of all
    processors; medians); MB at the most."""
    seconds, spent = [], []
    begun = time.perf_counter()
    with Readers(count=readers) as by, TemporaryDirectory() as folder, Memory(by) as memory:
        list(by.read(DEFAULT_BASE, [Article(f"Text {number}.") for number in range(FEW + 1)]))
        starting = time.perf_counter() - begun
        for number in range(rounds):
            store = open_store(f"oxigraph:{Path(folder) / str(number)}", base=DEFAULT_BASE)
            begun, used = time.perf_counter(), _used(by)
            ingest(store, articles, by)
            store.close()
            seconds.append(time.perf_counter() - begun)
            spent.append(_used(by) - used)
    return {
        "starting": starting,
        "seconds": median(seconds),
        "processor": median(spent),
        "memory": memory.most,
    }


def _used(by: Readers) -> float:
    """Processor seconds of this process and of the readers so far (Linux only)."""
    ticks = 0
    for number in (os.getpid(), *_within(by.groups)):
        status = _read(Path(f"/proc/{number}/stat")).rpartition(")")[2].split()
        ticks += sum(map(int, status[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


class Memory(threading.Thread):
    """The most memory that this process and the readers have held together, in MB.

    What processes share counts once (PSS, Linux only; 0 elsewhere).
    """

    def __init__(self, by: Readers) -> None:
        super().__init__(daemon=True)
        self.most = 0.0
        self._by = by
        self._over = threading.Event()

    def __enter__(self) -> "Memory":
        """Look now and then, until the end of the block."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Look no more."""
        self._over.set()
        self.join()

    def run(self) -> None:
        """Look, and look again after a pause."""
        while not self._over.wait(PAUSE):
            numbers = [os.getpid(), *_within(self._by.groups)]
            self.most = max(self.most, sum(map(_held, numbers)))


def _within(groups: Sequence[int]) -> Iterator[int]:
    """The processes of some process groups."""
    for file in Path("/proc").glob("[0-9]*/stat"):
        status = _read(file).rpartition(")")[2].split()
        if status and int(status[2]) in groups:
            yield int(file.parent.name)


def _held(number: int) -> float:
    lines = _read(Path(f"/proc/{number}/smaps_rollup")).splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""


if __name__ == "__main__":
    print(json.dumps(whole(pickle.load(sys.stdin.buffer), *map(int, sys.argv[1:]))))
