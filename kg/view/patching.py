"""What changed articles and judgements change in the view: the pieces they touch, and no others.

Actors and places are linked anew first, then reports, then statements (``named``, ``woven``,
``heard``), each around what changed; what leads elsewhere by then touches further articles. The
result is the same, triple for triple, as building the view anew (``kg.view.build``).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.link.facts import read as facts_of
from kg.link.people import joined_by_people
from kg.terms import Triple
from kg.view.entities import entity, own
from kg.view.filling import put_wordings
from kg.view.heard import Heard, rehear
from kg.view.kinds import KINDS, Relinked, Spoken, named
from kg.view.knots import Told
from kg.view.named import relink
from kg.view.retelling import canon_of, led, retold
from kg.view.shape import CANONICAL, PARTS, link_triples
from kg.view.telling import entity_now, events_now, is_event
from kg.view.ties import Ties
from kg.view.whole import Canon, copied
from kg.view.woven import reweave

Read = Callable[[str], Sequence[Triple]]
"""The triples of an article graph as reviewed, by IRI."""


@dataclass(frozen=True, slots=True)
class Edit:
    """An article graph before and after; empty where it was not there, or is gone."""

    old: Sequence[Triple]
    new: Sequence[Triple]


@dataclass(frozen=True, slots=True)
class Said:
    """The view as it stands: the triples of subjects, and those of the links of things."""

    stored: Callable[[Sequence[str]], Iterable[Triple]]
    links: Callable[[Sequence[str]], Iterable[Triple]]


def patch(
    ties: Ties, said: Said, edits: Mapping[str, Edit], spoken: Spoken, read: Read
) -> tuple[set[Triple], set[Triple]]:
    """The triples to take out of the view and to put in; ``ties`` are brought to what it is then.

    ``edits`` are the articles that changed (by graph IRI), as reviewed, and ``read`` gives the
    graph of any other.
    """
    ties.follow()
    made = _Patch(ties, edits, spoken, read)
    made.link()
    made.lead()
    made.name()
    made.tell(said)
    made.tie(said)
    return made.gone - made.new, made.new - made.gone


class _Patch:
    """One patch: what goes and what comes."""

    def __init__(self, ties: Ties, edits: Mapping[str, Edit], spoken: Spoken, read: Read) -> None:
        self.ties = ties
        self.spoken = spoken
        self.read = read
        self.gone: set[Triple] = set()
        self.new: set[Triple] = set()
        self.edits = dict(edits)
        self.old = {graph: facts_of(graph, one.old) for graph, one in edits.items()}
        self.now = {graph: facts_of(graph, one.new) for graph, one in edits.items()}
        self.changed = frozenset(edits)
        self.found: list[Relinked] = []
        self.nodes: set[str] = set()
        """The canonical nodes that may say something else than before."""

    def link(self) -> None:
        """Link what changed."""
        old, new = list(self.old.values()), list(self.now.values())
        for kind in KINDS:
            self.found.append(relink(self.ties, kind, old, new, self.spoken))
        ends = self.ties.of_each(
            "SELECT article FROM member WHERE iri IN {}",
            {self.ties.short(end) for end in self.spoken.ends},
        )
        self._touch({article for (article,) in ends} | self._moved_articles())
        known = joined_by_people(self.spoken.now)
        told: dict[str, Sequence[Told]] = {}
        heard: dict[str, Heard] = {}
        for graph, facts in self.now.items():
            told[graph], heard[graph] = retold(self.ties, facts, known)
        self.found.append(reweave(self.ties, told, self.spoken))
        self.found.append(rehear(self.ties, heard, self.spoken))
        self._touch(self._moved_articles())

    def _moved_articles(self) -> set[str]:
        text = (
            "SELECT DISTINCT m.article FROM was w CROSS JOIN member m ON m.iri = w.iri "
            "WHERE w.node IS NOT m.node"
        )
        return {article for (article,) in self.ties.rows(text)}

    def _touch(self, articles: Iterable[str]) -> None:
        """Read articles (as they are kept) that did not change and have to be told otherwise."""
        for graph in sorted(self.ties.long(article)[1:-1] for article in articles):
            if graph not in self.edits:
                triples = self.read(graph)
                self.edits[graph] = Edit(triples, triples)
                self.now[graph] = facts_of(graph, triples)

    def lead(self) -> None:
        """The articles' own parts, and the lines that lead from members to their canonical."""
        base = self.ties.base
        moved = set()
        for iri, old, new in self._moved():
            moved.add(iri)
            self.nodes.update(node for node in (old, new) if node)
            if old:
                self.gone.add((iri, CANONICAL, old))
            if new:
                self.new.add((iri, CANONICAL, new))
        for graph, edit in self.edits.items():
            before, now = self._canon_before(graph), canon_of(self.ties, graph)
            self.gone.update(copied(base, edit.old, before))
            self.new.update(copied(base, edit.new, now))
            self._own(graph, before, now)
            if graph in self.changed:
                self.nodes.update((*before.values(), *now.values()))
            else:
                self.nodes.update(now[s] for s, _, o in edit.new if o in moved and s in now)

    def _own(self, graph: str, before: Canon, now: Canon) -> None:
        for told, canon, triples in (
            (self.old.get(graph, self.now[graph]), before, self.gone),
            (self.now[graph], now, self.new),
        ):
            for iri in named(told):
                triples.update(own(canon[iri], iri, told.nodes, canon))

    def _moved(self) -> Iterator[tuple[str, str, str]]:
        """The members that lead elsewhere than before, are new, or are gone."""
        text = (
            "SELECT w.iri, w.node, m.node FROM was w LEFT JOIN member m ON m.iri = w.iri "
            "WHERE w.node IS NOT m.node"
        )
        for iri, old, new in self.ties.rows(text):
            before, now = (self.ties.long(one) if one else "" for one in (old, new))
            yield self.ties.long(iri), before, now

    def _canon_before(self, graph: str) -> dict[str, str]:
        text = (
            "SELECT iri, node FROM was WHERE article = ?1 UNION ALL SELECT iri, node FROM member "
            "WHERE article = ?1 AND iri NOT IN (SELECT iri FROM was)"
        )
        return led(self.ties, self.ties.rows(text, self.ties.short(f"<{graph}>")))

    def name(self) -> None:
        """What is said of actors and places."""
        for facts in self.now.values():
            put_wordings(self.ties, facts)
        for node in self.nodes:
            if not is_event(self.ties, node):
                before = self.ties.rows(_WORDINGS_BEFORE, self.ties.short(node))
                if before:
                    self.gone.update(entity(node, [words for (words,) in before]))
                self.new.update(entity_now(self.ties, node))

    def tell(self, said: Said) -> None:
        """What is said of events."""
        nodes = sorted(node for node in self.nodes if is_event(self.ties, node))
        self.gone.update(said.stored([f"{node[:-1]}{part}>" for node in nodes for part in PARTS]))
        self.new.update(events_now(self.ties, nodes))

    def tie(self, said: Said) -> None:
        """The links."""
        subjects = {one for found in self.found for one in found.subjects}
        self.gone.update(said.links(sorted(subjects)))
        for found in self.found:
            for one in found.links:
                self.new.update(link_triples(self.ties.base, one))


_WORDINGS_BEFORE: Final = """
SELECT text FROM (
  SELECT said, age FROM was WHERE node = ?1 UNION ALL
  SELECT said, age FROM member WHERE node = ?1 AND iri NOT IN (SELECT iri FROM was)
) JOIN said ON said = id GROUP BY said ORDER BY min(age)
"""
