"""Drawn graphs as routes ask for them: who asks for a large one of a new view is told to come back.

What is kept is answered at once. What is not is drawn over the snapshot that the request sees, by
a thread, or where it is large by a process of its own (``kg.projection.apart``); past the deadline
of a query the request is answered 503, the drawing goes on, and whoever asks again finds it kept.
Who asks for what is around a node is meanwhile answered with its newest records.
"""

import threading
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final, cast

from api.face import Face, face
from api.seen import seen, view_of
from kg.errors import LimitHit, Swept
from kg.filters import Filters, index_of
from kg.index.reading import Indexed
from kg.projection import Sheet, nearby
from kg.projection.apart import Order, draw
from kg.projection.before import FOLLOWED
from kg.projection.shelf import drawn
from kg.store.base import US, Queryable, View, Viewable

AT_ONCE: Final = 2
"""Graphs that are drawn at the same time, and parts of them; other graphs wait."""
MOST: Final = 16
"""Graphs that are drawn or wait; who asks for one more is told to come back."""

HERE: Final = 2000
"""Records that are drawn by a thread of this process: sooner than another one could begin."""

NEWEST: Final = 2000
"""Records of which that is drawn which is around some nodes, where the whole is not there yet."""

_GUARD: Final = threading.Lock()
_ROOM: Final = threading.Semaphore(AT_ONCE)
_PARTS: Final = threading.Semaphore(AT_ONCE)
_DRAWING: Final[dict[tuple[object, ...], "_Drawing"]] = {}


@dataclass(slots=True)
class _Drawing:
    """A graph that is being drawn, and what went wrong with it."""

    thread: threading.Thread = field(default_factory=threading.Thread)
    error: Exception | None = None


def sheet(filters: Filters, preset: str) -> Sheet:
    """The drawn graph of a selection. Raises BadFilter, StoreError; LimitHit if it takes long."""
    found = face()
    store, served = found.store, found.served
    if not hasattr(served, "view") or not view_of(seen(served)):
        return found.shelf.sheet(store, filters, preset)
    if kept := found.shelf.found(store, filters, preset):
        return kept
    view = cast("View", seen(served))
    _wait(_begun(found, view.snapshot.id, filters, preset), found.settings.query_seconds)
    if kept := found.shelf.found(store, filters, preset):
        return kept
    if _records(store, filters) > HERE:
        raise Swept("the graph was taken out as soon as it was drawn; ask again")
    return drawn(store, filters, preset)


def around(filters: Filters, preset: str, nodes: Sequence[str]) -> Sheet | None:
    """What is around some nodes while a large whole is drawn for the first time in a view.

    It is made of their newest records, not kept, and ends with the drawing of the whole, which is
    begun. None where the whole is kept, small, or chosen by filters, or where as many parts as may
    be are being drawn: who asks then waits for the whole. Raises StoreError.
    """
    found = face()
    store, served = found.store, found.served
    if filters.where or preset not in FOLLOWED or not hasattr(served, "view"):
        return None
    view = cast("View", seen(served))
    if not view_of(view) or _records(store, filters) <= HERE:
        return None
    if kept := found.shelf.found(store, filters, preset):
        kept.close()
        return None
    with suppress(LimitHit):
        _begun(found, view.snapshot.id, filters, preset)
    if not _PARTS.acquire(blocking=False):
        return None
    try:
        return nearby(store, preset, nodes, NEWEST)
    finally:
        _PARTS.release()


def _begun(found: Face, snapshot: str, filters: Filters, preset: str) -> _Drawing:
    """The drawing of a graph, begun now if it has not been. Raises LimitHit where too many are."""
    key = (id(found.shelf), snapshot, preset, filters.kind, filters.where)
    with _GUARD:
        if key in _DRAWING:
            return _DRAWING[key]
        if len(_DRAWING) >= MOST:
            told = f"{MOST} graphs are being drawn or wait for it; ask again later"
            raise LimitHit(told, limit="graphs", value=MOST)
        made = _DRAWING[key] = _Drawing()
        made.thread = threading.Thread(
            target=partial(_draw, made, key, lambda view: _kept(found, view, filters, preset)),
            kwargs={
                "view": partial(cast("Viewable", found.served).view, snapshot, asker=US),
                "drop": lambda view: found.shelf.drop(view, filters, preset),
            },
            daemon=True,
        )
        made.thread.start()
        return made


def _draw(
    made: _Drawing,
    key: tuple[object, ...],
    keep: Callable[[View], None],
    *,
    view: Callable[[], View],
    drop: Callable[[View], None],
) -> None:
    try:
        with _ROOM, closing(view()) as seen_by_us:
            keep(seen_by_us)
            if seen_by_us.forgotten:
                drop(seen_by_us)
                raise Swept("something was taken down while the graph was drawn; ask again")
    except Exception as error:  # told to whoever waits for it
        made.error = error
    finally:
        with _GUARD:
            del _DRAWING[key]


def _kept(found: Face, view: View, filters: Filters, preset: str) -> None:
    """Draw it where it is kept: a small one here, a large one in a process of its own."""
    asked: Queryable = view
    if found.index is not None:
        asked = Indexed(view, found.index, view.snapshot.view)
    home, folder = found.index.folder if found.index else None, found.shelf.folder
    if home and folder and _records(asked, filters) > HERE:
        draw(Order(view.snapshot, view.base, home, folder, filters, preset))
    else:
        found.shelf.sheet(asked, filters, preset).close()


def _records(asked: Queryable, filters: Filters) -> int:
    """How many statements, or events, are to be drawn; none where that would take as long."""
    index = index_of(asked)
    return index.select(replace(filters, limit=1)).total if index else 0


def _wait(drawing: _Drawing, seconds: float) -> None:
    drawing.thread.join(seconds)
    if drawing.thread.is_alive():
        raise LimitHit(
            f"the graph is large, and is drawn once for this view: that takes longer than "
            f"{seconds:g} s and goes on; ask again, or narrow the filters",
            limit="query_seconds",
            value=seconds,
        )
    if drawing.error is not None:
        raise drawing.error
