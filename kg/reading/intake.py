"""Documents that a server is sent, read at a desk."""

from collections.abc import Sequence
from typing import Final

from kg.reading.desk import Counter, Desk
from kg.reading.documents import Document

WAITING: Final = 4
"""Requests that run or wait at a time; another is refused at once, for each holds a thread."""


class Intake:
    """Reads documents in the process of a ``desk``; safe between threads.

    ``seconds`` is the deadline of a request, waiting for those before it included.
    """

    def __init__(self, desk: Desk, *, seconds: float = 120.0) -> None:
        self.seconds = seconds
        self._counter = Counter(
            desk,
            what="articles",
            seconds=seconds,
            setting="reading_seconds",
            waiting=WAITING,
            instead="send fewer or shorter articles at a time",
        )

    def read(self, documents: Sequence[Document]) -> bytes:
        """What becomes of everything in them (``kg.reading.found``), packed.

        LimitHit names reading_seconds or query_memory_mb; Crowded; BadInput for a bad date.
        """
        found: bytes = self._counter.ask("read", tuple(documents))
        return found
