"""Full-text search: which rows have the words that are looked for, and which fit them best.

What very many rows have is found once and kept; newer rows are added to it when next asked for.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.filters import Kind
from kg.filters.words import Term
from kg.index.schema import Database

Rows = NDArray[np.int64]
MANY: Final = 2_000
"""Rows from which on an answer is kept, and is not ranked."""
KEPT_BYTES: Final = 128 << 20
"""What answers that are kept may take: eight bytes for each row, of the words that most have."""
_IN_NAMES: Final = 4.0
"""What a word counts in names and headlines, to 1 in other texts."""
_SATURATES: Final = 1.2
_BY_LENGTH: Final = 0.75
"""As in bm25 (Robertson and Zaragoza 2009, 3.4)."""
_STEP: Final = 500


class Words:
    """The words of an index, shared by all its views."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turn = threading.Lock()
        self._kept: OrderedDict[tuple[Kind, str], Rows] = OrderedDict()

    @property
    def kept_bytes(self) -> int:
        """What the answers that are kept take."""
        return sum(rows.nbytes for rows in self._kept.values())

    def rows(self, kind: Kind, terms: Sequence[Term]) -> Rows:
        """The numbers of all rows, of any view, that have all terms; in order."""
        wanted = " AND ".join(map(expression, terms))
        with self._turn:
            known = self._kept.pop((kind, wanted), None)
        after = int(known[-1]) if known is not None else 0
        table = f"words_{kind}"
        # As one text: a row for each number costs four times as much, and most of a search.
        given = f"SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid > ? ORDER BY rowid"
        text = f"SELECT coalesce(group_concat(rowid), '') FROM ({given})"
        ((told,),) = self._database.rows(text, (wanted, after))
        found = np.sort(np.fromstring(told, np.int64, sep=",")) if told else np.zeros(0, np.int64)
        if known is not None:
            found = np.concatenate([known, found])
        if len(found) > MANY:
            self._keep((kind, wanted), found)
        return found

    def scores(self, kind: Kind, terms: Sequence[Term], rows: Sequence[int]) -> dict[int, float]:
        """How well these rows fit, the most is the best: by them alone, whatever else is there."""
        forms = [_form(term) for term in terms]
        counted: dict[int, list[float]] = {}
        lengths: dict[int, int] = {}
        for start in range(0, len(rows), _STEP):
            some = rows[start : start + _STEP]
            marks = ",".join("?" * len(some))
            text = f"SELECT rowid, names, texts FROM words_{kind} WHERE rowid IN ({marks})"
            for row, names, texts in self._database.rows(text, some):
                named, told = f" {names} ", f" {texts} "
                counted[row] = [_IN_NAMES * named.count(one) + told.count(one) for one in forms]
                lengths[row] = names.count(" ") + texts.count(" ") + 2
        usual = sum(lengths.values()) / max(len(lengths), 1)
        return {row: _fit(counts, lengths[row] / usual) for row, counts in counted.items()}

    def _keep(self, asked: tuple[Kind, str], found: Rows) -> None:
        with self._turn:
            self._kept[asked] = found
            while self.kept_bytes > KEPT_BYTES:
                self._kept.popitem(last=False)


def _form(term: Term) -> str:
    """A term as it is counted in a text with a blank at each end; said twice running, it is once.

    >>> [" a b a ".count(_form(Term(words))) for words in (("a",), ("a", "b"))]
    [2, 1]
    """
    return f" {' '.join(term.words)}{'' if term.begins else ' '}"


def _fit(counts: Sequence[float], length: float) -> float:
    """bm25 without how rare a word is: all of these rows have all words.

    >>> _fit([1.0], 0.5) > _fit([1.0], 1.0) > 0
    True
    """
    norm = _SATURATES * (1 - _BY_LENGTH + _BY_LENGTH * length)
    return sum(count * (_SATURATES + 1) / (count + norm) for count in counts)


def expression(term: Term) -> str:
    """A term as FTS5 takes it.

    >>> expression(Term(("market", "of", "lorik"))), expression(Term(("shell",), True))
    ('"market of lorik"', '"shell"*')
    """
    return f'"{" ".join(term.words)}"' + ("*" if term.begins else "")
