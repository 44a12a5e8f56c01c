"""A process that reads articles for a server: loaded when first asked, ended when late or idle."""

import math
import signal
import threading
import time
from typing import Any, Final

from kg import errors
from kg.closing import Closing
from kg.errors import Crowded, KgError, LimitHit
from kg.store.pool.channel import Late
from kg.store.pool.process import OUT_OF_MEMORY, Dead, Process

LOADING_SECONDS: Final = 60.0
"""How long the model may take to load; it counts against no deadline."""


class Desk(Closing):
    """Reads in a process of its own, one request at a time; safe between threads.

    ``memory_mb`` is the private memory of the process. Close it, or use it as a context.
    """

    def __init__(self, base: str, extractor: str = "default", *, memory_mb: int = 2048) -> None:
        self._base = base
        self._extractor = extractor
        self._memory_mb = memory_mb
        self._turn = threading.Lock()
        self._process: Process | None = None

    @property
    def running(self) -> bool:
        """Whether the process is there, with its model in memory."""
        return self._process is not None and self._process.alive

    def close(self) -> None:
        """End the process; whoever waits for it hears so. Twice is harmless."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()

    def ask(self, what: tuple[str, object], seconds: float) -> Any:
        """The answer to a verb of ``kg.reading.reading`` and what it takes.

        ``seconds`` are those of the work, and of waiting for others before it. Raises Late, Dead,
        and what the process raises.
        """
        if not self._turn.acquire(timeout=seconds):
            raise Late
        try:
            return _answer(self._ask(what, seconds))
        finally:
            self._turn.release()

    def _ask(self, what: tuple[str, object], seconds: float, *, again: bool = False) -> Any:
        try:
            process = self._ready()
            message = (*what, self._base, math.ceil(seconds))
            return process.ask(message, time.monotonic() + seconds)
        except Dead as death:
            self.close()
            if death.code == -signal.SIGALRM and not again:  # it went idle just now
                return self._ask(what, seconds, again=True)
            raise
        except BaseException:
            self.close()
            raise

    def _ready(self) -> Process:
        """The process with its model loaded. Raises Late, Dead, or why there is no model."""
        if self._process is not None and self._process.alive:
            return self._process
        self.close()
        process = Process("kg.reading.reading", self._extractor, self._memory_mb)
        self._process = process
        _answer(process.hear(time.monotonic() + LOADING_SECONDS))
        return process

    @property
    def memory_mb(self) -> int:
        """The private memory of the process, at most."""
        return self._memory_mb


class Counter:
    """Where requests of one kind come in: some run or wait, and another is refused at once.

    ``what`` names them, ``setting`` their ``seconds``, and ``instead`` what else can be done.
    """

    def __init__(
        self, desk: Desk, *, what: str, seconds: float, setting: str, waiting: int, instead: str
    ) -> None:
        self._desk = desk
        self._what = what
        self._seconds = seconds
        self._setting = setting
        self._instead = instead
        self._waiting = waiting
        self._room = threading.BoundedSemaphore(waiting)

    def ask(self, verb: str, given: object) -> Any:
        """See ``Desk.ask``. LimitHit names the setting of seconds or query_memory_mb; Crowded."""
        if not self._room.acquire(blocking=False):
            raise Crowded(
                f"{self._waiting} requests for {self._what} run or wait already; ask again in a"
                f" while, or {self._instead}",
                limit=self._what,
                value=self._waiting,
            )
        try:
            return self._desk.ask((verb, given), self._seconds)
        except Late:
            raise self._too_slow() from None
        except Dead as death:
            raise self._died(death.code) from None
        finally:
            self._room.release()

    def _too_slow(self) -> LimitHit:
        return LimitHit(
            f"reading, waiting for others included, ran past {self._seconds:g} s;"
            f" {self._instead}, or raise KG_{self._setting.upper()}",
            limit=self._setting,
            value=self._seconds,
        )

    def _died(self, code: int) -> KgError:
        memory_mb = self._desk.memory_mb
        if code not in OUT_OF_MEMORY:
            return KgError(
                f"the process that reads ended with status {code}; try again, or raise"
                f" KG_QUERY_MEMORY_MB ({memory_mb}), which loading the model may have met"
            )
        return LimitHit(
            f"reading took more than {memory_mb} MB of memory; {self._instead}, or raise"
            " KG_QUERY_MEMORY_MB",
            limit="query_memory_mb",
            value=memory_mb,
        )


def _answer(reply: Any) -> Any:
    """A reply, or its error raised as if it had happened here."""
    match reply:
        case (value,):
            return value
        case (name, message, details):
            error: KgError = getattr(errors, name)(message, **details)
            raise error
    raise KgError(f"the process that reads said {reply!r}")
