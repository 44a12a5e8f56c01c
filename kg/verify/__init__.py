"""Every promise of the graph, checked on a store; each breach is named, with what to do."""

from collections.abc import Iterator
from typing import Final

from kg.iri import graph_iri
from kg.store import Store
from kg.store.text.guard import is_kept
from kg.verify.breach import PROMISES, REBUILD, Breach, Laid
from kg.verify.determinism import check_identity, check_terms, check_view
from kg.verify.disputes import check_disputes
from kg.verify.evidence import check_evidence
from kg.verify.exactness import check_exactness

__all__ = ["CHECKS", "PROMISES", "Breach", "verify"]

CHECKS: Final[dict[int, tuple[str, ...]]] = {
    1: (
        "article-text",
        "text-hash",
        "offsets",
        "exact-words",
        "source",
        "no-evidence",
        "lost-evidence",
        "content",
        "dangling",
    ),
    2: (
        "no-view",
        "lost-statement",
        "lost-member",
        "lost-report",
        "link-end",
        "no-member",
        "unlinked-merge",
        "untraceable",
    ),
    3: ("precision", "pin", "toll", "date", "code", "confidence"),
    4: ("default-graph", "strange-graph", "blank-node", "clock", "identity", "view-differs"),
}
"""The names of all checks, by promise."""


def verify(store: Store) -> Iterator[Breach]:
    """Every breach of a promise in the store, article by article, then the view.

    Graphs of users' own are not looked at.

    Reads every graph once and builds the view anew: as long and as large as that is.
    """
    articles: list[Laid] = []
    view = Laid(graph_iri(store.base, "view"), store.read(graph_iri(store.base, "view")))
    quads = len(view.triples)
    for iri in store.graphs():
        if iri == view.iri:
            continue
        graph = Laid(iri, store.read(iri))
        quads += len(graph.triples)
        if iri.startswith(f"{store.base}article/"):
            articles.append(graph)
            yield from _article(graph, store.base)
        elif is_kept(store.base, iri) and iri != graph_iri(store.base, "judgements"):
            yield _strange(iri, store.base)
    yield from _outside(store.size() - quads)
    yield from _view(store.base, articles, view)


def _article(graph: Laid, base: str) -> Iterator[Breach]:
    yield from check_evidence(graph, base)
    yield from check_exactness(graph)
    yield from check_terms(graph)
    yield from check_identity(graph, base)


def _strange(iri: str, base: str) -> Breach:
    problem = f"no graph of the program's, though it begins with {base}graph/ as they do"
    remedy = "drop it"
    return Breach(4, "strange-graph", iri, problem, remedy)


def _outside(quads: int) -> Iterator[Breach]:
    if quads:
        problem = f"it holds {quads} triples; nothing is kept there"
        remedy = "write them to an article, or delete them with an update"
        yield Breach(4, "default-graph", "the default graph", problem, remedy)


def _view(base: str, articles: list[Laid], view: Laid) -> Iterator[Breach]:
    if articles and not view.triples:
        yield Breach(2, "no-view", view.iri, "there are articles but no view", REBUILD)
        return
    yield from check_disputes(articles, view)
    yield from check_exactness(view)
    yield from check_terms(view)
    yield from check_view(base, articles, view)
