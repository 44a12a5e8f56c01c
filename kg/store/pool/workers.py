"""Queries that cannot run away: worker processes over published snapshots of a store.

An engine cannot be stopped inside its process, so each query runs in another one, which is
killed at the deadline, or when whoever asked has gone, and replaced. Workers see the store as it
was when ``publish`` was last called; a view sees one snapshot for as long as it is open.
"""

import logging
import signal
import threading
import time
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Final, Protocol

from kg import errors
from kg.closing import Closing
from kg.errors import BadQuery, LimitHit, StoreError
from kg.iri import graph_iri
from kg.store.base import JSON, NTRIPLES, US, Answer, Asker, Dataset, Snapshot
from kg.store.evaluate import Question
from kg.store.pool.crew import Crew, Unanswered
from kg.store.pool.heavy import HeavyLane
from kg.store.pool.nursery import Nursery
from kg.store.pool.process import OUT_OF_MEMORY, Dead
from kg.store.pool.snapshots import Snapshots
from kg.store.pool.worker import Failure

_LOG = logging.getLogger(__name__)
_TIDY_SECONDS: Final = 1.0


class Source(Protocol):
    """What a pool publishes: a store, or the process that writes one."""

    base: str

    def update(self, text: str, *, aside: bool = False) -> None:
        """See ``Updatable.update``."""

    def version(self) -> str:
        """See ``Store.version``."""

    def snapshot(self) -> Snapshot:
        """See ``Store.snapshot``."""


class PoolView(Closing):
    """A ``Queryable`` over one snapshot of a pool, until it is closed.

    ``snapshot`` says which. Queries of an ``asker`` who has gone are ended.
    """

    def __init__(self, pool: "WorkerPool", ident: str | None, asker: Asker) -> None:
        self._pool = pool
        self._asker = asker
        self.base = pool.base
        self._held = ExitStack()
        self.snapshot = self._held.enter_context(pool.snapshots.reading(ident))

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, str] | None = None,
        dataset: Dataset | None = None,
        table: str = JSON,
        graph: str = NTRIPLES,
        all_rows: bool = False,
    ) -> Answer:
        """See ``WorkerPool.query``; Cancelled where the client is gone."""
        pool = self._pool
        question = Question(
            text,
            graph_iri(self.base, "view"),
            tuple((bindings or {}).items()),
            dataset,
            table,
            graph,
            None if all_rows else pool.rows,
            pool.answer_bytes,
            self.base,
        )
        return pool.answer(self.snapshot, question, self._asker)

    @property
    def forgotten(self) -> bool:
        """See ``View.forgotten``."""
        return self._pool.snapshots.forgotten(self.snapshot)

    def close(self) -> None:
        """Let go of the snapshot. Twice is harmless."""
        self._held.close()


class WorkerPool(Closing):
    """A ``Queryable`` over a store's snapshots, safe to share between threads.

    ``workers`` wait for queries; of those that take long ``heavy`` run at a time, and for each of
    them seven wait, all within the memory of as many workers as run; clients share them alike.
    ``seconds`` is the deadline of a query, waiting included; ``memory_mb`` the private memory of
    one worker; ``rows`` the most rows of a table, or lines of a graph, that an answer may have,
    ``answer_bytes`` its longest. ``keep`` snapshots can be asked for by their ids for
    ``keep_seconds`` after they were replaced. Close the pool before the store.
    """

    def __init__(
        self,
        store: Source,
        *,
        workers: int = 2,
        heavy: int = 2,
        seconds: float = 30.0,
        memory_mb: int = 2048,
        rows: int | None = 1_000_000,
        answer_bytes: int | None = None,
        keep: int = 0,
        keep_seconds: float = 300.0,
        nursery: Nursery | None = None,
    ) -> None:
        self.base = store.base
        self._store = store
        self._seconds = seconds
        self._memory_mb = memory_mb
        self.rows = rows
        self.answer_bytes = answer_bytes
        self._guard = threading.Lock()
        self._publishing = threading.Lock()
        self._wanted = self._published = 0
        self._own = nursery is None
        self._nursery = nursery or Nursery()
        self.snapshots = Snapshots(
            store.snapshot(), keep=keep, seconds=keep_seconds, told=self._nursery.leave
        )
        self._crew = Crew(
            self._nursery,
            self.snapshots.reading,
            limits=(seconds, memory_mb),
            count=workers,
            lane=HeavyLane(heavy, heavy * memory_mb),
        )
        self._closed = False
        self._begin()
        self._keeper = threading.Thread(target=self._keep_up, name="kg-keeper", daemon=True)
        self._keeper.start()

    @property
    def ready(self) -> bool:
        """Whether a query would be answered at once."""
        return not self._closed and self._crew.waiting > 0

    @property
    def waiting(self) -> int:
        """How many workers wait for a query."""
        return self._crew.waiting

    @property
    def pids(self) -> list[int]:
        """The worker processes there are."""
        return self._crew.pids

    def publish(self) -> None:
        """Let every query from now on see the store as it is now.

        Queries that are running finish on what they began with. Those who write at the same
        time share a snapshot: making one takes longer than writing a little.
        """
        with self._guard:
            self._wanted += 1
            mine = self._wanted
        with self._publishing:
            if self._published >= mine:
                return
            now = self._wanted
            if self._store.version() != self.snapshots.newest.id:
                self.snapshots.publish(self._store.snapshot())
                self._crew.lacking.set()
            self._published = now

    def view(self, snapshot: str | None = None, *, asker: Asker = US) -> PoolView:
        """One snapshot to ask: the newest, or the one of this id. Raises Gone, StoreError."""
        return PoolView(self, snapshot, asker)

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, str] | None = None,
        dataset: Dataset | None = None,
        table: str = JSON,
        graph: str = NTRIPLES,
        all_rows: bool = False,
    ) -> Answer:
        """See ``Queryable.query``; LimitHit names query_seconds, query_memory_mb, query_rows,
        query_bytes, and Crowded heavy."""
        with self.view() as view:
            return view.query(
                text,
                bindings=bindings,
                dataset=dataset,
                table=table,
                graph=graph,
                all_rows=all_rows,
            )

    def answer(self, snapshot: Snapshot, question: Question, asker: Asker) -> Answer:
        """The answer over a snapshot that is being read."""
        deadline = time.monotonic() + self._seconds
        try:
            return _answer(self._ask(snapshot, question, deadline, asker))
        except Unanswered as late:
            what = "all workers were busy and the query waited" if late.waited else "the query ran"
            raise self._too_slow(what) from None
        except Dead as death:
            raise self._died(death.code) from None

    def update(self, text: str, *, aside: bool = False) -> None:
        """See ``Updatable.update``; what it wrote is seen by every query that begins after it."""
        try:
            self._store.update(text, aside=aside)
        finally:
            self.publish()

    def forget(self) -> None:
        """Let nobody ask for what was before now: something was taken down."""
        self.publish()
        self.snapshots.forget()

    def close(self) -> None:
        """Kill the workers and remove the snapshots; running queries fail. Twice is harmless."""
        self._closed = True
        self._crew.close()
        self._crew.lacking.set()
        if threading.current_thread() is not self._keeper:
            self._keeper.join()
        self.snapshots.close()
        if self._own:
            self._nursery.close()

    def _begin(self) -> None:
        try:
            self._crew.fill()
        except BaseException:
            self._crew.close()
            self.snapshots.close()
            if self._own:
                self._nursery.close()
            raise

    def _ask(
        self, snapshot: Snapshot, question: Question, deadline: float, asker: Asker
    ) -> Answer | Failure:
        try:
            return self._crew.ask(snapshot.place, question, deadline, asker)
        except Dead as death:
            if death.code != -signal.SIGKILL or self._closed:
                raise
            # Killed by somebody else: a query only reads, so it may be asked once more.
            return self._crew.ask(snapshot.place, question, deadline, asker)

    def _keep_up(self) -> None:
        """Start workers for those that are missing, and remove snapshots whose time is over."""
        while not self._closed:
            self._crew.lacking.wait(_TIDY_SECONDS)
            self._crew.lacking.clear()
            try:
                self._crew.fill()
                self.snapshots.tidy()
            except StoreError as error:
                if not self._closed:
                    _LOG.warning("%s", error)
                    time.sleep(_TIDY_SECONDS / 5)
                    self._crew.lacking.set()

    def _too_slow(self, what: str) -> LimitHit:
        return LimitHit(
            f"{what} past {self._seconds:g} s; make it narrower (more terms, fewer joins, a "
            "LIMIT), or raise KG_QUERY_SECONDS",
            limit="query_seconds",
            value=self._seconds,
        )

    def _died(self, code: int) -> errors.KgError:
        _LOG.warning("a query worker ended with status %d and was replaced", code)
        if self._closed:
            return StoreError("the query workers are closed")
        if code == -signal.SIGSEGV:
            return BadQuery(
                "the query is nested too deeply, or a chain of its parts is too long, for the "
                "engine; ask in parts"
            )
        if code not in OUT_OF_MEMORY:
            return StoreError(f"the query worker ended with status {code}; try again")
        return LimitHit(
            f"the query took more than {self._memory_mb} MB of memory; make it narrower (fewer "
            "rows to sort, group or join), or raise KG_QUERY_MEMORY_MB",
            limit="query_memory_mb",
            value=self._memory_mb,
        )


def _answer(reply: Answer | Failure) -> Answer:
    """The answer of a reply, or its error raised as if it had happened here."""
    if isinstance(reply, Answer):
        return reply
    name, message, details = reply
    error: errors.KgError = getattr(errors, name)(message, **details)
    raise error
