"""Full-text search: which rows have the words that are looked for, and which fit them best.

What very many rows have is found once and kept; newer rows are added to it when next asked for.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.filters import Kind
from kg.filters.words import Term
from kg.index.schema import Database

Rows = NDArray[np.int64]
MANY: Final = 2_000
"""Rows from which on an answer is kept, and is not ranked."""
KEPT: Final = 200
"""Answers that are kept: of the words that most texts have."""
_WEIGHTS: Final = "4.0, 1.0"
"""What a word counts in names and headlines, and in other texts."""


class Words:
    """The words of an index, shared by all its views."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turn = threading.Lock()
        self._kept: OrderedDict[tuple[Kind, str], Rows] = OrderedDict()

    def rows(self, kind: Kind, terms: Sequence[Term]) -> Rows:
        """The numbers of all rows, of any view, that have all terms; in order."""
        wanted = " AND ".join(map(expression, terms))
        with self._turn:
            known = self._kept.pop((kind, wanted), None)
        after = int(known[-1]) if known is not None else 0
        table = f"words_{kind}"
        text = f"SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid > ? ORDER BY rowid"
        rows = self._database.rows(text, (wanted, after))
        found = np.fromiter(chain.from_iterable(rows), np.int64, len(rows))
        if known is not None:
            found = np.concatenate([known, found])
        if len(found) > MANY:
            self._keep((kind, wanted), found)
        return found

    def scores(self, kind: Kind, terms: Sequence[Term]) -> dict[int, float]:
        """How well rows fit (bm25, the least is the best)."""
        table = f"words_{kind}"
        text = f"SELECT rowid, bm25({table}, {_WEIGHTS}) FROM {table} WHERE {table} MATCH ?"
        return dict(self._database.rows(text, (" AND ".join(map(expression, terms)),)))

    def _keep(self, asked: tuple[Kind, str], found: Rows) -> None:
        with self._turn:
            self._kept[asked] = found
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)


def expression(term: Term) -> str:
    """A term as FTS5 takes it.

    >>> expression(Term(("market", "of", "lorik"))), expression(Term(("shell",), True))
    ('"market of lorik"', '"shell"*')
    """
    return f'"{" ".join(term.words)}"' + ("*" if term.begins else "")
