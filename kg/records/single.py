"""One record with everything that leads to and from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from kg.errors import NotFound
from kg.filters import KINDS, Filters, Kind, by_id
from kg.iri import key_of
from kg.records.articles import article_record
from kg.records.entities import actor_records, groups_of, place_records
from kg.records.events import event_records, topics_about
from kg.records.judged import judged
from kg.records.pages import page
from kg.records.parts import Json
from kg.records.shapes import ActorRecord, EventRecord, PlaceRecord, StatementRecord
from kg.records.statements import statement_links, statement_records
from kg.store.base import Queryable

FIRST: Final = "20"
"""Of the lists that belong to an actor or a place so many are in its record; ``next`` leads on."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The key asked for is another member's; the record of today has this IRI."""

    id: str


def one(queryable: Queryable, kind: str, ident: str) -> Json | Moved:
    """The record whose full IRI, or the last part of it, is ``ident``.

    The slug plays no part. Statements come with ``same`` and ``replies``; events with ``said``
    (their statements whole) and ``linked`` (events about them); actors with pages ``said``,
    ``addressed``, ``did``, ``received`` and ``mediated``, and their ``groups``; places with pages
    ``events`` and ``statements``; articles with ``text``, ``statements`` and ``reports``; all but
    articles with the ``judgements`` of people.

    Raises NotFound for a kind or a record that is not there.
    """
    if kind not in KINDS:
        raise NotFound(f"no kind of record {kind!r}; there are {', '.join(KINDS)}")
    found = by_id(queryable, kind, ident)
    if found is None:
        raise NotFound(f"none of the {kind} is {ident!r}; give an IRI or the last part of one")
    if key_of(found) != key_of(ident):
        return Moved(found)
    return cast("Json", _WHOLE[kind](queryable, found))


def _statement(queryable: Queryable, iri: str) -> StatementRecord:
    (record,) = statement_records(queryable, [iri])
    links = statement_links(queryable, iri)
    return {
        **record,
        "judgements": judged(queryable, iri),
        "same": statement_records(queryable, links["same"]),
        "replies": statement_records(queryable, links["replies"]),
    }


def _event(queryable: Queryable, iri: str) -> EventRecord:
    (record,) = event_records(queryable, [iri])
    return {
        **record,
        "judgements": judged(queryable, iri),
        "said": statement_records(queryable, record["statements"]),
        "linked": topics_about(queryable, iri),
    }


def _actor(queryable: Queryable, iri: str) -> ActorRecord:
    (record,) = actor_records(queryable, [iri])
    return {
        **record,
        "judgements": judged(queryable, iri),
        "groups": groups_of(queryable, iri),
        "said": _page(queryable, "statements", speaker=iri),
        "addressed": _page(queryable, "statements", hearer=iri),
        "did": _page(queryable, "events", agent=iri),
        "received": _page(queryable, "events", recipient=iri),
        "mediated": _page(queryable, "events", mediator=iri),
    }


def _place(queryable: Queryable, iri: str) -> PlaceRecord:
    (record,) = place_records(queryable, [iri])
    return {
        **record,
        "judgements": judged(queryable, iri),
        "events": _page(queryable, "events", place=iri),
        "statements": _page(queryable, "statements", place=iri),
    }


_WHOLE: Final[Mapping[Kind, Callable[[Queryable, str], object]]] = {
    "statements": _statement,
    "events": _event,
    "actors": _actor,
    "places": _place,
    "articles": article_record,
}


def _page(queryable: Queryable, kind: Kind, **chosen: str) -> Any:
    given = {**{name: [iri] for name, iri in chosen.items()}, "limit": [FIRST]}
    return page(queryable, Filters.parse(kind, given))
