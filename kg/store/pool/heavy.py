"""The lane of queries that take long: few at a time, those that have run least first.

Each has a process of its own that can be stopped and go on. What a query costs is not known
before; so the lane lets it run with what processor time is left over, in the order of how long it
has run already, counted in doublings (a multi-level feedback queue). A query of a second
overtakes one of half a minute, however many of those there are.
"""

import contextlib
import math
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.errors import Crowded, LimitHit
from kg.store.pool.nursery import Child
from kg.store.pool.process import Dead

STEP: Final = 0.1
"""Seconds after which it is seen anew who runs; the first doubling."""
WAITING: Final = 7
"""How many wait for each that runs."""


@dataclass(eq=False, slots=True)
class _Entry:
    """A process in the lane, and how many seconds it has run there."""

    child: Child
    since: float
    served: float = 0.0
    running: bool = True
    level: int = 0
    ended: bool = False

    def let(self, run: bool, now: float) -> None:
        """Let it run, or stop it; what it has run until now counts."""
        self.served += now - self.since if self.running else 0.0
        self.since = now
        self.level = max(0, math.frexp(self.served / STEP)[1])
        if run != self.running:
            self.child.signal(signal.SIGCONT if run else signal.SIGSTOP)
        self.running = run


class HeavyLane:
    """Lets ``running`` of at most WAITING times as many more processes run at a time.

    Together they may use ``memory_mb`` MB; beyond that the largest is ended.
    """

    def __init__(self, running: int, memory_mb: int) -> None:
        self._running = running
        self._most = running * (1 + WAITING)
        self._memory_mb = memory_mb
        self._guard = threading.Lock()
        self._entries: list[_Entry] = []

    @property
    def full(self) -> bool:
        """Whether another one would be refused."""
        return len(self._entries) >= self._most

    def require_room(self) -> None:
        """Raise Crowded where another one would be refused."""
        if self.full:
            raise Crowded(
                f"{self._most} queries that take long run or wait already; ask again in a while, "
                "or for less at a time, or raise KG_HEAVY",
                limit="heavy",
                value=self._most,
            )

    @contextlib.contextmanager
    def place(self, child: Child) -> Iterator[None]:
        """Room for a process that has shown itself to take long. Raises Crowded."""
        entry = _Entry(child, time.monotonic())
        with self._guard:
            self.require_room()
            self._entries.append(entry)
            child.yield_to_others()
            self._arrange()
        try:
            yield
        except Dead:
            if entry.ended:
                raise self._too_large() from None
            raise
        finally:
            with self._guard:
                self._entries.remove(entry)
                self._arrange()

    def arrange(self) -> None:
        """See anew who runs; whoever waits in the lane calls this every STEP seconds."""
        if self._guard.acquire(blocking=False):
            try:
                self._arrange()
            finally:
                self._guard.release()

    def _arrange(self) -> None:
        now = time.monotonic()
        for entry in self._entries:
            entry.let(entry.running, now)
        for turn, entry in enumerate(sorted(self._entries, key=lambda one: one.level)):
            entry.let(turn < self._running, now)
        sizes = {entry: entry.child.memory_mb for entry in self._entries if not entry.ended}
        if sum(sizes.values()) > self._memory_mb:
            largest = max(sizes, key=sizes.__getitem__)
            largest.ended = True
            largest.child.signal(signal.SIGKILL)

    def _too_large(self) -> LimitHit:
        return LimitHit(
            f"the queries that take long used more than {self._memory_mb} MB of memory together, "
            "and this one most; make it narrower, or ask again in a while",
            limit="query_memory_mb",
            value=self._memory_mb,
        )
