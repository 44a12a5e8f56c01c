"""What was read goes into the store: each article's graph, and what it changes in the view.

A pure function of what is given and of the store: any order, any number of times, any process
gives the same store.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from kg.errors import NotFound
from kg.model import Skipped
from kg.reading import Again, Found, Reading
from kg.store import Store
from kg.terms import Triple
from kg.view import Edit, Packed, article_graphs, is_whole, refresh, turn, update
from kg.view.mending import go_on

TOGETHER: Final = 50_000
"""Triples of articles that are put together with what they change in the view; of more, the
articles are written as they come, and the view at the end."""
MANY: Final = 500
"""Changed articles from which on the view is made anew rather than patched."""

Graph = tuple[str, Sequence[Triple]]
Progress = Callable[[int], None]
"""Hears how many more items were read or skipped."""


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


def put(store: Store, found: Iterable[Found], *, progress: Progress = lambda _: None) -> Outcome:
    """Write each article's graph, and the view once: all in one step where it is not much.

    A graph that is already there as it would be written stays untouched. Raises StoreError.
    """
    go_on(store)
    run = _Run(store, progress)
    coming = run.changed(found)
    first = list(_up_to(TOGETHER, coming)) if run.patches else []
    if run.size > TOGETHER or not run.patches:
        store.replace(chain(first, coming))
        if run.patches:
            update(store, run.edits, before=run.before)
        else:
            refresh(store, run.packed)
    elif run.edits:
        turn(store, run.edits)
    return run.outcome()


def take_down(store: Store, iri: str, *, later: bool = False) -> None:
    """Take an article out: its graph goes, and what the view knew from it, to the last byte.

    ``later`` leaves the bytes in the store's files to its ``forget``. NotFound if it is not there.
    """
    go_on(store)
    held = store.read(iri) if iri in article_graphs(store) else []
    if not held:
        raise NotFound(f"no article {iri}; /articles and 'kg query --name articles' list them")
    with store.forgetting(later=later):
        if is_whole(store):
            turn(store, {iri: Edit(held, ())}, purge=True)
        else:
            store.remove(iri)
            refresh(store, purge=True)


def _up_to(triples: int, graphs: Iterable[Graph]) -> Iterator[Graph]:
    """Graphs until they have more triples than this."""
    held = 0
    for graph in graphs:
        yield graph
        held += len(graph[1])
        if held > triples:
            return


class _Run:
    """One batch: what the store held at its start, and what has come since."""

    def __init__(self, store: Store, progress: Progress) -> None:
        self.store = store
        self.progress = progress
        self.known = set(store.graphs())
        self.before = store.view_id()
        self.patches = is_whole(store)
        """Whether the view is patched at the end, not made anew."""
        self.size = 0
        """Triples of the graphs that change."""
        self.edits: dict[str, Edit] = {}
        self.packed = Packed(store.home)
        self.articles: list[str] = []
        self.counts: Counter[str] = Counter()
        self.skipped: list[Skipped] = []

    def outcome(self) -> Outcome:
        """What became of everything so far."""
        return Outcome(**self.counts, articles=tuple(self.articles), skipped=tuple(self.skipped))

    def changed(self, found: Iterable[Found]) -> Iterator[Graph]:
        """The graphs of the articles that are not in the store as they are."""
        for one in found:
            self.progress(1)
            match one:
                case Skipped():
                    self.skipped.append(one)
                case Again():
                    self.counts["unchanged"] += 1
                case Reading():
                    if edit := self._edit(one):
                        self._keep(one.iri, edit)
                        yield one.iri, one.triples

    def _edit(self, found: Reading) -> Edit | None:
        """What a reading changes in the store, counted."""
        self.articles.append(found.iri)
        self.counts["statements"] += found.statements
        self.counts["reports"] += found.reports
        self.counts["dropped"] += found.dropped
        old = self.store.read(found.iri) if found.iri in self.known else []
        self.counts[_fate(old, found.triples)] += 1
        return Edit(old, found.triples) if old != found.triples else None

    def _keep(self, iri: str, edit: Edit) -> None:
        """Keep what the view will be made of: what changes, or every new graph where many do."""
        self.size += len(edit.new)
        self.edits[iri] = edit
        if self.patches and len(self.edits) <= MANY:
            return
        for graph, kept in self.edits.items():
            self.packed.put(graph, kept.new)
        self.edits.clear()
        self.patches = False


def _fate(old: Sequence[Triple], new: Sequence[Triple]) -> str:
    if not old:
        return "new"
    return "unchanged" if old == new else "replaced"
