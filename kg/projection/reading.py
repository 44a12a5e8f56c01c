"""What a projection is made from: the selected statements and events, and all they lead to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.errors import BadFilter
from kg.filters import Filters, id_batches
from kg.records.graph import Graph
from kg.sparql import BATCH, select, values
from kg.store.base import Queryable
from kg.vocab import term

_DATE: Final = ("ck:edtf", "ck:earliest", "ck:latest")
STATEMENT: Final = (
    *("rdf:type", "ck:act", "ck:speaker", "ck:content", "ck:target", "ck:addressee", "ck:about"),
    *("ck:confidence", "ck:review", "prov:wasDerivedFrom", *_DATE),
)
EVENT: Final = (
    *("rdf:type", "rdfs:label", "ck:eventType", "ck:mode", "ck:factuality", "ck:status"),
    *("ck:actor", "ck:recipient", "ck:mediator", "ck:place", "ck:about", "ck:report"),
    *("ck:review", *_DATE),
)
REPORT: Final = (
    *("prov:wasDerivedFrom", "ck:confidence", "ck:factuality", "ck:actor", "ck:recipient"),
)
_THING: Final = ("rdfs:label", "ck:country", "ck:review", "prov:wasDerivedFrom")
ACTOR: Final = (*_THING, "rdf:type", "ck:sector")
PLACE: Final = (*_THING, "ck:placePrecision")
ARTICLE: Final = ("schema:headline", "schema:url", "schema:publisher", *_DATE)
PARTIES: Final = ("ck:actor", "ck:recipient", "ck:mediator")
HEARERS: Final = ("ck:target", "ck:addressee")
_CLASSES: Final = {name: term(name)[1:-1] for name in ("ck:Statement", "ck:Event")}


@dataclass(frozen=True, slots=True)
class Scene:
    """Statements and events (IRIs, sorted) and what the view says of them and theirs."""

    graph: Graph
    statements: tuple[str, ...]
    events: tuple[str, ...]

    def is_statement(self, iri: str) -> bool:
        """Whether a thing of the scene is a statement."""
        return _is(self.graph, iri, "ck:Statement")

    def is_event(self, iri: str) -> bool:
        """Whether a thing of the scene is an event."""
        return _is(self.graph, iri, "ck:Event")


def read(queryable: Queryable, filters: Filters) -> Scene:
    """The scene around a selection; what is spoken about is in it, step by step to its end."""
    graph = Graph(queryable)
    statements = set(statement_ids(queryable, filters))
    events = set(event_ids(queryable, filters))
    fresh = statements | events
    names = tuple(dict.fromkeys((*STATEMENT, *EVENT)))
    while fresh:
        graph.fetch(sorted(fresh), names)
        ahead = set(graph.over(fresh, "ck:about")) - statements - events
        graph.fetch(sorted(ahead), names)
        statements |= {one for one in ahead if _is(graph, one, "ck:Statement")}
        events |= {one for one in ahead if _is(graph, one, "ck:Event")}
        fresh = ahead & (statements | events)
    _fetch_around(graph, statements, events)
    return Scene(graph, tuple(sorted(statements)), tuple(sorted(events)))


def statement_ids(queryable: Queryable, filters: Filters) -> Iterator[str]:
    """The selected statements, or those about the selected events; each once."""
    if filters.kind == "statements":
        yield from _chosen(queryable, filters)
    elif not filters.where:
        yield from _chosen(queryable, Filters.parse("statements", {}))
    else:
        yield from _about(queryable, filters)


def event_ids(queryable: Queryable, filters: Filters) -> Iterator[str]:
    """The selected events; all of them where nothing is chosen. Raises BadFilter."""
    if filters.kind not in ("statements", "events"):
        raise BadFilter(f"a graph is drawn of statements or events, not of {filters.kind}")
    if filters.kind == "events":
        yield from _chosen(queryable, filters)
    elif not filters.where:
        yield from _chosen(queryable, Filters.parse("events", {}))


def _chosen(queryable: Queryable, filters: Filters) -> Iterator[str]:
    for ids in id_batches(queryable, replace(filters, limit=BATCH)):
        yield from ids


def _about(queryable: Queryable, events: Filters) -> Iterator[str]:
    seen: set[str] = set()
    for some in id_batches(queryable, replace(events, limit=BATCH)):
        text = f"SELECT DISTINCT ?id {{ {values('x', some)} ?id ck:about ?x ; a ck:Statement }}"
        for row in select(queryable, f"{text} ORDER BY ?id"):
            if row["id"] not in seen:
                seen.add(row["id"])
                yield row["id"]


def _fetch_around(graph: Graph, statements: Iterable[str], events: Iterable[str]) -> None:
    said, told = sorted(statements), sorted(events)
    reports = graph.over(told, "ck:report")
    graph.fetch(reports, REPORT)
    actors = [*graph.over(said, "ck:speaker", *HEARERS), *graph.over(told, *PARTIES)]
    graph.fetch(actors, ACTOR)
    places = graph.over(told, "ck:place")
    graph.fetch(places, PLACE)
    sources = graph.over([*said, *reports, *actors, *places], "prov:wasDerivedFrom")
    graph.fetch(sources, ARTICLE)


def _is(graph: Graph, thing: str, name: str) -> bool:
    return _CLASSES[name] in graph.all(thing, "rdf:type")
