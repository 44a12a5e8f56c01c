"""The processes that read, seen from their parent: how they start, are asked, and end."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

import kg
from kg.errors import KgError
from kg.model import Article
from kg.reading.graphs import Reading, Unread

_CODE: Final = str(Path(kg.__file__).resolve().parents[1])
_ONE_THREAD: Final = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""A process that is to divide has no threads."""
_DIVIDES: Final = sys.platform == "linux"
"""Elsewhere system libraries do not bear a fork: each process loads the model for itself."""


class Gone(Exception):
    """The process ended before it answered."""


class Unready(Gone):
    """The process ended before it began."""


class Worker:
    """One end of a pipe; a process of a group listens at the other. One thread at a time asks."""

    def __init__(self, pipe: Connection, group: int) -> None:
        self.group = group
        self._pipe = pipe
        self._ready = False

    def ask(self, base: str, article: Article) -> Reading | Unread:
        """What the article says. Raises Gone, or what the extractor raised."""
        self._wait_until_ready()
        try:
            self._pipe.send((base, article))
            answer: Reading | Unread | Exception = self._pipe.recv()
        except (EOFError, OSError):
            raise Gone from None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _wait_until_ready(self) -> None:
        if self._ready:
            return
        try:
            problem: Exception | None = self._pipe.recv()
        except (EOFError, OSError):
            raise Unready from None
        if problem is not None:
            raise problem
        self._ready = True


class Crew:
    """The processes that read; each stands in a group of its own with those it divides into."""

    def __init__(self, extractor: str, count: int) -> None:
        self._extractor = extractor
        self._guard = threading.Lock()
        self._closed = False
        self._processes: list[subprocess.Popen[bytes]] = []
        self._spare: list[Worker] = []
        self._pipes: list[Connection] = []
        for group in [count] if _DIVIDES else [1] * count:
            self._start(group)

    @property
    def groups(self) -> list[int]:
        """The process groups that were started."""
        return [process.pid for process in self._processes]

    def worker(self) -> Worker:
        """One that nobody has: of those started at first, else a new one."""
        with self._guard:
            if self._closed:
                raise KgError("the processes that read articles were closed")
            if not self._spare:
                self._start(1)
            return self._spare.pop()

    def give_up(self, worker: Worker) -> None:
        """Take none of those that were to begin with one that ended before it began."""
        with self._guard:
            self._spare = [one for one in self._spare if one.group != worker.group]

    def kill(self) -> None:
        """End every process; whoever waits for an answer hears that it is gone."""
        with self._guard:
            self._closed = True
        for process in self._processes:
            # Nobody has waited for the process, so its number is not yet anybody else's.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def let_go(self) -> None:
        """Close the pipes, once nobody asks any more."""
        for pipe in self._pipes:
            pipe.close()

    def _start(self, count: int) -> None:
        ends = [Pipe() for _ in range(count)]
        self._processes.append(_started(self._extractor, [theirs for _, theirs in ends]))
        self._pipes += [ours for ours, _ in ends]
        group = self._processes[-1].pid
        self._spare += [Worker(ours, group) for ours, _ in ends]


def _started(extractor: str, pipes: Sequence[Connection]) -> subprocess.Popen[bytes]:
    path = os.pathsep.join(filter(None, [_CODE, os.environ.get("PYTHONPATH")]))
    numbers = [pipe.fileno() for pipe in pipes]
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "kg.reading.worker", extractor, *map(str, numbers)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={**os.environ, **_ONE_THREAD, "PYTHONPATH": path},
            pass_fds=numbers,
            process_group=0,
        )
    except OSError as error:
        raise KgError(f"no process that reads articles can be started: {error}") from error
    for pipe in pipes:
        pipe.close()
    return process
