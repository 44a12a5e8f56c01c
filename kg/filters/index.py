"""What may answer in the place of SPARQL: an index of the view that a queryable holds.

A queryable carries it as ``index``; whatever has none, or one that is not of its view, is asked in
SPARQL, with the same results (``sort=rank`` alone means the usual order there).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

from kg.filters.language import Filters, Kind
from kg.store.base import Queryable

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Selection:
    """One page of IRIs, how many there are in all, and the mark of the next page."""

    ids: tuple[str, ...]
    total: int
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """What is not in one view as in an earlier one, by IRI.

    ``records`` began, ended or say something else, or are about such records, step by step;
    ``named`` are the actors and places that these named before or name now.
    """

    records: frozenset[str]
    named: frozenset[str]


class Index(Protocol):
    """The records of one view, ready to be selected, counted and shown."""

    def select(self, filters: Filters) -> Selection:
        """See ``kg.filters.select_ids``."""

    def batches(self, filters: Filters) -> Iterator[tuple[str, ...]]:
        """See ``kg.filters.id_batches``."""

    def facets(self, filters: Filters) -> dict[str, list[Json]]:
        """See ``kg.filters.facets``."""

    def histogram(self, filters: Filters) -> Json:
        """See ``kg.filters.histogram``."""

    def called(self, kind: Kind, name: str) -> tuple[str, ...]:
        """The actors or places that a name may mean, sorted; see ``kg.filters.find``."""

    def known(self, kind: Kind, ident: str) -> str | None:
        """The record whose IRI, or key, this is; None is no proof that there is none."""

    def names(self, kind: Kind) -> Mapping[str, Sequence[str]]:
        """Every name of actors or places → those called so."""

    def labels(self, ids: Sequence[str]) -> dict[str, str]:
        """What these records are called, of those that are."""

    def records(self, kind: Kind, ids: Sequence[str]) -> dict[str, Json]:
        """Those records that are kept whole, by IRI (``kg.records``)."""

    def cards(self, kind: Kind, ids: Sequence[str]) -> dict[str, Json]:
        """Records without what there may be very much of, by IRI (``kg.records.search``)."""

    def posted(self, actor: str, most: int) -> tuple[str, ...]:
        """The first articles, in their usual order, that tell a post of an actor (its IRI)."""

    def changed(self, before: str) -> Changed | None:
        """What changed since a view, by its name; None where that view is no longer known."""


def index_of(queryable: Queryable) -> Index | None:
    """The index of the view that a queryable holds, where there is one."""
    return cast("Index | None", getattr(queryable, "index", None))
