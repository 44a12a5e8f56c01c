"""Queries that cannot run away: worker processes over a published snapshot of a store.

An engine cannot be stopped inside its process, so each query runs in another one, which is
killed at the deadline and replaced at once. Workers see the store as it was when ``publish``
was last called.
"""

import contextlib
import logging
import queue
import shutil
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from kg import errors
from kg.errors import BadQuery, LimitHit, StoreError, TooLong
from kg.iri import graph_iri
from kg.store.base import JSON, NTRIPLES, Answer, Dataset, Store
from kg.store.evaluate import Question
from kg.store.process import Dead, Late, Process
from kg.store.worker import Reply

_LOG = logging.getLogger(__name__)
_OUT_OF_MEMORY: Final = (-signal.SIGABRT, -signal.SIGKILL)
"""How a process ends that was refused memory, or that the system killed for it."""


class WorkerPool:
    """A ``Queryable`` over a store's snapshot, safe to share between threads.

    ``seconds`` is the deadline of a query, waiting for a free worker included; ``memory_mb``
    the private memory of one worker; ``rows`` the most rows of a table, or lines of a graph,
    that an answer may have, ``answer_bytes`` its longest; ``characters`` the longest query. Close
    the pool before the store.
    """

    def __init__(
        self,
        store: Store,
        *,
        workers: int = 2,
        seconds: float = 30.0,
        memory_mb: int = 2048,
        rows: int | None = 1_000_000,
        answer_bytes: int | None = None,
        characters: int | None = None,
    ) -> None:
        self.base = store.base
        self._store = store
        self._seconds = seconds
        self._memory_mb = memory_mb
        self._rows = rows
        self._bytes = answer_bytes
        self._characters = characters
        self._guard = threading.Lock()
        self._users: dict[Path, int] = {}
        self._place: Path | None = None
        self._idle: queue.Queue[Process] = queue.Queue()
        self._workers: set[Process] = set()
        self._count = workers
        self.publish()
        self._refill()

    def __enter__(self) -> Self:
        """The pool itself; leaving closes it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the pool."""
        self.close()

    def publish(self) -> None:
        """Let every query from now on see the store as it is now.

        Queries that are running finish on what they began with.
        """
        place = self._store.snapshot()
        with self._guard:
            old, self._place = self._place, place
            self._users[place] = 0
            unused = old is not None and self._users[old] == 0
        if unused and old is not None:
            self._discard(old)

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, str] | None = None,
        dataset: Dataset | None = None,
        table: str = JSON,
        graph: str = NTRIPLES,
    ) -> Answer:
        """See ``Queryable.query``; LimitHit names query_seconds, query_memory_mb, query_rows,
        query_bytes, and TooLong query_characters."""
        self._require_short(text)
        pairs = tuple((bindings or {}).items())
        view = graph_iri(self.base, "view")
        limits = (self._rows, self._bytes)
        question = Question(text, view, pairs, dataset, table, graph, *limits, self.base)
        deadline = time.monotonic() + self._seconds
        with self._snapshot() as place:
            return _answer(self._ask(place, question, deadline))

    def update(self, text: str, *, aside: bool = False) -> None:
        """See ``Updatable.update``; what it wrote is seen by every query that begins after it."""
        self._store.update(text, aside=aside)
        self.publish()

    def close(self) -> None:
        """Kill the workers and remove the snapshots; running queries fail. Twice is harmless."""
        with self._guard:
            self._place = None
            workers, self._workers = self._workers, set()
            places = list(self._users)
        for worker in workers:
            worker.kill()
        for place in places:
            self._discard(place)

    def _ask(
        self, place: Path, question: Question, deadline: float, *, again: bool = False
    ) -> Reply:
        worker = self._free(deadline)
        try:
            reply: Reply = worker.ask((str(place), question), deadline)
        except Late:
            self._replace(worker)
            raise self._too_slow("the query ran") from None
        except Dead as death:
            self._replace(worker)
            if death.code == -signal.SIGKILL and not again and not self._closed():
                # Killed by somebody else: a query only reads, so it may be asked once more.
                return self._ask(place, question, deadline, again=True)
            raise self._died(death.code) from None
        except BaseException:
            self._replace(worker)
            raise
        self._idle.put(worker)
        return reply

    def _free(self, deadline: float) -> Process:
        """A live worker that nobody else talks to, within the deadline."""
        self._refill()
        while True:
            try:
                worker = self._idle.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise self._too_slow("all workers were busy and the query waited") from None
            if worker.alive:
                return worker
            self._replace(worker)

    def _refill(self) -> None:
        """Start the workers that are missing; each comes up while others answer."""
        with self._guard:
            while self._place is not None and len(self._workers) < self._count:
                try:
                    worker = Process("kg.store.worker", self._seconds, self._memory_mb)
                except OSError as error:
                    raise StoreError(f"no query worker can be started: {error}") from error
                self._workers.add(worker)
                self._idle.put(worker)

    def _replace(self, worker: Process) -> None:
        with self._guard:
            ours = worker in self._workers
            self._workers.discard(worker)
        if ours:
            worker.kill()
            self._refill()

    @contextlib.contextmanager
    def _snapshot(self) -> Iterator[Path]:
        """The published snapshot, kept as long as somebody reads it."""
        with self._guard:
            if self._place is None:
                raise StoreError("the query workers are closed")
            place = self._place
            self._users[place] += 1
        try:
            yield place
        finally:
            with self._guard:
                left = self._users[place] = self._users.get(place, 0) - 1
                unused = left <= 0 and place != self._place
            if unused:
                self._discard(place)

    def _discard(self, place: Path) -> None:
        with self._guard:
            self._users.pop(place, None)
        shutil.rmtree(place, ignore_errors=True)

    def _require_short(self, text: str) -> None:
        if self._characters is not None and len(text) > self._characters:
            raise TooLong(
                f"the query has {len(text)} characters, and at most {self._characters} are read; "
                "ask in parts, or raise KG_QUERY_CHARACTERS",
                limit="query_characters",
                value=self._characters,
            )

    def _too_slow(self, what: str) -> LimitHit:
        return LimitHit(
            f"{what} past {self._seconds:g} s; make it narrower (more terms, fewer joins, a "
            "LIMIT), or raise KG_QUERY_SECONDS",
            limit="query_seconds",
            value=self._seconds,
        )

    def _closed(self) -> bool:
        with self._guard:
            return self._place is None

    def _died(self, code: int) -> errors.KgError:
        _LOG.warning("a query worker ended with status %d and was replaced", code)
        if self._closed():
            return StoreError("the query workers are closed")
        if code == -signal.SIGSEGV:
            return BadQuery(
                "the query is nested too deeply, or a chain of its parts is too long, for the "
                "engine; ask in parts"
            )
        if code not in _OUT_OF_MEMORY:
            return StoreError(f"the query worker ended with status {code}; try again")
        return LimitHit(
            f"the query took more than {self._memory_mb} MB of memory; make it narrower (fewer "
            "rows to sort, group or join), or raise KG_QUERY_MEMORY_MB",
            limit="query_memory_mb",
            value=self._memory_mb,
        )


def _answer(reply: Reply) -> Answer:
    """The answer of a reply, or its error raised as if it had happened here."""
    if isinstance(reply, Answer):
        return reply
    name, message, details = reply
    error: errors.KgError = getattr(errors, name)(message, **details)
    raise error
