"""What all articles say together: the view graph, a pure function of the article graphs.

Nothing is merged away: reports and statements stay as their articles tell them, and every
actor, place and event leads back to its members (``ck:canonical``, ``ck:report``, ``ck:Link``).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kg.link import Linked, link
from kg.link.facts import ArticleFacts, Node, read, text_of
from kg.link.words import fold
from kg.terms import Triple
from kg.view.entities import canonical, entity
from kg.view.events import Telling, event
from kg.view.shape import ABOUT, link_triples
from kg.vocab import term

__all__ = ["build"]

_DERIVED: Final = term("prov:wasDerivedFrom")
_PUBLISHER: Final = term("schema:publisher")
_HASH: Final = term("ck:textHash")


def build(base: str, graphs: Iterable[tuple[str, Sequence[Triple]]]) -> list[Triple]:
    """The view's triples, sorted and without repeats.

    ``graphs`` are article graphs (IRI, triples) in any order; of one given twice, the last.
    """
    sources = sorted(dict(graphs).items())
    facts = [read(graph, triples) for graph, triples in sources]
    return _View(base, facts).triples([triples for _, triples in sources])


class _View:
    def __init__(self, base: str, facts: Sequence[ArticleFacts]) -> None:
        self.base = base
        self.facts = facts
        self.nodes: dict[str, Node] = {}
        for one in facts:
            self.nodes.update(one.nodes)
        self.linked: Linked = link(facts)
        self.actors = self._named("actor", self.linked.actors)
        self.places = self._named("place", self.linked.places)
        self.events = self._named("event", self.linked.events)
        self.entities = _members(self.actors) | _members(self.places)
        self.reports = _members(self.events)

    def _named(self, kind: str, clusters: Iterable[Sequence[str]]) -> dict[str, Sequence[str]]:
        return {canonical(self.base, kind, one, self.nodes): one for one in clusters}

    def triples(self, graphs: Iterable[Sequence[Triple]]) -> list[Triple]:
        found: list[Triple] = []
        for triples in graphs:
            self._copy(triples, found)
        for node, cluster in (*self.actors.items(), *self.places.items()):
            found.extend(entity(node, cluster, self.nodes, self.entities))
        canon = self.entities | self.reports
        acts = self._acts()
        for node, cluster in self.events.items():
            told = [self._telling(report, acts) for report in cluster]
            found.extend(event(node, told, self.nodes, canon))
        for one in self.linked.links:
            found.extend(link_triples(self.base, one))
        return _sorted_once(found)

    def _copy(self, triples: Iterable[Triple], found: list[Triple]) -> None:
        """An article's triples with canonical actors, places and events, added to ``found``."""
        entities, reports = self.entities, self.reports
        for triple in triples:
            subject, predicate, thing = triple
            if subject in entities or subject.endswith("#geometry>"):
                continue
            if predicate == ABOUT:
                found.append((subject, predicate, reports.get(thing, thing)))
            elif thing in entities:
                found.append((subject, predicate, entities[thing]))
            else:
                found.append(triple)

    def _acts(self) -> Mapping[str, Sequence[str]]:
        """Report → the acts of the statements about it."""
        found: dict[str, list[str]] = {}
        for one in self.facts:
            for said in one.statements:
                for thing in self.nodes[said.iri].get(ABOUT, ()):
                    found.setdefault(thing, []).append(said.act)
        return found

    def _telling(self, report: str, acts: Mapping[str, Sequence[str]]) -> Telling:
        node = self.nodes[report]
        return Telling(report, node, self._source(node), tuple(sorted(acts.get(report, ()))))

    def _source(self, node: Node) -> str:
        """Who published a report: the publisher, else the text itself."""
        article = self.nodes[node[_DERIVED][0]]
        publisher = text_of(article, _PUBLISHER)
        return fold(publisher) if publisher else article[_HASH][0]


def _sorted_once(triples: list[Triple]) -> list[Triple]:
    """Sorted without repeats; the copied graphs are sorted runs, so a sort beats a set."""
    triples.sort()
    return [one for one, before in zip(triples, [None, *triples], strict=False) if one != before]


def _members(named: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {member: node for node, cluster in named.items() for member in cluster}
