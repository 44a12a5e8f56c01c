"""The whole path: articles are read, understood, written as graphs, and joined into the view.

The only room that knows every stage. ``ingest`` is a pure function of what it is given and of
the store: any order, any number of times, any process gives the same store.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.errors import NotFound
from kg.extract import Extractor
from kg.iri import article_iri, graph_iri
from kg.judgements import Judgement, read, written
from kg.model import Article, DateRange
from kg.reading import Readers, Reading, Unread, name_of, readings
from kg.sources import Skipped
from kg.store import Store
from kg.terms import Triple
from kg.view import Edit, Packed, article_graphs, is_whole, refresh, update

__all__ = ["Outcome", "ingest", "judge", "remove"]

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
    extractor: Extractor | Readers,
    *,
    progress: Progress = lambda _: None,
) -> Outcome:
    """Write each article's graph, then the view once.

    ``extractor`` reads here, ``Readers`` in several processes: the store is the same. A graph
    that is already there as it would be written stays untouched. Raises StoreError.
    """
    run = _Run(store, extractor, progress)
    store.replace(run.found(articles))
    if not run.patches:
        refresh(store, run.changed)
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


def judge(store: Store, *given: Judgement) -> None:
    """Add judgements, and make of the view what they say; one that is there changes nothing.

    Once written they stay, whatever happens: a view that a killed process left behind is made
    anew by the next that writes, or by ``refresh``. Raises StoreError.
    """
    name = graph_iri(store.base, "judgements")
    held = store.read(name)
    new = {triple for one in given for triple in written(store.base, one)} - set(held)
    if not new:
        return
    whole = is_whole(store)
    store.patch(name, (), sorted(new))
    if whole:
        update(store, {}, judged=read(store.base, held))
    else:
        refresh(store)


class _Run:
    """One ingestion: what the store held at its start, and what it has met since."""

    def __init__(self, store: Store, by: Extractor | Readers, progress: Progress) -> None:
        self.store = store
        self.by = by
        self.progress = progress
        self.known = set(store.graphs())
        self.patches = is_whole(store)
        """Whether the view is patched at the end, not made anew."""
        self.edits: dict[str, Edit] = {}
        self.changed = Packed()
        self.met: dict[str, Details] = {}
        self.counts: Counter[str] = Counter()
        self.skipped: list[Skipped] = []

    def outcome(self) -> Outcome:
        """What became of everything so far."""
        return Outcome(**self.counts, articles=tuple(self.met), skipped=tuple(self.skipped))

    def found(self, items: Iterable[Article | Skipped]) -> Iterator[tuple[str, Graph]]:
        """The graphs of the articles among the items that are not in the store as they are."""
        for found in readings(self.by, self.store.base, self._fresh(items)):
            self.progress(1)
            if isinstance(found, Unread):
                self._give_up(found)
            elif edit := self._edit(found):
                self._keep(found.iri, edit)
                yield found.iri, found.triples

    def _edit(self, found: Reading) -> Edit | None:
        """What a reading changes in the store, counted."""
        self.counts["statements"] += found.statements
        self.counts["reports"] += found.reports
        self.counts["dropped"] += found.dropped
        old = self.store.read(found.iri) if found.iri in self.known else []
        self.counts[_fate(old, found.triples)] += 1
        return Edit(old, found.triples) if old != found.triples else None

    def _keep(self, iri: str, edit: Edit) -> None:
        """Keep what the view will be made of: what changes, or every new graph where many do."""
        self.edits[iri] = edit
        if self.patches and len(self.edits) <= MANY:
            return
        for graph, kept in self.edits.items():
            self.changed.put(graph, kept.new)
        self.edits.clear()
        self.patches = False

    def _give_up(self, unread: Unread) -> None:
        article = unread.article
        del self.met[article_iri(self.store.base, article.url, article.text)]
        self.skipped.append(Skipped(name_of(article), unread.reason))

    def _fresh(self, items: Iterable[Article | Skipped]) -> Iterator[Article]:
        """The articles met for the first time."""
        for item in items:
            if isinstance(item, Article) and self._is_fresh(item):
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
            self.skipped.append(Skipped(name_of(article), CLASH))
        return False


def _fate(old: Sequence[Triple], new: Sequence[Triple]) -> str:
    if not old:
        return "new"
    return "unchanged" if old == new else "replaced"
