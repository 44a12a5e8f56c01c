"""Where the words of ``q`` stand in a record: a piece of its text, and marks in it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from kg.filters import Filters, Kind
from kg.filters.words import match
from kg.records.graph import Graph
from kg.records.parts import Json
from kg.store.base import Queryable


def matched(queryable: Queryable, filters: Filters, items: Sequence[Json]) -> list[Json]:
    """The records with ``match``: ``{"text", "marks": [[start, end], …]}``."""
    bodies = Graph(queryable)
    if filters.kind == "articles":
        bodies.fetch((one["id"] for one in items), ("schema:articleBody",))
    wanted = filters.terms()
    texts = ([*_TEXTS[filters.kind](one), *_body(bodies, one)] for one in items)
    found = (match(some, wanted) for some in texts)
    return [one | ({"match": m} if m else {}) for one, m in zip(items, found, strict=True)]


def _body(bodies: Graph, record: Json) -> Iterator[str]:
    yield from bodies.all(record["id"], "schema:articleBody")


def _statement(record: Json) -> Iterator[str]:
    yield from _exact(record)
    yield from _labels([record["speaker"]])


def _event(record: Json) -> Iterator[str]:
    for report in record["reports"]:
        yield from _exact(report)
    for part in ("actors", "recipients", "mediators"):
        yield from _labels(record[part])
    yield from _labels(record.get("places") or [record["place"]])


def _actor(record: Json) -> Iterator[str]:
    yield from _labels([record])
    yield from record["aliases"]
    yield from (one["role"] for one in record.get("roles", ()) if one["role"])


def _article(record: Json) -> Iterator[str]:
    if record["headline"]:
        yield record["headline"]


def _exact(record: Json) -> Iterator[str]:
    yield from (piece["exact"] for piece in record["evidence"])


def _labels(things: Sequence[Json | None]) -> Iterator[str]:
    yield from (one["label"] for one in things if one and one["label"])


_TEXTS: Final[Mapping[Kind, Callable[[Json], Iterator[str]]]] = {
    "statements": _statement,
    "events": _event,
    "actors": _actor,
    "places": _actor,
    "articles": _article,
}
