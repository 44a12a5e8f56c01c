"""The sheet of an earlier view, from which everything is taken that has not changed since.

What a preset draws of a record hangs on that record and on what it is about, which the index knows
(``Index.changed``). Only that is drawn anew; where nodes stand and how they rank is worked out over
the whole, as ever: the new sheet is the one that would be drawn from nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from operator import itemgetter
from typing import Final

from kg.filters import Changed, Filters, Index, Kind, index_of
from kg.projection.model import EDGE_FIELDS, KINDS, NODE_FIELDS, Row
from kg.projection.sheet import Sheet
from kg.store.base import Queryable

FOLLOWED: Final = ("actor-actor", "actor-statement-event", "actor-event")
"""Presets in which each edge is of one record."""
_NAMED: Final[dict[str, tuple[Kind, tuple[tuple[Kind, str], ...]]]] = {
    "actor": ("actors", (("statements", "actor"), ("events", "actor"))),
    "place": ("places", (("events", "place"),)),
}
"""Actors and places: their kind, and the filters by which is found what names them."""
_URL: Final = EDGE_FIELDS.index("url")
_KIND, _IRI = NODE_FIELDS.index("kind"), NODE_FIELDS.index("iri")
_EDGE_ORDER: Final = itemgetter(*(EDGE_FIELDS.index(name) for name in ("source", "target", "id")))


@dataclass(frozen=True, slots=True)
class Before:
    """A sheet of everything, and what changed since."""

    base: str
    sheet: Sheet
    index: Index
    changed: Changed

    @classmethod
    def of(cls, queryable: Queryable, sheet: Sheet, view: str) -> "Before | None":
        """A sheet of an earlier view, where it is known what changed since."""
        index = index_of(queryable)
        changed = index.changed(view) if index else None
        if index is None or changed is None:
            return None
        return cls(queryable.base, sheet, index, changed)

    def records(self) -> Iterator[str]:
        """The statements and events that are to be drawn anew, where they still are."""
        return (
            one for one in sorted(self.changed.records) if self._what(one) in ("statement", "event")
        )

    def keeps(self, iri: str) -> bool:
        """Whether a node is as it was."""
        stale = iri in self.changed.records or iri in self.changed.named
        return not stale and self.sheet.number(iri) is not None

    def wanted(self, what: str) -> Iterator[str]:
        """The actors or places (``what``) of the sheet that changed and are still named."""
        for iri in sorted(self.changed.records | self.changed.named):
            if self._what(iri) == what and self.sheet.number(iri) is not None and self._stands(iri):
                yield iri

    def nodes(self, new: Iterable[Row]) -> Iterator[Row]:
        """These nodes, and those that are as they were, in their order."""
        gone = self.changed.records | self.changed.named
        kept = (one for some in self.sheet.node_rows() for one in some if one[_IRI] not in gone)
        return merge(kept, new, key=lambda one: (KINDS.index(str(one[_KIND])), one[_IRI]))

    def edges(self, new: Iterable[Row]) -> Iterator[Row]:
        """These edges, and those that are as they were, in their order."""
        gone = self.changed.records
        kept = (one for some in self.sheet.edge_rows() for one in some if one[_URL] not in gone)
        return merge(kept, new, key=_EDGE_ORDER)

    def _what(self, iri: str) -> str:
        return iri.removeprefix(self.base).split("/")[0]

    def _stands(self, iri: str) -> bool:
        kind, names = _NAMED[self._what(iri)]
        # An IRI of old would be taken for that of today.
        if self.index.known(kind, iri) != iri:
            return False
        asked = (Filters.parse(of, {name: [iri]}) for of, name in names)
        return any(self.index.select(one).total for one in asked)
