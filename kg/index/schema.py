"""The file of an index: what its tables are, and how it is opened.

``record`` holds a row for each state of a record: it stands from the view ``born`` on and before
the view ``died``. ``facts`` are pairs of a field (its number in ``FIELDS``) and a term, a number
for a text. ``body`` is the record as it is shown, where it is kept whole, else its names;
``words_KIND`` its texts, made of words as they are compared, for FTS5.

``meta`` says by which ``rules`` the rows were made; the file's name for itself (``made``), by which
who holds its numbers in memory knows that another has its place; and the view (``swept``) before
which rows that ended are no longer there. Numbers of rows and terms are never given again.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from kg.errors import LimitHit, StoreError
from kg.filters import KINDS

NAME: Final = "index.sqlite"
ALIVE: Final = 2**31 - 1
"""The view before which a row died that stands to this day."""
KIND: Final = {kind: number for number, kind in enumerate(KINDS)}

FIELDS: Final = (
    *("speaker", "target", "addressee", "act", "about", "article", "review"),
    *("agent", "recipient", "mediator", "event_type", "mode", "factuality", "status", "context"),
    *("place", "type", "sector", "country", "precision", "publisher", "actor", "flag", "post"),
)
"""What a record says of itself in terms; ``flag`` is one of a few words (``quotation``), ``post``
an actor of whom an article tells a post or a membership."""
FIELD: Final = {name: number for number, name in enumerate(FIELDS)}

SCHEMA: Final = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
INSERT INTO meta VALUES ('made', hex(randomblob(16))), ('swept', '0');
CREATE TABLE view(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, time REAL NOT NULL);
CREATE TABLE term(code INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL UNIQUE);
CREATE TABLE record(
  row INTEGER PRIMARY KEY AUTOINCREMENT, kind INTEGER NOT NULL, id INTEGER NOT NULL,
  born INTEGER NOT NULL, died INTEGER NOT NULL,
  first INTEGER, last INTEGER, published INTEGER, lat REAL, lon REAL,
  tail TEXT NOT NULL, label TEXT NOT NULL, key TEXT NOT NULL, facts BLOB NOT NULL,
  mark BLOB NOT NULL
);
CREATE INDEX record_id ON record(id);
CREATE INDEX record_key ON record(key);
CREATE INDEX record_died ON record(died) WHERE died < 2147483647;
CREATE TABLE body(row INTEGER PRIMARY KEY, json BLOB NOT NULL);
""" + "".join(
    f"CREATE VIRTUAL TABLE words_{kind} USING fts5("
    "names, texts, tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co'\");\n"
    for kind in KINDS
)

_STEPS: Final = 20_000
"""Instructions of SQLite between two looks at the clock."""


RULES: Final = "5"
"""By which rules rows are made. Raise it where rows come to say something else than before of the
same graph, or to say it otherwise: an index of other rules is made anew, which takes a while where
very much is stored. Who forgets it is told by ``tests/index/test_rules.py``."""


class Database:
    """An index's file, or one in memory; each thread reads through a connection of its own.

    ``seconds`` is the deadline of one question. One in memory has one connection, used in turn.
    """

    def __init__(self, path: Path | None, *, seconds: float | None = None) -> None:
        self.path = path
        self._seconds = seconds
        self._turn = threading.RLock()
        self._own = threading.local()
        self._shared = None if path else _connected(None)

    def rows(self, text: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a question. Raises LimitHit past the deadline, StoreError."""
        with self._reading() as held:
            try:
                return held.execute(text, given).fetchall()
            except sqlite3.OperationalError as error:
                if "interrupted" not in str(error):
                    raise StoreError(f"the index cannot be read: {error}; kg reindex") from error
                seconds = self._seconds or 0
                said = f"the search ran past {seconds:g} s; look for rarer words"
                raise LimitHit(said, limit="query_seconds", value=seconds) from None
            except sqlite3.DatabaseError as error:
                raise StoreError(f"the index cannot be read: {error}; kg reindex") from error

    @contextmanager
    def moment(self) -> Iterator[None]:
        """What this thread asks within is of one moment, whatever is written meanwhile.

        One within another is a part of that.
        """
        with self._reading() as held:
            if held.in_transaction:
                yield
                return
            held.execute("BEGIN")
            try:
                yield
            finally:
                if held.in_transaction:
                    held.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it or nothing."""
        with self._turn:
            held = self._shared or _connected(self.path)
            try:
                held.execute("BEGIN IMMEDIATE")
                yield held
                held.execute("COMMIT")
            except sqlite3.Error as error:
                raise StoreError(f"the index cannot be written: {error}; kg reindex") from error
            finally:
                if held.in_transaction:
                    held.execute("ROLLBACK")
                if held is not self._shared:
                    held.close()

    def settle(self) -> None:
        """Bring everything into the file itself, so that its journal holds nothing any more."""
        if self.path is not None:
            held = _connected(self.path)
            held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            held.close()

    def close(self) -> None:
        """Let go of this thread's connection. Others' go with their threads."""
        held = getattr(self._own, "held", None)
        if held is not None:
            held.close()
            self._own.held = None

    def follow(self) -> bool:
        """Whether there is a file; if it is another than this thread reads, it goes over to that.

        A file that was removed is read on until then, so that an answer is of one file.
        """
        if self.path is None:
            return True
        there = _place(self.path)
        if there != getattr(self._own, "place", None):
            self.close()
        return there is not None

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        if self._shared is not None:
            with self._turn:
                yield self._shared
            return
        held = getattr(self._own, "held", None)
        if held is None:
            self._own.place = _place(self.path) if self.path else None
            held = self._own.held = _connected(self.path, read_only=True)
        if self._seconds:
            end = time.monotonic() + self._seconds
            held.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
        yield held


def _place(path: Path) -> tuple[int, int] | None:
    """Which file this is, and not only by its name; no other is so while it is open."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def create(held: sqlite3.Connection) -> None:
    """Make the tables, with nothing in them; what was there goes. Part of a transaction."""
    virtual = "type = 'table' AND sql LIKE 'CREATE VIRTUAL%'"
    plain = "type = 'table' AND name NOT LIKE 'sqlite%'"
    for which in (virtual, plain):
        names = held.execute(f"SELECT name FROM sqlite_master WHERE {which}").fetchall()
        for (name,) in names:
            held.execute(f"DROP TABLE {name}")
    for statement in SCHEMA.split(";\n"):
        held.execute(statement)


def _connected(path: Path | None, *, read_only: bool = False) -> sqlite3.Connection:
    if path is None:
        held = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        create(held)
        return held
    mode = "ro" if read_only else "rwc"
    try:
        held = sqlite3.connect(f"{path.as_uri()}?mode={mode}", uri=True, isolation_level=None)
        held.execute("PRAGMA busy_timeout = 10000")
        if not read_only:
            _prepare(held)
        return held
    except sqlite3.Error as error:
        raise StoreError(f"the index at {path} cannot be opened: {error}; kg reindex") from error


def _prepare(held: sqlite3.Connection) -> None:
    held.execute("PRAGMA journal_mode = WAL")
    held.execute("PRAGMA synchronous = NORMAL")
    held.execute("PRAGMA secure_delete = ON")
    if not held.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
        held.execute("BEGIN IMMEDIATE")
        create(held)
        held.execute("COMMIT")
