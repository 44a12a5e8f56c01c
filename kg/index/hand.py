"""A process that derives rows of a snapshot, job after job, until its parent is gone.

``python -m kg.index.hand SNAPSHOT BASE``; in comes a job, out go its rows or the error.
"""

import contextlib
import sys

import pyoxigraph

from kg.errors import KgError
from kg.index.deriving import done
from kg.index.source import Source
from kg.store.oxigraph import OxigraphStore
from kg.store.pool.channel import Ended, inherited


def main(place: str, base: str) -> None:
    """Work until nobody asks any more."""
    channel = inherited()
    store = OxigraphStore(pyoxigraph.Store.read_only(place), base=base, read_only=True)
    source = Source(store)
    while True:
        job = channel.receive()
        source = source.kept()
        try:
            channel.send(done(source, job))
        except KgError as error:
            channel.send(error)


if __name__ == "__main__":
    with contextlib.suppress(Ended):
        main(*sys.argv[1:])
