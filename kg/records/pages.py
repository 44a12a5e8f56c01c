"""Lists of records: a page at a time, or all of a selection one after the other."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, cast

from kg.filters import Filters, Kind, facets, histogram, id_batches, select_ids, unknown
from kg.records.articles import article_records
from kg.records.entities import actor_records, place_records
from kg.records.events import event_records
from kg.records.match import matched
from kg.records.parts import Json
from kg.records.statements import statement_records
from kg.store.base import Queryable

_RECORDS: Final[Mapping[Kind, Callable[[Queryable, Sequence[str]], object]]] = {
    "statements": statement_records,
    "events": event_records,
    "actors": actor_records,
    "places": place_records,
    "articles": article_records,
}


def page(queryable: Queryable, filters: Filters) -> Json:
    """One page: ``{"items", "total", "next"}``, and ``facets`` and ``histogram`` if asked for.

    ``next`` is the cursor of the page after, null on the last. An empty page has ``unknown``
    where a name in its filters means nobody: ``[{"filter", "value", "near"}]``. Items that were
    asked for with ``q`` have ``match``.
    """
    chosen = select_ids(queryable, filters)
    items = by_ids(queryable, filters.kind, chosen.ids)
    found: dict[str, Any] = {
        "items": matched(queryable, filters, items) if filters.get("q") else items,
        "total": chosen.total,
        "next": chosen.next,
    }
    if not chosen.total and (missing := unknown(queryable, filters)):
        found["unknown"] = [
            {"filter": one.parameter, "value": one.value, "near": list(one.near)} for one in missing
        ]
    if filters.facets:
        found["facets"] = facets(queryable, filters)
    if filters.histogram:
        found["histogram"] = histogram(queryable, filters)
    return found


def by_ids(queryable: Queryable, kind: Kind, ids: Sequence[str]) -> list[Json]:
    """The records with these IRIs, in the order given."""
    return cast("list[Json]", _RECORDS[kind](queryable, ids)) if ids else []


def every(queryable: Queryable, filters: Filters, *, batch: int = 500) -> Iterator[Json]:
    """Every record of a selection, in its order: memory does not grow with the selection.

    ``limit`` is not heeded; ``batch`` records are read at a time.
    """
    for ids in id_batches(queryable, replace(filters, limit=batch)):
        yield from by_ids(queryable, filters.kind, ids)


def statements(queryable: Queryable, filters: Filters) -> Json:
    """A page of statements."""
    return page(queryable, _of("statements", filters))


def events(queryable: Queryable, filters: Filters) -> Json:
    """A page of events."""
    return page(queryable, _of("events", filters))


def actors(queryable: Queryable, filters: Filters) -> Json:
    """A page of actors."""
    return page(queryable, _of("actors", filters))


def places(queryable: Queryable, filters: Filters) -> Json:
    """A page of places."""
    return page(queryable, _of("places", filters))


def articles(queryable: Queryable, filters: Filters) -> Json:
    """A page of articles, without their texts."""
    return page(queryable, _of("articles", filters))


def _of(kind: Kind, filters: Filters) -> Filters:
    if filters.kind != kind:
        raise ValueError(f"filters for {filters.kind} do not select {kind}")
    return filters
