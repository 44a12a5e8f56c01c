"""How all articles hang together: who is whose canonical, and what is said of each.

Every triple of the view belongs to one piece: an article's own part, an actor, a place, an
event, a link, or the line that leads from a member to its canonical. ``kg.view.patching`` makes
only the pieces that a changed article touches.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

from kg.judgements import Identity
from kg.link import Linked, link
from kg.link.facts import ArticleFacts, Node
from kg.terms import Triple
from kg.view.entities import canonical, entity, own, wording
from kg.view.events import Telling, event, telling
from kg.view.lookup import passage
from kg.view.shape import CANONICAL, GEOMETRY_END, LABEL, link_triples
from kg.vocab import term

_DERIVED: Final = term("prov:wasDerivedFrom")

Canon = Mapping[str, str]
"""Article-level actors, places and reports → the canonical actor, place or event (terms)."""


class View:
    """The view of some articles, as reviewed; ``facts`` are sorted by graph IRI.

    ``judgements`` are what people say of identity.
    """

    def __init__(
        self, base: str, facts: Sequence[ArticleFacts], judgements: Sequence[Identity] = ()
    ) -> None:
        self.base = base
        self.facts = facts
        self.nodes: dict[str, Node] = {}
        for one in facts:
            self.nodes.update(one.nodes)
        self.linked: Linked = link(facts, judgements)
        self.events = self._named("event", self.linked.events)
        self.entities = self._named("actor", self.linked.actors)
        self.entities |= self._named("place", self.linked.places)
        self.canon: Canon = _members(self.entities) | _members(self.events)
        self.acts = acts_of(facts)

    def _named(self, kind: str, clusters: Iterable[Sequence[str]]) -> dict[str, Sequence[str]]:
        return {
            canonical(self.base, kind, one[0], self.nodes[one[0]][LABEL][0]): one
            for one in clusters
        }

    def triples(self, graphs: Iterable[Sequence[Triple]]) -> Iterator[Triple]:
        """Everything, piece by piece; ``graphs`` are the triples of the article graphs."""
        for triples in graphs:
            yield from copied(self.base, triples, self.canon)
        for node in (*self.entities, *self.events):
            yield from self.about(node)
        for member, node in self.canon.items():
            yield member, CANONICAL, node
        yield from self.links()

    def about(self, node: str) -> Iterator[Triple]:
        """What all members say of a canonical actor, place or event; nothing if it is none."""
        if node in self.entities:
            members = self.entities[node]
            yield from entity(node, list(dict.fromkeys(map(self.wording, members))))
            for member in members:
                yield from own(node, member, self.nodes, self.canon)
        elif node in self.events:
            told = [self.telling(report) for report in self.events[node]]
            yield from event(node, told, self.canon)

    def wording(self, member: str) -> str:
        """What a member says of an actor or place."""
        return wording(member, self.nodes, self.canon)

    def telling(self, report: str) -> Telling:
        """What a report tells."""
        article = self.nodes[self.nodes[report][_DERIVED][0]]
        return telling(report, article, self.nodes, self.acts.get(report, ()))

    def links(self) -> Iterator[Triple]:
        """Every judgement of identity."""
        for one in self.linked.links:
            yield from link_triples(self.base, one)


def copied(base: str, triples: Iterable[Triple], canon: Canon) -> list[Triple]:
    """An article's own part of the view: its statements and reports, led to canonical nodes.

    What it says of actors and places goes to the canonical ones, not here. ``canon`` is of what
    the article names, at least.
    """
    found: list[Triple] = []
    for subject, said in groupby(triples, itemgetter(0)):
        if _is_copied(base, subject, canon):
            own_triples = list(said)
            found += [(s, p, canon[o]) if o in canon else (s, p, o) for s, p, o in own_triples]
            found += passage(subject, own_triples)
    return found


def _is_copied(base: str, subject: str, canon: Canon) -> bool:
    if subject in canon:
        return subject.startswith(f"<{base}report/")
    return not subject.endswith(GEOMETRY_END)


def acts_of(facts: Iterable[ArticleFacts]) -> Mapping[str, Sequence[str]]:
    """Report → the acts of the statements about it."""
    found: dict[str, list[str]] = {}
    for one in facts:
        for said in one.statements:
            for thing in said.about:
                found.setdefault(thing, []).append(said.act)
    return found


def _members(named: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {member: node for node, cluster in named.items() for member in cluster}
