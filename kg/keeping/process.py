"""The process that holds a served store: it writes what others read and what users send.

It is the writer of ``kg.store.pool.writer`` with more verbs: those of articles and judgements,
which the store itself knows nothing of.
"""

import pickle
from collections.abc import Callable, Mapping
from typing import Any, Final

from kg.keeping.articles import Outcome, put, take_down
from kg.keeping.backup import collect
from kg.keeping.judging import judge
from kg.store.oxigraph import OxigraphStore
from kg.store.pool import writer
from kg.store.pool.channel import Channel
from kg.view.mending import mend

ROLE: Final = "keeper"
ROLES: Final[Mapping[str, str]] = {ROLE: __name__}
"""For ``kg.store.pool.nursery.Nursery``."""


def main(channel: Channel, home: str, base: str, memory_mb: int) -> None:
    """Open the store and do what is asked until the socket ends."""
    writer.serve(channel, home, base, memory_mb, verbs)


def verbs(store: OxigraphStore) -> Mapping[str, Callable[..., Any]]:
    """What can be asked of the keeper of this store, which is made whole first."""
    mend(store)
    return {
        **writer.own(store),
        "put": lambda found: _put(store, found),
        "take_down": lambda iri: take_down(store, iri, later=True),
        "forget": lambda: store.forget(cut_off=False),
        "backup": lambda: collect(store),
        "judge": lambda one: judge(store, pickle.loads(one)),
    }


def _put(store: OxigraphStore, found: bytes) -> Outcome:
    """Put what another process has read and packed."""
    return put(store, pickle.loads(found))
