"""A server's side of what goes into its store and out of it, seen by all who ask afterwards."""

import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from kg.errors import BadInput
from kg.judgements import Judgement
from kg.keeping.articles import Outcome
from kg.reading import Document, Intake
from kg.store.pool.workers import WorkerPool
from kg.store.pool.writing import Writer

WHOLE_SECONDS: Final = 3600.0
"""Deadline of what goes over a whole store: a takedown writes it anew."""


class Keeper:
    """Takes articles and judgements in and out while a store is served; safe between threads.

    ``writer`` plays ``kg.keeping.process.ROLE``; ``pool`` serves what it writes. Each call returns
    once every query from then on sees what it did.
    """

    def __init__(self, writer: Writer, pool: WorkerPool, intake: Intake) -> None:
        self._writer = writer
        self._pool = pool
        self._intake = intake
        self._seconds = intake.seconds

    def put(self, documents: Sequence[Document]) -> Outcome:
        """Read documents and keep their articles; what could not be read is named.

        Raises LimitHit, BadInput, StoreError; what was kept by then is whole.
        """
        found: Outcome = self._write("put", self._intake.read(documents))
        return found

    def backup(self) -> Path:
        """A folder with all of the store's, of one moment, for ``kg.keeping.backup.packed``.

        Whoever asks for it removes it. What is written meanwhile waits.
        """
        place: Path = self._writer.do("backup", seconds=WHOLE_SECONDS)
        return place

    def take_down(self, iri: str) -> None:
        """Take an article out, of every snapshot too. Raises NotFound, LimitHit, StoreError.

        It is gone for all who ask before the store's files are written without it.
        """
        for what in (("take_down", iri), ("forget",)):
            try:
                self._writer.do(*what, seconds=WHOLE_SECONDS)
            except BadInput:
                raise
            except BaseException:
                self._pool.forget()
                raise
            self._pool.forget()

    def judge(self, judgement: Judgement) -> None:
        """Keep what a person judges, and what it makes of the view. Raises LimitHit, StoreError."""
        self._write("judge", pickle.dumps(judgement))

    def _write(self, verb: str, what: object) -> Any:
        try:
            return self._writer.do(verb, what, seconds=self._seconds)
        finally:
            self._pool.publish()
