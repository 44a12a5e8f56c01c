"""A process that answers one question after the other, and can be ended while it does.

Messages on its pipes are a length (8 bytes, little-endian) and a pickle.
"""

import contextlib
import os
import pickle
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

import kg
from kg.errors import StoreError
from kg.store.pool.channel import LENGTH, Late
from kg.store.pool.cores import any_core

OUT_OF_MEMORY: Final = (-signal.SIGABRT, -signal.SIGKILL, 127)
"""How a process ends that was refused memory (127 by the dynamic loader), or killed for it."""
_CODE: Final = str(Path(kg.__file__).resolve().parents[1])
_PIECE: Final = 1 << 20


class Dead(Exception):
    """The process ended before it answered; ``code`` is its exit status."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def send(pipe: IO[bytes], message: object) -> None:
    """Write one message."""
    data = pickle.dumps(message)
    pipe.write(LENGTH.pack(len(data)) + data)
    pipe.flush()


def heard() -> Iterator[Any]:
    """The messages that come in at standard input, until it ends."""
    stdin = sys.stdin.buffer
    while head := stdin.read(LENGTH.size):
        yield pickle.loads(stdin.read(*LENGTH.unpack(head)))


def environment() -> dict[str, str]:
    """The environment of a process that runs our modules, wherever they are."""
    path = os.pathsep.join(filter(None, [_CODE, os.environ.get("PYTHONPATH")]))
    return {**os.environ, "PYTHONPATH": path}


class Process:
    """``python -m MODULE ARGUMENT...`` seen from its parent. One thread at a time talks to it."""

    def __init__(self, module: str, *arguments: object) -> None:
        self._talk = threading.Lock()
        with any_core():
            self._process = subprocess.Popen(
                [sys.executable, "-m", module, *map(str, arguments)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment(),
            )

    @property
    def alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def ask(self, message: object, deadline: float) -> Any:
        """Raises Late or Dead; the process is of no use after either."""
        stdin, _ = self._pipes()
        with self._talk:
            try:
                send(stdin, message)
            except (OSError, ValueError):
                raise Dead(self._process.wait()) from None
            return self._hear(deadline)

    def hear(self, deadline: float) -> Any:
        """A message that comes unasked. Raises as ``ask`` does."""
        with self._talk:
            return self._hear(deadline)

    def kill(self) -> None:
        """End it; whoever is talking to it hears so before the pipes are closed."""
        self._process.kill()
        self._process.wait()
        with self._talk:
            for pipe in self._pipes():
                with contextlib.suppress(OSError):
                    pipe.close()

    def _hear(self, deadline: float) -> Any:
        (length,) = LENGTH.unpack(self._read(LENGTH.size, deadline))
        return pickle.loads(self._read(length, deadline))

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process.stdin is None or self._process.stdout is None:
            raise StoreError("a worker was started without pipes")
        return self._process.stdin, self._process.stdout

    def _read(self, length: int, deadline: float) -> bytes:
        pipe = self._pipes()[1].fileno()
        poll = select.poll()
        poll.register(pipe, select.POLLIN)
        data = bytearray()
        while len(data) < length:
            if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
                raise Late
            piece = os.read(pipe, min(_PIECE, length - len(data)))
            if not piece:
                raise Dead(self._process.wait())
            data += piece
        return bytes(data)
