"""The lane of queries that take long: few at a time, those that have run least first.

Each has a process of its own that can be stopped and go on. What a query costs is not known
before; so the lane lets it run with what processor time is left over, in the order of how long it
has run already, counted in doublings (a multi-level feedback queue). A query of a second
overtakes one of half a minute, however many of those there are.

Clients have equal parts: each has its first turn before any has its second, those first whose
queries in the lane have run least, and a full lane makes room for whoever has fewer places by
ending a query of the client that has most.
"""

import contextlib
import math
import signal
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.errors import Crowded, KgError, LimitHit
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
    client: str
    since: float
    served: float = 0.0
    running: bool = True
    level: int = 0
    ended: KgError | None = None
    """Why the lane has ended it."""

    def let(self, run: bool, now: float) -> None:
        """Let it run, or stop it; what it has run until now counts."""
        self.served += now - self.since if self.running else 0.0
        self.since = now
        self.level = _doublings(self.served)
        if run != self.running:
            self.child.signal(signal.SIGCONT if run else signal.SIGSTOP)
        self.running = run

    def end(self, why: KgError) -> None:
        """End it; whoever waits for its answer hears why."""
        self.ended = why
        self.child.signal(signal.SIGKILL)


def _doublings(seconds: float) -> int:
    """How often STEP was doubled in so many seconds."""
    return max(0, math.frexp(seconds / STEP)[1])


class HeavyLane:
    """Lets ``running`` of at most WAITING times as many more processes run at a time.

    A client is a name; clients share the lane alike. All processes together may use ``memory_mb``
    MB; beyond that the largest is ended.
    """

    def __init__(self, running: int, memory_mb: int) -> None:
        self._running = running
        self._most = running * (1 + WAITING)
        self._memory_mb = memory_mb
        self._guard = threading.Lock()
        self._entries: list[_Entry] = []
        self._spent: dict[str, float] = {}
        """Seconds for which queries of a client ran that have ended, as long as it has others."""

    def full(self, client: str) -> bool:
        """Whether another one of this client's would be refused."""
        with self._guard:
            return not self._room(client)

    def require_room(self, client: str) -> None:
        """Raise Crowded where another one of this client's would be refused."""
        if self.full(client):
            raise self._crowded("run or wait already")

    @contextlib.contextmanager
    def place(self, child: Child, client: str) -> Iterator[None]:
        """Room for a process that has shown itself to take long. Raises Crowded."""
        entry = _Entry(child, client, time.monotonic())
        with self._guard:
            self._make_room(client)
            self._entries.append(entry)
            child.yield_to_others()
            self._arrange()
        try:
            yield
        except Dead:
            if entry.ended:
                raise entry.ended from None
            raise
        finally:
            with self._guard:
                self._leave(entry)
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
        for turn, entry in enumerate(self._in_turn()):
            entry.let(turn < self._running, now)
        sizes = {entry: entry.child.memory_mb for entry in self._entries if not entry.ended}
        if sum(sizes.values()) > self._memory_mb:
            largest = max(sizes, key=sizes.__getitem__)
            largest.end(self._too_large())

    def _in_turn(self) -> list[_Entry]:
        """Those who run first: the first of each client before the second of any."""
        used = defaultdict(float, self._spent)
        for entry in self._entries:
            used[entry.client] += entry.served
        ranks: Counter[str] = Counter()
        keys: dict[_Entry, tuple[int, int, int]] = {}
        for entry in sorted(self._entries, key=lambda one: one.level):
            keys[entry] = ranks[entry.client], _doublings(used[entry.client]), entry.level
            ranks[entry.client] += 1
        return sorted(keys, key=keys.__getitem__)

    def _room(self, client: str) -> bool:
        """Whether there is a place, or somebody has two more than this client would have."""
        places = self._places()
        if places.total() < self._most:
            return True
        return max(places.values()) > places[client] + 1

    def _places(self) -> "Counter[str]":
        return Counter(entry.client for entry in self._entries if not entry.ended)

    def _make_room(self, client: str) -> None:
        """End what has run longest of the client that has most, where the lane is full."""
        if not self._room(client):
            raise self._crowded("run or wait already")
        places = self._places()
        if places.total() >= self._most:
            ((greediest, _),) = places.most_common(1)
            of_it = [one for one in self._entries if one.client == greediest and not one.ended]
            last = max(of_it, key=lambda one: one.level)
            last.end(self._crowded("ran or waited, most of them yours, when another client asked"))

    def _leave(self, entry: _Entry) -> None:
        self._entries.remove(entry)
        if any(one.client == entry.client for one in self._entries):
            self._spent[entry.client] = self._spent.get(entry.client, 0.0) + entry.served
        else:
            self._spent.pop(entry.client, None)

    def _crowded(self, what: str) -> Crowded:
        return Crowded(
            f"{self._most} queries that take long {what}; ask again in a while, or for less at a "
            "time, or raise KG_HEAVY",
            limit="heavy",
            value=self._most,
        )

    def _too_large(self) -> LimitHit:
        return LimitHit(
            f"the queries that take long used more than {self._memory_mb} MB of memory together, "
            "and this one most; make it narrower, or ask again in a while",
            limit="query_memory_mb",
            value=self._memory_mb,
        )
