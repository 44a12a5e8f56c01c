"""Why findings are what they are, asked of a desk."""

from collections.abc import Sequence
from typing import Final

from kg.closing import Closing
from kg.reading.desk import Counter, Desk
from kg.reading.explained import Asked
from kg.records import Json

WAITING: Final = 4
"""Requests that run or wait at a time; another is refused at once, for each holds a thread."""


class Explainer(Closing):
    """Explains findings in a process of its own, or in that of a ``desk``; safe between threads.

    ``seconds`` is the deadline of a request, waiting for those before it included; ``memory_mb``
    the private memory of its own process. Close it, or use it as a context.
    """

    def __init__(
        self,
        base: str,
        extractor: str = "default",
        *,
        seconds: float = 30.0,
        memory_mb: int = 2048,
        desk: Desk | None = None,
    ) -> None:
        self._own = desk is None
        self._desk = desk or Desk(base, extractor, memory_mb=memory_mb)
        self._counter = Counter(
            self._desk,
            what="explanations",
            seconds=seconds,
            setting="query_seconds",
            waiting=WAITING,
            instead="ask kg explain, which waits",
        )

    @property
    def running(self) -> bool:
        """Whether the process is there, with its model in memory."""
        return self._desk.running

    def explain(self, questions: Sequence[Asked]) -> Json:
        """What ``explained`` says. LimitHit names query_seconds or query_memory_mb; Crowded."""
        found: Json = self._counter.ask("explain", questions)
        return found

    def close(self) -> None:
        """End its own process; whoever waits for it hears so. Twice is harmless."""
        if self._own:
            self._desk.close()
