"""What was made of a view when it was last patched, kept in memory while its store is open.

Reading every article again for each judgement or article more takes most of the time that it
takes. What is kept is of one sealed view (``Store.view_id``) and of no other: whatever else was
written, by whomever, has another name or none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

from kg.judgements import Reviewed
from kg.link.facts import ArticleFacts
from kg.store import Store
from kg.terms import Triple
from kg.view.whole import Canon

Facts = Mapping[str, tuple[Mapping[str, Reviewed], ArticleFacts]]
"""Article graph → what people found of it, and what linking looks at after that."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A view's facts, whom its members lead to, and the triples of its links."""

    facts: Facts
    canon: Canon
    links: frozenset[Triple]


_KEPT: Final[WeakKeyDictionary[Store, tuple[str, Kept]]] = WeakKeyDictionary()


def keep(store: Store, made: Kept) -> None:
    """Keep what was made of the view that the store holds now, in the place of what was kept."""
    if view := store.view_id():
        _KEPT[store] = (view, made)


def kept(store: Store, view: str) -> Kept | None:
    """What is kept of a view of this name, if it is the last that was patched."""
    name, made = _KEPT.get(store, ("", None))
    return made if view and name == view else None
