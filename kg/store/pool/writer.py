"""The process that writes a store while a server answers from its snapshots.

An update can be as long as a query, and can no more be stopped inside its process; so the store
is open in one of its own. Killed at any moment, it has done an update whole or not at all, and
another takes its place.

In comes the name of what is to be done, with what it takes; out goes (what it gives,), or a
Failure; and with it the version of the store.
"""

import contextlib
import os
import resource
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.store import folder
from kg.store.oxigraph import OxigraphStore
from kg.store.pool.channel import Channel, Ended
from kg.store.pool.worker import failure

Verbs = Mapping[str, Callable[..., Any]]
"""What can be asked for, by name."""


def main(channel: Channel, home: str, base: str, memory_mb: int) -> None:
    """Open the store and do what is asked until the socket ends."""
    serve(channel, home, base, memory_mb, own)


def own(store: OxigraphStore) -> Verbs:
    """What a store does by itself."""
    return {
        "update": lambda text, aside: store.update(text, aside=aside),
        "snapshot": store.snapshot,
    }


def serve(
    channel: Channel,
    home: str,
    base: str,
    memory_mb: int,
    verbs: Callable[[OxigraphStore], Verbs],
) -> None:
    """The same with other verbs, made once the store is open."""
    resource.setrlimit(resource.RLIMIT_DATA, (memory_mb << 20, memory_mb << 20))
    try:
        held, lock = folder.open_for_writing(Path(home), base, sweep=False)
    except KgError as error:
        channel.send((*failure(error), ""))
        return
    store = OxigraphStore(held, base=base, home=Path(home), lock=lock)
    del held
    try:
        store.forget()
        known = verbs(store)
    except KgError as error:
        channel.send((*failure(error), ""))
        return
    channel.send((None, store.version()))
    with contextlib.suppress(Ended):
        while True:
            verb, *given = channel.receive()
            channel.send((*_done(known[verb], given), store.version()))
    store.close()


def _done(verb: Callable[..., Any], given: list[Any]) -> tuple[Any, ...]:
    try:
        return (verb(*given),)
    except KgError as error:
        return failure(error)
    except MemoryError:
        os.abort()
