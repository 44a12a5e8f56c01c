"""Query workers in two lanes: every query starts at once, and one that takes long makes room.

A query starts in a worker that waits for it with everything open. If it is not answered within a
slice, its worker leaves for the lane of heavy queries and another takes its place, so that a
cheap query never waits for a heavy one to end.
"""

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from kg.errors import Cancelled, StoreError
from kg.store.base import Answer, Asker, Snapshot
from kg.store.evaluate import Question
from kg.store.pool.channel import Late
from kg.store.pool.heavy import STEP, HeavyLane
from kg.store.pool.nursery import Child, Nursery
from kg.store.pool.process import Dead
from kg.store.pool.worker import Failure, Reply, Spooled

SLICE: Final = 0.05
"""Seconds of processor time after which a query counts as heavy."""
SHORT_SLICE: Final = 0.015
"""The same where the heavy lane is full, and a query that takes long is refused."""
PATIENCE: Final = 2.0
"""Seconds after which it does so however little of the processor it got."""
KNOWN: Final = 1000
"""Queries that took long which are remembered."""
_READY_SECONDS: Final = 20.0


class Unanswered(Exception):
    """No worker was free before the deadline, or the query did not end before it."""

    def __init__(self, waited: bool) -> None:
        super().__init__(waited)
        self.waited = waited


class _Turn:
    """Somebody who waits for a worker; they are served in the order in which they came."""

    def __init__(self) -> None:
        self.come = threading.Event()
        self.child: Child | None = None


class Crew:
    """``count`` workers that wait for queries, and a lane for those that take long.

    ``ready`` lends the folder that waiting workers have open; ``limits`` are those of a worker
    (``kg.store.pool.worker.main``). Nothing starts before ``fill``.
    """

    def __init__(
        self,
        nursery: Nursery,
        ready: Callable[[], AbstractContextManager[Snapshot]],
        *,
        limits: tuple[float, int],
        count: int,
        lane: HeavyLane,
    ) -> None:
        self._nursery = nursery
        self._ready = ready
        self._limits = limits
        self._count = count
        self._lane = lane
        self._guard = threading.RLock()
        self._idle: list[tuple[Child, Path]] = []
        self._turns: deque[_Turn] = deque()
        self._fast: set[Child] = set()
        self._heavy: set[Child] = set()
        self._known: dict[int, None] = {}
        """Digests of queries that took long lately: refused without a try where they would be
        after one. The oldest first."""
        self._closed = False
        self.lacking = threading.Event()
        """Set when a worker is missing; ``fill`` is wanted."""

    @property
    def waiting(self) -> int:
        """How many workers wait for a query."""
        return len(self._idle)

    @property
    def pids(self) -> list[int]:
        """The processes there are."""
        with self._guard:
            return [child.pid for child in self._fast | self._heavy]

    def ask(
        self, place: Path, question: Question, deadline: float, asker: Asker
    ) -> Answer | Failure:
        """The reply of a worker. Raises Unanswered, Cancelled, Crowded, Dead, StoreError."""
        what = hash((question.text, question.bindings, question.dataset))
        if what in self._known:
            self._lane.require_room(asker.client)
        child = self._told(place, question, deadline, asker)
        try:
            reply = self._first(child, deadline, asker)
        except Late:
            self._learn(what)
            return self._go_on(child, deadline, asker)
        except BaseException:
            self._end(child)
            raise
        self._wait(child, place)
        return reply

    def fill(self) -> None:
        """Start the workers that are missing, and have those that wait open what they will read.

        Raises StoreError where none can be started.
        """
        fresh = []
        while self._missing():
            child = self._nursery.fork("worker", *self._limits)
            with self._guard:
                self._fast.add(child)
            fresh.append(child)
        with self._ready() as now:
            with self._guard:
                behind = [child for child, place in self._idle if place != now.place]
                self._idle = [one for one in self._idle if one[1] == now.place]
            self._prepare([*fresh, *behind], now.place)

    def close(self) -> None:
        """Kill them all; whoever waits for an answer hears so."""
        with self._guard:
            self._closed = True
            children = self._fast | self._heavy
            idle, self._idle = self._idle, []
            for turn in self._turns:
                turn.come.set()
            self._turns.clear()
        for child in children:
            child.kill()
        for child, _ in idle:
            child.close()

    def _learn(self, what: int) -> None:
        with self._guard:
            self._known.pop(what, None)
            self._known[what] = None
            if len(self._known) > KNOWN:
                del self._known[next(iter(self._known))]

    def _missing(self) -> bool:
        with self._guard:
            return not self._closed and len(self._fast) < self._count

    def _prepare(self, children: Sequence[Child], place: Path) -> None:
        """Have them open a snapshot, all at the same time, then let them wait for queries."""
        problem = ""
        for child in children:
            with contextlib.suppress(Dead):
                child.tell((str(place), None))
        for child in children:
            try:
                told = child.hear(time.monotonic() + _READY_SECONDS)
            except (Late, Dead):
                told = ("StoreError", "it is not ready in time", {})
            if told is None:
                self._wait(child, place)
            else:
                self._end(child)
                problem = told[1]
        if problem:
            raise StoreError(f"a query worker cannot begin: {problem}")

    def _wait(self, child: Child, place: Path) -> None:
        """Let it wait for a query, with this snapshot open."""
        with self._guard:
            if not self._closed:
                if not self._turns:
                    self._idle.append((child, place))
                    return
                turn = self._turns.popleft()
                turn.child = child
                turn.come.set()
                return
        self._end(child)

    def _told(self, place: Path, question: Question, deadline: float, asker: Asker) -> Child:
        """A worker that was asked this."""
        while True:
            child = self._take(place, deadline, asker)
            try:
                child.tell((str(place), question))
            except Dead:  # while nothing was asked of it
                self._end(child)
            else:
                return child

    def _take(self, place: Path, deadline: float, asker: Asker) -> Child:
        """A worker that nobody else talks to, if one can be, with this snapshot open."""
        with self._guard:
            if self._closed:
                raise StoreError("the query workers are closed")
            if self._idle:
                return self._pick(place)
            turn = _Turn()
            self._turns.append(turn)
        return self._await(turn, deadline, asker)

    def _await(self, turn: "_Turn", deadline: float, asker: Asker) -> Child:
        """The worker that is handed over when it is one's turn."""
        while not turn.come.wait(STEP):
            late = time.monotonic() >= deadline
            if late or asker.gone():
                with self._guard:
                    if turn in self._turns:
                        self._turns.remove(turn)
                        raise Unanswered(waited=True) if late else Cancelled("who asked has gone")
        if turn.child is None:
            raise StoreError("the query workers are closed")
        return turn.child

    def _pick(self, place: Path) -> Child:
        """One that waits, if one can be, with this snapshot open."""
        last = len(self._idle) - 1
        wanted = next((n for n in range(last, -1, -1) if self._idle[n][1] == place), last)
        return self._idle.pop(wanted)[0]

    def _first(self, child: Child, deadline: float, asker: Asker) -> Answer | Failure:
        """Its reply, if the query is a light one. Raises Late.

        What counts is the processor time that it takes: on a busy machine all take long.
        """
        began, used = time.monotonic(), child.cpu_seconds
        while True:
            allowed = SHORT_SLICE if self._lane.full(asker.client) else SLICE
            try:
                return _whole(child, child.hear(min(deadline, time.monotonic() + allowed)))
            except Late:
                late = time.monotonic() >= min(deadline, began + PATIENCE)
                if late or asker.gone() or child.cpu_seconds - used >= allowed:
                    raise

    def _go_on(self, child: Child, deadline: float, asker: Asker) -> Answer | Failure:
        """Wait for a query that takes long, in the heavy lane."""
        with self._guard:
            self._fast.discard(child)
            self._heavy.add(child)
        self.lacking.set()
        try:
            with self._lane.place(child, asker.client):
                return _whole(child, self._hear(child, deadline, asker))
        finally:
            self._end(child)

    def _hear(self, child: Child, deadline: float, asker: Asker) -> Reply:
        while True:
            try:
                reply: Reply = child.hear(min(deadline, time.monotonic() + STEP))
                return reply
            except Late:
                if time.monotonic() >= deadline:
                    raise Unanswered(waited=False) from None
                if asker.gone():
                    raise Cancelled("whoever asked has gone") from None
                self._lane.arrange()

    def _end(self, child: Child) -> None:
        child.kill()
        child.close()
        with self._guard:
            self._fast.discard(child)
            self._heavy.discard(child)
        self.lacking.set()


def _whole(child: Child, reply: Reply) -> Answer | Failure:
    """A reply with the file that came beside it."""
    if isinstance(reply, Spooled):
        return Answer(reply.form, reply.media_type, child.file())
    if reply is None:
        raise StoreError("a query worker gave no answer")
    return reply
