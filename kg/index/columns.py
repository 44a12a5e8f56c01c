"""The rows of an index as columns in memory: what filters, facets and orders are computed over.

A table holds every state of the records of a kind; which of them stand in a view is a comparison
of numbers. A newer view adds rows to the end and ends others; what was handed out stays as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kg.filters import Kind
from kg.index.schema import FIELDS, KIND, Database

Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]
NONE: Final = -(2**31)
"""A day that is not known."""

_COLUMNS: Final = "row, id, born, died, first, last, published, lat, lon, tail, facts"
_EMPTY: Final = np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True)
class Pairs:
    """One field of all rows: positions of rows, in order, and the terms they have."""

    at: Ints
    code: Ints


@dataclass(frozen=True)
class Table:
    """The rows of one kind, in the order of their numbers."""

    base: str
    rows: NDArray[np.int64]
    ids: Ints
    born: Ints
    died: Ints
    first: Ints
    last: Ints
    published: Ints
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    tails: NDArray[np.bytes_]
    fields: Mapping[str, Pairs]
    orders: dict[str, Ints] = field(default_factory=dict)
    """Orders that were asked for: the place of each row."""
    _starts: dict[str, NDArray[np.int64]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def pairs(self, name: str) -> Pairs:
        """A field; one that no row has is empty."""
        return self.fields.get(name, Pairs(_EMPTY, _EMPTY))

    def starts(self, name: str) -> NDArray[np.int64]:
        """Where the terms of each row begin in a field, and those of the next."""
        if name not in self._starts:
            rows = np.arange(len(self) + 1, dtype=np.int32)
            self._starts[name] = np.searchsorted(self.pairs(name).at, rows).astype(np.int64)
        return self._starts[name]

    def standing(self, view: int) -> Flags:
        """The rows that stand in a view."""
        found: Flags = (self.born <= view) & (self.died > view)
        return found

    @cached_property
    def rank(self) -> Ints:
        """The place of each row in the order of tails."""
        order = np.argsort(self.tails, kind="stable")
        rank = np.empty(len(order), np.int32)
        rank[order] = np.arange(len(order), dtype=np.int32)
        return rank

    @cached_property
    def sorted_tails(self) -> NDArray[np.bytes_]:
        """Tails in their order."""
        return np.sort(self.tails, kind="stable")


def load(database: Database, kind: Kind, base: str, before: Table | None = None) -> Table:
    """The table of a kind as the file has it now; rows that are known are not read again."""
    least = int(before.rows[-1]) if before is not None and len(before) else 0
    text = f"SELECT {_COLUMNS} FROM record WHERE kind = ? AND row > ? ORDER BY row"
    found = _table(database.rows(text, (KIND[kind], least)), base)
    return _joined(before, found) if before is not None else found


def end(database: Database, tables: Mapping[Kind, Table], after: int) -> None:
    """Note which rows ended since a view. It changes nothing in that view or those before it."""
    text = "SELECT kind, row, died FROM record WHERE died > ? AND died < 2147483647"
    kinds = {number: kind for kind, number in KIND.items()}
    for number, row, died in database.rows(text, (after,)):
        table = tables[kinds[number]]
        at = int(np.searchsorted(table.rows, row))
        if at < len(table) and table.rows[at] == row:
            table.died[at] = died


def _table(found: Sequence[tuple[Any, ...]], base: str) -> Table:
    columns = list(zip(*found, strict=True)) if found else [()] * 11
    row, ids, born, died, first, last, published, lat, lon, tails, facts = columns
    return Table(
        base=base,
        rows=np.array(row, np.int64),
        ids=np.array(ids, np.int32),
        born=np.array(born, np.int32),
        died=np.array(died, np.int32),
        first=_days(first),
        last=_days(last),
        published=_days(published),
        lat=np.array(lat, np.float64),
        lon=np.array(lon, np.float64),
        tails=np.array([short(one, base).encode() for one in tails], np.bytes_),
        fields=_fields(facts),
    )


def short(tail: str, base: str) -> str:
    """A sort key without what all of them begin with; the order is the same."""
    return tail.replace(base, "")


def _days(found: Sequence[int | None]) -> Ints:
    return np.array([NONE if one is None else one for one in found], np.int32)


def _fields(facts: Sequence[bytes]) -> dict[str, Pairs]:
    lengths = np.fromiter(map(len, facts), np.int64, len(facts)) // 8
    pairs = np.frombuffer(b"".join(facts), np.int32).reshape(-1, 2)
    at = np.repeat(np.arange(len(facts), dtype=np.int32), lengths)
    found = {}
    for number in np.unique(pairs[:, 0]) if len(pairs) else ():
        chosen = pairs[:, 0] == number
        found[FIELDS[number]] = Pairs(at[chosen], np.ascontiguousarray(pairs[chosen, 1]))
    return found


def _joined(one: Table, other: Table) -> Table:
    if not len(other):
        return one
    names = one.fields.keys() | other.fields.keys()
    arrays: dict[str, Any] = {
        name: np.concatenate([getattr(one, name), getattr(other, name)]) for name in _ARRAYS
    }
    return Table(
        base=one.base,
        **arrays,
        fields={name: _more(one, other, name) for name in names},
    )


_ARRAYS: Final = (
    *("rows", "ids", "born", "died", "first", "last", "published", "lat", "lon", "tails"),
)


def _more(one: Table, other: Table, name: str) -> Pairs:
    here, there = one.pairs(name), other.pairs(name)
    at = np.concatenate([here.at, there.at + np.int32(len(one))])
    return Pairs(at, np.concatenate([here.code, there.code]))
