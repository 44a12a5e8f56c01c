"""A process that explains: loaded when first asked, ended at the deadline and when idle."""

import math
import signal
import threading
import time
from collections.abc import Sequence
from typing import Final

from kg import errors
from kg.closing import Closing
from kg.errors import Crowded, KgError, LimitHit
from kg.reading.explained import Asked
from kg.records import Json
from kg.store.pool.channel import Late
from kg.store.pool.process import OUT_OF_MEMORY, Dead, Process

LOADING_SECONDS: Final = 60.0
"""How long the model may take to load; it counts against no deadline."""
WAITING: Final = 4
"""Requests that run or wait at a time; another is refused at once, for each holds a thread."""


class Explainer(Closing):
    """Explains findings in a process of its own, one request at a time; safe between threads.

    ``seconds`` is the deadline of a request, waiting for those before it included; ``memory_mb``
    the private memory of the process. Close it, or use it as a context.
    """

    def __init__(
        self,
        base: str,
        extractor: str = "default",
        *,
        seconds: float = 30.0,
        memory_mb: int = 2048,
    ) -> None:
        self._base = base
        self._extractor = extractor
        self._seconds = seconds
        self._memory_mb = memory_mb
        self._turn = threading.Lock()
        self._room = threading.BoundedSemaphore(WAITING)
        self._process: Process | None = None

    @property
    def running(self) -> bool:
        """Whether the process is there, with its model in memory."""
        return self._process is not None and self._process.alive

    def explain(self, questions: Sequence[Asked]) -> Json:
        """What ``explained`` says. LimitHit names query_seconds or query_memory_mb."""
        if not self._room.acquire(blocking=False):
            raise Crowded(
                f"{WAITING} explanations run or wait already; ask again in a while, or ask kg"
                " explain, which waits",
                limit="explanations",
                value=WAITING,
            )
        try:
            if not self._turn.acquire(timeout=self._seconds):
                raise self._too_slow("others were being explained and this waited")
            try:
                return _answer(self._ask(questions))
            finally:
                self._turn.release()
        finally:
            self._room.release()

    def close(self) -> None:
        """End the process; whoever waits for it hears so. Twice is harmless."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()

    def _ask(self, questions: Sequence[Asked], *, again: bool = False) -> Json | tuple[str, str]:
        try:
            process = self._ready()
            deadline = time.monotonic() + self._seconds
            reply: Json | tuple[str, str] = process.ask((self._base, questions), deadline)
            return reply
        except Late:
            self.close()
            raise self._too_slow("reading the article again ran") from None
        except Dead as death:
            self.close()
            if death.code == -signal.SIGALRM and not again:  # it went idle just now
                return self._ask(questions, again=True)
            raise self._died(death.code) from None
        except BaseException:
            self.close()
            raise

    def _ready(self) -> Process:
        """The process with its model loaded. Raises Late, Dead, or why there is no model."""
        if self._process is not None and self._process.alive:
            return self._process
        self.close()
        limits = (math.ceil(self._seconds), self._memory_mb)
        process = Process("kg.reading.explaining", self._extractor, *limits)
        self._process = process
        _answer(process.hear(time.monotonic() + LOADING_SECONDS))
        return process

    def _too_slow(self, what: str) -> LimitHit:
        return LimitHit(
            f"{what} past {self._seconds:g} s; ask kg explain, which waits, or raise"
            " KG_QUERY_SECONDS",
            limit="query_seconds",
            value=self._seconds,
        )

    def _died(self, code: int) -> KgError:
        if code not in OUT_OF_MEMORY:
            return KgError(
                f"the process that explains ended with status {code}; try again, or raise"
                f" KG_QUERY_MEMORY_MB ({self._memory_mb}), which loading the model may have met"
            )
        return LimitHit(
            f"explaining took more than {self._memory_mb} MB of memory; ask kg explain, or raise"
            " KG_QUERY_MEMORY_MB",
            limit="query_memory_mb",
            value=self._memory_mb,
        )


def _answer(reply: Json | tuple[str, str]) -> Json:
    """A reply, or its error raised as if it had happened here."""
    if isinstance(reply, dict):
        return reply
    name, message = reply
    error: KgError = getattr(errors, name)(message)
    raise error
