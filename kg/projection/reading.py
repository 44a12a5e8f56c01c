"""What a projection is made from: the selected statements and events, and all they lead to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from kg.errors import BadFilter
from kg.filters import Filters, Kind, id_batches, index_of, select_ids
from kg.projection.kept import note_kept
from kg.projection.model import LISTED
from kg.projection.nodes import NAMED_IN
from kg.projection.own import note_own
from kg.records.graph import Graph
from kg.records.parts import MODE_NAMES
from kg.sparql import BATCH, FEW, select, values
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
    *MODE_NAMES,
)
_THING: Final = ("rdfs:label", "ck:country", "ck:review")
ACTOR: Final = (*_THING, "rdf:type", "ck:sector")
PLACE: Final = (*_THING, "ck:placePrecision")
ARTICLE: Final = ("schema:headline", "schema:url", "schema:publisher", *_DATE)
PARTIES: Final = ("ck:actor", "ck:recipient", "ck:mediator")
_CLASSES: Final = {name: term(name)[1:-1] for name in ("ck:Statement", "ck:Event")}


@dataclass(frozen=True, slots=True)
class Scene:
    """Some statements and events (IRIs, sorted), and what the view says of them and theirs."""

    graph: Graph
    statements: tuple[str, ...]
    events: tuple[str, ...]

    def is_statement(self, iri: str) -> bool:
        """Whether a thing of the scene is a statement."""
        return _is(self.graph, iri, "ck:Statement")

    def is_event(self, iri: str) -> bool:
        """Whether a thing of the scene is an event."""
        return _is(self.graph, iri, "ck:Event")


def read(queryable: Queryable, things: Sequence[str]) -> Scene:
    """The scene of some statements and events, with what they are about, step by step.

    What they are about is known to the graph and is none of the scene's own.
    """
    graph = Graph(queryable)
    names = tuple(dict.fromkeys((*STATEMENT, *EVENT)))
    ahead = list(things)
    while ahead:
        note_kept(graph, ahead)
        graph.fetch(_unknown(graph, ahead, "rdf:type"), names)
        ahead = _unknown(graph, graph.over(ahead, "ck:about"), "rdf:type")
    statements = [one for one in things if _is(graph, one, "ck:Statement")]
    events = [one for one in things if _is(graph, one, "ck:Event")]
    _fetch_around(graph, statements, events)
    return Scene(graph, tuple(sorted(statements)), tuple(sorted(events)))


def read_things(
    queryable: Queryable, kind: Kind, things: Sequence[str], names: Sequence[str]
) -> Graph:
    """Actors or places, with the articles that name them; of very many the first, and how many."""
    graph = Graph(queryable)
    for start in range(0, len(names), FEW):
        graph.fetch(things, names[start : start + FEW])
    index, named = index_of(queryable), kind.removesuffix("s")
    for iri, card in (index.cards(kind, things) if index else {}).items():
        if card["article_total"] > LISTED:
            first = Filters.parse("articles", {named: [iri], "limit": [str(LISTED)]})
            graph.note(iri, "prov:wasDerivedFrom", *select_ids(queryable, first).ids)
            graph.note(iri, NAMED_IN, str(card["article_total"]))
    graph.fetch((one for one in things if not graph.one(one, NAMED_IN)), ("prov:wasDerivedFrom",))
    graph.fetch(graph.over(things, "prov:wasDerivedFrom"), ARTICLE)
    return graph


def statement_ids(queryable: Queryable, filters: Filters) -> Iterator[str]:
    """The selected statements, or those about the selected events; each once."""
    if filters.kind == "statements":
        yield from _chosen(queryable, filters)
    elif not filters.where:
        yield from _chosen(queryable, Filters.parse("statements", {}))
    else:
        yield from _about(queryable, filters)


def told_event_ids(queryable: Queryable, filters: Filters) -> Iterator[str]:
    """The selected events, or those that the selected statements are about; each once."""
    if filters.kind == "events" or not filters.where:
        yield from event_ids(queryable, filters)
        return
    seen: set[str] = set()
    for some in id_batches(queryable, replace(statements_only(filters), limit=BATCH)):
        for kind, found in read_abouts(queryable, some):
            told = [one for one in found if kind == "events" and one not in seen]
            seen.update(told)
            yield from told


def read_abouts(
    queryable: Queryable, things: Sequence[str]
) -> Iterator[tuple[Literal["statements", "events"], list[str]]]:
    """What some statements and events are about, step by step, each once."""
    graph, ahead, names = Graph(queryable), list(things), ("ck:about", "rdf:type")
    graph.fetch(ahead, names)
    while ahead := _unknown(graph, graph.over(ahead, "ck:about"), "rdf:type"):
        graph.fetch(ahead, names)
        yield "statements", [one for one in ahead if _is(graph, one, "ck:Statement")]
        yield "events", [one for one in ahead if _is(graph, one, "ck:Event")]


def event_ids(queryable: Queryable, filters: Filters) -> Iterator[str]:
    """The selected events; all of them where nothing is chosen. Raises BadFilter."""
    if filters.kind not in ("statements", "events"):
        raise BadFilter(f"a graph is drawn of statements or events, not of {filters.kind}")
    if filters.kind == "events":
        yield from _chosen(queryable, filters)
    elif not filters.where:
        yield from _chosen(queryable, Filters.parse("events", {}))


def statements_only(filters: Filters) -> Filters:
    """The filters themselves. Raises BadFilter where they are not of statements."""
    if filters.kind != "statements":
        raise BadFilter(f"an export selects statements or events, not {filters.kind}")
    return filters


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


def _fetch_around(graph: Graph, statements: Sequence[str], events: Iterable[str]) -> None:
    own = note_own(graph, statements)
    told = [one for one in own if not _is(graph, one, "ck:Statement")]
    reports = list(dict.fromkeys([*graph.over(events, "ck:report"), *told]))
    graph.fetch(_unknown(graph, reports, "prov:wasDerivedFrom"), REPORT)
    graph.fetch(_unknown(graph, graph.over(events, "ck:place"), "ck:placePrecision"), PLACE)
    articles = graph.over([*statements, *reports], "prov:wasDerivedFrom")
    graph.fetch(_unknown(graph, articles, "ck:edtf", "schema:url", "schema:publisher"), ARTICLE)


def _unknown(graph: Graph, things: Iterable[str], *names: str) -> list[str]:
    """Things of which none of these properties is known yet."""
    return [one for one in things if not graph.all(one, *names)]


def _is(graph: Graph, thing: str, name: str) -> bool:
    return _CLASSES[name] in graph.all(thing, "rdf:type")
