"""Every promise of the graph, checked on a store; each breach is named, with what to do."""

from collections.abc import Iterator
from typing import Final

from kg.index import beside
from kg.index.checking import differing
from kg.iri import graph_iri
from kg.judgements import Standing, read, reviewed, standing, waiting
from kg.store import Store
from kg.store.text.guard import is_kept
from kg.verify.breach import PROMISES, REBUILD, Breach, Laid
from kg.verify.determinism import check_identity, check_terms, check_view
from kg.verify.disputes import check_disputes
from kg.verify.evidence import check_evidence
from kg.verify.exactness import check_exactness
from kg.verify.judged import check_records, check_rejected, check_untouched, check_words

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
        "judged-words",
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
        "rejected",
    ),
    3: ("precision", "pin", "toll", "date", "code", "confidence"),
    4: (
        "default-graph",
        "strange-graph",
        "blank-node",
        "clock",
        "identity",
        "judged-article",
        "judgement",
        "view-differs",
        "index-differs",
    ),
}
"""The names of all checks, by promise."""


def verify(store: Store) -> Iterator[Breach]:
    """Every breach of a promise in the store, article by article, then the view.

    What people corrected is held to the promises as what was read is. Graphs of users' own are
    not looked at.

    Reads every graph once and builds the view anew: as long and as large as that is.
    """
    base = store.base
    judged = _laid(store, graph_iri(base, "judgements"))
    told = read(base, judged.triples)
    found = standing(told)
    view = _laid(store, graph_iri(base, "view"))
    articles: list[Laid] = []
    lengths: dict[str, int] = {}
    quads = len(view.triples) + len(judged.triples)
    for iri in store.graphs():
        if iri in (view.iri, judged.iri):
            continue
        graph = _laid(store, iri)
        quads += len(graph.triples)
        if iri.startswith(f"{base}article/"):
            yield from _article(graph, base)
            lengths[iri] = len(graph.text(f"<{iri}>", "schema:articleBody") or "")
            articles.append(_reviewed(graph, found))
        elif is_kept(base, iri):
            yield _strange(iri, base)
    yield from _outside(store.size() - quads)
    yield from check_records(judged, base)
    yield from check_words(told, lengths)
    yield from _view(base, articles, view, standing(told, waiting(store, told, found)))
    yield from _index(store)


def _index(store: Store) -> Iterator[Breach]:
    """What an index that answers for the view says otherwise than the view."""
    held = beside(store)
    if held and held.knows(store.view_id()):
        for iri, problem in differing(held, store):
            yield Breach(4, "index-differs", iri, problem, "run kg reindex")


def _laid(store: Store, iri: str) -> Laid:
    return Laid(iri, store.read(iri))


def _reviewed(graph: Laid, found: Standing) -> Laid:
    """The article as reviewed; what was corrected in it is as sure as what was read."""
    told = found.of(graph.iri)
    return Laid(graph.iri, reviewed(graph.iri, graph.triples, told)) if told else graph


def _article(graph: Laid, base: str) -> Iterator[Breach]:
    yield from check_evidence(graph, base)
    yield from check_exactness(graph)
    yield from check_terms(graph)
    yield from check_identity(graph, base)
    yield from check_untouched(graph)


def _strange(iri: str, base: str) -> Breach:
    problem = f"no graph of the program's, though it begins with {base}graph/ as they do"
    remedy = "drop it"
    return Breach(4, "strange-graph", iri, problem, remedy)


def _outside(quads: int) -> Iterator[Breach]:
    if quads:
        problem = f"it holds {quads} triples; nothing is kept there"
        remedy = "write them to an article, or delete them with an update"
        yield Breach(4, "default-graph", "the default graph", problem, remedy)


def _view(base: str, articles: list[Laid], view: Laid, found: Standing) -> Iterator[Breach]:
    if articles and not view.triples:
        yield Breach(2, "no-view", view.iri, "there are articles but no view", REBUILD)
        return
    for graph in articles:
        if found.of(graph.iri):
            yield from check_evidence(graph, base)
            yield from check_exactness(graph)
    yield from check_rejected(found, view)
    yield from check_disputes(articles, view)
    yield from check_exactness(view)
    yield from check_terms(view)
    yield from check_view(base, articles, view, found.identities)
