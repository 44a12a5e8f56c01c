"""The whole path: articles are read, understood, written as graphs, and joined into the view.

The only room that knows every stage. ``ingest`` is a pure function of what it is given and of
the store: any order, any number of times, any process gives the same store.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.errors import NotFound, SkipItem
from kg.extract import Extractor
from kg.iri import article_iri
from kg.model import Article, DateRange
from kg.rdf import article_graph
from kg.sources import Skipped
from kg.store import Store
from kg.terms import Triple
from kg.view import Edit, article_graphs, is_whole, refresh, update

__all__ = ["Outcome", "ingest", "remove"]

CLASH: Final = (
    "the same text and URL were already read in this run with another date, headline, publisher"
    " or author; give each article its URL, or leave one out"
)

MANY: Final = 500
"""Changed articles from which on the view is made anew rather than patched."""

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
    whole = is_whole(store)
    run = _Run(store, extractor, progress)
    store.replace(run.found(articles))
    if not whole or len(run.edits) > MANY:
        refresh(store, {graph: edit.new for graph, edit in run.edits.items() if edit.new})
    elif run.edits:
        update(store, run.edits)
    return run.outcome()


def remove(store: Store, iri: str) -> None:
    """Take an article down: its graph goes, and what the view knew from it. NotFound if absent."""
    whole = is_whole(store)
    held = store.read(iri) if iri in article_graphs(store) else []
    if not held:
        raise NotFound(f"no article {iri}; 'kg query --name articles' lists them")
    store.remove(iri)
    if whole:
        update(store, {iri: Edit(held, ())})
    else:
        refresh(store)


class _Run:
    """One ingestion: what the store held at its start, and what it has met since."""

    def __init__(self, store: Store, extractor: Extractor, progress: Progress) -> None:
        self.store = store
        self.extractor = extractor
        self.progress = progress
        self.known = set(store.graphs())
        self.edits: dict[str, Edit] = {}
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
            article = waiting.popleft()
            if isinstance(extraction, SkipItem):
                self._skip(article, extraction)
                continue
            iri, triples = article_graph(self.store.base, article, extraction)
            self.counts["statements"] += len(extraction.statements)
            self.counts["reports"] += len(extraction.reports)
            self.counts["dropped"] += extraction.dropped
            old = self.store.read(iri) if iri in self.known else []
            self.counts[_fate(old, triples)] += 1
            self.progress(1)
            if old != triples:
                few = len(self.edits) < MANY
                self.edits[iri] = Edit(old, triples) if few else Edit((), ())
                yield iri, triples

    def _skip(self, article: Article, reason: SkipItem) -> None:
        """Note an article that the extractor could not read; its graph stays as it was."""
        del self.met[article_iri(self.store.base, article.url, article.text)]
        self.skipped.append(Skipped(_where(article), str(reason)))
        self.progress(1)

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
            self.skipped.append(Skipped(_where(article), CLASH))
        return False


def _where(article: Article) -> str:
    """What a person knows an article by."""
    return article.url or article.headline or article.text.strip()[:60]


def _fate(old: Sequence[Triple], new: Sequence[Triple]) -> str:
    if not old:
        return "new"
    return "unchanged" if old == new else "replaced"
