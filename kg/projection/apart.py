"""A graph drawn in a process of its own, so that who answers meanwhile does not wait for it.

The process reads a snapshot and the index beside its store, writes the sheet where it is kept, and
ends; it ends at once where the one that started it is gone.
"""

import os
import signal
import sqlite3
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Store

from kg import errors
from kg.errors import KgError, LimitHit, StoreError
from kg.filters import Filters
from kg.index.reading import Indexed, readable
from kg.projection.shelf import Shelf
from kg.store.base import Snapshot
from kg.store.oxigraph import OxigraphStore
from kg.store.pool.channel import Channel, Ended, Late, inherited
from kg.store.pool.process import Dead, Process

MOST_SECONDS: Final = 6 * 3600.0
"""Longer takes no drawing that ends."""
NICE: Final = 10
"""What waits for an answer goes first (nice(2))."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be drawn of which snapshot, and the folders of the index and of the sheets."""

    snapshot: Snapshot
    base: str
    home: Path
    folder: Path
    filters: Filters
    preset: str


def draw(order: Order) -> None:
    """Draw it and return when it is kept. Raises what drawing raises, and StoreError."""
    process = Process(__name__)
    try:
        failed = process.ask(order, time.monotonic() + MOST_SECONDS)
    except (Dead, Late) as death:
        raise StoreError(f"the process that draws graphs ended ({death!r}); ask again") from None
    finally:
        process.kill()
    if failed is not None:
        name, message = failed
        raise getattr(errors, name)(message)


def main(channel: Channel) -> None:
    """Draw what is asked for; say what went wrong, or nothing."""
    order: Order = channel.receive()
    os.nice(NICE)
    threading.Thread(target=_end_with, args=(channel,), daemon=True).start()
    failed: tuple[str, str] | None = None
    try:
        _drawn(order)
    except (KgError, OSError, sqlite3.Error) as error:
        plain = isinstance(error, KgError) and not isinstance(error, LimitHit)
        failed = (type(error).__name__ if plain else "StoreError", str(error))
    channel.send(failed)


def _drawn(order: Order) -> None:
    store = OxigraphStore(
        Store.read_only(str(order.snapshot.place)), base=order.base, read_only=True
    )
    asked = Indexed(store, readable(order.home, order.base), order.snapshot.view)
    Shelf(order.folder).keep(asked, order.filters, order.preset)


def _end_with(channel: Channel) -> None:
    """End when the other side is gone: nothing more is asked."""
    try:
        channel.receive()
    except Ended:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(inherited())
