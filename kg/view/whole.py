"""How all articles hang together: who is whose canonical, and what is said of each.

Every triple of the view belongs to one piece: an article's own part, an actor, a place, an
event, a link, or the line that leads from a member to its canonical. ``kg.view.change`` makes
only the pieces that a changed article touches.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

from kg.judgements import Identity
from kg.link import Linked, link
from kg.link.facts import ArticleFacts, Node, text_of
from kg.link.words import fold
from kg.terms import Triple
from kg.view.entities import canonical, entity
from kg.view.events import Telling, event
from kg.view.lookup import passage
from kg.view.shape import ABOUT, CANONICAL, GEOMETRY_END, link_triples
from kg.vocab import term

_DERIVED: Final = term("prov:wasDerivedFrom")
_PUBLISHER: Final = term("schema:publisher")
_HASH: Final = term("ck:textHash")

Canon = Mapping[str, str]
"""Article-level actors, places and reports → the canonical actor, place or event (terms)."""


class View:
    """The view of some articles, as reviewed; ``facts`` are sorted by graph IRI.

    ``said`` is what people say of identity.
    """

    def __init__(
        self, base: str, facts: Sequence[ArticleFacts], said: Sequence[Identity] = ()
    ) -> None:
        self.base = base
        self.facts = facts
        self.nodes: dict[str, Node] = {}
        for one in facts:
            self.nodes.update(one.nodes)
        self.linked: Linked = link(facts, said)
        self.events = self._named("event", self.linked.events)
        self.entities = self._named("actor", self.linked.actors)
        self.entities |= self._named("place", self.linked.places)
        self.canon: Canon = _members(self.entities) | _members(self.events)
        self._acts = self._acts_by_report()

    def _named(self, kind: str, clusters: Iterable[Sequence[str]]) -> dict[str, Sequence[str]]:
        return {canonical(self.base, kind, one, self.nodes): one for one in clusters}

    def triples(self, graphs: Iterable[Sequence[Triple]]) -> Iterator[Triple]:
        """Everything, piece by piece; ``graphs`` are the triples of the article graphs."""
        for triples in graphs:
            yield from self.copied(triples, self.canon)
        for node in (*self.entities, *self.events):
            yield from self.about(node)
        for member, node in self.canon.items():
            yield member, CANONICAL, node
        yield from self.links()

    def copied(self, triples: Iterable[Triple], canon: Canon) -> list[Triple]:
        """An article's own part: its statements and reports, led to canonical nodes.

        What it says of actors and places goes to the canonical ones, not here. ``canon`` may
        be that of an earlier view.
        """
        found: list[Triple] = []
        for subject, own in groupby(triples, itemgetter(0)):
            if self._is_copied(subject, canon):
                said = list(own)
                found += [(s, p, canon[o]) if o in canon else (s, p, o) for s, p, o in said]
                found += passage(subject, said)
        return found

    def _is_copied(self, subject: str, canon: Canon) -> bool:
        if subject in canon:
            return subject.startswith(f"<{self.base}report/")
        return not subject.endswith(GEOMETRY_END)

    def about(self, node: str) -> Iterator[Triple]:
        """What all members say of a canonical actor, place or event; nothing if it is none."""
        if node in self.entities:
            yield from entity(node, self.entities[node], self.nodes, self.canon)
        elif node in self.events:
            told = [self._telling(report) for report in self.events[node]]
            yield from event(node, told, self.nodes, self.canon)

    def links(self) -> Iterator[Triple]:
        """Every judgement of identity."""
        for one in self.linked.links:
            yield from link_triples(self.base, one)

    def _acts_by_report(self) -> Mapping[str, Sequence[str]]:
        """Report → the acts of the statements about it."""
        found: dict[str, list[str]] = {}
        for one in self.facts:
            for said in one.statements:
                for thing in self.nodes[said.iri].get(ABOUT, ()):
                    found.setdefault(thing, []).append(said.act)
        return found

    def _telling(self, report: str) -> Telling:
        node = self.nodes[report]
        return Telling(report, node, self._source(node), tuple(sorted(self._acts.get(report, ()))))

    def _source(self, node: Node) -> str:
        """Who published a report: the publisher, else the text itself."""
        article = self.nodes[node[_DERIVED][0]]
        publisher = text_of(article, _PUBLISHER)
        return fold(publisher) if publisher else article[_HASH][0]


def _members(named: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {member: node for node, cluster in named.items() for member in cluster}
