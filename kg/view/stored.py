"""The view as a store keeps it: made anew, or patched where a few articles changed or were judged.

The store's seal tells the two apart: a view that these very rules made of the articles and
judgements that are there is patched, any other is made anew.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from typing import Final

from kg.index import Progress, beside, quiet
from kg.index.held import Held
from kg.index.missed import is_new
from kg.iri import graph_iri
from kg.judgements import Judgement, Standing, reviewed, standing, written
from kg.judgements import read as read_judgements
from kg.log import Change, note, opened
from kg.store import Store
from kg.terms import Triple, parse
from kg.view.filling import fill
from kg.view.journal import Turning, turning
from kg.view.kinds import Spoken
from kg.view.packed import Packed
from kg.view.patching import Edit, Said, patch
from kg.view.rules import RULES
from kg.view.shape import SUBJECT
from kg.view.telling import tell
from kg.view.ties import Ties, tied

AT_ONCE: Final = 50_000
"""A view of fewer triples is written in one go, a larger one in steps."""
ONE_STEP: Final = 200_000
"""Triples that are taken out and put in at once at most."""
_SUBJECTS: Final = 500
"""Subjects that one query asks for."""

Graphs = Mapping[str, Sequence[Triple]]


def is_whole(store: Store) -> bool:
    """Whether the view is what these rules make of the articles and judgements in the store."""
    return store.sealed() == RULES


def article_graphs(store: Store) -> Iterator[str]:
    """The IRIs of the article graphs, sorted."""
    return (iri for iri in store.graphs() if iri.startswith(f"{store.base}article/"))


def judgements(store: Store) -> list[Judgement]:
    """Every judgement in the store, earliest first."""
    return read_judgements(store.base, store.read(graph_iri(store.base, "judgements")))


def refresh(store: Store, known: Graphs | None = None, *, purge: bool = False) -> None:
    """Make the view anew, and what its index has otherwise.

    ``known`` are graphs as the store holds them, which saves reading. ``purge`` takes every trace
    of what is gone out of the index.
    """
    graphs = _Graphs(store, known or {}, standing(judgements(store)))
    with tied(store, purge=purge) as ties:
        packed = graphs.packed()
        fill(ties, packed, graphs.told.identities)
        _write(store, tell(ties, packed))
        store.seal(RULES)
        ties.be_of(store.view_id())
    follow(store, "", (), purge=purge)


def _write(store: Store, triples: Iterator[Triple]) -> None:
    """Put a view in the place of what was there."""
    name = graph_iri(store.base, "view")
    first = list(islice(triples, AT_ONCE))
    if len(first) < AT_ONCE:
        store.replace([(name, first)])
    else:
        store.fill(name, chain(first, triples))


def tie(store: Store, told: Callable[[], None]) -> None:
    """Have the ties of a store in a folder be of its view, which is whole; ``told`` is called where
    they are not, for making them reads every article."""
    with tied(store) as ties:
        if ties.view() != store.view_id():
            told()
            stands = standing(judgements(store))
            fill(ties, _Graphs(store, {}, stands).packed(), stands.identities)
            ties.be_of(store.view_id())


def update(store: Store, edits: Mapping[str, Edit], *, before: str = "") -> None:
    """Patch a view that was whole before these articles (by graph IRI) were written.

    ``before`` is its name of then (``Store.view_id``): an index of it is patched too, any other is
    made anew.
    """
    with tied(store) as ties:
        gone, new = _patch(store, ties, edits, view=before)
        if gone or new:
            store.patch(graph_iri(store.base, "view"), gone, new)
        store.seal(RULES)
        ties.be_of(store.view_id())
    follow(store, before, gone | new)


def turn(
    store: Store,
    edits: Mapping[str, Edit],
    *,
    judged: Sequence[Judgement] = (),
    purge: bool = False,
) -> None:
    """Write articles and add judgements, and patch a view that is whole; its index follows.

    In one step, unless that is a large one. ``purge`` takes every trace of what is gone out of the
    index.
    """
    before = store.view_id()
    with ExitStack() as stack:
        with tied(store, purge=purge) as ties:
            view = _patch(store, ties, edits, judged, view=before)
            what = Turning(before, view[0] | view[1], purge)
            stack.enter_context(turning(store.home, what))
            _turn(store, edits, judged, view)
            ties.be_of(store.view_id())
        follow(store, before, what.differing, purge=purge)


def _turn(
    store: Store,
    edits: Mapping[str, Edit],
    judged: Sequence[Judgement],
    view: tuple[set[Triple], set[Triple]],
) -> None:
    changed = {graph_iri(store.base, "view"): view}
    for graph, edit in edits.items():
        old, new = set(edit.old), set(edit.new)
        changed[graph] = (old - new, new - old)
    if judged:
        added = {triple for one in judged for triple in written(store.base, one)}
        changed[graph_iri(store.base, "judgements")] = (set(), added)
    if sum(len(gone) + len(new) for gone, new in changed.values()) <= ONE_STEP:
        store.turn(changed, seal=RULES)
        return
    for graph, (gone, new) in changed.items():
        store.patch(graph, gone, new)
    store.seal(RULES)


def follow(
    store: Store,
    before: str,
    differing: Iterable[Triple],
    *,
    purge: bool = False,
    progress: Progress = quiet,
) -> None:
    """Have the index of a store follow a view that was written, and note what changed.

    ``before`` is the name of the view that these triples differ from; nothing where the view was
    made anew.
    """
    if index := beside(store):
        new = is_new(index)
        changes = index.update(store, before, differing, purge=purge, progress=progress)
        note(index.folder, store.view_id(), _beyond(index, changes) if new else changes)


def _beyond(index: Held, changes: Sequence[Change]) -> Sequence[Change]:
    """What may have changed where an index was made from nothing, to which everything is new: for a
    log that knows of more.
    """
    if index.folder is None:
        return changes
    with opened(index.folder) as log:
        known = set(log.standing())
    found = [replace(one, change="updated") if one.of in known else one for one in changes]
    gone = known.difference(one.of for one in changes)
    return [*found, *(Change(kind, iri, "withdrawn") for kind, iri in sorted(gone))]


def _patch(
    store: Store,
    ties: Ties,
    edits: Mapping[str, Edit],
    judged: Sequence[Judgement] = (),
    *,
    view: str,
) -> tuple[set[Triple], set[Triple]]:
    """What to take out of the view and to put in, whether or not the articles are written yet.

    ``judged`` are judgements that are not; ``view`` is the name of the view that is patched. Ties
    of another are made anew first.
    """
    held = judgements(store)
    before = standing(held)
    now = standing([*held, *judged]) if judged else before
    if not view or ties.view() != view:
        was = _Graphs(store, {graph: edit.old for graph, edit in edits.items()}, before)
        fill(ties, was.packed(), before.identities)
    graphs = _Graphs(store, {graph: edit.new for graph, edit in edits.items()}, now)
    spoken = Spoken(before.identities, now.identities)
    said = Said(partial(_stored, store), partial(_links, store))
    return patch(ties, said, graphs.edits(edits, before), spoken, graphs.read)


class _Graphs:
    """The article graphs of a store as reviewed; those known already are not read again."""

    def __init__(self, store: Store, known: Graphs, told: Standing) -> None:
        self.store = store
        self.known = known
        self.told = told

    @property
    def names(self) -> list[str]:
        """Their IRIs, sorted."""
        known = self.known
        there = {*article_graphs(self.store), *(graph for graph in known if known[graph])}
        return sorted(there - {graph for graph in known if not known[graph]})

    def read(self, graph: str) -> Sequence[Triple]:
        """The triples of one, after review."""
        return reviewed(graph, self._raw(graph), self.told.of(graph))

    def _raw(self, graph: str) -> Sequence[Triple]:
        return self.known[graph] if graph in self.known else self.store.read(graph)

    def packed(self) -> Packed:
        """All of them after review, to be read as often as one likes."""
        found = Packed(self.store.home)
        for graph in self.names:
            found.put(graph, self.read(graph))
        return found

    def edits(self, changed: Mapping[str, Edit], before: Standing) -> dict[str, Edit]:
        """What changed in graphs as reviewed: by themselves, or by what people found."""
        judged = before.findings.keys() | self.told.findings.keys()
        found = {
            graph: Edit(
                reviewed(graph, edit.old, before.of(graph)),
                reviewed(graph, edit.new, self.told.of(graph)),
            )
            for graph, edit in changed.items()
        }
        for graph in sorted(judged - changed.keys()):
            if before.of(graph) != self.told.of(graph):
                raw = self._raw(graph)
                found[graph] = Edit(reviewed(graph, raw, before.of(graph)), self.read(graph))
        return found


def _stored(store: Store, subjects: Sequence[str]) -> Iterator[Triple]:
    for start in range(0, len(subjects), _SUBJECTS):
        some = " ".join(subjects[start : start + _SUBJECTS])
        yield from _asked(
            store, f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {some} }} ?s ?p ?o }}"
        )


def _links(store: Store, things: Sequence[str]) -> Iterator[Triple]:
    for start in range(0, len(things), _SUBJECTS):
        some = " ".join(things[start : start + _SUBJECTS])
        yield from _asked(
            store,
            f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?x {{ {some} }} ?s {SUBJECT} ?x ; ?p ?o }}",
        )


def _asked(store: Store, text: str) -> Iterator[Triple]:
    """The triples a question constructs from the view."""
    return parse(store.query(text).body.decode())
