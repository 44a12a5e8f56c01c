"""Pieces that records share: actors, places, dates, tolls, evidence, articles and events named.

Each ``*_NAMES`` lists the properties that must have been fetched before its piece is made.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, get_args

from kg.header import opening
from kg.model import SLOTS, ActorKind
from kg.records.graph import Graph
from kg.records.shapes import (
    ActorName,
    ArticleName,
    Date,
    Evidence,
    Extent,
    Mention,
    PlaceName,
    Point,
    Toll,
    Topic,
)
from kg.sparql import select, values
from kg.vocab import PREFIXES, notation

Json = dict[str, Any]

ACTOR_NAMES: Final = ("rdf:type", "rdfs:label")
DATE_NAMES: Final = ("ck:edtf", "ck:earliest", "ck:latest", "ck:dateText")
ARTICLE_NAMES: Final = ("schema:headline", "schema:url", "schema:publisher", "ck:edtf")
PLACE_NAMES: Final = ("rdfs:label", "ck:placePrecision", "geo:hasGeometry")
GEOMETRY_NAMES: Final = ("geo:asWKT",)
TOLL_NAMES: Final = ("ck:min", "ck:best", "ck:max", "ck:text")
MODE_NAMES: Final = ("ck:mode", "ck:edtf")
"""Of an event's reports, from which its mode follows."""
TOPIC_NAMES: Final = (
    *("rdfs:label", "ck:eventType", "ck:mode", "ck:factuality", "ck:act", "ck:content"),
    "ck:report",
)
SLOT_NAMES: Final = {f"ck:{slot}Evidence": slot for slot in SLOTS if slot != "whole"}
"""Property of a slot's evidence → slot."""
_ORDER: Final[Mapping[str, int]] = {slot: number for number, slot in enumerate(SLOTS)}

_OPENING: Final = "opening"
_BEGINNING: Final = 2000
"""Characters of a text in which its header and its first sentence are looked for."""
_KINDS: Final[Mapping[str, ActorKind]] = {
    f"{PREFIXES['ck']}{kind}": kind for kind in get_args(ActorKind)
}
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


def actor(graph: Graph, iri: str) -> ActorName:
    """``{"id", "label", "type"}``; type is Person, Organization, State, Group or Document."""
    kinds = graph.all(iri, "rdf:type")
    return {
        "id": iri,
        "label": graph.one(iri, "rdfs:label"),
        "type": next((kind for of, kind in _KINDS.items() if of in kinds), "Actor"),
    }


def actors(graph: Graph, iri: str, name: str) -> list[ActorName]:
    """The actors a record leads to by a property."""
    return [actor(graph, one) for one in graph.all(iri, name)]


def date(graph: Graph, iri: str) -> Date | None:
    """``{"edtf", "earliest", "latest", "text"}``, ISO days or null; None without a date."""
    edtf = graph.one(iri, "ck:edtf")
    if edtf is None:
        return None
    return {
        "edtf": edtf,
        "earliest": graph.one(iri, "ck:earliest"),
        "latest": graph.one(iri, "ck:latest"),
        "text": graph.one(iri, "ck:dateText"),
    }


def fetch_articles(graph: Graph, iris: Sequence[str]) -> None:
    """What names these articles; of those without a headline also how they begin."""
    graph.fetch(iris, ARTICLE_NAMES)
    bare = [iri for iri in iris if not graph.all(iri, "schema:headline", _OPENING)]
    text = (
        f"SELECT ?x (SUBSTR(STR(?text), 1, {_BEGINNING}) AS ?begins) {{ {values('x', bare)} "
        "?x schema:articleBody ?text }"
    )
    for row in select(graph.queryable, text) if bare else []:
        graph.note(row["x"], _OPENING, opening(row["begins"]))


def article(graph: Graph, iri: str | None) -> ArticleName | None:
    """``{"id", "headline", "url", "published", "publisher"}``; published is an EDTF date.

    One without a headline has its first sentence, shortened, as ``opening``.
    """
    return None if iri is None else named_article(graph, iri)


def named_article(graph: Graph, iri: str) -> ArticleName:
    """The same of an article that is there."""
    found: ArticleName = {
        "id": iri,
        "headline": graph.one(iri, "schema:headline"),
        "url": graph.one(iri, "schema:url"),
        "published": graph.one(iri, "ck:edtf"),
        "publisher": graph.one(iri, "schema:publisher"),
    }
    begins = graph.one(iri, _OPENING)
    if begins and not found["headline"]:
        found["opening"] = begins
    return found


def publication_order(found: ArticleName) -> tuple[str, str]:
    """Articles by their date, those without one last."""
    return found["published"] or "~", found["id"]


def evidence(graph: Graph, iri: str) -> list[Evidence]:
    """``{"slot", "start", "end", "exact"}`` of a statement or report, in the order of slots.

    The whole is what fills no other slot; where one span is both, the longest is the whole.
    """
    node = graph.node(iri)
    pieces = node.get("ck:evidence", ())
    slots = [(slot, one) for name, slot in SLOT_NAMES.items() for one in node.get(name, ())]
    filled = {one for _, one in slots}
    whole = [one for one in pieces if one not in filled] or _longest(graph, pieces)
    found = [_piece(graph, slot, one) for slot, one in [*(("whole", w) for w in whole), *slots]]
    return sorted(found, key=lambda one: (_ORDER[one["slot"]], one["start"], one["end"]))


def mentions(graph: Graph, iri: str, slot: str, name: str = "ck:evidence") -> list[Mention]:
    """Evidence of one slot that also says in which article it stands, by IRI."""
    found: list[Mention] = [
        {**_piece(graph, slot, one), "article": one.split("#")[0]} for one in graph.all(iri, name)
    ]
    return sorted(found, key=lambda one: (one["article"], one["start"], one["end"]))


def place(graph: Graph, iri: str) -> PlaceName:
    """``{"id", "label", "point", "precision"}``; a place with an extent has ``extent``, no point.

    ``point`` is ``{"lat", "lon"}``, ``extent`` ``{"south", "west", "north", "east"}``, degrees.
    """
    shape = graph.one(iri, "geo:hasGeometry")
    wkt = graph.one(shape, "geo:asWKT") if shape else None
    found: PlaceName = {
        "id": iri,
        "label": graph.one(iri, "rdfs:label"),
        "point": _point(wkt),
        "precision": graph.one(iri, "ck:placePrecision"),
    }
    if wkt and wkt.startswith("POLYGON"):
        found["extent"] = _extent(wkt)
    return found


def toll(graph: Graph, iri: str | None) -> Toll | None:
    """``{"min", "best", "max", "text"}``; what the text does not say is null."""
    if iri is None:
        return None
    return {
        "min": _number(graph, iri, "ck:min"),
        "best": _number(graph, iri, "ck:best"),
        "max": _number(graph, iri, "ck:max"),
        "text": graph.one(iri, "ck:text"),
    }


def fetch_topics(graph: Graph, things: Sequence[str]) -> None:
    """What is shown of the events and statements that others are about."""
    graph.fetch(things, TOPIC_NAMES)
    graph.fetch(graph.over(things, "ck:report"), MODE_NAMES)


def topic(graph: Graph, iri: str) -> Topic:
    """What a statement is about: ``{"id", "event_type", "mode", "factuality", "label"}``.

    Where it is about another statement, that has an ``act`` and no event type.
    """
    label = graph.one(iri, "rdfs:label") or graph.one(iri, "ck:content")
    act = graph.one(iri, "ck:act")
    said: Topic = {
        "id": iri,
        "event_type": code(graph, iri, "ck:eventType"),
        "mode": mode(graph, iri),
        "factuality": code(graph, iri, "ck:factuality"),
        "label": label,
    }
    if act:
        said["act"] = notation(act)
    return said


def mode(graph: Graph, iri: str) -> str | None:
    """A report's own mode; of an event the one that most of its reports give.

    Where several do, that of a report with a day of its own, else the first in the alphabet.
    """
    reports = graph.all(iri, "ck:report")
    if not reports:
        return code(graph, iri, "ck:mode")
    told = [(code(graph, one, "ck:mode"), graph.one(one, "ck:edtf")) for one in reports]
    modes = [one for one, _ in told if one]
    dated = {one for one, day in told if day}
    return min(modes, key=lambda one: (-modes.count(one), one not in dated, one), default=None)


def code(graph: Graph, iri: str, name: str) -> str | None:
    """The bare code a record has by a property."""
    found = graph.one(iri, name)
    return notation(found) if found else None


def fetch_named(graph: Graph, things: list[str]) -> None:
    """Places of these things, with their points."""
    graph.fetch(things, PLACE_NAMES)
    graph.fetch(graph.over(things, "geo:hasGeometry"), GEOMETRY_NAMES)


def _number(graph: Graph, iri: str, name: str) -> int | None:
    found = graph.one(iri, name)
    return int(found) if found else None


def _piece(graph: Graph, slot: str, iri: str) -> Evidence:
    start, end, exact = graph.span(iri)
    return {"slot": slot, "start": start, "end": end, "exact": exact}


def _longest(graph: Graph, pieces: tuple[str, ...]) -> list[str]:
    return sorted(pieces, key=lambda one: (-len(graph.span(one)[2] or ""), one))[:1]


def _point(wkt: str | None) -> Point | None:
    if not wkt or not wkt.startswith("POINT"):
        return None
    longitude, latitude = map(float, _NUMBER.findall(wkt))
    return {"lat": latitude, "lon": longitude}


def _extent(wkt: str) -> Extent:
    numbers = [float(number) for number in _NUMBER.findall(wkt)]
    longitudes, latitudes = numbers[0::2], numbers[1::2]
    return {
        "south": min(latitudes),
        "west": longitudes[0],
        "north": max(latitudes),
        "east": longitudes[1],
    }
