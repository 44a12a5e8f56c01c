"""The orders of lists, and the keys that stand for a place in one.

A key is the text that SPARQL sorts by (``kg.filters.selection``): days, then the tail of the row.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

import numpy as np

from kg.errors import BadFilter
from kg.filters import Filters, Kind
from kg.index.columns import NONE, Flags, Ints, Table, short

_DAYS: Final[Mapping[tuple[Kind, str], tuple[str, ...]]] = {
    ("statements", "published"): ("published",),
    ("statements", "date"): ("first", "published"),
    ("events", "date"): ("first", "last"),
    ("articles", "published"): ("first",),
}
"""Kind and order → the days that it goes by before the tail."""
_MANY: Final = 5000
"""Records from which on the whole order is walked and not the records sorted."""


def ordered(table: Table, filters: Filters, chosen: Flags, most: int | None) -> Ints:
    """The positions of chosen rows in their order, the first ``most`` after the cursor."""
    down = filters.sort.startswith("-")
    places = _places(table, filters.kind, filters.sort)
    if filters.after is not None:
        chosen = chosen & _after(table, filters, down)
    at = np.flatnonzero(chosen)
    if most is not None and len(at) > _MANY:
        limit = np.partition(places[at], most)[most] if len(at) > most else None
        at = at if limit is None else at[places[at] <= limit]
    found: Ints = at[np.argsort(places[at], kind="stable")].astype(np.int32)
    return found if most is None else found[:most]


def key_of_row(table: Table, filters: Filters, at: int, tail: str) -> str:
    """The key of a row, as SPARQL writes it; ``tail`` is its own in full."""
    down = filters.sort.startswith("-")
    names = _DAYS.get((filters.kind, filters.sort.removeprefix("-")), ())
    days = [int(getattr(table, name)[at]) for name in names]
    absent = "" if down else "~"
    told = [absent if day == NONE else date.fromordinal(day).isoformat() for day in days]
    return "\t".join([*told, tail])


def _places(table: Table, kind: Kind, sort: str) -> Ints:
    """The place of each row in an order."""
    found = table.orders.get(sort)
    if found is None:
        keys = _keys(table, kind, sort)
        order = np.lexsort(tuple(reversed(keys)))
        found = np.empty(len(order), np.int32)
        found[order] = np.arange(len(order), dtype=np.int32)
        table.orders[sort] = found
    return found


def _keys(table: Table, kind: Kind, sort: str) -> list[Ints]:
    """Numbers that sort as the key does; what is absent is last in both directions."""
    down = sort.startswith("-")
    days = [getattr(table, name) for name in _DAYS.get((kind, sort.removeprefix("-")), ())]
    sign = -1 if down else 1
    last = np.int32(2**31 - 1)
    return [*(np.where(day == NONE, last, sign * day) for day in days), sign * table.rank]


def _after(table: Table, filters: Filters, down: bool) -> Flags:
    """The rows that come after the cursor's place in the order."""
    kind, sort = filters.kind, filters.sort
    names = _DAYS.get((kind, sort.removeprefix("-")), ())
    *told, tail = (filters.after or "").split("\t", len(names))
    if len(told) != len(names):
        raise BadFilter(f"cursor is none of sort={sort}; begin without it")
    ends = [_ordinal(day) for day in told]
    wanted = short(tail, table.base).encode()
    rank = int(np.searchsorted(table.sorted_tails, wanted, side="left" if down else "right"))
    sign = -1 if down else 1
    last = 2**31 - 1
    beyond = table.rank < rank if down else table.rank >= rank
    for name, end in reversed(list(zip(names, ends, strict=True))):
        column = getattr(table, name)
        values = np.where(column == NONE, last, sign * column)
        limit = last if end is None else sign * end
        beyond = (values > limit) | ((values == limit) & beyond)
    found: Flags = beyond
    return found


def _ordinal(day: str) -> int | None:
    if day in ("", "~"):
        return None
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        raise BadFilter(f"cursor has no day {day!r}; begin without it") from None
