"""A process that answers one question after the other, and can be ended while it does."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Final

import kg
from kg.store.pool.channel import Channel, Ended, pair
from kg.store.pool.cores import any_core

OUT_OF_MEMORY: Final = (-signal.SIGABRT, -signal.SIGKILL, 127)
"""How a process ends that was refused memory (127 by the dynamic loader), or killed for it."""
_CODE: Final = str(Path(kg.__file__).resolve().parents[1])


class Dead(Exception):
    """The process ended before it answered; ``code`` is its exit status."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def started(module: str, *arguments: object) -> tuple["subprocess.Popen[bytes]", Channel]:
    """``python -m MODULE ARGUMENT...`` and our end of a channel to it (``channel.inherited``).

    It finds our modules wherever they are. Raises OSError.
    """
    ours, theirs = pair()
    path = os.pathsep.join(filter(None, [_CODE, os.environ.get("PYTHONPATH")]))
    with theirs, any_core():
        try:
            process = subprocess.Popen(
                [sys.executable, "-m", module, *map(str, arguments)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
            )
        except BaseException:
            ours.close()
            raise
    return process, Channel(ours)


class Process:
    """``python -m MODULE ARGUMENT...`` seen from its parent. One thread at a time talks to it."""

    def __init__(self, module: str, *arguments: object) -> None:
        self._talk = threading.Lock()
        self._process, self._channel = started(module, *arguments)

    @property
    def alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def ask(self, message: object, deadline: float) -> Any:
        """Raises Late or Dead; the process is of no use after either."""
        with self._talk:
            try:
                self._channel.send(message)
                return self._channel.receive(deadline)
            except Ended:
                raise Dead(self._process.wait()) from None

    def hear(self, deadline: float) -> Any:
        """A message that comes unasked. Raises as ``ask`` does."""
        with self._talk:
            try:
                return self._channel.receive(deadline)
            except Ended:
                raise Dead(self._process.wait()) from None

    def kill(self) -> None:
        """End it; whoever is talking to it hears so before the channel is closed."""
        self._process.kill()
        self._process.wait()
        with self._talk:
            self._channel.close()
