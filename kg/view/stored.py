"""The view as a store keeps it: made anew, or patched where a few articles changed.

The store's seal tells the two apart: a view that these very rules made of the articles that
are there is patched, any other is made anew.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from typing import Final

from kg.index import beside
from kg.iri import graph_iri
from kg.link.facts import ArticleFacts, read
from kg.store import Store
from kg.terms import Triple, parse
from kg.view.change import Before, Edit, changes
from kg.view.rules import RULES
from kg.view.shape import CANONICAL, LINK, TYPE
from kg.view.whole import View

AT_ONCE: Final = 50_000
"""A view of fewer triples is written in one go, a larger one in steps."""
_SUBJECTS: Final = 500
"""Subjects that one query asks for."""

Graphs = Mapping[str, Sequence[Triple]]


def is_whole(store: Store) -> bool:
    """Whether the view is what these rules make of the articles in the store."""
    return store.sealed() == RULES


def article_graphs(store: Store) -> Iterator[str]:
    """The IRIs of the article graphs, sorted."""
    return (iri for iri in store.graphs() if iri.startswith(f"{store.base}article/"))


def refresh(store: Store, known: Graphs | None = None, *, purge: bool = False) -> None:
    """Make the view anew, and what its index has otherwise.

    ``known`` are graphs as the store holds them, which saves reading. ``purge`` takes what is gone
    out of the index, so that nobody may ask for it any more.
    """
    graphs = _Graphs(store, known or {})
    view = View(store.base, graphs.facts())
    triples = view.triples(graphs.triples())
    name = graph_iri(store.base, "view")
    first = list(islice(triples, AT_ONCE))
    if len(first) < AT_ONCE:
        store.replace([(name, first)])
    else:
        store.fill(name, chain(first, triples))
    store.seal(RULES)
    if index := beside(store):
        index.remake(store, purge=purge)


def update(
    store: Store, edits: Mapping[str, Edit], *, before: str = "", purge: bool = False
) -> None:
    """Patch a view that was whole before these articles (by graph IRI) changed, and its index.

    ``before`` is the name that the view had (``Store.view_id``): an index of that one is patched,
    any other is made anew. ``purge`` is that of ``refresh``.
    """
    graphs = _Graphs(store, {graph: edit.new for graph, edit in edits.items()})
    view = View(store.base, graphs.facts())
    name = graph_iri(store.base, "view")
    index, differing = beside(store), set[Triple]()
    if view.facts:
        gone, new = changes(view, _before(store), edits, graphs.read)
        if gone or new:
            store.patch(name, gone, new)
        differing = gone | new
    else:
        store.remove(name)
        before = ""
    store.seal(RULES)
    if index:
        index.update(store, before, differing, purge=purge)


class _Graphs:
    """The article graphs of a store; those known already are not read again."""

    def __init__(self, store: Store, known: Graphs) -> None:
        self.store = store
        self.known = known
        self.names = list(article_graphs(store))

    def read(self, graph: str) -> Sequence[Triple]:
        """The triples of one."""
        return self.known[graph] if graph in self.known else self.store.read(graph)

    def triples(self) -> Iterator[Sequence[Triple]]:
        """The triples of each, one after the other."""
        return map(self.read, self.names)

    def facts(self) -> list[ArticleFacts]:
        """What linking looks at, of all."""
        return [read(graph, self.read(graph)) for graph in self.names]


def _before(store: Store) -> Before:
    canon = _asked(store, f"CONSTRUCT WHERE {{ ?member {CANONICAL} ?node }}")
    links = _asked(store, f"CONSTRUCT WHERE {{ ?link {TYPE} {LINK} ; ?name ?value }}")
    return Before(
        canon={member: node for member, _, node in canon},
        links=frozenset(links),
        stored=partial(_stored, store),
    )


def _stored(store: Store, subjects: Sequence[str]) -> Iterator[Triple]:
    for start in range(0, len(subjects), _SUBJECTS):
        some = " ".join(subjects[start : start + _SUBJECTS])
        yield from _asked(
            store, f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {some} }} ?s ?p ?o }}"
        )


def _asked(store: Store, text: str) -> Iterator[Triple]:
    """The triples a question constructs from the view."""
    return parse(store.query(text).body.decode())
