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
from functools import partial
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
    """The same with other verbs, made once the store is open.

    ``memory_mb`` is what an update may take, for anybody may have written it.
    """
    try:
        held, lock = folder.open_for_writing(Path(home), base, sweep=False)
    except KgError as error:
        channel.send((*failure(error), ""))
        return
    store = OxigraphStore(held, base=base, home=Path(home), lock=lock)
    del held
    try:
        store.forget()
        known = dict(verbs(store))
    except KgError as error:
        channel.send((*failure(error), ""))
        return
    known["update"] = partial(_limited, known["update"], memory_mb)
    channel.send((None, store.version()))
    with contextlib.suppress(Ended):
        while True:
            verb, *given = channel.receive()
            channel.send((*_done(known[verb], given), store.version()))
    store.close()


def _limited(verb: Callable[..., Any], memory_mb: int, *given: Any) -> Any:
    """What a verb gives that may take so much memory beside what the process has already."""
    before, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (_private() + (memory_mb << 20), most))
    try:
        return verb(*given)
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (before, most))


def _private() -> int:
    """Bytes of private memory that this process has; 0 where that cannot be seen."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[5]) * resource.getpagesize()
    except (OSError, IndexError):
        return 0


def _done(verb: Callable[..., Any], given: list[Any]) -> tuple[Any, ...]:
    try:
        return (verb(*given),)
    except KgError as error:
        return failure(error)
    except MemoryError:
        os.abort()
