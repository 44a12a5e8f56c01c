"""The process that writes a store while a server answers from its snapshots.

An update can be as long as a query, and can no more be stopped inside its process; so the store
is open in one of its own. Killed at any moment, it has done an update whole or not at all, and
another takes its place.

In comes the name of what is to be done, with what it takes; out goes (what it gives,), or a
Failure; and with it the version of the store.
"""

import contextlib
import resource
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.store import folder
from kg.store.oxigraph import OxigraphStore
from kg.store.pool.channel import Channel, Ended
from kg.store.pool.worker import failure


def main(channel: Channel, home: str, base: str, memory_mb: int) -> None:
    """Open the store and do what is asked until the socket ends."""
    resource.setrlimit(resource.RLIMIT_DATA, (memory_mb << 20, memory_mb << 20))
    try:
        held, lock = folder.open_for_writing(Path(home), base, sweep=False)
    except KgError as error:
        channel.send((*failure(error), ""))
        return
    store = OxigraphStore(held, base=base, home=Path(home), lock=lock)
    del held
    channel.send((None, store.version()))
    verbs: Mapping[str, Callable[..., Any]] = {
        "update": lambda text, aside: store.update(text, aside=aside),
        "snapshot": store.snapshot,
    }
    with contextlib.suppress(Ended):
        while True:
            verb, *given = channel.receive()
            try:
                channel.send((verbs[verb](*given), store.version()))
            except KgError as error:
                channel.send((*failure(error), store.version()))
    store.close()
