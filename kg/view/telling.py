"""What is said of all articles together, told from the ties: the triples of a whole view."""

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from kg.link.facts import read
from kg.model import Link
from kg.terms import Triple
from kg.view.entities import entity, own
from kg.view.events import event
from kg.view.events import read_back as telling_back
from kg.view.filling import Graphs
from kg.view.kinds import named
from kg.view.retelling import canon_of, led
from kg.view.shape import CANONICAL, link_triples
from kg.view.ties import Ties
from kg.view.whole import copied

TOGETHER: Final = 400
"""Events that are told at a time."""


def tell(ties: Ties, graphs: Graphs) -> Iterator[Triple]:
    """Everything, of ties that were just filled from these graphs, piece by piece."""
    for graph in graphs:
        yield from _of_article(ties, graph, graphs[graph])
    for iri, node in ties.held.execute("SELECT iri, node FROM member"):
        yield ties.long(iri), CANONICAL, ties.long(node)
    nodes = (node for (node,) in ties.held.execute("SELECT DISTINCT node FROM member"))
    while some := [ties.long(node) for node in islice(nodes, TOGETHER)]:
        for node in some:
            yield from entity_now(ties, node)
        yield from events_now(ties, [node for node in some if is_event(ties, node)])
    for (text,) in ties.held.execute("SELECT text FROM link"):
        yield from link_triples(ties.base, Link(*json.loads(text)))


def _of_article(ties: Ties, graph: str, triples: Sequence[Triple]) -> Iterator[Triple]:
    canon = canon_of(ties, graph)
    yield from copied(ties.base, triples, canon)
    facts = read(graph, triples)
    for iri in named(facts):
        yield from own(canon[iri], iri, facts.nodes, canon)


def is_event(ties: Ties, node: str) -> bool:
    """Whether a canonical node is an event."""
    return node.startswith(f"<{ties.base}event/")


def entity_now(ties: Ties, node: str) -> Iterator[Triple]:
    """What is said of an actor or place; nothing of an event."""
    if wordings := ties.rows(_WORDINGS, ties.short(node)):
        yield from entity(node, [words for (words,) in wordings])


def events_now(ties: Ties, nodes: Sequence[str]) -> Iterator[Triple]:
    """What is said of events."""
    text = "SELECT telling FROM member JOIN report USING (iri) WHERE node = ? ORDER BY age"
    told = {
        node: [telling_back(one) for (one,) in ties.rows(text, ties.short(node))] for node in nodes
    }
    things = {
        ties.short(thing)
        for some in told.values()
        for one in some
        for its in one.node.values()
        for thing in its
        if thing.startswith("<")
    }
    text = "SELECT iri, node FROM member WHERE iri IN {}"
    canon = led(ties, (row for row in ties.of_each(text, things)))
    for node, some in told.items():
        if some:
            yield from event(node, some, canon)


_WORDINGS: Final = """
SELECT text FROM member JOIN said ON said = id WHERE node = ? GROUP BY said ORDER BY min(age)
"""
