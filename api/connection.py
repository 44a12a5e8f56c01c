"""A connection of the server's, as waitress has it, but for three things.

Two of them each answer pays for: it goes out in one piece, and not its head first; and the thread
that reads the connections is woken after an answer only where there is something left for it to
do (threads of one interpreter take turns, and each that wakes keeps the others waiting). The
third: what is no request, or too long to be read, is answered in the one shape of errors.
"""

from collections.abc import Callable
from typing import Any, Final

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask, WSGITask

from api.errors import MEDIA_TYPE, OPEN, Problem

HEAD_BYTES: Final = 1 << 18
"""The longest head of a request (its address and headers) that is read."""
BODY_BYTES: Final = 1 << 30
"""The longest body that is taken in; what of it is read is for each route to say."""
_TOO_LONG: Final = {
    431: f"the request's address and headers are longer than the {HEAD_BYTES:,} bytes that are "
    "read; send a long query as the body of a POST",
    413: f"the request is longer than the {BODY_BYTES:,} bytes that are read; send it in parts",
}
"""Status → what is wrong with a request that is longer than a connection reads."""


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


class _Refusal(ErrorTask):  # type: ignore[misc]
    """The answer to what is no request, or none that is read."""

    def execute(self) -> None:
        """Answer, and close the connection."""
        wrong = self.request.error
        told = _TOO_LONG.get(wrong.code, wrong.body)
        problem = Problem(wrong.code, wrong.reason.capitalize(), told)
        body = problem.text(getattr(self.request, "path", "/")).encode("utf-8", "replace")
        self.status = f"{wrong.code} {wrong.reason}"
        self.response_headers += [("Content-Type", MEDIA_TYPE), *OPEN.items()]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


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
    error_task_class = _Refusal

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
