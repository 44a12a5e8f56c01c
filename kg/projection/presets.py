"""The presets: which edges a scene is drawn with. Nodes are what the edges join, and the rest.

A preset draws a few records at a time; what it says of a record does not hang on the others.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Final, TypedDict
from urllib.parse import urlencode

from kg.iri import digest
from kg.projection import nodes
from kg.projection.model import Edge, Node
from kg.projection.own import HEARERS, hearers, meant
from kg.projection.reading import PARTIES, Scene
from kg.vocab import concepts


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a scene adds to a drawing.

    ``actors`` and ``places`` are IRIs of nodes that others may name too. ``carried`` holds (edge,
    day, article, source): edges of one id are one, as heavy as all of them, told by all of these.
    """

    nodes: Sequence[Node]
    edges: Sequence[Edge]
    actors: Sequence[str]
    places: Sequence[str] = ()
    carried: Sequence[tuple[str, str, str, str]] = ()


Preset = Callable[[Scene], Drawn]


class _Told(TypedDict):
    factuality: str
    confidence: float | None
    sources: int
    source_list: str


def actor_actor(scene: Scene) -> Drawn:
    """Who speaks to, against or of whom, and who acts upon whom.

    A speaker who speaks of nobody in particular is a node without an edge.
    """
    edges: list[Edge] = []
    for one in scene.statements:
        edges += _said(scene, one, _hearers(scene, one))
    for one in scene.events:
        edges += _done(scene, one)
    ends = (end for edge in edges for end in (edge.source, edge.target))
    return Drawn((), edges, list(dict.fromkeys([*_actors(scene), *ends])))


def actor_statement_event(scene: Scene) -> Drawn:
    """Speaker → statement → event, with everybody and every place that has a part in them."""
    graph = scene.graph
    made = [nodes.statement(graph, one) for one in scene.statements]
    edges: list[Edge] = []
    for one in scene.statements:
        for speaker in graph.all(one, "ck:speaker"):
            edges.append(_said_edge(scene, one, speaker, one, "speaker"))
        for role, name in (("target", "ck:target"), ("addressee", "ck:addressee")):
            edges += [_role_of(scene, one, one, who, role) for who in graph.all(one, name)]
        edges += [_role_of(scene, one, one, what, "about") for what in _topics(scene, one)]
    return _with_events(scene, made, edges)


def actor_event(scene: Scene) -> Drawn:
    """Who had which part in what, and who spoke of it."""
    edges = [
        _said_edge(scene, one, speaker, event, "about")
        for one in scene.statements
        for speaker in scene.graph.all(one, "ck:speaker")
        for event in _events_of(scene, one)
    ]
    return _with_events(scene, [], edges)


def outlet_actor(scene: Scene) -> Drawn:
    """How many statements of an actor an outlet carries, act by act."""
    graph = scene.graph
    outlets: dict[str, Node] = {}
    edges: list[Edge] = []
    carried: list[tuple[str, str, str, str]] = []
    for one in scene.statements:
        articles, speakers = graph.all(one, "prov:wasDerivedFrom"), graph.all(one, "ck:speaker")
        for article, speaker in product(articles, speakers):
            outlet = nodes.outlet(graph, article)
            outlets[outlet.iri] = outlet
            edge = _carried(outlet, speaker, nodes.act_of(graph, one))
            day, source = nodes.day_of(graph, article), nodes.source(graph, article)
            edges.append(edge)
            carried.append((edge.id, day, article, source))
    actors = dict.fromkeys(edge.target for edge in edges)
    return Drawn(list(outlets.values()), edges, list(actors), carried=carried)


PRESETS: Final[Mapping[str, Preset]] = {
    "actor-actor": actor_actor,
    "actor-statement-event": actor_statement_event,
    "actor-event": actor_event,
    "outlet-actor": outlet_actor,
}
"""Preset → what draws it."""


def _with_events(scene: Scene, made: Iterable[Node], edges: list[Edge]) -> Drawn:
    """The statements' edges, and every event with its parties and places."""
    graph = scene.graph
    for one in scene.events:
        for name in PARTIES:
            edges += [_part(scene, one, who, name[3:]) for who in graph.all(one, name)]
        edges += [_role_of(scene, one, one, where, "place") for where in graph.all(one, "ck:place")]
        edges += [_role_of(scene, one, one, what, "about") for what in _topics(scene, one)]
    found = [*made, *(nodes.event(graph, one) for one in scene.events)]
    return Drawn(found, edges, _actors(scene), graph.over(scene.events, "ck:place"))


def _actors(scene: Scene) -> list[str]:
    """Everybody with a part in the scene."""
    said = scene.graph.over(scene.statements, "ck:speaker", *HEARERS)
    return list(dict.fromkeys([*said, *scene.graph.over(scene.events, *PARTIES)]))


def _topics(scene: Scene, iri: str) -> list[str]:
    """The events and statements that one is about."""
    about = scene.graph.all(iri, "ck:about")
    return [one for one in about if scene.is_event(one) or scene.is_statement(one)]


def _events_of(scene: Scene, iri: str) -> list[str]:
    """The events a statement is about, through other statements if need be."""
    found: dict[str, None] = {}
    ahead, seen = _topics(scene, iri), {iri}
    while ahead:
        one = ahead.pop(0)
        if one not in seen:
            seen.add(one)
            if scene.is_event(one):
                found[one] = None
            else:
                ahead += _topics(scene, one)
    return list(found)


def _hearers(scene: Scene, iri: str) -> list[tuple[str, str]]:
    """Whom a statement is directed at, or speaks of: (actor, role), never its own speaker."""
    speakers = set(scene.graph.all(iri, "ck:speaker"))
    return hearers(scene.graph, iri) or _spoken_of(scene, iri, speakers)


def _spoken_of(scene: Scene, iri: str, speakers: set[str]) -> list[tuple[str, str]]:
    """The nearest others in what a statement is about: who did it, else to whom it was done.

    It is those whom the reports that it speaks of name, not others of the same event. Where they
    name nobody (a call for an inquiry), the parties of what they are about in turn.
    """
    ahead, seen = meant(scene.graph, iri), {iri}
    while ahead:
        found = [pair for one in ahead for pair in _parties(scene, one, speakers)]
        if found:
            return list(dict.fromkeys(found))
        seen.update(ahead)
        after = (next_ for one in ahead for next_ in meant(scene.graph, one))
        ahead = [one for one in dict.fromkeys(after) if one not in seen]
    return []


def _parties(scene: Scene, iri: str, speakers: set[str]) -> list[tuple[str, str]]:
    roles = ("ck:speaker",) if scene.is_statement(iri) else ("ck:actor", "ck:recipient")
    for name in roles:
        found = [who for who in scene.graph.all(iri, name) if who not in speakers]
        if found:
            return [(who, name[3:]) for who in found]
    return []


def _said(scene: Scene, iri: str, hearers: Iterable[tuple[str, str]]) -> Iterator[Edge]:
    for speaker in scene.graph.all(iri, "ck:speaker"):
        for who, role in hearers:
            yield _said_edge(scene, iri, speaker, who, role)


def _done(scene: Scene, iri: str) -> Iterator[Edge]:
    """Who acted upon whom, as the reports pair them; nobody whom only a denial names.

    Those who acted together upon nobody (a meeting) are joined in pairs.
    """
    graph = scene.graph
    doers = graph.all(iri, "ck:actor")
    told: dict[tuple[str, str, str], list[str]] = {}
    for report in graph.all(iri, "ck:report"):
        who = [one for one in graph.all(report, "ck:actor") if one in doers]
        whom = graph.all(report, "ck:recipient")
        role = "recipient" if whom else "together"
        for one, other in product(who, whom) if whom else combinations(who, 2):
            told.setdefault((one, other, role), []).append(report)
    kind, label = nodes.type_of(graph, iri), nodes.title(graph, iri)
    for (one, other, role), reports in told.items():
        edge = _event_edge(scene, iri, one, other, kind=kind, label=label, role=role)
        edge = replace(edge, **_as_told(scene, edge, reports))
        yield replace(edge, label=nodes.cautious(label, edge.factuality, edge.status))


def _as_told(scene: Scene, edge: Edge, reports: Sequence[str]) -> _Told:
    """What these reports alone say for an edge of their event."""
    given = {nodes.factuality(scene.graph, one) for one in reports}
    return {
        "factuality": edge.factuality if edge.factuality in given else min(given),
        "confidence": nodes.confidence(scene.graph, reports),
        **nodes.sources(scene.graph, reports),
    }


def _said_edge(scene: Scene, iri: str, source: str, target: str, role: str) -> Edge:
    """An edge that is a statement: its kind is the act."""
    graph, act = scene.graph, nodes.act_of(scene.graph, iri)
    return Edge(
        id=_id(source, target, act, role, iri),
        source=source,
        target=target,
        kind=act,
        label=_act_label(act),
        url=iri,
        role=role,
        **nodes.dates(graph, iri),
        published=nodes.published(graph, iri),
        confidence=nodes.confidence(graph, [iri]),
        review=nodes.review(graph, iri),
        **nodes.sources(graph, [iri]),
        quotation=graph.one(iri, "ck:content") or "",
    )


def _part(scene: Scene, event: str, who: str, role: str) -> Edge:
    """A party's part in an event: whoever acts comes before it, whoever is acted upon after."""
    source, target = (event, who) if role == "recipient" else (who, event)
    return _event_edge(scene, event, source, target, kind=role, label=role, role=role)


def _role_of(scene: Scene, iri: str, source: str, target: str, role: str) -> Edge:
    """An edge from a statement or an event to what has a role in it."""
    if scene.is_event(iri):
        return _event_edge(scene, iri, source, target, kind=role, label=role, role=role)
    edge = _said_edge(scene, iri, source, target, role)
    return replace(edge, id=_id(source, target, role, role, iri), kind=role, label=role)


def _event_edge(
    scene: Scene, iri: str, source: str, target: str, *, kind: str, label: str, role: str
) -> Edge:
    graph = scene.graph
    reports = graph.all(iri, "ck:report")
    return Edge(
        id=_id(source, target, kind, role, iri),
        source=source,
        target=target,
        kind=kind,
        label=label,
        url=iri,
        role=role,
        **nodes.dates(graph, iri),
        **nodes.standing(graph, iri),
        confidence=nodes.confidence(graph, reports),
        review=nodes.review(graph, iri),
        **nodes.sources(graph, reports),
        quotation=graph.one(iri, "rdfs:label") or "",
    )


def _carried(outlet: Node, speaker: str, act: str) -> Edge:
    """An outlet's edge to an actor it carries; it leads to the list of those statements."""
    base = speaker.rsplit("actor/", 1)[0]
    by = ("publisher", outlet.label) if outlet.kind == "outlet" else ("article", outlet.iri)
    return Edge(
        id=_id(outlet.iri, speaker, act, "speaker", outlet.iri),
        source=outlet.iri,
        target=speaker,
        kind=act,
        label=_act_label(act),
        url=f"{base}statements?{urlencode([('speaker', speaker), ('act', act), by])}",
        role="speaker",
    )


def _act_label(act: str) -> str:
    concept = concepts()["act"].get(act)
    return concept.label if concept else act


def _id(source: str, target: str, kind: str, role: str, record: str) -> str:
    """An edge's id: the same edge has the same one in every selection."""
    return f"e{digest(source, target, kind, role, record)[:20]}"
