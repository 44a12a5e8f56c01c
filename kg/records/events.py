"""Events as records: what all reports say together, and each report with its own slots."""

from collections.abc import Iterable, Sequence
from typing import Final

from kg.records import parts
from kg.records.graph import Graph
from kg.records.kept import whole
from kg.records.shapes import Event, Report, Slots, Topic
from kg.sparql import select, values
from kg.store.base import Queryable
from kg.vocab import concepts

_PARTIES: Final = ("ck:actor", "ck:recipient", "ck:mediator")
_SHARED: Final = (
    *("ck:eventType", "ck:mode", "ck:factuality", "ck:background", "ck:context", "rdfs:label"),
    *("ck:review", "ck:contested"),
    *(*_PARTIES, "ck:place", "ck:killed", "ck:injured", "ck:about", *parts.DATE_NAMES),
)
EVENT_NAMES: Final = (*_SHARED, "ck:status", *parts.TOPIC_NAMES)
REPORT_NAMES: Final = (
    *(*_SHARED, "prov:wasDerivedFrom", "ck:confidence", "ck:canonical", "ck:evidence"),
    *parts.SLOT_NAMES,
)


def event_records(queryable: Queryable, ids: Sequence[str]) -> list[Event]:
    """The records of these events with their reports, in the order given; ten queries."""
    return whole(queryable, "events", ids, read_events)


def read_events(graph: Graph, ids: Sequence[str]) -> list[Event]:
    """The same, made from the graph."""
    graph.fetch(ids, EVENT_NAMES)
    reports = graph.over(ids, "ck:report")
    graph.fetch(reports, REPORT_NAMES)
    _fetch_slots(graph, [*ids, *reports])
    parts.fetch_articles(graph, graph.over(reports, "prov:wasDerivedFrom"))
    graph.quote(graph.over(reports, "ck:evidence"))
    said = _statements(graph.queryable, ids)
    return [_event(graph, one, said.get(one, [])) for one in ids]


def report_records(queryable: Queryable, ids: Sequence[str]) -> list[Report]:
    """The records of these reports alone, in the order given, each with its ``event``."""
    graph = Graph(queryable)
    graph.fetch(ids, REPORT_NAMES)
    _fetch_slots(graph, ids)
    parts.fetch_articles(graph, graph.over(ids, "prov:wasDerivedFrom"))
    graph.quote(graph.over(ids, "ck:evidence"))
    return [_report(graph, one) for one in ids]


def topics_about(queryable: Queryable, iri: str) -> list[Topic]:
    """The events that are about this one: investigations of it, talks over it."""
    graph = Graph(queryable)
    found = select(queryable, f"SELECT ?x {{ ?x a ck:Event ; ck:about <{iri}> }} ORDER BY ?x")
    ids = [row["x"] for row in found]
    parts.fetch_topics(graph, ids)
    return [parts.topic(graph, one) for one in ids]


def _fetch_slots(graph: Graph, things: Sequence[str]) -> None:
    graph.fetch(graph.over(things, *_PARTIES), parts.ACTOR_NAMES)
    graph.fetch(graph.over(things, "ck:killed", "ck:injured"), parts.TOLL_NAMES)
    parts.fetch_topics(graph, graph.over(things, "ck:about"))
    parts.fetch_named(graph, graph.over(things, "ck:place"))


def _event(graph: Graph, iri: str, statements: Sequence[str]) -> Event:
    reports = [_report(graph, one) for one in graph.all(iri, "ck:report")]
    return {
        "id": iri,
        **_slots(graph, iri),
        "review": graph.one(iri, "ck:review") or "machine",
        "status": graph.one(iri, "ck:status"),
        "reports": sorted(reports, key=_telling_order),
        "statements": list(statements),
    }


def _report(graph: Graph, iri: str) -> Report:
    return {
        "id": iri,
        "event": graph.one(iri, "ck:canonical"),
        "article": parts.article(graph, graph.one(iri, "prov:wasDerivedFrom")),
        **_slots(graph, iri),
        "evidence": parts.evidence(graph, iri),
        "confidence": float(graph.one(iri, "ck:confidence") or 0),
        "review": graph.one(iri, "ck:review") or "machine",
    }


def _slots(graph: Graph, iri: str) -> Slots:
    """What events and reports have alike; ``place`` is the first, ``places`` all of several."""
    event_type = parts.code(graph, iri, "ck:eventType")
    concept = concepts()["event-type"].get(event_type or "")
    places = sorted(
        (parts.place(graph, one) for one in graph.all(iri, "ck:place")), key=lambda one: one["id"]
    )
    slots: Slots = {
        "label": graph.one(iri, "rdfs:label"),
        "event_type": event_type,
        "mode": parts.mode(graph, iri),
        "quad": concept.quad if concept else None,
        "factuality": parts.code(graph, iri, "ck:factuality"),
        "background": graph.one(iri, "ck:background") in ("true", "1"),
        "contexts": [one.rsplit("/", 1)[-1] for one in graph.all(iri, "ck:context")],
        "date": parts.date(graph, iri),
        "place": places[0] if places else None,
        "actors": parts.actors(graph, iri, "ck:actor"),
        "recipients": parts.actors(graph, iri, "ck:recipient"),
        "mediators": parts.actors(graph, iri, "ck:mediator"),
        "killed": parts.toll(graph, graph.one(iri, "ck:killed")),
        "injured": parts.toll(graph, graph.one(iri, "ck:injured")),
        "about": [parts.topic(graph, one) for one in graph.all(iri, "ck:about")],
    }
    if len(places) > 1:
        slots["places"] = places
    return slots


def _telling_order(report: Report) -> tuple[str, str, int, str]:
    article = report["article"]
    published, iri = (article["published"], article["id"]) if article else (None, "")
    start = min((one["start"] for one in report["evidence"]), default=0)
    return published or "~", iri, start, report["id"]


def _statements(queryable: Queryable, ids: Iterable[str]) -> dict[str, list[str]]:
    """The statements about each event, in the order of their publication."""
    rows = select(
        queryable,
        f"SELECT DISTINCT ?event ?id ?day ?in ?at {{ {values('event', ids)} "
        "?id ck:about ?event ; a ck:Statement ; prov:wasDerivedFrom ?in . "
        "OPTIONAL { ?in ck:earliest ?day } OPTIONAL { ?id ck:cueEvidence/oa:start ?at } }",
    )
    rows.sort(key=lambda r: (r.get("day", "~"), r["in"], int(r.get("at", 0)), r["id"]))
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["event"], []).append(row["id"])
    return found
