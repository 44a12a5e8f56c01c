"""A connection of the server's, as waitress has it, but for two things that each answer pays for.

An answer goes out in one piece, and not its head first. And the thread that reads the connections
is woken after an answer only where there is something left for it to do: threads of one
interpreter take turns, and each that wakes keeps the others waiting.
"""

from collections.abc import Callable
from typing import Any

from waitress.channel import HTTPChannel
from waitress.task import WSGITask


class _Answer(WSGITask):  # type: ignore[misc]
    """An answer whose head goes out with the beginning of its body."""

    wrote_header: bool

    def write(self, data: bytes) -> None:
        """Send a piece of the body."""
        if self.wrote_header or self.content_length is None or not (data and self.has_body):
            super().write(data)
            return
        head = self.build_response_header()
        self.wrote_header = True
        body = data[: self.content_length]
        self.content_bytes_written += len(body)
        self.channel.write_soon(head + body)


class _Waking:
    """A server as one of its connections sees it; woken only where that needs it."""

    def __init__(self, server: Any, needed: Callable[[], bool]) -> None:
        self._server = server
        self._needed = needed

    def __getattr__(self, name: str) -> Any:
        return getattr(self._server, name)

    def pull_trigger(self) -> None:
        """Wake the thread that reads and writes."""
        if self._needed():
            self._server.pull_trigger()


class Connection(HTTPChannel):  # type: ignore[misc]
    """A client's connection (``channel_class`` of a waitress server)."""

    task_class = _Answer

    def __init__(self, server: Any, *rest: Any, **more: Any) -> None:
        self._watched = False
        super().__init__(_Waking(server, self._waits), *rest, **more)

    def readable(self) -> bool:
        """Whether the thread that reads and writes is to wait for more."""
        # Not until it is known: an answer that ends in between wakes the thread once more.
        self._watched = False
        self._watched = bool(super().readable())
        return self._watched

    def _waits(self) -> bool:
        """Whether the thread that reads and writes has something to do here."""
        return bool(self.writable()) or not self._watched
