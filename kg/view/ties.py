"""What linking found, kept beside a store by what things may be one with others.

So an article or judgement more is linked with what shares a key with it and with nothing else
(docs/decisions/0024-linked-with-what-it-touches.md). It is derived from articles and judgements,
is of one sealed view (``Store.view_id``) and the only home of nothing: a file in the store's folder
(``ties.sqlite``), or as long-lived as the store where that has none. Only who holds the store for
writing opens it.

=============  =====================================================================
``member``     an actor, place or report of an article, and where it leads
``said``       what actors and places say of themselves, each wording once
``tie``        by what actors of one key may be one with those of another
``report``     a report as it is compared and told, and its knot: what depends on it
``block``      what a report shares with all that may be one with it
``stand``      where a group of reports stands, for what others accuse of or deny
``statement``  a statement, and a digest of its words
``link``       the links, while a whole view is made
``was``        of the members that change, what they were before (in memory)
=============  =====================================================================
"""

import sqlite3
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from kg.errors import StoreError
from kg.store import Store

NAME: Final = "ties.sqlite"
CACHE_KB: Final = 65_536
"""Memory for pages of the file, at the most."""
ASKED: Final = 400
"""Values of one question."""

SCHEMA: Final = """
CREATE TABLE meta(view TEXT NOT NULL);
CREATE TABLE member(
  iri TEXT PRIMARY KEY, article TEXT NOT NULL, kind TEXT NOT NULL, key TEXT,
  age TEXT NOT NULL, node TEXT NOT NULL, said INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX member_article ON member(article);
CREATE INDEX member_key ON member(key, kind, age) WHERE key IS NOT NULL;
CREATE INDEX member_node ON member(node, said, age);
CREATE TABLE said(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE tie(
  kind TEXT NOT NULL, words TEXT NOT NULL, how TEXT NOT NULL, key TEXT NOT NULL,
  uses INTEGER NOT NULL, PRIMARY KEY (kind, words, how, key)) WITHOUT ROWID;
CREATE INDEX tie_key ON tie(key);
CREATE TABLE report(
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, article TEXT NOT NULL, kind TEXT NOT NULL,
  knot INTEGER NOT NULL, told TEXT NOT NULL, telling TEXT NOT NULL);
CREATE INDEX report_article ON report(article, kind);
CREATE INDEX report_knot ON report(knot);
CREATE TABLE block(
  number INTEGER NOT NULL, report INTEGER NOT NULL, day INTEGER, loose INTEGER NOT NULL,
  PRIMARY KEY (number, report)) WITHOUT ROWID;
CREATE INDEX block_report ON block(report);
CREATE TABLE stand(
  type TEXT NOT NULL, town TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
  charged INTEGER NOT NULL, knot INTEGER NOT NULL);
CREATE INDEX stand_town ON stand(type, town);
CREATE INDEX stand_knot ON stand(knot);
CREATE TABLE statement(
  iri TEXT PRIMARY KEY, article TEXT NOT NULL, words TEXT, published TEXT,
  quoted INTEGER NOT NULL, speaker TEXT) WITHOUT ROWID;
CREATE INDEX statement_article ON statement(article);
CREATE INDEX statement_words ON statement(words) WHERE words IS NOT NULL;
"""
_WAS: Final = (
    "CREATE TEMP TABLE was(iri TEXT PRIMARY KEY, article, kind, key, age, node, said)",
    "CREATE INDEX temp.was_node ON was(node)",
    "CREATE INDEX temp.was_article ON was(article)",
    "CREATE TEMP TRIGGER gone AFTER DELETE ON main.member BEGIN INSERT OR IGNORE INTO was VALUES "
    "(old.iri, old.article, old.kind, old.key, old.age, old.node, old.said); END",
    "CREATE TEMP TRIGGER turned AFTER UPDATE ON main.member BEGIN INSERT OR IGNORE INTO was VALUES "
    "(old.iri, old.article, old.kind, old.key, old.age, old.node, old.said); END",
    "CREATE TEMP TRIGGER came AFTER INSERT ON main.member BEGIN INSERT OR IGNORE INTO was(iri) "
    "VALUES (new.iri); END",
)


class Ties:
    """The tables of one store, within a transaction."""

    def __init__(self, held: sqlite3.Connection, base: str) -> None:
        self.held = held
        self.base = base

    def rows(self, text: str, *given: Any) -> list[tuple[Any, ...]]:
        """The rows of a question."""
        return self.held.execute(text, given).fetchall()

    def of_each(self, text: str, values: Iterable[Any], *more: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a question about many values, which ``{}`` stands for, after ``more``."""
        asked = sorted(values)
        for start in range(0, len(asked), ASKED):
            some = asked[start : start + ASKED]
            marks = ", ".join("?" * len(some))
            yield from self.held.execute(text.format(f"({marks})"), (*more, *some)).fetchall()

    def put(self, text: str, rows: Iterable[Sequence[Any]]) -> None:
        """Write rows."""
        self.held.executemany(text, rows)

    def short(self, term: str) -> str:
        """A term as it is kept."""
        start = f"<{self.base}"
        return term[len(start) : -1] if term.startswith(start) else term

    def long(self, text: str) -> str:
        """The term that is kept so."""
        return text if text.startswith("<") else f"<{self.base}{text}>"

    def said(self, text: str) -> int:
        """The number of a wording."""
        found = self.rows("SELECT id FROM said WHERE text = ?", text)
        if found:
            return int(found[0][0])
        number = self.held.execute("INSERT INTO said(text) VALUES (?)", (text,)).lastrowid
        assert number is not None
        return number

    def follow(self) -> None:
        """Note from now on what members were before they changed."""
        for statement in _WAS:
            self.held.execute(statement)

    def unfollow(self) -> None:
        """Forget what they were."""
        for name in ("gone", "turned", "came"):
            self.held.execute(f"DROP TRIGGER IF EXISTS temp.{name}")
        self.held.execute("DROP TABLE IF EXISTS temp.was")

    def view(self) -> str:
        """The name of the view that this is of; empty if it is of none."""
        found = self.rows("SELECT view FROM meta")
        return str(found[0][0]) if found else ""

    def keep_links(self) -> None:
        """Make room for the links that are found while a whole view is made."""
        self.held.execute("CREATE TABLE link(subject TEXT NOT NULL, text TEXT NOT NULL)")
        self.held.execute("CREATE INDEX link_subject ON link(subject)")

    def be_of(self, view: str) -> None:
        """Note of which view it is now, in which the links are from now on."""
        self.held.execute("DROP TABLE IF EXISTS link")
        self.held.execute("DELETE FROM meta")
        self.held.execute("INSERT INTO meta VALUES (?)", (view,))

    def empty(self) -> None:
        """Throw everything away."""
        names = self.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (name,) in names:
            self.held.execute(f"DROP TABLE {name}")
        _create(self.held)


_IN_MEMORY: "weakref.WeakKeyDictionary[Store, sqlite3.Connection]" = weakref.WeakKeyDictionary()


@contextmanager
def tied(store: Store, *, purge: bool = False) -> Iterator[Ties]:
    """The ties of a store, in one transaction, which an error undoes.

    ``purge`` leaves no bytes of what goes. Raises StoreError.
    """
    home = store.home
    held = _opened(home / NAME) if home is not None else _beside(store)
    ties = Ties(held, store.base)
    try:
        held.execute("BEGIN IMMEDIATE")
        yield ties
        if purge:
            held.execute("DELETE FROM said WHERE id NOT IN (SELECT said FROM member)")
        held.execute("COMMIT")
        if purge and home is not None:
            held.execute("VACUUM")  # what moved from page to page is left behind in both
            held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        raise StoreError(f"{NAME} cannot be written: {error}; remove it, run kg link") from error
    finally:
        if held.in_transaction:
            held.execute("ROLLBACK")
        ties.unfollow()
        if home is not None:
            held.close()


def _opened(path: Path) -> sqlite3.Connection:
    """The file, made anew where it is damaged: all of it is derived."""
    try:
        return _connected(path)
    except sqlite3.OperationalError as error:
        raise _unopened(path, error) from error
    except sqlite3.DatabaseError:
        for end in ("", "-wal", "-shm"):
            Path(f"{path}{end}").unlink(missing_ok=True)
    try:
        return _connected(path)
    except sqlite3.Error as error:
        raise _unopened(path, error) from error


def _connected(path: Path) -> sqlite3.Connection:
    held = sqlite3.connect(path, isolation_level=None)
    try:
        return _prepared(held)
    except sqlite3.Error:
        held.close()
        raise


def _unopened(path: Path, error: sqlite3.Error) -> StoreError:
    return StoreError(f"{path} cannot be opened: {error}; remove it, run kg link")


def _beside(store: Store) -> sqlite3.Connection:
    """A database without a name: it goes with the store, and what memory does not hold is in a
    temporary file."""
    if store not in _IN_MEMORY:
        held = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        _IN_MEMORY[store] = _prepared(held)
    return _IN_MEMORY[store]


def _prepared(held: sqlite3.Connection) -> sqlite3.Connection:
    held.execute(f"PRAGMA cache_size = -{CACHE_KB}")
    held.execute("PRAGMA temp_store = MEMORY")
    held.execute("PRAGMA journal_mode = WAL")
    held.execute("PRAGMA synchronous = NORMAL")
    held.execute("PRAGMA secure_delete = ON")
    if not held.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
        held.execute("BEGIN IMMEDIATE")
        _create(held)
        held.execute("COMMIT")
    return held


def _create(held: sqlite3.Connection) -> None:
    for statement in SCHEMA.split(";\n"):
        held.execute(statement)
