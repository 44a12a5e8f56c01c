"""A store made whole: view, index, ties and log, from wherever its last writer was killed."""

from collections.abc import Callable

from kg.index import Progress, beside, quiet
from kg.index.missed import missed
from kg.log import note, opened
from kg.store import Store
from kg.view.journal import left, settled
from kg.view.stored import article_graphs, follow, is_whole, refresh, tie

Told = Callable[[str], None]
"""Hears what is being made anew, which can take long."""


def go_on(store: Store) -> None:
    """Before more is written: end what a writer left that was killed or failed after its write.

    A view that is not whole is left to whoever writes, for it is made anew at the end.
    """
    if is_whole(store):
        mend(store)


def mend(store: Store, *, told: Told = lambda _: None, progress: Progress = quiet) -> None:
    """Bring view, index, ties and log to what articles and judgements say; nothing if they are."""
    if not is_whole(store) and any(article_graphs(store)):
        told("view")
        refresh(store)
    index, view = beside(store), store.view_id()
    if index is None or not view:
        return
    begun = left(index.folder)
    if begun is not None and not index.knows(view) and index.knows(begun.before):
        follow(store, begun.before, begun.differing, purge=begun.purge)
    elif not index.knows(view):
        told("index")
        follow(store, "", (), progress=progress)
    settled(index.folder)
    if index.folder is not None:
        tie(store, lambda: told("ties"))
        with opened(index.folder) as log:
            if log.last_view() != view:
                note(index.folder, view, missed(index, log))
