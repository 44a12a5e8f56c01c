"""The whole path: articles are read, understood, written as graphs, and joined into the view.

The only room that knows every stage. ``ingest`` is a pure function of what it is given and of
the store: any order, any number of times, any process gives the same store.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.errors import NotFound
from kg.extract import Extractor
from kg.iri import article_iri, graph_iri
from kg.model import Article, DateRange
from kg.rdf import article_graph
from kg.sources import Skipped
from kg.store import Store
from kg.terms import Triple
from kg.view import build

__all__ = ["Outcome", "article_graphs", "ingest", "refresh_view", "remove"]

CLASH: Final = (
    "the same text and URL were already read in this run with another date, headline, publisher"
    " or author; give each article its URL, or leave one out"
)

Graph = Sequence[Triple]
Details = tuple[str | None, DateRange | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch: articles ``new`` to the store, ``replaced`` (the same text, read
    otherwise than before) and ``unchanged``, what was ``skipped`` and why, and how much was
    found. ``articles`` are their IRIs in the order read; ``dropped`` counts findings without
    evidence.
    """

    new: int = 0
    replaced: int = 0
    unchanged: int = 0
    statements: int = 0
    reports: int = 0
    dropped: int = 0
    articles: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    @property
    def read(self) -> int:
        """How many articles were read, whatever became of them."""
        return self.new + self.replaced + self.unchanged


Progress = Callable[[int], None]
"""Hears how many more items were read or skipped."""


def ingest(
    store: Store,
    articles: Iterable[Article | Skipped],
    extractor: Extractor,
    *,
    progress: Progress = lambda _: None,
) -> Outcome:
    """Write each article's graph, then the view once.

    A graph that is already there as it would be written stays untouched. Raises StoreError.
    """
    run = _Run(store, extractor, progress)
    store.replace(run.found(articles))
    refresh_view(store, run.graphs)
    return run.outcome()


def remove(store: Store, iri: str) -> None:
    """Take an article down: its graph goes, and what the view knew from it. NotFound if absent."""
    if not iri.startswith(_articles(store)) or not store.remove(iri):
        raise NotFound(f"no article {iri}; 'kg query --name articles' lists them")
    refresh_view(store)


def refresh_view(store: Store, known: Mapping[str, Graph] | None = None) -> None:
    """Make the view graph what the article graphs together say.

    ``known`` are graphs (by IRI) as the store holds them, which need not be read from it.
    """
    triples = build(store.base, article_graphs(store, known))
    store.replace([(graph_iri(store.base, "view"), triples)])


def article_graphs(
    store: Store, known: Mapping[str, Graph] | None = None
) -> Iterator[tuple[str, Graph]]:
    """Every article graph (IRI, triples), by IRI."""
    held = known or {}
    for iri in store.graphs():
        if iri.startswith(_articles(store)):
            yield iri, held[iri] if iri in held else store.read(iri)


def _articles(store: Store) -> str:
    return f"{store.base}article/"


class _Run:
    """One ingestion: what the store held at its start, and what it has met since."""

    def __init__(self, store: Store, extractor: Extractor, progress: Progress) -> None:
        self.store = store
        self.extractor = extractor
        self.progress = progress
        self.known = set(store.graphs())
        self.graphs: dict[str, Graph] = {}
        self.met: dict[str, Details] = {}
        self.counts: Counter[str] = Counter()
        self.skipped: list[Skipped] = []

    def outcome(self) -> Outcome:
        """What became of everything so far."""
        return Outcome(**self.counts, articles=tuple(self.met), skipped=tuple(self.skipped))

    def found(self, items: Iterable[Article | Skipped]) -> Iterator[tuple[str, Graph]]:
        """The graphs of the articles among the items that are not in the store as they are."""
        waiting: deque[Article] = deque()
        for extraction in self.extractor.extract_many(self._fresh(items, waiting)):
            iri, triples = article_graph(self.store.base, waiting.popleft(), extraction)
            self.counts["statements"] += len(extraction.statements)
            self.counts["reports"] += len(extraction.reports)
            self.counts["dropped"] += extraction.dropped
            self.graphs[iri] = triples
            fate = self._fate(iri, triples)
            self.counts[fate] += 1
            self.progress(1)
            if fate != "unchanged":
                yield iri, triples

    def _fresh(
        self, items: Iterable[Article | Skipped], waiting: deque[Article]
    ) -> Iterator[Article]:
        """The articles met for the first time; each also joins those waiting for their graph."""
        for item in items:
            if isinstance(item, Article) and self._is_fresh(item):
                waiting.append(item)
                yield item
                continue
            if isinstance(item, Skipped):
                self.skipped.append(item)
            self.progress(1)

    def _is_fresh(self, article: Article) -> bool:
        """Whether this run meets the article for the first time; a clash is named."""
        iri = article_iri(self.store.base, article.url, article.text)
        details = (article.headline, article.published, article.publisher, article.author)
        if iri not in self.met:
            self.met[iri] = details
            return True
        if self.met[iri] == details:
            self.counts["unchanged"] += 1
        else:
            where = article.url or article.headline or article.text.strip()[:60]
            self.skipped.append(Skipped(where, CLASH))
        return False

    def _fate(self, iri: str, triples: Graph) -> str:
        if iri not in self.known:
            return "new"
        return "unchanged" if self.store.read(iri) == triples else "replaced"
