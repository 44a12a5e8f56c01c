"""Statements as a table: who said what to whom, about what, when and where, and the words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from kg import records
from kg.export.csvtext import rows
from kg.export.job import Job, pieces, statements_or_events
from kg.iri import char_iri
from kg.projection import statement_ids
from kg.projection.model import Value
from kg.records import Json
from kg.records.spoken import spoken
from kg.sparql import describe
from kg.store.base import Queryable

BATCH: Final = 500
"""Statements read at a time."""

JOIN: Final = "; "

COLUMNS: Final = (
    *("who", "who_type", "act", "what", "quoted", "to", "against", "about", "event_type", "mode"),
    *("factuality", "when", "earliest", "latest", "date_text", "where", "medium", "quotation"),
    *("headline", "publisher", "published", "article_url", "url", "evidence", "confidence"),
    "review",
)

Places = Mapping[str, Sequence[str]]
"""Event → the names of its places."""


def write(job: Job) -> Iterator[bytes]:
    """The selected statements, or those about the selected events, in their order."""
    statements_or_events(job.filters)
    return pieces(rows(COLUMNS, _rows(job)))


def _rows(job: Job) -> Iterator[Sequence[Value | None]]:
    left = statement_ids(job.queryable, job.filters)
    while some := list(islice(left, BATCH)):
        found = records.by_ids(job.queryable, "statements", some)
        places = _places(job.queryable, found)
        yield from (_row(one, places) for one in found)


def _row(said: Json, places: Places) -> list[Value | None]:
    told = {**_who(said), **_what(said, places), **_when(said), **_source(said)}
    return [told[name] for name in COLUMNS]


def _who(said: Json) -> dict[str, Any]:
    speaker = said["speaker"] or {}
    return {
        "who": speaker.get("label"),
        "who_type": speaker.get("type"),
        "act": said["act"],
        "quoted": "yes" if said["quoted"] else "no",
        "to": _labels(said.get("addressees") or [said["addressee"]]),
        "against": _labels(said.get("targets") or [said["target"]]),
        "medium": said["medium"],
    }


def _what(said: Json, places: Places) -> dict[str, Any]:
    about = said["about"]
    where = dict.fromkeys(name for one in about for name in places.get(one["id"], ()))
    return {
        "what": spoken(said),
        "about": _labels(about),
        **{name: _each(about, name) for name in ("event_type", "mode", "factuality")},
        "where": JOIN.join(where),
    }


def _when(said: Json) -> dict[str, Any]:
    date = said["date"] or {}
    return {
        "when": date.get("edtf"),
        "earliest": date.get("earliest"),
        "latest": date.get("latest"),
        "date_text": date.get("text"),
    }


def _source(said: Json) -> dict[str, Any]:
    article = said["article"] or {}
    whole = [one for one in said["evidence"] if one["slot"] == "whole"]
    return {
        "quotation": " … ".join(one["exact"] for one in whole),
        "headline": article.get("headline"),
        "publisher": article.get("publisher"),
        "published": article.get("published"),
        "article_url": article.get("url"),
        "url": said["id"],
        "evidence": " ".join(char_iri(article["id"], one["start"], one["end"]) for one in whole),
        "confidence": said["confidence"],
        "review": said["review"],
    }


def _labels(things: Iterable[Json | None]) -> str:
    return JOIN.join(one["label"] or "" for one in things if one)


def _each(things: Iterable[Json], name: str) -> str:
    """What all of these have by a name, each once."""
    return JOIN.join(dict.fromkeys(one[name] for one in things if one[name]))


def _places(queryable: Queryable, found: Iterable[Json]) -> Places:
    events = {topic["id"]: None for said in found for topic in said["about"]}
    nodes = describe(queryable, events, ("ck:place",))
    names = describe(
        queryable, [one for node in nodes.values() for one in node["ck:place"]], ("rdfs:label",)
    )
    return {
        event: [name for one in node["ck:place"] for name in names[one]["rdfs:label"]]
        for event, node in nodes.items()
    }
