"""The log's file: a table of views, and one of what each changed."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

from kg.errors import StoreError

FILE: Final = "log.sqlite"
CHANGES: Final = ("created", "updated", "withdrawn")
_BUSY_SECONDS: Final = 30.0
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS view (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, time TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS view_time ON view (time);
CREATE TABLE IF NOT EXISTS change (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, view INTEGER NOT NULL,
    kind TEXT NOT NULL, id TEXT NOT NULL, change TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS change_view ON change (view);
"""
_ENTRIES: Final = """
SELECT seq, time, view.id, kind, change.id, change FROM change JOIN view ON number = change.view
WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?
"""

How = Literal["created", "updated", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Change:
    """A record of a kind (``statement``, ``event``, ``actor``, ``place``, ``article``), and what
    became of it.
    """

    kind: str
    id: str
    change: How

    @property
    def of(self) -> tuple[str, str]:
        """The record: its kind and IRI."""
        return self.kind, self.id


@dataclass(frozen=True, slots=True)
class Entry:
    """A change: its number (1, 2, 3 …), when it was noted (RFC 3339, UTC), and in which view."""

    seq: int
    time: str
    view: str
    kind: str
    id: str
    change: str


def note(folder: Path | None, view: str, changes: Iterable[Change]) -> None:
    """Note what a view changed: whole or not at all, and once, however often it is said.

    ``folder`` is the store's; nothing is noted where there is none. Raises StoreError.
    """
    if folder is not None:
        with opened(folder) as log:
            log.note(view, changes)


@contextmanager
def opened(folder: Path) -> Iterator["Log"]:
    """The log of the store in this folder, begun if there is none."""
    log = Log(folder)
    try:
        yield log
    finally:
        log.close()


class Log:
    """A log, open; safe between threads, and beside the processes that write it."""

    def __init__(self, folder: Path) -> None:
        self._guard = threading.Lock()
        self.folder = folder
        self._file = folder / FILE
        with self._told():
            self._held = sqlite3.connect(
                self._file, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            self._held.execute("PRAGMA synchronous = FULL")
            self._held.executescript(_TABLES)

    def note(self, view: str, changes: Iterable[Change]) -> None:
        """See ``note``."""
        with self._told():
            self._held.execute("BEGIN IMMEDIATE")
            try:
                number = self._begun(view)
                if number is not None:
                    self._held.executemany(
                        "INSERT INTO change (view, kind, id, change) VALUES (?, ?, ?, ?)",
                        ((number, one.kind, one.id, one.change) for one in changes),
                    )
            except BaseException:
                self._held.execute("ROLLBACK")
                raise
            self._held.execute("COMMIT")

    def last_view(self) -> str:
        """The view that was noted last, or nothing."""
        found = self._rows("SELECT id FROM view ORDER BY number DESC LIMIT 1")
        return str(found[0][0]) if found else ""

    def last(self, view: str | None = None) -> int:
        """The number of the last change, of all or of those up to a view that was noted."""
        asked = "SELECT MAX(seq) FROM change"
        if view is not None:
            asked += " WHERE view <= (SELECT number FROM view WHERE id = ?)"
        found = self._rows(asked, *([] if view is None else [view]))
        return int(found[0][0] or 0)

    def before(self, moment: datetime) -> int:
        """The number of the last change that was noted before a moment; 0 if none was."""
        found = self._rows(
            "SELECT MAX(seq) FROM change WHERE view <= "
            "(SELECT MAX(number) FROM view WHERE time < ?)",
            stamp(moment),
        )
        return int(found[0][0] or 0)

    def entries(self, after: int, *, until: int, limit: int) -> list[Entry]:
        """At most ``limit`` changes with numbers above ``after`` and up to ``until``, in order."""
        return [Entry(*row) for row in self._rows(_ENTRIES, after, until, limit)]

    def standing(self) -> Iterator[tuple[str, str]]:
        """Kind and id of every record that was created and not withdrawn since."""
        last = "SELECT kind, id, change, MAX(seq) FROM change GROUP BY kind, id"
        rows = self._rows(f"SELECT kind, id FROM ({last}) WHERE change <> 'withdrawn'")
        yield from ((str(kind), str(ident)) for kind, ident in rows)

    def close(self) -> None:
        """Let go of the file. Twice is harmless."""
        with self._guard:
            self._held.close()

    def _begun(self, view: str) -> int | None:
        """The number of a new view; None where it was noted already.

        Time does not run backwards here, whatever the clock does.
        """
        (before,) = self._held.execute("SELECT MAX(time) FROM view").fetchone()
        moment = max(before or "", stamp(datetime.now(UTC)))
        written = self._held.execute(
            "INSERT OR IGNORE INTO view (id, time) VALUES (?, ?)", (view, moment)
        )
        return written.lastrowid if written.rowcount else None

    def _rows(self, text: str, *given: object) -> Sequence[tuple[Any, ...]]:
        with self._told():
            return self._held.execute(text, given).fetchall()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """One thread at a time; SQLite's errors as ours."""
        with self._guard:
            try:
                yield
            except sqlite3.Error as error:
                raise StoreError(f"the log {self._file} cannot be used: {error}") from error


def stamp(moment: datetime) -> str:
    """A moment as it is kept: RFC 3339 in UTC, to the microsecond, so that texts sort as times.

    >>> stamp(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    '2026-01-02T03:04:05.000000Z'
    """
    return f"{moment.astimezone(UTC).strftime('%Y-%m-%dT%H:%M:%S.%f')}Z"
