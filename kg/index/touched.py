"""Which records a change of the view touches: those whose rows may say something else than before.

A record is touched by what is said of it, of its parts (evidence, tolls, geometry, reports, posts),
and of what it shows of others: names, what they are, and where an article stands.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg.filters import Kind
from kg.filters.lookup import CLASSES
from kg.sparql import select, values
from kg.store.base import Queryable
from kg.terms import Triple
from kg.vocab import term

Touched = Mapping[Kind, set[str]]
STEP: Final = 300
"""Things that one query asks about."""

_KINDS: Final[Mapping[str, Kind]] = {
    "statement": "statements",
    "event": "events",
    "actor": "actors",
    "place": "places",
    "article": "articles",
}
_SHOWN: Final = frozenset(
    term(name)
    for name in (
        *("rdf:type", "rdfs:label", "ck:eventType", "ck:mode", "ck:factuality", "ck:act"),
        *("ck:content", "ck:placePrecision", "geo:hasGeometry", "geo:asWKT", "ck:edtf"),
        *("ck:earliest", "schema:headline", "schema:url", "schema:publisher"),
        *("schema:articleBody", "ck:report"),
    )
)
"""What records show of others; of an event also what follows from its reports, its mode."""
_LEADS: Final = (
    *("ck:speaker", "ck:target", "ck:addressee", "ck:actor", "ck:recipient", "ck:mediator"),
    *("ck:place", "ck:about"),
)
"""By what they lead to those."""
_PARTS: Final = ("ck:evidence", "ck:report", "org:hasMembership")
_POST: Final = term("org:hasMembership")
_POST_TOLD: Final = term("ck:roleEvidence")
_COUNTED: Final = frozenset((term("ck:about"), term("prov:wasDerivedFrom")))
"""What shows at the other end: the statements about an event, what an article names."""


def touched(queryable: Queryable, triples: Iterable[Triple]) -> Touched:
    """The records that triples that went or came touch; ``queryable`` is the view as it is now."""
    subjects: set[str] = set()
    seen: set[str] = set()
    ends: set[str] = set()
    posts: set[str] = set()
    for subject, predicate, thing in triples:
        iri = subject[1:-1]
        subjects.add(iri)
        if predicate in _SHOWN:
            seen.add(_whole(iri))
        if predicate in _COUNTED:
            ends.add(thing[1:-1])
        elif predicate == _POST:
            posts.add(thing[1:-1])
        elif predicate == _POST_TOLD:
            ends.add(thing[1:-1].partition("#")[0])
    ends |= _leading(queryable, posts, ("ck:roleEvidence/oa:hasSource",), backwards=True)
    reports = {one for one in seen if _kind(queryable, one) is None}
    seen |= _leading(queryable, reports, ("ck:report",))
    found = {one for iri in subjects for one in (iri, _whole(iri))} | ends
    articles = {one for one in seen if _kind(queryable, one) == "articles"}
    found |= _leading(queryable, seen - articles, _LEADS)
    found |= _leading(queryable, articles, ("prov:wasDerivedFrom",))
    found |= _leading(queryable, _told(queryable, found), ("ck:about",), backwards=True)
    for _ in range(2):  # evidence of a report of an event
        found |= _leading(queryable, found, _PARTS)
    return _sorted(queryable, found)


def _told(queryable: Queryable, found: Iterable[str]) -> set[str]:
    """Statements, whose order shows with the events they are about."""
    return {one for one in found if _kind(queryable, one) == "statements"}


def present(queryable: Queryable, kind: Kind, ids: Iterable[str]) -> set[str]:
    """Those of these that are records of a kind."""
    given = sorted(ids)
    found: set[str] = set()
    for start in range(0, len(given), STEP):
        some = values("x", given[start : start + STEP])
        found.update(
            row["x"] for row in select(queryable, f"SELECT ?x {{ {some} ?x a {CLASSES[kind]} }}")
        )
    return found


def everything(queryable: Queryable, kind: Kind) -> Iterator[str]:
    """All records of a kind."""
    text = f"SELECT DISTINCT ?x {{ ?x a {CLASSES[kind]} }}"
    yield from sorted(row["x"] for row in select(queryable, text))


def _leading(
    queryable: Queryable, things: Iterable[str], names: Iterable[str], *, backwards: bool = False
) -> set[str]:
    """What leads to these things by properties; ``backwards``, what they lead to."""
    given, path = sorted(_iris(things)), "|".join(names)
    found: set[str] = set()
    for start in range(0, len(given), STEP):
        some = values("to", given[start : start + STEP])
        triple = f"?to {path} ?x" if backwards else f"?x {path} ?to"
        found.update(
            row["x"] for row in select(queryable, f"SELECT DISTINCT ?x {{ {some} {triple} }}")
        )
    return found


def _iris(things: Iterable[str]) -> Iterator[str]:
    return (one for one in things if "://" in one)


def _sorted(queryable: Queryable, found: Iterable[str]) -> Touched:
    kinds: dict[Kind, set[str]] = {kind: set() for kind in _KINDS.values()}
    for iri in found:
        kind = _kind(queryable, iri)
        if kind and "#" not in iri:
            kinds[kind].add(iri)
    return kinds


def _kind(queryable: Queryable, iri: str) -> Kind | None:
    return _KINDS.get(iri.removeprefix(queryable.base).split("/")[0])


def _whole(iri: str) -> str:
    """The record of a part: a toll, a geometry; evidence stays what it is."""
    return iri if "#char=" in iri else iri.split("#", maxsplit=1)[0]
