"""All tables of one view, and how rows of one kind lead to those of another.

A field of one table holds terms, and so does the ``ids`` of another: what leads where is a look-up
in an array of flags, one for each term.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kg.filters import KINDS, Kind
from kg.filters.words import Term
from kg.index.columns import Flags, Ints, Table
from kg.index.held import Known
from kg.index.schema import Database
from kg.index.words import Words

_FEW = 4
"""Terms up to which each is compared by itself."""


class Tables:
    """The tables of a view, by its number in a file. The arrays are shared by those of all."""

    def __init__(
        self, known: Known, tables: Mapping[Kind, Table], database: Database, words: Words
    ) -> None:
        self.number, self.made = known.number, known.made
        self.database = database
        self.words = words
        self.kinds = tables
        self._standing: dict[Kind, Flags] = {}

    def table(self, kind: Kind) -> Table:
        """The table of a kind."""
        return self.kinds[kind]

    def standing(self, kind: Kind) -> Flags:
        """The rows of a kind that stand in this view; not to be written."""
        if kind not in self._standing:
            self._standing[kind] = self.kinds[kind].standing(self.number)
        return self._standing[kind]

    @cached_property
    def terms(self) -> int:
        """A number that is above that of any term of these tables."""
        most = (
            int(array.max(initial=0))
            for kind in KINDS
            for array in (self.kinds[kind].ids, *(p.code for p in self.kinds[kind].fields.values()))
        )
        return max(most, default=0) + 1

    def codes(self, texts: Iterable[str]) -> Ints:
        """The numbers of these terms; those that are none are left out."""
        text = "SELECT code FROM term WHERE text = ?"
        found = [code for one in texts for (code,) in self.database.rows(text, (one,))]
        return np.array([code for code in found if code < self.terms], np.int32)

    def codes_where(self, field: str, test: Callable[[str], bool]) -> Ints:
        """The terms of a field of articles whose text passes a test."""
        known = self.texts(np.unique(self.kinds["articles"].pairs(field).code))
        return np.array([code for code, text in known.items() if test(text)], np.int32)

    def texts(self, codes: Ints) -> dict[int, str]:
        """The texts of terms."""
        found: dict[int, str] = {}
        for start in range(0, len(codes), 500):
            some = [int(code) for code in codes[start : start + 500]]
            marks = ",".join("?" * len(some))
            text = f"SELECT code, text FROM term WHERE code IN ({marks})"
            found.update(self.database.rows(text, some))
        return found

    def having(self, kind: Kind, field: str, codes: Ints) -> Flags:
        """The rows that have one of these terms in a field."""
        table = self.kinds[kind]
        pairs = table.pairs(field)
        found = np.zeros(len(table), np.bool_)
        found[pairs.at[self._among(pairs.code, codes)]] = True
        return found

    def being(self, kind: Kind, codes: Ints) -> Flags:
        """The rows whose records these terms are."""
        return self._among(self.kinds[kind].ids, codes)

    def leading(self, kind: Kind, field: str, to: Kind, flags: Flags) -> Flags:
        """The rows that lead by a field to flagged rows of another kind."""
        return self.having(kind, field, self.kinds[to].ids[flags])

    def led_to(self, kind: Kind, field: str, to: Kind, flags: Flags) -> Flags:
        """The rows of another kind that flagged rows lead to by a field."""
        pairs = self.kinds[kind].pairs(field)
        return self.being(to, pairs.code[flags[pairs.at]])

    def places(self, kind: Kind, flags: Flags) -> Ints:
        """By term: the flagged row whose record it is, or -1."""
        found = np.full(self.terms, -1, np.int32)
        at = np.flatnonzero(flags).astype(np.int32)
        found[self.kinds[kind].ids[at]] = at
        return found

    def worded(self, kind: Kind, terms: Sequence[Term]) -> Flags:
        """The rows whose texts have all terms."""
        table = self.kinds[kind]
        found = np.zeros(len(table), np.bool_)
        found[self.positions(table, self.words.rows(kind, terms))] = True
        return found

    def positions(self, table: Table, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where rows stand in a table; those that are not there are left out."""
        if not len(table):
            return np.zeros(0, np.int64)
        at = np.searchsorted(table.rows, rows)
        at[at == len(table)] = 0
        found: NDArray[np.int64] = at[table.rows[at] == rows]
        return found

    def _among(self, array: Ints, codes: Ints) -> Flags:
        found: Flags
        if len(codes) <= _FEW:
            found = np.zeros(len(array), np.bool_)
            for code in codes:
                found |= array == code
            return found
        flags = np.zeros(self.terms, np.bool_)
        flags[codes] = True
        found = flags[array]
        return found
