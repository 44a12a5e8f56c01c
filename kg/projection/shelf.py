"""Drawn graphs that are kept: one for each view, preset and selection, drawn once for everybody.

A page, ``/graph`` and every export of the same take the same sheet, another process too: they are
files ``VIEW-DIGEST.sqlite`` beside the store. What is kept follows from the store, so it may be
removed at any time; after a takedown it must be (``kg.store.rewrite``).
"""

import os
import shutil
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import cached_property
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from kg.filters import Filters
from kg.iri import digest
from kg.projection.before import FOLLOWED, Before
from kg.projection.filling import fill, follow
from kg.projection.sheet import FORMAT, Sheet, connect
from kg.store.base import Queryable, Snapshot

FOLDER: Final = "drawn"
KEPT: Final = 64
"""So many sheets are kept, those that were asked for last."""
MOST_BYTES: Final = 4 << 30
"""Of all that are kept."""


class Shelf:
    """The sheets of one store. ``folder`` None is one of our own, gone with the process."""

    def __init__(self, folder: Path | None = None) -> None:
        self._given = folder
        self._guard = threading.Lock()
        self._drawing: dict[str, threading.Lock] = {}

    @property
    def folder(self) -> Path | None:
        """The folder beside a store; None where sheets are gone with the process."""
        return self._given

    @cached_property
    def _folder(self) -> Path:
        if self._given is not None:
            return self._given
        found = mkdtemp(prefix="kg-drawn-")
        weakref.finalize(self, shutil.rmtree, found, ignore_errors=True)
        return Path(found)

    def sheet(self, queryable: Queryable, filters: Filters, preset: str) -> Sheet:
        """The sheet of a preset and a selection, drawn now if it has not been yet.

        What holds no sealed view is drawn each time. Raises BadFilter, StoreError.
        """
        if not view_of(queryable):
            return drawn(queryable, filters, preset)
        name = _name(queryable, filters, preset)
        with self._guard:
            lock = self._drawing.setdefault(name, threading.Lock())
        with lock:
            try:
                return self._kept(self._folder / name, queryable, filters, preset)
            except (OSError, sqlite3.OperationalError):  # a folder that is only to be read
                return drawn(queryable, filters, preset)
            finally:
                with self._guard:
                    self._drawing.pop(name, None)

    def found(self, queryable: Queryable, filters: Filters, preset: str) -> Sheet | None:
        """That sheet, if it is kept; nothing is drawn."""
        file = self._folder / _name(queryable, filters, preset)
        try:
            os.utime(file)
            return Sheet.open(file, preset)
        except (OSError, sqlite3.OperationalError):
            return None

    def keep(self, queryable: Queryable, filters: Filters, preset: str) -> None:
        """Draw that sheet if it is not kept yet. Raises OSError, sqlite3.Error."""
        file = self._folder / _name(queryable, filters, preset)
        self._kept(file, queryable, filters, preset).close()

    def drop(self, queryable: Queryable, filters: Filters, preset: str) -> None:
        """Remove that sheet."""
        (self._folder / _name(queryable, filters, preset)).unlink(missing_ok=True)

    def _kept(self, file: Path, queryable: Queryable, filters: Filters, preset: str) -> Sheet:
        if not file.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            draft = file.with_suffix(f".{os.getpid()}.new")
            try:
                with closing(connect(draft)) as connection:
                    self._draw(connection, file, queryable, filters, preset)
                draft.replace(file)
            finally:
                draft.unlink(missing_ok=True)
            self._tidy(file.name.rsplit("-", 1)[0])
        os.utime(file)
        return Sheet.open(file, preset)

    def _draw(
        self,
        connection: sqlite3.Connection,
        file: Path,
        queryable: Queryable,
        filters: Filters,
        preset: str,
    ) -> None:
        """Draw it, everything from the sheet of an earlier view where there is one."""
        earlier = self._earlier(file) if preset in FOLLOWED and not filters.where else ()
        for view, other in earlier:
            try:
                opened = Sheet.open(other, preset)
            except sqlite3.OperationalError:  # a takedown removed it meanwhile
                continue
            with closing(opened) as sheet:
                if before := Before.of(queryable, sheet, view):
                    return follow(connection, queryable, preset, before)
        return fill(connection, queryable, filters, preset)

    def _earlier(self, file: Path) -> Iterator[tuple[str, Path]]:
        """The same of other views, with their names, the one asked for last first."""
        ending = file.name.rsplit("-", 1)[1]
        found = []
        for other in self._folder.glob(f"*-{ending}"):
            with suppress(FileNotFoundError):
                found.append((other.stat().st_mtime_ns, other))
        for _, other in sorted(found, reverse=True):
            yield other.name.rsplit("-", 1)[0], other

    def _tidy(self, view: str) -> None:
        """Remove what nobody has asked for in a long time; in a folder of our own, older views'.

        Drafts of processes that are no more go too.
        """
        for draft in self._folder.glob("*.new"):
            if not _runs(draft.suffixes[-2:-1]):
                draft.unlink(missing_ok=True)
        with suppress(FileNotFoundError):  # another process tidies too
            found = [(file.stat(), file) for file in self._folder.glob("*.sqlite")]
            found.sort(key=lambda pair: pair[0].st_mtime_ns, reverse=True)
            room = MOST_BYTES
            for number, (stat, file) in enumerate(found):
                room -= stat.st_size
                older = self._given is None and not file.name.startswith(f"{view}-")
                if older or (number and (number >= KEPT or room < 0)):
                    file.unlink()


def _runs(suffixes: list[str]) -> bool:
    """Whether the process runs whose number a draft has in its name."""
    number = "".join(suffixes).removeprefix(".")
    try:
        os.kill(int(number), 0)
    except (ValueError, OverflowError, ProcessLookupError):
        return False
    except PermissionError:  # somebody else's
        return True
    return True


def _name(queryable: Queryable, filters: Filters, preset: str) -> str:
    chosen = [part for pair in filters.pairs() for part in pair]
    return f"{view_of(queryable)}-{digest(str(FORMAT), preset, filters.kind, *chosen)}.sqlite"


def drawn(queryable: Queryable, filters: Filters, preset: str) -> Sheet:
    """A sheet that is gone when it is closed."""
    connection = connect(None)
    fill(connection, queryable, filters, preset)
    return Sheet(connection, preset)


def shelf(spec: str) -> Shelf:
    """The sheets of a store, as it is opened by a string.

    In the store's folder; of a store in memory or behind an endpoint in a folder of our own, only
    those of the newest view.
    """
    kind, _, where = spec.partition(":")
    if kind == "oxigraph":
        return Shelf(Path(where).expanduser().absolute() / FOLDER)
    return Shelf()


def view_of(queryable: Queryable) -> str:
    """The sealed view that is asked, empty where there is none: of a snapshot, or of a store."""
    if isinstance(told := getattr(queryable, "view", None), str):
        return told
    if isinstance(snapshot := getattr(queryable, "snapshot", None), Snapshot):
        return snapshot.view
    named = getattr(queryable, "view_id", None)
    return str(named()) if named else ""
