"""An index beside a store: written in the step in which the view is.

It is derived from the view and never the only home of anything. It notes the name of each view
that it is of; one that it does not know is answered by the graph, until the index is made anew.
What it answers is read by ``kg.index.reading``.
"""

import weakref
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import StoreError
from kg.index.schema import NAME, RULES, Database
from kg.index.touched import touched
from kg.index.writing import Progress, quiet, rewrite, write
from kg.log import Change
from kg.store.base import Store
from kg.terms import Triple

_KNOWN: Final = """
SELECT number, made.value FROM view, meta made, meta rules, meta swept
WHERE view.id = ? AND rules.name = 'rules' AND rules.value = ? AND made.name = 'made'
  AND swept.name = 'swept' AND number >= CAST(swept.value AS INTEGER)
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A view that an index knows: its number, and the file's name in which it is one."""

    number: int
    made: str


class Held:
    """The index of one store. ``seconds`` is the deadline of one question."""

    def __init__(self, path: Path | None, base: str, *, seconds: float | None = None) -> None:
        self.path = path
        self.base = base
        self.database = Database(path, seconds=seconds)

    @property
    def folder(self) -> Path | None:
        """The folder that it is in."""
        return self.path.parent if self.path else None

    def knows(self, view: str) -> bool:
        """Whether it is of this view, made by the rules of today."""
        return bool(view) and self.known(view) is not None

    def update(
        self,
        store: Store,
        before: str,
        triples: Iterable[Triple],
        *,
        purge: bool = False,
        progress: Progress = quiet,
    ) -> list[Change]:
        """Bring it from the view ``before`` to that of a store, by the triples that differ.

        ``purge`` takes out every trace of what is gone. It is made anew where it was not of
        ``before``.
        """
        if not self.knows(before):
            return self.remake(store, progress, purge=purge)
        found = touched(store, triples)
        return write(self.database, store, store.view_id(), found, purge=purge)

    def remake(
        self, store: Store, progress: Progress = quiet, *, purge: bool = False
    ) -> list[Change]:
        """Derive everything anew. What is as it was stays."""
        return rewrite(self.database, store, progress, purge=purge)

    def forget(self) -> None:
        """Throw everything away, so that it is made anew from nothing."""
        self.database.close()
        if self.path is not None:
            for ending in ("", "-wal", "-shm"):
                self.path.with_name(f"{self.path.name}{ending}").unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of this thread's connection."""
        self.database.close()

    def known(self, view: str) -> Known | None:
        """A view that can be answered: made by the rules of today, with all of its rows there."""
        return self.noted(view) if self.database.follow() else None

    def noted(self, view: str) -> Known | None:
        """The same, of the file that this thread reads already."""
        try:
            found = self.database.rows(_KNOWN, (view, RULES))
        except StoreError:
            return None
        return Known(*found[0]) if found else None


_IN_MEMORY: "weakref.WeakKeyDictionary[Store, Held]" = weakref.WeakKeyDictionary()


def beside(store: Store) -> Held | None:
    """The index of a store: a file in its folder, or in memory; none for an engine elsewhere."""
    if store.elsewhere:
        return None
    if store.home is not None:
        return Held(store.home / NAME, store.base)
    if store not in _IN_MEMORY:
        _IN_MEMORY[store] = Held(None, store.base)
    return _IN_MEMORY[store]
