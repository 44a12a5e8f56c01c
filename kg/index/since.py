"""Which records say something else in one view than in an earlier one."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from kg.filters import Changed, Kind
from kg.index.columns import Flags, Ints
from kg.index.tables import Tables

_TELLING: Final[tuple[Kind, ...]] = ("statements", "events")
_NAMING: Final = (
    *("speaker", "target", "addressee", "agent", "recipient", "mediator"),
    *("place", "actor"),
)


def changed(tables: Tables, before: int) -> Changed:
    """What became of records between a view, by its number, and that of the tables."""
    differing = {kind: _differing(tables, kind, before) for kind in tables.kinds}
    codes = _codes(tables.kinds[kind].ids[flags] for kind, flags in differing.items())
    named = _codes(_in_fields(tables, kind, differing[kind]) for kind in (*_TELLING, "articles"))
    known = 0
    while known < len(codes):
        known = len(codes)
        codes = _codes([codes, *(_about(tables, kind, codes) for kind in _TELLING)])
    return Changed(_texts(tables, codes), _texts(tables, named))


def _differing(tables: Tables, kind: Kind, before: int) -> Flags:
    """The rows that stand in one of the two views alone."""
    found: Flags = tables.kinds[kind].standing(before) != tables.standing(kind)
    return found


def _about(tables: Tables, kind: Kind, codes: Ints) -> Ints:
    flags = tables.having(kind, "about", codes) & tables.standing(kind)
    return tables.kinds[kind].ids[flags]


def _in_fields(tables: Tables, kind: Kind, flags: Flags) -> Ints:
    """Whom and where flagged rows name."""
    pairs = (tables.kinds[kind].pairs(field) for field in _NAMING)
    return _codes(one.code[flags[one.at]] for one in pairs)


def _codes(found: Iterable[Ints]) -> Ints:
    return np.unique(np.concatenate([np.zeros(0, np.int32), *found]))


def _texts(tables: Tables, codes: Ints) -> frozenset[str]:
    return frozenset(tables.texts(codes).values())
